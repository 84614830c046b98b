import { Checkbox, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { about } from '../../words/marks.ts';
import { t } from '../../words/staff.ts';
import { DataTable } from '../DataTable.tsx';
import type { ReportRow } from './upload.ts';
import './import.css';

export type Shown<R> = R & { id: string; createdAt: string; updatedAt: string };

interface ReportTableProps<R extends ReportRow> {
  rows: R[];
  /** Between the number of the line and what became of it. */
  columns: TableColumnsType<Shown<R>>;
  /** Of a line without a fault. */
  right: (row: R) => ReactNode;
  onlyWrong: boolean;
}

/** Row by row, as the spreadsheet counts. */
export function ReportTable<R extends ReportRow>({ rows, columns, right, onlyWrong }: ReportTableProps<R>) {
  const [wrongOnly, setWrongOnly] = useState(onlyWrong);
  const seen = wrongOnly ? rows.filter(({ faults }) => faults.length > 0) : rows;
  const number = { title: t.line, dataIndex: 'row', render: (row: number) => <span className="figures">{row}</span> };
  const verdict = {
    title: t.result,
    key: 'faults',
    render: (_: unknown, row: R) => <Verdict row={row} right={right} />,
  };
  return (
    <div className="report">
      <Checkbox checked={wrongOnly} onChange={(event) => setWrongOnly(event.target.checked)}>
        {t.onlyLinesWithFaults}
      </Checkbox>
      <DataTable<Shown<R>>
        name={t.lineByLine}
        columns={[number, ...columns, verdict]}
        rows={seen.map((row) => ({ ...row, id: String(row.row), createdAt: '', updatedAt: '' }))}
        loading={false}
        emptyWords={t.noLinesWithFaults}
      />
    </div>
  );
}

function Verdict<R extends ReportRow>({ row, right }: { row: R; right: (row: R) => ReactNode }) {
  if (row.faults.length === 0) return right(row);
  return (
    <span className="line-faults">
      {row.faults.map(({ field, code, fieldText, text }) => (
        <span key={`${field}${code}`} className="chip" data-tone="late">
          {about(fieldText, text)}
        </span>
      ))}
    </span>
  );
}
