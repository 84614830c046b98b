import type { Desk, Going } from '../../../calls/wire.ts';
import { Panel } from '../../staff/Panel.tsx';
import { ListEmpty } from '../../staff/states.tsx';
import { t } from '../../words/clerk.ts';
import { awayWords, presenceWords } from '../call/words.ts';

/** Who is at the desks, place by place, and on what. */
export function People({ desks, going }: { desks: Desk[]; going: Going[] }) {
  const places = new Map<string, Desk[]>();
  for (const desk of desks) {
    const name = desk.place?.name ?? t.noStation;
    places.set(name, [...(places.get(name) ?? []), desk]);
  }
  return (
    <Panel title={t.whoHere} count={desks.length}>
      {desks.length === 0 ? <ListEmpty hint={t.whileNobodyHereWishPerson}>{t.nobodyHere}</ListEmpty> : null}
      {[...places].map(([place, of]) => (
        <div key={place} className="people-place">
          <h3 className="people-name">{place}</h3>
          <ul className="people">
            {of.map((desk) => (
              <li key={desk.id} data-state={desk.call ? 'talking' : desk.state}>
                <span className="people-dot" aria-hidden="true" />
                {desk.name}
                <span className="row-quiet">
                  {desk.duty ? t.dutyThen(desk.duty) : ''}
                  {standing(desk, going)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

function standing({ call, state, reason }: Desk, going: Going[]): string {
  if (call) {
    const one = going.find((row) => row.call === call);
    if (one?.state === 'wrapping') return t.writingOutcome;
    return t.talkingWith(one?.resident?.name ?? t.resident);
  }
  return state === 'away' && reason ? t.awayShort(awayWords[reason]) : presenceWords[state];
}
