import { Button, type TableColumnsType } from 'antd';
import type { Page, Speaker } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
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
      title: '序列号',
      key: 'serial',
      render: (_, one) => (
        <Button type="link" className="serial figures" onClick={() => onOpen(one.id)}>
          {one.serial}
        </Button>
      ),
    },
    { title: '品牌', key: 'brand', render: (_, one) => one.brandText },
    {
      title: '装在',
      key: 'place',
      render: (_, one) => <span className={one.household ? undefined : 'row-quiet'}>{placeWords(one)}</span>,
    },
    { title: '房间', dataIndex: 'room', render: (room: string | null) => room ?? '—', responsive: ['xl'] },
    { title: '称呼', key: 'called', render: (_, one) => calledWords(one) || '—' },
    { title: '状态', key: 'status', render: (_, one) => <Status one={one} /> },
    { title: '上次在线', key: 'seen', render: (_, one) => <Seen speaker={one} now={now} /> },
    {
      title: '固件',
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

export function SpeakerTable({ list, loading, now, chosen, onChoose, onPage, onOpen }: SpeakerTableProps) {
  return (
    <DataTable<Speaker>
      name="音箱一览"
      columns={columns(now, onOpen)}
      rows={list?.items ?? []}
      loading={loading}
      emptyWords="没有这样的音箱"
      emptyHint="换个条件再找找。"
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
