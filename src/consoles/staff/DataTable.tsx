import { Table, type TableColumnsType } from 'antd';
import type { Row } from '../rest/records.ts';
import { t } from '../words/staff.ts';
import { ListEmpty } from './states.tsx';

interface DataTableProps<T> {
  name: string;
  columns: TableColumnsType<T>;
  rows: T[];
  loading: boolean;
  emptyWords: string;
  emptyHint?: string;
  /** Rows can be ticked; `nameOf` is what each tick is called by. */
  choosing?: { chosen: T[]; onChoose: (chosen: T[]) => void; nameOf: (row: T) => string };
  /** Pages of the server; without it the rows at hand are cut into pages here. */
  page?: { current: number; pageSize: number; total: number; onChange: (page: number) => void };
}

/** A table that scrolls within itself on a narrow screen, by keyboard too. */
export function DataTable<T extends Row>({
  name,
  columns,
  rows,
  loading,
  emptyWords,
  emptyHint,
  choosing,
  page,
}: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={name}>
      <Table<T>
        rowKey="id"
        columns={columns}
        dataSource={rows}
        loading={loading}
        rowSelection={choosing && selectionOf(choosing)}
        locale={{ emptyText: loading ? ' ' : <ListEmpty hint={emptyHint}>{emptyWords}</ListEmpty> }}
        pagination={{ hideOnSinglePage: true, showSizeChanger: false, ...(page ?? { pageSize: 20 }) }}
      />
    </section>
  );
}

function selectionOf<T extends Row>({ chosen, onChoose, nameOf }: NonNullable<DataTableProps<T>['choosing']>) {
  return {
    selectedRowKeys: chosen.map(({ id }) => id),
    onChange: (_keys: unknown, rows: T[]) => onChoose(rows),
    getCheckboxProps: (row: T) => ({ 'aria-label': t.choose(nameOf(row)) }),
    getTitleCheckboxProps: () => ({ 'aria-label': t.chooseThisPage }),
  };
}
