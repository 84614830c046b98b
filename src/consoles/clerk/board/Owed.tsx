import { App, Select } from 'antd';
import { useState } from 'react';
import type { Desk } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { timeOf } from '../../rest/days.ts';
import { useRow } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { Callback, Colleague } from '../../rest/records.ts';
import { t } from '../../words/clerk.ts';
import { OPEN_CALLBACKS } from '../Callbacks.tsx';
import { bySoonest, dueOf } from '../desk.ts';
import { Panel } from '../Panel.tsx';
import { useDeskList } from '../useDeskList.ts';

const SHOWN = 30;

/** Callbacks that are owed, those overdue on top; each can be given to somebody else. */
export function Owed({ desks }: { desks: Desk[] }) {
  const now = useBusinessNow();
  const list = useDeskList<Callback>('callbacks', OPEN_CALLBACKS);
  const open = bySoonest(list.data?.items ?? []);
  const late = open.filter((one) => dueOf(one, now).late).length;
  return (
    <Panel
      id="owed"
      title={t.callsOwed}
      count={open.length}
      countTone={late > 0 ? 'late' : undefined}
      list={list}
      empty={open.length === 0}
      emptyWords={t.noCallsOwed}
    >
      <ul className="rows">
        {open.slice(0, SHOWN).map((one) => {
          const due = dueOf(one, now);
          return (
            <li key={one.id} className="row board-row" data-tone={due.tone}>
              <span className="board-what">
                <span className="row-who">
                  {one.resident?.name ?? t.noNameGiven}
                  <span className="chip" data-tone={due.tone}>
                    {due.words}
                  </span>
                </span>
                <span className="row-quiet">
                  {[
                    one.station?.name,
                    one.reasonText,
                    t.byShort(timeOf(one.dueAt)),
                    one.tries ? t.triedTimes(one.tries) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Reassign callback={one} desks={desks} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Reassign({ callback, desks }: { callback: Callback; desks: Desk[] }) {
  const { ask } = useDeskLine();
  const { message } = App.useApp();
  const [asked, setAsked] = useState(false);
  const colleagues = useRow<{ items: Colleague[] }>('colleagues', asked ? 'all' : undefined, '/api/colleagues');
  const here = new Set(desks.map(({ id }) => id));
  const options = (colleagues.data?.items ?? []).map(({ id, name, place }) => ({
    value: id,
    label: `${name}${place ? ` · ${place.name}` : ''}${here.has(id) ? t.hereShort : ''}`,
  }));
  return (
    <Select
      className="board-reassign"
      aria-label={t.give}
      placeholder={callback.clerk?.name ?? t.giveShort}
      value={callback.clerk?.id}
      options={callback.clerk && !asked ? [{ value: callback.clerk.id, label: callback.clerk.name }] : options}
      loading={asked && colleagues.isPending}
      popupMatchSelectWidth={false}
      onOpenChange={(open) => open && setAsked(true)}
      onChange={(to) =>
        void ask({ type: 'reassign', callback: callback.id, to })
          .then(() => message.success(t.givenSomebodyElse))
          .catch((error: Error) => message.error(error.message))
      }
    />
  );
}
