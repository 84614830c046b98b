import { Button, Drawer, Input, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useList, useRow } from '../rest/lists.ts';
import type { Guide, GuideMaterial } from '../rest/records.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
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
      <Table<Guide>
        rowKey="id"
        columns={columns(setOpened)}
        dataSource={found}
        loading={list.isPending}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: list.isPending ? ' ' : <ListEmpty>没有这样的指南</ListEmpty> }}
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
  const row = useRow<Guide>('guides', id);
  const one = row.data;
  return (
    <Drawer open={id !== undefined} onClose={onClose} title={one?.matter ?? '办事指南'} size={640} destroyOnHidden>
      {row.isPending && id ? <ListWaiting rows={5} /> : null}
      {row.error ? <ListTroubled error={row.error} onRetry={() => row.refetch()} /> : null}
      {one ? (
        <>
          {one.sample ? <p className="office-sample">示例内容，以窗口为准。</p> : null}
          <Facts of={factsOf(one)} />
        </>
      ) : null}
    </Drawer>
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
