import { useBusinessNow } from '../rest/readiness.ts';
import type { Callback } from '../rest/records.ts';
import { t } from '../words/clerk.ts';
import { OPEN_CALLBACKS } from './Callbacks.tsx';
import { dueOf } from './desk.ts';
import { DESKS, type Desk } from './useDesk.ts';
import { useDeskList } from './useDeskList.ts';

const NAMES: Record<Desk, string> = {
  callbacks: t.calls,
  bookings: t.bookings,
  cases: t.cases,
  visits: t.visits,
  tickets: t.complaints,
  me: t.me,
};

/** At the bottom of a phone. */
export function Tabs({ desk, onDesk }: { desk: Desk; onDesk: (desk: Desk) => void }) {
  const now = useBusinessNow();
  const { data } = useDeskList<Callback>('callbacks', OPEN_CALLBACKS);
  const late = data?.items.filter((one) => dueOf(one, now).late).length ?? 0;
  return (
    <nav className="tabs" aria-label={t.partsDesk}>
      {DESKS.map((name) => (
        <button key={name} type="button" aria-current={name === desk ? 'page' : undefined} onClick={() => onDesk(name)}>
          {NAMES[name]}
          {name === 'callbacks' && late > 0 ? <span className="tabs-late">{t.overdueHere(late)}</span> : null}
        </button>
      ))}
    </nav>
  );
}
