import type { Waiting as Row } from '../../../calls/wire.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { Panel } from '../../staff/Panel.tsx';
import { ListEmpty } from '../../staff/states.tsx';
import { t } from '../../words/clerk.ts';
import { listed } from '../../words/marks.ts';
import { lasting } from '../call/clock.ts';
import { callStates, reasonWords } from '../call/words.ts';

/** The queue as it stands, and at whom it rings. */
export function Waiting({ waiting }: { waiting: Row[] }) {
  const now = useBusinessNow(1_000);
  return (
    <Panel title={t.queue} count={waiting.length}>
      {waiting.length === 0 ? <ListEmpty>{t.nobodyWaits}</ListEmpty> : null}
      <ol className="rows">
        {[...waiting]
          .sort((a, b) => a.position - b.position)
          .map((one) => (
            <li key={one.call} className="row board-row">
              <span className="board-position figures">{one.position}</span>
              <span className="board-what">
                <span className="row-who">
                  {one.resident?.name ?? t.noNameGiven}
                  {one.priority > 0 ? (
                    <span className="chip" data-tone={one.priority > 1 ? 'late' : 'info'}>
                      {one.priority > 1 ? t.urgent : t.first}
                    </span>
                  ) : null}
                  <span className="chip" data-tone={callStates[one.state].tone}>
                    {callStates[one.state].words}
                  </span>
                </span>
                <span className="row-quiet">
                  {[
                    one.station.name,
                    reasonWords(one.reason),
                    one.matter,
                    one.ringing.length > 0 ? t.ringsAt(listed(one.ringing.map(({ name }) => name))) : undefined,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="board-since figures">{lasting(now.getTime() - Date.parse(one.since))}</span>
            </li>
          ))}
      </ol>
    </Panel>
  );
}
