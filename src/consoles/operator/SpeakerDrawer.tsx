import type { ReactNode } from 'react';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import type { Speaker } from '../rest/records.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { Seen } from './seen.tsx';
import { calledWords, placeWords, statusWords } from './words.ts';

interface Detail extends Speaker {
  history: { at: string; what: string; whatText: string; by: { name: string } | null }[];
}

/** One speaker with where it has been. */
export function SpeakerDrawer({ id, now, onClose }: { id: string | undefined; now: Date; onClose: () => void }) {
  return (
    <RowDrawer<Detail>
      noun="speakers"
      id={id}
      title={(one) => (one ? `音箱 ${one.serial}` : '音箱')}
      width={480}
      onClose={onClose}
    >
      {(one) => <SpeakerDetail one={one} now={now} />}
    </RowDrawer>
  );
}

function SpeakerDetail({ one, now }: { one: Detail; now: Date }) {
  const facts: [string, ReactNode][] = [
    ['装在', placeWords(one)],
    ['房间', one.room ?? '—'],
    ['称呼', calledWords(one) || '—'],
    ['品牌', one.brandText],
    ['设备号', one.deviceId],
    ['状态', statusWords[one.status].words],
    ['上次在线', <Seen key="seen" speaker={one} now={now} />],
    ['固件', one.firmware ?? '—'],
    ['登记', `${dayWords(dayOf(one.createdAt))} ${timeOf(one.createdAt)}`],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {one.history.length > 0 ? (
        <>
          <h3 className="drawer-title">这台音箱的经过</h3>
          <ol className="road">
            {one.history.map(({ at, what, whatText, by }) => (
              <li key={`${at}${what}`}>
                <p>
                  <strong>{whatText}</strong>
                  <span className="row-quiet">
                    {[`${dayWords(dayOf(at))} ${timeOf(at)}`, by?.name].filter(Boolean).join(' · ')}
                  </span>
                </p>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </>
  );
}
