import { useList } from '../rest/lists.ts';
import type { Speaker } from '../rest/records.ts';
import { statusWords } from './words.ts';

const SHOWN = ['bound', 'new', 'suspended'] as const;

/** How many there are of each kind; a press filters the table. */
export function Fleet({ onStatus }: { onStatus: (status: string) => void }) {
  return (
    <ul className="fleet">
      {SHOWN.map((status) => (
        <Count key={status} status={status} onStatus={onStatus} />
      ))}
    </ul>
  );
}

function Count({ status, onStatus }: { status: Speaker['status']; onStatus: (status: string) => void }) {
  const { data } = useList<Speaker>('speakers', { status, pageSize: 1 }, 30_000);
  return (
    <li>
      <button type="button" data-tone={statusWords[status].tone} onClick={() => onStatus(status)}>
        <span className="fleet-number figures">{data?.total ?? '–'}</span>
        <span>{statusWords[status].words}</span>
      </button>
    </li>
  );
}
