import { App, Button } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import { dayOf, dayWords } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { useChange } from '../rest/session.ts';
import { ListTroubled } from '../staff/states.tsx';
import { aside } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

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
  const { message } = App.useApp();
  const [refused, setRefused] = useState<Wish>();
  const send = useChange<void, string>(
    (reason) => ({
      path: `/api/residents/${refused?.resident.id}/wishes/${refused?.id}/refuse`,
      body: { reason },
    }),
    ['facts'],
  );
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
            <Button size="small" onClick={() => setRefused(wish)}>
              {t.notDone}
            </Button>
          </li>
        ))}
      </ul>
      <ReasonDialog
        open={refused !== undefined}
        title={t.notDoneFor(refused?.kindText)}
        verb={t.notDone}
        label={t.whyNotDone}
        onClose={() => setRefused(undefined)}
        onSend={(reason) =>
          send.mutate(reason, {
            onSuccess: () => setRefused(undefined),
            onError: (fault) => message.error(fault.message),
          })
        }
      />
    </section>
  );
}
