import { Button, Input, Select, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { dayOf, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import type { Policy, Session } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { PolicyActions } from './PolicyActions.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import { PolicyProgress } from './PolicyProgress.tsx';
import { Facts, State } from './parts.tsx';
import { conditionWords, type Rule } from './rule.ts';
import { policyStates } from './words.ts';

/** All policies with their state; one press shows the text as it is spoken. */
export function Policies({ session }: { session: Session }) {
  const [{ state, q, edit, policy }, setFilter] = useQueryState(['part', 'state', 'q', 'edit', 'policy'] as const);
  const setOpened = (id: string | undefined) => setFilter({ policy: id });
  const list = useList<Policy>('policies', { state, pageSize: 200 }, 30_000);
  const found = (list.data?.items ?? []).filter(({ title, gist, matter }) =>
    `${title}${gist}${matter ?? ''}`.includes(q ?? ''),
  );
  if (edit)
    return (
      <PolicyEditor key={edit} id={edit} onDone={(saved) => setFilter({ edit: undefined, policy: saved ?? policy })} />
    );
  return (
    <section className="panel" aria-label="政策">
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label="找政策"
          placeholder="题目、事项"
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <Select
          aria-label="状态"
          allowClear
          placeholder="所有状态"
          value={state}
          options={Object.entries(policyStates).map(([value, { words }]) => ({ value, label: words }))}
          onChange={(chosen) => setFilter({ state: chosen })}
        />
        <span className="table-total office-total">{list.data ? `共 ${found.length} 条` : ''}</span>
        <Button type="primary" onClick={() => setFilter({ edit: 'new' })}>
          写一条政策
        </Button>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Policy>
        name="政策一览"
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords="没有这样的政策"
      />
      <PolicyDrawer
        id={policy}
        session={session}
        onEdit={(id) => setFilter({ edit: id })}
        onClose={() => setOpened(undefined)}
      />
    </section>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Policy> {
  return [
    {
      title: '政策',
      key: 'title',
      render: (_, one) => (
        <div className="office-title">
          <Button type="link" className="office-open" onClick={() => onOpen(one.id)}>
            {one.title}
          </Button>
          <p className="row-quiet">{one.gist}</p>
        </div>
      ),
    },
    { title: '相关事项', dataIndex: 'matter', render: (matter: string | null) => matter ?? '—' },
    { title: '有效期', key: 'valid', render: (_, one) => validWords(one) },
    { title: '版本', dataIndex: 'version', render: (version: number) => <span className="figures">{version}</span> },
    {
      title: '状态',
      key: 'state',
      render: (_, one) => <State of={policyStates} code={one.state} words={one.stateText} />,
    },
  ];
}

function validWords({ validFrom, validUntil }: Pick<Policy, 'validFrom' | 'validUntil'>): string {
  return `${validFrom} 起${validUntil ? `，到 ${validUntil}` : ''}`;
}

interface DrawerProps {
  id: string | undefined;
  session: Session;
  onEdit: (id: string) => void;
  onClose: () => void;
}

function PolicyDrawer({ id, session, onEdit, onClose }: DrawerProps) {
  return (
    <RowDrawer<Policy> noun="policies" id={id} title={(one) => one?.title ?? '政策'} width={600} onClose={onClose}>
      {(one) => (
        <>
          <p className="spoken">{one.gist}</p>
          {one.body ? <p className="office-body">{one.body}</p> : null}
          <PolicyActions policy={one} session={session} onEdit={onEdit} />
          {one.remark ? <p className="office-sample">{one.remark}</p> : null}
          <Facts of={factsOf(one)} />
          <PolicyProgress id={one.id} />
        </>
      )}
    </RowDrawer>
  );
}

function factsOf(one: Policy): [string, ReactNode][] {
  return [
    ['状态', <State key="state" of={policyStates} code={one.state} words={one.stateText} />],
    ['有效期', validWords(one)],
    ['相关事项', one.matter ?? '—'],
    ['出处', one.source],
    ['旁边有人', one.sensitive ? '先问方便不方便，再念' : '可以直接念'],
    ['提交的人', one.submittedBy?.name ?? '—'],
    ['第二个签的人', one.signedBy?.name ?? '—'],
    ['几时开始念', one.startsAt ? `${dayOf(one.startsAt)} ${timeOf(one.startsAt)}` : '发布就念'],
    ['念给谁听', <Audience key="audience" rule={one.audience as Rule | undefined} />],
  ];
}

function Audience({ rule = {} }: { rule: Rule | undefined }) {
  const all = conditionWords(rule);
  const groups = [
    ...(rule.any ?? []).map((one) => `或者：${conditionWords(one).join('，')}`),
    ...(rule.none ?? []).map((one) => `除去：${conditionWords(one).join('，')}`),
  ];
  if (all.length + groups.length === 0) return '所有人';
  return [...all, ...groups].map((one) => (
    <span key={one} className="chip" data-tone="info">
      {one}
    </span>
  ));
}
