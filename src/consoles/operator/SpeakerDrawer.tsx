import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useRow } from '../rest/lists.ts';
import type { Speaker } from '../rest/records.ts';
import { ListTroubled, ListWaiting } from '../staff/states.tsx';
import { Seen } from './seen.tsx';
import { calledWords, placeWords, statusWords } from './words.ts';

interface Detail extends Speaker {
  history: { at: string; what: string; whatText: string; by: { name: string } | null }[];
}

/** One speaker with where it has been. */
export function SpeakerDrawer({ id, now, onClose }: { id: string | undefined; now: Date; onClose: () => void }) {
  const row = useRow<Detail>('speakers', id);
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={row.data ? `音箱 ${row.data.serial}` : '音箱'}
      size={480}
      destroyOnHidden
    >
      {row.isPending && id ? <ListWaiting rows={4} /> : null}
      {row.error ? <ListTroubled error={row.error} onRetry={() => row.refetch()} /> : null}
      {row.data ? <SpeakerDetail one={row.data} now={now} /> : null}
    </Drawer>
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
