import type { Brief } from '../../../calls/wire.ts';
import { Reveal } from '../Reveal.tsx';
import { Turns } from './Turns.tsx';
import { errandWords, reasonWords, slotValue, slotWords } from './words.ts';

/** What the clerk knows before she says 您好: who, where, why, how far the speaker came, and how she bears it. */
export function BriefCard({ brief, reason }: { brief: Brief; reason?: string }) {
  const { resident, household, matter, errand, explained } = brief;
  const facts: [string, React.ReactNode][] = [
    ['住在', [household.community, household.building].filter(Boolean).join(' ')],
    ['归谁管', household.station],
    ['为什么找', [reason ? reasonWords(reason) : undefined, matter].filter(Boolean).join(' · ') || '没说'],
  ];
  if (explained.length > 0) facts.push(['已经讲过', explained.join('、')]);
  return (
    <section className="panel brief" aria-labelledby="brief-title">
      <h3 className="unseen" id="brief-title">
        来电的人
      </h3>
      <p className="brief-who">
        {resident?.name ?? '没说名字'}
        {resident ? <span className="offer-age">{resident.age} 岁</span> : null}
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
          <h4 className="brief-part">刚才跟音箱说的</h4>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="brief-turns" tabIndex={0} aria-label="刚才跟音箱说的">
            <Turns turns={brief.turns} />
          </section>
        </>
      ) : null}
    </section>
  );
}

function Mood({ brief: { resident, mood } }: { brief: Brief }) {
  const signs = [
    resident?.hearing ? '耳背，慢点说' : undefined,
    resident && resident.locale !== 'zh-CN' ? '说英语' : undefined,
    mood.failed > 0 ? `音箱没听懂 ${mood.failed} 次` : undefined,
    mood.repeats > 0 ? `让音箱重说 ${mood.repeats} 次` : undefined,
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
  const slots = Object.entries(errand.slots);
  return (
    <div className="brief-errand">
      <h4 className="brief-part">办到一半：{errandWords(errand.name)}</h4>
      {slots.length === 0 ? <p className="row-quiet">还什么都没说定。</p> : null}
      <ul className="brief-slots">
        {slots.map(([name, value]) => (
          <li key={name}>
            {slotWords(name)} <strong>{slotValue(value)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
