import { Button, Input, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useList } from '../rest/lists.ts';
import type { Guide, GuideMaterial } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { Facts, State } from './parts.tsx';
import { guideElements, guideStates } from './words.ts';

/** All guides by matter; one press shows the elements in their official order. */
export function Guides() {
  const [{ q }, setFilter] = useQueryState(['part', 'q'] as const);
  const [opened, setOpened] = useState<string>();
  const list = useList<Guide>('guides', { pageSize: 200 }, 60_000);
  const found = (list.data?.items ?? []).filter(({ matter, department }) => `${matter}${department}`.includes(q ?? ''));
  return (
    <section className="panel" aria-label="办事指南">
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label="找指南"
          placeholder="事项、部门"
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <span className="table-total office-total">{list.data ? `共 ${found.length} 项` : ''}</span>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Guide>
        name="指南一览"
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords="没有这样的指南"
      />
      <GuideDrawer id={opened} onClose={() => setOpened(undefined)} />
    </section>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Guide> {
  return [
    {
      title: '事项',
      key: 'matter',
      render: (_, one) => (
        <Button type="link" className="office-open" onClick={() => onOpen(one.id)}>
          {one.matter}
        </Button>
      ),
    },
    { title: '部门', dataIndex: 'department' },
    { title: '核实日期', dataIndex: 'checkedOn', render: (day: string) => <span className="figures">{day}</span> },
    { title: '生效', dataIndex: 'effectiveFrom', render: (day: string) => <span className="figures">{day}</span> },
    { title: '版本', dataIndex: 'version', render: (version: number) => <span className="figures">{version}</span> },
    {
      title: '状态',
      key: 'state',
      render: (_, one) => <State of={guideStates} code={one.state} words={one.stateText} />,
    },
  ];
}

function GuideDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <RowDrawer<Guide> noun="guides" id={id} title={(one) => one?.matter ?? '办事指南'} width={640} onClose={onClose}>
      {(one) => (
        <>
          {one.sample ? <p className="office-sample">示例内容，以窗口为准。</p> : null}
          <Facts of={factsOf(one)} />
        </>
      )}
    </RowDrawer>
  );
}

function factsOf(one: Guide): [string, ReactNode][] {
  const told: [string, ReactNode][] = guideElements.flatMap(([key, name]) => {
    const value = one.elements?.[key];
    if (value === undefined || value === '') return [];
    return [[name, Array.isArray(value) ? <Materials key={key} of={value} /> : value]];
  });
  return [...told, ['出处', one.source], ['核实日期', one.checkedOn], ['部门', one.department]];
}

function Materials({ of }: { of: GuideMaterial[] }) {
  return (
    <ol className="materials">
      {of.map(({ name, original, copies, note, onFile }) => (
        <li key={name}>
          {name}
          <span className="row-quiet">
            {[
              original ? `原件 ${original}` : '',
              copies ? `复印件 ${copies}` : '',
              note,
              onFile ? '系统里有，不用带' : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}
