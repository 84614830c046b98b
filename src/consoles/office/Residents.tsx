import { Button, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useList } from '../rest/lists.ts';
import type { Row } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { Field } from './PolicyEditor.tsx';
import { ResidentDrawer } from './ResidentDrawer.tsx';
import { SpecialList } from './SpecialList.tsx';

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
      <section className="panel oversight-card" aria-label="找人">
        <form
          className="resident-search"
          aria-label="按号码找"
          onSubmit={(event) => {
            event.preventDefault();
            search.mutate({ number: number.trim(), reason: reason.trim() });
          }}
        >
          <Field label="她说的号码" hint="手机号或身份证号，要全">
            <Input
              autoComplete="off"
              maxLength={18}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
          <Field label="为什么找" hint="会记下来">
            <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Button
            type="primary"
            htmlType="submit"
            loading={search.isPending}
            disabled={!/^(\d{7,12}|\d{17}[\dXx])$/.test(number.trim()) || reason.trim().length < 2}
          >
            找
          </Button>
          <Field label="或者按楼看">
            <Input
              placeholder="像 3号楼"
              value={building ?? ''}
              onChange={(event) => {
                search.reset();
                setFilter({ building: event.target.value });
              }}
            />
          </Field>
          <SpecialList />
        </form>
        {search.error || list.error ? (
          <ListTroubled error={(search.error ?? list.error) as Error} onRetry={() => list.refetch()} />
        ) : null}
        <DataTable<Resident>
          name="居民一览"
          columns={columns((id) => setFilter({ resident: id }))}
          rows={shown}
          loading={search.isPending}
          emptyWords={search.data || building ? '没有这样的人' : '先说要找谁'}
          emptyHint="名字都遮着，要看全得说原因。"
        />
      </section>
      <ResidentDrawer id={resident} onClose={() => setFilter({ resident: undefined })} />
    </>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Resident> {
  return [
    {
      title: '谁',
      key: 'name',
      render: (_, { id, name, called }) => (
        <Button type="link" className="office-open" onClick={() => onOpen(id)}>
          {name}（{called}）
        </Button>
      ),
    },
    { title: '年龄', key: 'age', render: (_, { age, sexText }) => `${sexText} ${age} 岁` },
    { title: '住哪儿', key: 'household', render: (_, { household }) => household?.name ?? '—' },
    { title: '站', key: 'station', render: (_, { station }) => station?.name ?? '—' },
    {
      title: '状态',
      key: 'state',
      render: (_, { state, stateText }) => (
        <span className="chip" data-tone={state === 'living' ? 'good' : 'warn'}>
          {stateText}
        </span>
      ),
    },
  ];
}
