import { t } from '../words/operator.ts';
import { useAsked } from './asked.ts';
import type { FleetNow } from './fleet.ts';
import { statusWords } from './words.ts';

const SHOWN = ['bound', 'new', 'suspended'] as const;

interface FleetProps {
  filter: { status?: string; silent?: string };
  onFilter: (change: { status?: string; silent?: string }) => void;
}

/** How many there are of each kind; a press filters the table, another one takes the filter away. */
export function Fleet({ filter, onFilter }: FleetProps) {
  const { data } = useAsked<FleetNow>('fleet', '/api/fleet', 20_000);
  const rate = data && data.own > 0 ? Math.round((data.online / data.own) * 100) : undefined;
  return (
    <ul className="fleet">
      {SHOWN.map((status) => (
        <li key={status}>
          <Count
            words={statusWords[status].words}
            tone={statusWords[status].tone}
            count={data && (data.statuses[status] ?? 0)}
            pressed={filter.status === status}
            onPress={() => onFilter({ status: filter.status === status ? undefined : status })}
          />
        </li>
      ))}
      <li>
        <Count
          words={t.longSilentShort}
          tone="late"
          count={data?.silent}
          pressed={filter.silent === 'true'}
          onPress={() => onFilter({ silent: filter.silent ? undefined : 'true' })}
        />
      </li>
      <li className="fleet-rate">
        <span className="fleet-number figures">{rate === undefined ? '–' : `${rate}%`}</span>
        <span>{t.ourSpeakersOnlineNow}</span>
      </li>
    </ul>
  );
}

interface CountProps {
  words: string;
  tone: string;
  count: number | undefined;
  pressed: boolean;
  onPress: () => void;
}

function Count({ words, tone, count, pressed, onPress }: CountProps) {
  return (
    <button type="button" data-tone={tone} aria-pressed={pressed} onClick={onPress}>
      <span className="fleet-number figures">{count ?? '–'}</span>
      <span>{words}</span>
    </button>
  );
}
