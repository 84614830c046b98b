import { Alert, Button, type TableColumnsType } from 'antd';
import { saveText } from '../../staff/download.ts';
import { Templates } from '../../staff/import/FileDrop.tsx';
import { FileIntake } from '../../staff/import/FileIntake.tsx';
import { ReportTable, type Shown } from '../../staff/import/ReportTable.tsx';
import { Tried } from '../../staff/import/Tried.tsx';
import type { Report, ReportRow } from '../../staff/import/upload.ts';
import { useImport } from '../../staff/import/useImport.ts';
import { Panel } from '../../staff/Panel.tsx';
import { t } from '../../words/operator.ts';

interface SpeakerRow extends ReportRow {
  serial: string;
  deviceId: string;
  brandText: string;
  address: string;
  token: string | null;
}

const ADDRESS = '/api/speakers/import';

/** Many speakers from one file. */
export function Import() {
  const { file, stage, choose, apply } = useImport<Report<SpeakerRow>>((dryRun) => `${ADDRESS}?dryRun=${dryRun}`);
  return (
    <Panel title={t.importMany} className="panel register-panel wide" side={<Templates at={`${ADDRESS}/template`} />}>
      <div className="panel-form">
        <FileIntake
          file={file}
          stage={stage}
          hint={t.excelXlsxOrCsv}
          onFile={(chosen) => choose(chosen, undefined)}
          tried={(report) => (
            <Tried report={report} doIt={t.registerThese(report.total)} onApply={apply}>
              <Lines report={report} />
            </Tried>
          )}
          done={(report) => <Done report={report} />}
        />
      </div>
    </Panel>
  );
}

function Lines({ report: { rows, wrong } }: { report: Report<SpeakerRow> }) {
  const right = () => (
    <span className="chip" data-tone="good">
      {t.canBeRegistered}
    </span>
  );
  return <ReportTable<SpeakerRow> rows={rows} columns={columns} right={right} onlyWrong={wrong > 0} />;
}

const columns: TableColumnsType<Shown<SpeakerRow>> = [
  {
    title: t.serial,
    dataIndex: 'serial',
    render: (serial: string) => <span className="figures">{serial || '—'}</span>,
  },
  { title: t.brand, dataIndex: 'brandText' },
  { title: t.deviceId, dataIndex: 'deviceId', responsive: ['lg'] },
  { title: t.address, dataIndex: 'address', render: (address: string) => address || t.noHomeYet },
];

function Done({ report }: { report: Report<SpeakerRow> }) {
  const ours = report.rows.filter(({ token }) => token !== null);
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const save = () => {
    const lines = ours.map(({ serial, deviceId, token }) => quoted([serial, deviceId, token ?? '']));
    const text = [quoted([t.serial, t.deviceId, t.token]), ...lines].join('\r\n');
    saveText(t.speakerTokensCsv, `\uFEFF${text}`, 'text/csv;charset=utf-8');
  };
  return (
    <Alert
      type="success"
      showIcon
      title={t.allRegistered(report.total)}
      description={ours.length > 0 ? t.ourOwnSpeakersHave(ours.length) : undefined}
      action={
        ours.length > 0 ? (
          <Button type="primary" onClick={save}>
            {t.downloadTokens}
          </Button>
        ) : undefined
      }
    />
  );
}
