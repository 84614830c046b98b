import { Button, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useList } from '../rest/lists.ts';
import type { Row } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { aside } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { NewResident } from './NewResident.tsx';
import { Field } from './PolicyEditor.tsx';
import { ResidentDrawer } from './ResidentDrawer.tsx';
import { SpecialList } from './SpecialList.tsx';
import { Wishes } from './Wishes.tsx';

export interface Resident extends Row {
  name: string;
  called: string;
  sexText: string;
  age: number;
  household: { id: string; name: string } | null;
  station: { id: string; name: string } | null;
  state: string;
  stateText: string;
  alone: boolean;
}

/** Nobody is listed by chance: a resident is found by the number she says, or by her building. */
export function Residents() {
  const [{ building, resident }, setFilter] = useQueryState(['part', 'building', 'resident'] as const);
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const search = useChange<{ items: Resident[] }, { number: string; reason: string }>(
    (body) => ({ path: '/api/residents/search', body }),
    [],
  );
  const list = useList<Resident>('residents', { building, pageSize: 50 });
  const shown = search.data?.items ?? (building ? (list.data?.items ?? []) : []);
  return (
    <>
      <Wishes onOpen={(id) => setFilter({ resident: id })} />
      <section className="panel oversight-card" aria-label={t.peopleShort}>
        <form
          className="resident-search"
          aria-label={t.findByNumber}
          onSubmit={(event) => {
            event.preventDefault();
            search.mutate({ number: number.trim(), reason: reason.trim() });
          }}
        >
          <Field label={t.numberSheSays} hint={t.wholeTelephoneOrId}>
            <Input
              autoComplete="off"
              maxLength={18}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
          <Field label={t.whyYouLook} hint={t.notedDown}>
            <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Button
            type="primary"
            htmlType="submit"
            loading={search.isPending}
            disabled={!/^(\d{7,12}|\d{17}[\dXx])$/.test(number.trim()) || reason.trim().length < 2}
          >
            {t.find}
          </Button>
          <Field label={t.orByBuilding}>
            <Input
              placeholder={t.likeBuilding}
              value={building ?? ''}
              onChange={(event) => {
                search.reset();
                setFilter({ building: event.target.value });
              }}
            />
          </Field>
          <div className="resident-doors">
            <NewResident onDone={(id) => setFilter({ resident: id })} />
            <SpecialList />
          </div>
        </form>
        {search.error || list.error ? (
          <ListTroubled error={(search.error ?? list.error) as Error} onRetry={() => list.refetch()} />
        ) : null}
        <DataTable<Resident>
          name={t.listResidents}
          columns={columns((id) => setFilter({ resident: id }))}
          rows={shown}
          loading={search.isPending}
          emptyWords={search.data || building ? t.nobodyLikeThis : t.sayFirstWhomYou}
          emptyHint={t.namesMaskedSeeOne}
        />
      </section>
      <ResidentDrawer id={resident} onClose={() => setFilter({ resident: undefined })} />
    </>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Resident> {
  return [
    {
      title: t.who,
      key: 'name',
      render: (_, { id, name, called }) => (
        <Button type="link" className="office-open" onClick={() => onOpen(id)}>
          {name}
          {aside(called)}
        </Button>
      ),
    },
    { title: t.ageShort, key: 'age', render: (_, { age, sexText }) => t.sexAndAge(sexText, age) },
    { title: t.home, key: 'household', render: (_, { household }) => household?.name ?? '—' },
    { title: t.station, key: 'station', render: (_, { station }) => station?.name ?? '—' },
    {
      title: t.state,
      key: 'state',
      render: (_, { state, stateText }) => (
        <span className="chip" data-tone={state === 'living' ? 'good' : 'warn'}>
          {stateText}
        </span>
      ),
    },
  ];
}
