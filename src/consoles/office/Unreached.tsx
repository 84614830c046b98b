import type { TableColumnsType } from 'antd';
import { useFacts } from '../rest/asked.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';

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
    <section className="panel oversight-card" aria-label="还没联系的人">
      <h2 className="told-title">重点关心的 {total} 人里，这个月没人去过、没通过话的</h2>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      <DataTable<Person>
        name="还没联系的人一览"
        columns={COLUMNS}
        rows={data?.items ?? []}
        loading={isPending}
        emptyWords="都联系过了"
      />
    </section>
  );
}

const COLUMNS: TableColumnsType<Person> = [
  { title: '谁', key: 'name', render: (_, { name, called }) => `${name}（${called}）` },
  { title: '哪一级', dataIndex: 'grade', render: (grade: number) => (grade > 0 ? `${grade} 级` : '—') },
  { title: '站', dataIndex: 'station' },
  { title: '楼', dataIndex: 'building' },
];
