import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, type TableColumnsType } from 'antd';
import { dayOf, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import type { AuditRow } from '../rest/records.ts';
import { rest } from '../rest/request.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { State } from './parts.tsx';
import { results } from './words.ts';

/** Who looked at or changed whose record, and why. */
export function Audit() {
  const [filter, setFilter] = useQueryState(['part', 'result', 'action', 'page'] as const);
  const { result, action } = filter;
  const page = Number(filter.page ?? 1);
  const proof = useQuery({
    queryKey: ['proof'],
    queryFn: ({ signal }) => rest<Proof>('/api/audit/verification', { signal }),
    enabled: false,
    retry: false,
  });
  const list = useList<AuditRow>('audit', { result, action, page, pageSize: 50 });
  return (
    <section className="panel" aria-label="审计记录">
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label="按动作找"
          placeholder="动作"
          value={action ?? ''}
          onChange={(event) => setFilter({ action: event.target.value, page: undefined })}
        />
        <Select
          aria-label="结果"
          allowClear
          placeholder="所有结果"
          value={result}
          options={Object.entries(results).map(([value, { words }]) => ({ value, label: words }))}
          onChange={(chosen) => setFilter({ result: chosen, page: undefined })}
        />
        <span className="table-total office-total">{list.data ? `共 ${list.data.total} 条` : ''}</span>
        <Button href="/api/audit/export" download="audit.csv">
          导出
        </Button>
        <Button type="primary" loading={proof.isFetching} onClick={() => void proof.refetch()}>
          验一遍
        </Button>
      </div>
      {proof.data ? <Verdict of={proof.data} /> : null}
      {proof.error ? <ListTroubled error={proof.error} onRetry={() => proof.refetch()} /> : null}
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<AuditRow>
        name="审计一览"
        columns={COLUMNS}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords="没有这样的记录"
        page={{
          current: page,
          pageSize: 50,
          total: list.data?.total ?? 0,
          onChange: (to) => setFilter({ page: String(to) }),
        }}
      />
    </section>
  );
}

interface Proof {
  at: string;
  whole: boolean;
  total: number;
  faults: { kind: string; kindText: string; sequence: number | null; auditId: string | null }[];
}

/** What the chain says of itself: whole, or which link was touched and how. */
function Verdict({ of: { at, whole, total, faults } }: { of: Proof }) {
  return (
    <div className="verdict" data-tone={whole ? 'good' : 'late'} role="status">
      <p>
        {whole ? '记录的链条是完整的，没有人动过。' : `有 ${total} 处不对。`}
        <span className="row-quiet figures"> {timeOf(at)} 验的</span>
      </p>
      <ul>
        {byKind(faults).map(([kindText, places]) => (
          <li key={kindText}>
            {kindText} {places.length} 处
            {places.some(Boolean) ? `：第 ${places.filter(Boolean).slice(0, 20).join('、')} 环` : ''}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is wrong, with the places in the chain where it is. */
function byKind(faults: Proof['faults']): [string, (number | null)[]][] {
  const kinds = new Map<string, (number | null)[]>();
  for (const { kindText, sequence } of faults) kinds.set(kindText, [...(kinds.get(kindText) ?? []), sequence]);
  return [...kinds];
}

const FIELD_WORDS: Record<string, string> = {
  phone: '电话',
  name: '姓名',
  address: '住址',
  birthDate: '生日',
  idNumber: '身份证号',
  phoneTail: '电话尾号',
  called: '称呼',
  sex: '性别',
  flags: '情况',
  state: '状态',
  consents: '同意了什么',
  cases: '办件',
  bookings: '预约',
  brief: '来意',
  steps: '办理经过',
};

/** A list is written down as how many rows were read, a single record by its fields. */
function fieldWords(field: string): string {
  const count = /^count:(\d+)$/.exec(field)?.[1];
  return count ? `${count} 条` : (FIELD_WORDS[field] ?? field);
}

const COLUMNS: TableColumnsType<AuditRow> = [
  {
    title: '时间',
    key: 'at',
    render: (_, { at }) => (
      <span className="figures">
        {dayOf(at)} {timeOf(at)}
      </span>
    ),
  },
  { title: '谁', key: 'actor', render: (_, { actor, roleText }) => `${actor.name} · ${roleText}` },
  { title: '做了什么', key: 'action', render: (_, { actionText }) => actionText },
  { title: '看的是谁', key: 'resident', render: (_, { resident }) => resident?.name ?? '—' },
  { title: '哪几项', key: 'fields', render: (_, { fields }) => fields.map(fieldWords).join('、') || '—' },
  { title: '原因', dataIndex: 'reason', render: (reason: string | null) => reason ?? '—' },
  {
    title: '结果',
    key: 'result',
    render: (_, { result, resultText }) => <State of={results} code={result} words={resultText} />,
  },
];
