import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { dayAfter, dayOf, nearDayWords } from '../rest/days.ts';
import { useRow } from '../rest/lists.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Colleague, Visit } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/clerk.ts';
import { Panel } from './Panel.tsx';
import { Reveal } from './Reveal.tsx';
import { useDeskList } from './useDeskList.ts';

const DAYS_BACK = 7;

/** Whom somebody goes to see, the soonest first; those that nobody has been given stand out. */
export function Visits() {
  const today = dayOf(useBusinessNow());
  const list = useDeskList<Visit>('visits', { from: dayAfter(today, -DAYS_BACK), pageSize: 200 });
  const visits = (list.data?.items ?? [])
    .filter(({ state }) => state === 'requested' || state === 'planned')
    .sort((a, b) => `${a.day}${a.half}`.localeCompare(`${b.day}${b.half}`));
  const unplanned = visits.filter(({ state }) => state === 'requested').length;
  return (
    <Panel
      id="visits"
      title={t.visits}
      count={visits.length}
      side={
        unplanned > 0 ? (
          <span className="chip" data-tone="warn">
            {t.withNobodyGo(unplanned)}
          </span>
        ) : null
      }
      list={list}
      empty={visits.length === 0}
      emptyWords={t.noVisitsAgreed}
    >
      <ul className="rows">
        {visits.map((one) => (
          <VisitRow key={one.id} visit={one} today={today} />
        ))}
      </ul>
    </Panel>
  );
}

function VisitRow({ visit, today }: { visit: Visit; today: string }) {
  const { resident, matter, day, half, halfText, worker, state, wishesText } = visit;
  const late = day < today;
  return (
    <li className="row visit" data-row tabIndex={-1} data-tone={late ? 'late' : undefined}>
      <div className="visit-what">
        <p className="row-who">
          {resident?.name ?? t.noName}
          {resident ? <Reveal residentId={resident.id} name={resident.name} /> : null}
        </p>
        <p className="row-words">
          <strong>
            {nearDayWords(day, today)}
            {halfText || (half === 'AM' ? t.morning : t.afternoon)}
          </strong>{' '}
          {matter}
        </p>
        {wishesText?.length ? <p className="row-words">{wishesText.join(' · ')}</p> : null}
        <p className="row-quiet">
          {worker ? t.goes(worker.name) : t.nobodyNamedYet}
          {late ? t.dayHasPassed : ''}
        </p>
      </div>
      <div className="row-actions">
        <Assign visit={visit} />
        {state === 'planned' ? <Done visit={visit} /> : null}
      </div>
    </li>
  );
}

function Assign({ visit }: { visit: Visit }) {
  const { message } = App.useApp();
  const [choosing, setChoosing] = useState(false);
  const colleagues = useRow<{ items: Colleague[] }>('colleagues', choosing ? 'all' : undefined, '/api/colleagues');
  const assign = useChange<unknown, string>(
    (workerId) => ({ path: `/api/visits/${visit.id}/assign`, body: { workerId } }),
    ['visits'],
  );
  if (!choosing)
    return (
      <Button data-key="g" className={visit.worker ? undefined : 'do'} onClick={() => setChoosing(true)}>
        {visit.worker ? t.sendSomebodyElse : t.sayWhoGoes}
      </Button>
    );
  return (
    <Select
      className="visit-worker"
      aria-label={t.whoGoes}
      placeholder={t.whoGoes}
      autoFocus
      defaultOpen
      loading={colleagues.isPending || assign.isPending}
      options={(colleagues.data?.items ?? []).map(({ id, name, place }) => ({
        value: id,
        label: place ? `${name} · ${place.name}` : name,
      }))}
      onChange={(workerId) =>
        assign.mutate(workerId, {
          onSuccess: () => setChoosing(false),
          onError: (error) => message.error(error.message),
        })
      }
      onBlur={() => setChoosing(false)}
    />
  );
}

function Done({ visit }: { visit: Visit }) {
  const { message } = App.useApp();
  const done = useChange<unknown, void>(() => ({ path: `/api/visits/${visit.id}/done` }), ['visits', 'cases']);
  return (
    <Button
      data-key="d"
      loading={done.isPending}
      onClick={() =>
        done.mutate(undefined, {
          onSuccess: () => message.success(t.notedVisitWasMade),
          onError: (error) => message.error(error.message),
        })
      }
    >
      {t.done}
    </Button>
  );
}
