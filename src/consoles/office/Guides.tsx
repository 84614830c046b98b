import { Button, Input, Select, type TableColumnsType, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useList } from '../rest/lists.ts';
import type { Guide, GuideMaterial, Session } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { GuideActions } from './GuideActions.tsx';
import { GuideEditor } from './GuideEditor.tsx';
import { GuideFiles } from './GuideFiles.tsx';
import { GuideVersions } from './GuideVersions.tsx';
import { Facts, State } from './parts.tsx';
import { Told } from './Told.tsx';
import { guideElements, guideStates } from './words.ts';

/** All guides by matter; one press shows the elements in their official order. */
export function Guides({ session }: { session: Session }) {
  const [{ q, only, edit, guide }, setFilter] = useQueryState(['part', 'q', 'only', 'edit', 'guide'] as const);
  const setOpened = (id: string | undefined) => setFilter({ guide: id });
  const list = useList<Guide>('guides', { pageSize: 200 }, 60_000);
  const all = list.data?.items ?? [];
  const found = all
    .filter(({ matter, department }) => `${matter}${department}`.includes(q ?? ''))
    .filter((one) => !only || (only === 'stale' ? one.stale : one.state === only));
  const stale = all.filter((one) => one.stale).length;
  if (edit)
    return (
      <GuideEditor key={edit} id={edit} onDone={(saved) => setFilter({ edit: undefined, guide: saved ?? guide })} />
    );
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
        <Select
          aria-label="哪些"
          allowClear
          placeholder="所有版本"
          value={only}
          options={ONLY}
          onChange={(chosen) => setFilter({ only: chosen })}
        />
        <span className="table-total office-total">{list.data ? `共 ${found.length} 项` : ''}</span>
        <GuideFiles />
        <Button type="primary" onClick={() => setFilter({ edit: 'new' })}>
          写一份指南
        </Button>
      </div>
      {stale > 0 ? (
        <p className="office-sample" role="status">
          有 {stale} 份半年没核实了。
          <Button size="small" onClick={() => setFilter({ only: 'stale' })}>
            看看是哪些
          </Button>
        </p>
      ) : null}
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Guide>
        name="指南一览"
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords="没有这样的指南"
      />
      <GuideDrawer
        id={guide}
        session={session}
        onEdit={(id) => setFilter({ edit: id })}
        onClose={() => setOpened(undefined)}
      />
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
    {
      title: '核实日期',
      key: 'checkedOn',
      render: (_, { checkedOn, stale }) => (
        <span className={stale ? 'chip figures' : 'figures'} data-tone={stale ? 'warn' : undefined}>
          {checkedOn}
        </span>
      ),
    },
    { title: '生效', dataIndex: 'effectiveFrom', render: (day: string) => <span className="figures">{day}</span> },
    { title: '版本', dataIndex: 'version', render: (version: number) => <span className="figures">{version}</span> },
    {
      title: '状态',
      key: 'state',
      render: (_, one) => <State of={guideStates} code={one.state} words={one.stateText} />,
    },
  ];
}

const ONLY = [
  { value: 'effective', label: '生效的' },
  { value: 'draft', label: '草稿' },
  { value: 'submitted', label: '等第二人签的' },
  { value: 'stale', label: '半年没核实的' },
];

interface DrawerProps {
  id: string | undefined;
  session: Session;
  onEdit: (id: string) => void;
  onClose: () => void;
}

function GuideDrawer({ id, session, onEdit, onClose }: DrawerProps) {
  return (
    <RowDrawer<Guide> noun="guides" id={id} title={(one) => one?.matter ?? '办事指南'} width={760} onClose={onClose}>
      {(one) => (
        <>
          {one.sample ? <p className="office-sample">示例内容，以窗口为准。</p> : null}
          <GuideActions guide={one} session={session} onEdit={onEdit} />
          {one.remark ? <p className="office-sample">{one.remark}</p> : null}
          <Tabs
            items={[
              { key: 'text', label: '内容', children: <Facts of={factsOf(one)} /> },
              { key: 'versions', label: '版本和不同', children: <GuideVersions guide={one} /> },
              {
                key: 'told',
                label: '听一听',
                children: <Told title="她一样一样这样听到" draft={{ guide: spokenOf(one) }} />,
              },
            ]}
          />
        </>
      )}
    </RowDrawer>
  );
}

/** The texts alone: what is told. */
function spokenOf({ elements = {} }: Guide): object {
  const { materials = [], ...rest } = elements;
  const texts = Object.entries(rest).filter(([, value]) => typeof value === 'string' && value !== '');
  return { ...Object.fromEntries(texts), materials };
}

function factsOf(one: Guide): [string, ReactNode][] {
  const told: [string, ReactNode][] = guideElements.flatMap(([key, name]) => {
    const value = one.elements?.[key];
    if (!Array.isArray(value) && (typeof value !== 'string' || value === '')) return [];
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
