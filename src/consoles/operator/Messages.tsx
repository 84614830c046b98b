import { App, Button, Select, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { dayOf, nearDayWords, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Row } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { Panel } from '../staff/Panel.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { about } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { EachProgress } from './EachProgress.tsx';
import { useEach } from './useEach.ts';

interface Message extends Row {
  destination: string;
  destinationText: string;
  topicText: string;
  attempts: number;
  why: string | null;
  whyText: string | null;
  deadAt: string | null;
}

const DESTINATIONS = ['binhai', 'sms', 'station', 'duty', 'webhook', 'push:speaker', 'push:aligenie', 'push:alexa'];
const PAGE_SIZE = 20;

/** Messages that should have arrived somewhere and did not: why, and once that is mended, again. */
export default function Messages() {
  const now = useBusinessNow(30_000);
  const [{ to, page }, setFilter] = useQueryState(['to', 'page'] as const);
  const [chosen, setChosen] = useState<Message[]>([]);
  const { again, progress } = useAgain(() => setChosen([]));
  const asked = { missed: true, destination: to, page: Number(page ?? 1), pageSize: PAGE_SIZE };
  const { data, error, isPending, refetch } = useList<Message>('messages', asked, 20_000);
  return (
    <Panel
      title={t.notDelivered}
      count={data?.total || undefined}
      tone="late"
      side={
        <Select
          className="messages-to"
          aria-label={t.whereTo}
          allowClear
          placeholder={t.anywhere}
          value={to}
          options={DESTINATIONS.map((value) => ({ value, label: t.destinations[value] ?? value }))}
          onChange={(wanted) => {
            setChosen([]);
            setFilter({ to: wanted, page: undefined });
          }}
        />
      }
    >
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      <Chosen chosen={chosen} busy={progress !== undefined} onAgain={again} onClear={() => setChosen([])}>
        <EachProgress step={progress} />
      </Chosen>
      <DataTable<Message>
        name={t.listOfMessages}
        columns={columns(now, (one) => void again([one]))}
        rows={data?.items ?? []}
        loading={isPending}
        emptyWords={t.everythingDelivered}
        emptyHint={t.whatCannotBeDelivered}
        choosing={{ chosen, onChoose: setChosen, nameOf: (one) => about(one.destinationText, one.topicText) }}
        page={{
          current: data?.page ?? 1,
          pageSize: PAGE_SIZE,
          total: data?.total ?? 0,
          onChange: (wanted) => setFilter({ page: String(wanted) }),
        }}
      />
    </Panel>
  );
}

function useAgain(onDone: () => void) {
  const { message } = App.useApp();
  const { each, progress } = useEach();
  async function again(all: readonly Message[]): Promise<void> {
    const failed = await each(all, ({ id }) => `/api/messages/${id}/again`);
    if (failed.length > 0) message.error(t.notAgain(failed.length));
    else message.success(t.goingAgain(all.length));
    onDone();
  }
  return { again, progress };
}

interface ChosenProps {
  chosen: Message[];
  busy: boolean;
  onAgain: (all: readonly Message[]) => void;
  onClear: () => void;
  children: ReactNode;
}

function Chosen({ chosen, busy, onAgain, onClear, children }: ChosenProps) {
  if (chosen.length === 0) return null;
  return (
    <div className="bulk" role="toolbar" aria-label={t.chosenMessages}>
      <strong>{t.messagesChosen(chosen.length)}</strong>
      <Button type="primary" disabled={busy} onClick={() => onAgain(chosen)}>
        {t.sendAgain}
      </Button>
      <Button type="text" onClick={onClear}>
        {t.clearChoice}
      </Button>
      {children}
    </div>
  );
}

function columns(now: Date, onAgain: (one: Message) => void): TableColumnsType<Message> {
  return [
    { title: t.whereTo, dataIndex: 'destinationText' },
    { title: t.whatAbout, dataIndex: 'topicText' },
    {
      title: t.whyNot,
      key: 'why',
      render: (_, { why, whyText }) => (
        <span className="message-why" title={why ?? undefined}>
          {whyText ?? '—'}
        </span>
      ),
    },
    {
      title: t.givenUp,
      key: 'deadAt',
      render: (_, { deadAt, attempts }) => (
        <span className="row-quiet">
          {deadAt ? `${nearDayWords(dayOf(deadAt), dayOf(now))} ${timeOf(deadAt)}` : '—'}
          <br />
          {t.triedTimes(attempts)}
        </span>
      ),
    },
    {
      title: t.whatToDo,
      key: 'again',
      render: (_, one) => (
        <Button size="small" className="do" onClick={() => onAgain(one)}>
          {t.sendAgain}
        </Button>
      ),
    },
  ];
}
