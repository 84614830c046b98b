import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { dayAfter, dayOf } from '../../rest/days.ts';
import { useRow } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { CallFigures } from '../../rest/records.ts';
import { Panel } from '../../staff/Panel.tsx';
import { ListEmpty, ListTroubled } from '../../staff/states.tsx';
import { t } from '../../words/clerk.ts';
import { waited } from '../call/clock.ts';
import { Chart } from './Chart.tsx';
import { loadOption, waitOption } from './options.ts';

const SPANS = [
  { value: 0, label: t.today },
  { value: 6, label: t.days },
  { value: 29, label: t.daysShort },
];

/** How it went: load, waiting, who gave up, how long they spoke, and whether once was enough. */
export function Figures() {
  const today = dayOf(useBusinessNow());
  const [back, setBack] = useState(0);
  const from = dayAfter(today, -back);
  const query = `from=${from}&until=${today}`;
  const { data, error, refetch } = useRow<CallFigures>('calls', `figures?${query}`, `/api/calls/figures?${query}`);
  return (
    <Panel
      title={t.howCallsAreTaken}
      className="board-figures"
      side={<Segmented aria-label={t.howManyDays} options={SPANS} value={back} onChange={setBack} />}
    >
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {data ? <Sums figures={data} /> : null}
      {data && data.parts.length > 0 ? <Charts figures={data} /> : null}
      {data && data.parts.length === 0 ? <ListEmpty>{t.nobodyAskedPersonInThis}</ListEmpty> : null}
    </Panel>
  );
}

function Sums({ figures: { total } }: { figures: CallFigures }) {
  const share = (part: number) => (total.asked > 0 ? `${Math.round((part / total.asked) * 100)}%` : '—');
  const length = (seconds: number | null) => (seconds === null ? '—' : waited(seconds * 1000));
  const sums: [string, string][] = [
    [t.askedPerson, t.times(total.asked)],
    [t.putThrough, t.countAndShare(total.answered, share(total.answered))],
    [t.gaveUpWaiting, t.countAndShare(total.abandoned, share(total.abandoned))],
    [t.turnedIntoCallbacks, t.countAndShare(total.callbacks, share(total.callbacks))],
    [t.halfWaitLessThan, length(total.waitMedian)],
    [t.halfTalkLessThan, length(total.talkMedian)],
    [t.solvedFirstTime, total.firstContact === null ? '—' : `${Math.round(total.firstContact * 100)}%`],
  ];
  return (
    <dl className="sums">
      {sums.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Charts({ figures }: { figures: CallFigures }) {
  const load = useMemo(() => loadOption(figures.parts), [figures]);
  const wait = useMemo(() => waitOption(figures.parts), [figures]);
  return (
    <div className="figures-board">
      <div className="panel">
        <h3 className="brief-part">{t.callsPersonHowTheyEnded}</h3>
        <Chart label={t.callsPersonPutThroughGave} option={load} />
      </div>
      <div className="panel">
        <h3 className="brief-part">{t.howLongTheyWaitedTalked}</h3>
        <Chart label={t.waitingTalkingTimesSeconds} option={wait} />
      </div>
    </div>
  );
}
