import type { QueueFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { lasting } from '../call/clock.ts';
import './board.css';
import { t } from '../../words/clerk.ts';
import { Figures } from './Figures.tsx';
import { Going } from './Going.tsx';
import { Owed } from './Owed.tsx';
import { People } from './People.tsx';
import { Waiting } from './Waiting.tsx';

/** The supervisor's view: who waits and how long, who speaks with whom, who is there, what is owed. */
export function Board() {
  const { live } = useDeskLine();
  const { queue } = live;
  if (!queue)
    return (
      <p className="row-quiet" role="status">
        {live.link === 'open' ? t.looking : t.offlineConnectingAgain}
      </p>
    );
  return (
    <div className="board">
      <Tiles queue={queue} />
      <div className="board-grid">
        <Waiting waiting={queue.waiting} />
        <Going going={queue.going ?? []} />
        <People desks={queue.desks} going={queue.going ?? []} />
        <Owed desks={queue.desks} />
      </div>
      <Figures />
    </div>
  );
}

function Tiles({ queue: { waiting, desks, callbacks, going = [] } }: { queue: QueueFrame }) {
  const now = useBusinessNow(1_000);
  const longest = Math.max(0, ...waiting.map(({ since }) => now.getTime() - Date.parse(since)));
  const free = desks.filter(({ state, call }) => state === 'available' && !call).length;
  const tiles: { name: string; value: string; tone?: string }[] = [
    { name: t.waiting, value: String(waiting.length), tone: waiting.length > 0 ? 'warn' : undefined },
    {
      name: t.longestWait,
      value: waiting.length > 0 ? lasting(longest) : '—',
      tone: longest > 120_000 ? 'late' : undefined,
    },
    { name: t.inCalls, value: String(going.filter(({ state }) => state !== 'wrapping').length) },
    { name: t.canTakeCalls, value: `${free} / ${desks.length}`, tone: free === 0 ? 'late' : undefined },
    { name: t.callsOwed, value: String(callbacks.open) },
    { name: t.overdueCalls, value: String(callbacks.overdue), tone: callbacks.overdue > 0 ? 'late' : undefined },
  ];
  return (
    <dl className="tiles">
      {tiles.map(({ name, value, tone }) => (
        <div key={name} className="tile" data-tone={tone}>
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
