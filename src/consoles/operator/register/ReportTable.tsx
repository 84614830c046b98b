import { Checkbox, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { DataTable } from '../../staff/DataTable.tsx';
import { about } from '../../words/marks.ts';
import { t } from '../../words/operator.ts';
import type { ReportRow } from './upload.ts';

interface Shown extends ReportRow {
  id: string;
  createdAt: string;
  updatedAt: string;
}

const columns: TableColumnsType<Shown> = [
  { title: t.line, dataIndex: 'row', render: (row: number) => <span className="figures">{row}</span> },
  {
    title: t.serial,
    dataIndex: 'serial',
    render: (serial: string) => <span className="figures">{serial || '—'}</span>,
  },
  { title: t.brand, dataIndex: 'brandText' },
  { title: t.deviceId, dataIndex: 'deviceId', responsive: ['lg'] },
  { title: t.address, dataIndex: 'address', render: (address: string) => address || t.noHomeYet },
  { title: t.result, key: 'faults', render: (_, { faults }) => <Verdict faults={faults} /> },
];

function Verdict({ faults }: Pick<ReportRow, 'faults'>) {
  if (faults.length === 0)
    return (
      <span className="chip" data-tone="good">
        {t.canBeRegistered}
      </span>
    );
  return (
    <span className="verdict">
      {faults.map(({ field, code, fieldText, text }) => (
        <span key={`${field}${code}`} className="chip" data-tone="late">
          {about(fieldText, text)}
        </span>
      ))}
    </span>
  );
}

/** Row by row, as the spreadsheet counts. */
export function ReportTable({ rows, onlyWrong }: { rows: ReportRow[]; onlyWrong: boolean }) {
  const [wrongOnly, setWrongOnly] = useState(onlyWrong);
  const seen = wrongOnly ? rows.filter(({ faults }) => faults.length > 0) : rows;
  return (
    <div className="report">
      <Checkbox checked={wrongOnly} onChange={(event) => setWrongOnly(event.target.checked)}>
        {t.onlyLinesWithFaults}
      </Checkbox>
      <DataTable<Shown>
        name={t.lineByLine}
        columns={columns}
        rows={seen.map((row) => ({ ...row, id: String(row.row), createdAt: '', updatedAt: '' }))}
        loading={false}
        emptyWords={t.noLinesWithFaults}
      />
    </div>
  );
}
