import { Button, Input, Select, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useList } from '../rest/lists.ts';
import type { AudienceRule, Policy } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { Facts, State } from './parts.tsx';
import { policyStates } from './words.ts';

/** All policies with their state; one press shows the text as it is spoken. */
export function Policies() {
  const [{ state, q }, setFilter] = useQueryState(['part', 'state', 'q'] as const);
  const [opened, setOpened] = useState<string>();
  const list = useList<Policy>('policies', { state, pageSize: 200 }, 30_000);
  const found = (list.data?.items ?? []).filter(({ title, gist, matter }) =>
    `${title}${gist}${matter ?? ''}`.includes(q ?? ''),
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
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Policy>
        name="政策一览"
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords="没有这样的政策"
      />
      <PolicyDrawer id={opened} onClose={() => setOpened(undefined)} />
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

function PolicyDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <RowDrawer<Policy> noun="policies" id={id} title={(one) => one?.title ?? '政策'} width={600} onClose={onClose}>
      {(one) => (
        <>
          <p className="spoken">{one.gist}</p>
          {one.body ? <p className="office-body">{one.body}</p> : null}
          <Facts of={factsOf(one)} />
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
    ['念给谁听', <Audience key="audience" rule={one.audience} />],
  ];
}

const VALUE_WORDS: Record<string, string> = {
  binhai: '滨海新区',
  tianjin: '天津其他区',
  outside: '外地',
  dibao: '低保',
  edge: '低收入',
  tekun: '特困',
  disability: '残疾',
  alone: '独居',
  special: '重点关心',
  mobility: '行动不便',
  hearing: '耳背',
  widow: '丧偶',
  unregisteredCare: '还没登记健康关爱金',
};

function listWords(values: string[]): string {
  return values.map((value) => VALUE_WORDS[value] ?? value).join('、');
}

/** The audience rule in words; all of it must hold. */
function ruleWords({ ageFrom, ageTo, turns, hukou, community, flags }: AudienceRule): string[] {
  return [
    ageFrom ? `满 ${ageFrom} 岁` : '',
    ageTo ? `不过 ${ageTo} 岁` : '',
    turns ? `${turns.withinDays} 天里满 ${turns.age} 岁` : '',
    hukou ? `${listWords(hukou)}户口` : '',
    community ? `住在${listWords(community)}` : '',
    flags ? listWords(flags) : '',
  ].filter(Boolean);
}

function Audience({ rule = {} }: { rule: AudienceRule | undefined }) {
  const words = ruleWords(rule);
  if (words.length === 0) return '所有人';
  return words.map((one) => (
    <span key={one} className="chip" data-tone="info">
      {one}
    </span>
  ));
}
