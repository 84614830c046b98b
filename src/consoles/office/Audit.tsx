import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, type TableColumnsType } from 'antd';
import { dayOf, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import type { AuditRow } from '../rest/records.ts';
import { rest } from '../rest/request.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { DownloadButton } from '../staff/DownloadButton.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { listed } from '../words/marks.ts';
import { t } from '../words/office.ts';
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
    <section className="panel" aria-label={t.audit}>
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label={t.findByAction}
          placeholder={t.action}
          value={action ?? ''}
          onChange={(event) => setFilter({ action: event.target.value, page: undefined })}
        />
        <Select
          aria-label={t.result}
          allowClear
          placeholder={t.anyResult}
          value={result}
          options={Object.entries(results).map(([value, { words }]) => ({ value, label: words }))}
          onChange={(chosen) => setFilter({ result: chosen, page: undefined })}
        />
        <span className="table-total office-total">{list.data ? t.entries(list.data.total) : ''}</span>
        <DownloadButton path="/api/audit/export">{t.export}</DownloadButton>
        <Button type="primary" loading={proof.isFetching} onClick={() => void proof.refetch()}>
          {t.verify}
        </Button>
      </div>
      {proof.data ? <Verdict of={proof.data} /> : null}
      {proof.error ? <ListTroubled error={proof.error} onRetry={() => proof.refetch()} /> : null}
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<AuditRow>
        name={t.listAuditEntries}
        columns={COLUMNS}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords={t.noSuchEntry}
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
        {whole ? t.chainRecordsWholeNobody : t.faultsFound(total)}
        <span className="row-quiet figures">{t.verified(timeOf(at))}</span>
      </p>
      <ul>
        {byKind(faults).map(([kindText, places]) => (
          <li key={kindText}>
            {t.places(
              kindText,
              places.length,
              places.some(Boolean) ? t.links(listed(places.filter(Boolean).slice(0, 20).map(String))) : '',
            )}
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
  phone: t.telephone,
  name: t.name,
  address: t.address,
  birthDate: t.birthday,
  idNumber: t.idNumber,
  phoneTail: t.endTelephoneNumber,
  called: t.called,
  sex: t.sex,
  flags: t.situation,
  state: t.state,
  consents: t.consents,
  cases: t.case,
  bookings: t.booking,
  brief: t.whySheCalled,
  steps: t.whatWasDone,
};

/** A list is written down as how many rows were read, a single record by its fields. */
function fieldWords(field: string): string {
  const count = /^count:(\d+)$/.exec(field)?.[1];
  return count ? t.rows(count) : (FIELD_WORDS[field] ?? field);
}

const COLUMNS: TableColumnsType<AuditRow> = [
  {
    title: t.time,
    key: 'at',
    render: (_, { at }) => (
      <span className="figures">
        {dayOf(at)} {timeOf(at)}
      </span>
    ),
  },
  { title: t.who, key: 'actor', render: (_, { actor, roleText }) => `${actor.name} · ${roleText}` },
  { title: t.didWhat, key: 'action', render: (_, { actionText }) => actionText },
  { title: t.whoseRecord, key: 'resident', render: (_, { resident }) => resident?.name ?? '—' },
  {
    title: t.whichFields,
    key: 'fields',
    className: 'cell-wrapping',
    render: (_, { fields }) => listed(fields.map(fieldWords)) || '—',
  },
  {
    title: t.reason,
    dataIndex: 'reason',
    className: 'cell-wrapping',
    render: (reason: string | null) => reason ?? '—',
  },
  {
    title: t.result,
    key: 'result',
    render: (_, { result, resultText }) => <State of={results} code={result} words={resultText} />,
  },
];
