import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import { dayOf, dayWords } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { useChange } from '../rest/session.ts';
import { ListTroubled } from '../staff/states.tsx';
import { aside } from '../words/marks.ts';
import { t } from '../words/office.ts';

interface Wish {
  id: string;
  resident: { id: string; name: string };
  called: string;
  kind: string;
  kindText: string;
  at: string;
  dueOn: string;
}

/** What residents asked of their own data by voice and are owed; nothing is shown where nothing is. */
export function Wishes({ onOpen }: { onOpen: (residentId: string) => void }) {
  const today = dayOf(useBusinessNow(60_000));
  const { data, error, refetch } = useFacts<{ items: Wish[] }>('/api/residents/wishes', 60_000);
  const refuse = useRefusal();
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  if (!data?.items.length) return null;
  return (
    <section className="panel oversight-card" aria-labelledby="wishes-title">
      <h2 className="told-title" id="wishes-title">
        {t.askedOfTheirData}
      </h2>
      <ul className="wishes">
        {data.items.map((wish) => (
          <li key={wish.id}>
            <Button type="link" className="office-open" onClick={() => onOpen(wish.resident.id)}>
              {wish.resident.name}
              {aside(wish.called)}
            </Button>
            <span>{wish.kindText}</span>
            <span className="chip" data-tone={wish.dueOn < today ? 'late' : 'warn'}>
              {t.answerBy(dayWords(wish.dueOn))}
            </span>
            <Button size="small" onClick={() => refuse(wish)}>
              {t.notDone}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useRefusal() {
  const { modal, message } = App.useApp();
  const send = useChange<void, { wish: Wish; reason: string }>(
    ({ wish, reason }) => ({ path: `/api/residents/${wish.resident.id}/wishes/${wish.id}/refuse`, body: { reason } }),
    ['facts'],
  );
  return (wish: Wish) => {
    let reason = '';
    modal.confirm({
      title: t.notDoneFor(wish.kindText),
      content: <Why onChange={(words) => (reason = words)} />,
      okText: t.notDone,
      cancelText: t.notNow,
      onOk: () =>
        send.mutateAsync({ wish, reason }).catch((fault: Error) => {
          message.error(fault.message);
          throw fault;
        }),
    });
  };
}

function Why({ onChange }: { onChange: (words: string) => void }) {
  const [words, setWords] = useState('');
  return (
    <Input
      aria-label={t.whyNotDone}
      placeholder={t.whyNotDone}
      maxLength={200}
      value={words}
      onChange={({ target }) => {
        setWords(target.value);
        onChange(target.value.trim());
      }}
    />
  );
}
