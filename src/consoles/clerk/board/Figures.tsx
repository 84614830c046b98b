import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { dayAfter, dayOf } from '../../rest/days.ts';
import { useRow } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { CallFigures } from '../../rest/records.ts';
import { ListEmpty, ListTroubled } from '../../staff/states.tsx';
import { waited } from '../call/clock.ts';
import { Chart } from './Chart.tsx';
import { loadOption, waitOption } from './options.ts';

const SPANS = [
  { value: 0, label: '今天' },
  { value: 6, label: '七天' },
  { value: 29, label: '三十天' },
];

/** How it went: load, waiting, who gave up, how long they spoke, and whether once was enough. */
export function Figures() {
  const today = dayOf(useBusinessNow());
  const [back, setBack] = useState(0);
  const from = dayAfter(today, -back);
  const query = `from=${from}&until=${today}`;
  const { data, error, refetch } = useRow<CallFigures>('calls', `figures?${query}`, `/api/calls/figures?${query}`);
  return (
    <section className="board-figures" aria-labelledby="figures-title">
      <header className="panel-head">
        <h2 className="panel-title" id="figures-title">
          接得怎么样
        </h2>
        <div className="panel-side">
          <Segmented aria-label="多少天" options={SPANS} value={back} onChange={setBack} />
        </div>
      </header>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {data ? <Sums figures={data} /> : null}
      {data && data.parts.length > 0 ? <Charts figures={data} /> : null}
      {data && data.parts.length === 0 ? <ListEmpty>这段时间没有人找过</ListEmpty> : null}
    </section>
  );
}

function Sums({ figures: { total } }: { figures: CallFigures }) {
  const share = (part: number) => (total.asked > 0 ? `${Math.round((part / total.asked) * 100)}%` : '—');
  const length = (seconds: number | null) => (seconds === null ? '—' : waited(seconds * 1000));
  const sums: [string, string][] = [
    ['找人', `${total.asked} 次`],
    ['接通', `${total.answered} 次，${share(total.answered)}`],
    ['没等到就挂了', `${total.abandoned} 次，${share(total.abandoned)}`],
    ['转成回电', `${total.callbacks} 次，${share(total.callbacks)}`],
    ['一半人等不到', length(total.waitMedian)],
    ['一半人说不到', length(total.talkMedian)],
    ['一次就解决', total.firstContact === null ? '—' : `${Math.round(total.firstContact * 100)}%`],
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
        <h3 className="brief-part">找人的次数，最后怎样</h3>
        <Chart label="找人的次数：接通、没等到就挂了、转成回电" option={load} />
      </div>
      <div className="panel">
        <h3 className="brief-part">等多久、说多久（秒）</h3>
        <Chart label="等待和通话的长短，秒" option={wait} />
      </div>
    </div>
  );
}
