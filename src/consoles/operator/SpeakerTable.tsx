import { Button, type TableColumnsType } from 'antd';
import type { Page, Speaker } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { t } from '../words/operator.ts';
import { Seen } from './seen.tsx';
import { calledWords, placeWords, statusWords } from './words.ts';

export const PAGE_SIZE = 50;

interface SpeakerTableProps {
  list: Page<Speaker> | undefined;
  loading: boolean;
  now: Date;
  chosen: Speaker[];
  onChoose: (chosen: Speaker[]) => void;
  onPage: (page: number) => void;
  onOpen: (id: string) => void;
}

function columns(now: Date, onOpen: (id: string) => void): TableColumnsType<Speaker> {
  return [
    {
      title: t.serial,
      key: 'serial',
      render: (_, one) => (
        <Button type="link" className="serial figures" onClick={() => onOpen(one.id)}>
          {one.serial}
        </Button>
      ),
    },
    { title: t.brand, key: 'brand', render: (_, one) => one.brandText },
    {
      title: t.stands,
      key: 'place',
      render: (_, one) => <span className={one.household ? undefined : 'row-quiet'}>{placeWords(one)}</span>,
    },
    { title: t.room, dataIndex: 'room', render: (room: string | null) => room ?? '—', responsive: ['xl'] },
    { title: t.called, key: 'called', render: (_, one) => calledWords(one) || '—' },
    { title: t.state, key: 'status', render: (_, one) => <Status one={one} /> },
    { title: t.lastOnline, key: 'seen', render: (_, one) => <Seen speaker={one} now={now} /> },
    {
      title: t.firmwareShort,
      dataIndex: 'firmware',
      responsive: ['lg'],
      render: (version: string | null) => <span className="figures">{version ?? '—'}</span>,
    },
  ];
}

function Status({ one }: { one: Speaker }) {
  const { words, tone } = statusWords[one.status];
  return (
    <span className="chip" data-tone={tone}>
      {words}
    </span>
  );
}

/** A page of speakers with boxes to choose several; what is done to the chosen stands elsewhere. */
export function SpeakerTable({ list, loading, now, chosen, onChoose, onPage, onOpen }: SpeakerTableProps) {
  return (
    <DataTable<Speaker>
      name={t.listSpeakers}
      columns={columns(now, onOpen)}
      rows={list?.items ?? []}
      loading={loading}
      emptyWords={t.noSuchSpeaker}
      emptyHint={t.tryAnotherFilter}
      choosing={{ chosen, onChoose, nameOf: ({ serial }) => serial }}
      page={{
        current: list?.page ?? 1,
        pageSize: list?.pageSize ?? PAGE_SIZE,
        total: list?.total ?? 0,
        onChange: onPage,
      }}
    />
  );
}
