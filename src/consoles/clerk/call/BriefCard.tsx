import type { Brief } from '../../../calls/wire.ts';
import { t } from '../../words/clerk.ts';
import { listed } from '../../words/marks.ts';
import { Reveal } from '../Reveal.tsx';
import { Turns } from './Turns.tsx';
import { errandWords, reasonWords, slotValue, slotWords } from './words.ts';

/** What the clerk knows before she says 您好: who, where, why, how far the speaker came, and how she bears it. */
export function BriefCard({ brief, reason }: { brief: Brief; reason?: string }) {
  const { resident, household, matter, errand, explained } = brief;
  const facts: [string, React.ReactNode][] = [
    [t.livesAt, [household.community, household.building].filter(Boolean).join(' ')],
    [t.station, household.station],
    [t.whyCalls, [reason ? reasonWords(reason) : undefined, matter].filter(Boolean).join(' · ') || t.notSaid],
  ];
  if (explained.length > 0) facts.push([t.alreadyExplained, listed(explained)]);
  return (
    <section className="panel brief" aria-labelledby="brief-title">
      <h3 className="unseen" id="brief-title">
        {t.whoCalling}
      </h3>
      <p className="brief-who">
        {resident?.name ?? t.noNameGiven}
        {resident ? <span className="offer-age">{t.years(resident.age)}</span> : null}
        {resident ? <Reveal residentId={resident.id} name={resident.name} /> : null}
      </p>
      <Mood brief={brief} />
      <dl className="facts">
        {facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {errand ? <Filled errand={errand} /> : null}
      {brief.turns.length > 0 ? (
        <>
          <h4 className="brief-part">{t.saidSpeakerJustNow}</h4>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="brief-turns" tabIndex={0} aria-label={t.saidSpeakerJustNow} ref={showNewest}>
            <Turns turns={brief.turns} />
          </section>
        </>
      ) : null}
    </section>
  );
}

/** The last that was said is what matters. */
const showNewest = (turns: HTMLElement | null) => turns?.scrollTo({ top: turns.scrollHeight });

function Mood({ brief: { resident, mood } }: { brief: Brief }) {
  const signs = [
    resident?.hearing ? t.hardHearingSpeakSlowly : undefined,
    resident && resident.locale !== 'zh-CN' ? t.speaksEnglish : undefined,
    mood.failed > 0 ? t.notUnderstoodTimes(mood.failed) : undefined,
    mood.repeats > 0 ? t.askedAgainTimes(mood.repeats) : undefined,
  ].filter((sign) => sign !== undefined);
  if (signs.length === 0) return null;
  return (
    <p className="brief-mood">
      {signs.map((sign) => (
        <span key={sign} className="chip" data-tone="warn">
          {sign}
        </span>
      ))}
    </p>
  );
}

/** How far the dialogue had filled the errand. */
function Filled({ errand }: { errand: NonNullable<Brief['errand']> }) {
  const slots = Object.entries(errand.slots).sort(
    ([one], [other]) => Number(other === 'item') - Number(one === 'item'),
  );
  return (
    <div className="brief-errand">
      <h4 className="brief-part">{t.halfDone(errandWords(errand.name))}</h4>
      {slots.length === 0 ? <p className="row-quiet">{t.nothingSettledYet}</p> : null}
      <ul className="brief-slots">
        {slots.map(([name, value]) => (
          <li key={name}>
            {slotWords(name)} <strong>{slotValue(name, value)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
