import type { TableColumnsType } from 'antd';
import { useFacts } from '../rest/asked.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { aside } from '../words/marks.ts';
import { t } from '../words/office.ts';

interface Person {
  id: string;
  createdAt: string;
  updatedAt: string;
  name: string;
  called: string;
  grade: number;
  station: string;
  building: string;
}

/** Of the special list: whom nobody has visited or spoken with in the month. */
export function Unreached({ month, total }: { month: string; total: number }) {
  const { data, error, refetch, isPending } = useFacts<{ items: Person[] }>(`/api/oversight/unreached?month=${month}`);
  return (
    <section className="panel oversight-card" aria-label={t.notReached}>
      <h2 className="told-title">{t.specialResidentsThoseNobody(total)}</h2>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      <DataTable<Person>
        name={t.listThoseNotReached}
        columns={COLUMNS}
        rows={data?.items ?? []}
        loading={isPending}
        emptyWords={t.allWereReached}
      />
    </section>
  );
}

const COLUMNS: TableColumnsType<Person> = [
  { title: t.who, key: 'name', render: (_, { name, called }) => `${name}${aside(called)}` },
  { title: t.gradeShort, dataIndex: 'grade', render: (grade: number) => (grade > 0 ? t.grade(grade) : '—') },
  { title: t.station, dataIndex: 'station' },
  { title: t.buildingShort, dataIndex: 'building' },
];
