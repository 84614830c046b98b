import { Checkbox, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { DataTable } from '../../staff/DataTable.tsx';
import type { ReportRow } from './upload.ts';

interface Shown extends ReportRow {
  id: string;
  createdAt: string;
  updatedAt: string;
}

const columns: TableColumnsType<Shown> = [
  { title: '行', dataIndex: 'row', render: (row: number) => <span className="figures">{row}</span> },
  {
    title: '序列号',
    dataIndex: 'serial',
    render: (serial: string) => <span className="figures">{serial || '—'}</span>,
  },
  { title: '品牌', dataIndex: 'brandText' },
  { title: '设备号', dataIndex: 'deviceId', responsive: ['lg'] },
  { title: '地址', dataIndex: 'address', render: (address: string) => address || '先不装' },
  { title: '结果', key: 'faults', render: (_, { faults }) => <Verdict faults={faults} /> },
];

function Verdict({ faults }: Pick<ReportRow, 'faults'>) {
  if (faults.length === 0)
    return (
      <span className="chip" data-tone="good">
        可以登记
      </span>
    );
  return (
    <span className="verdict">
      {faults.map(({ field, code, fieldText, text }) => (
        <span key={`${field}${code}`} className="chip" data-tone="late">
          {fieldText}：{text}
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
        只看有问题的行
      </Checkbox>
      <DataTable<Shown>
        name="逐行检查"
        columns={columns}
        rows={seen.map((row) => ({ ...row, id: String(row.row), createdAt: '', updatedAt: '' }))}
        loading={false}
        emptyWords="没有有问题的行"
      />
    </div>
  );
}
