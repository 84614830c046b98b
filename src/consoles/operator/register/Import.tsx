import { Alert, Button, type TableColumnsType } from 'antd';
import { saveText } from '../../staff/download.ts';
import { FileDrop, Sending, Templates } from '../../staff/import/FileDrop.tsx';
import { ReportTable, type Shown } from '../../staff/import/ReportTable.tsx';
import { Tried } from '../../staff/import/Tried.tsx';
import type { Report, ReportRow } from '../../staff/import/upload.ts';
import { useImport } from '../../staff/import/useImport.ts';
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
    <section className="panel register-panel wide" aria-labelledby="import-title">
      <div className="panel-head">
        <h2 className="panel-title" id="import-title">
          {t.importMany}
        </h2>
        <span className="panel-side">
          <Templates at={`${ADDRESS}/template`} />
        </span>
      </div>
      <div className="panel-form">
        <FileDrop
          name={file?.name}
          hint={t.excelXlsxOrCsv}
          disabled={stage.at === 'sending'}
          onFile={(chosen) => choose(chosen, undefined)}
        />
        {stage.at === 'sending' ? <Sending part={stage.part} dryRun={stage.dryRun} /> : null}
        {stage.at === 'failed' ? <Alert type="error" showIcon title={stage.words} /> : null}
        {stage.at === 'tried' ? (
          <Tried report={stage.report} doIt={t.registerThese(stage.report.total)} onApply={apply}>
            <Lines report={stage.report} />
          </Tried>
        ) : null}
        {stage.at === 'done' ? <Done report={stage.report} /> : null}
      </div>
    </section>
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
