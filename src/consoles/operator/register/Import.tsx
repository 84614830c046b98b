import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { more } from '../../words/marks.ts';
import { t } from '../../words/operator.ts';
import { download, saveText, useCsrf } from '../asked.ts';
import { ReportTable } from './ReportTable.tsx';
import { type Report, upload } from './upload.ts';

type Stage =
  | { at: 'choosing' }
  | { at: 'sending'; part: number; dryRun: boolean }
  | { at: 'failed'; words: string }
  | { at: 'tried'; report: Report }
  | { at: 'done'; report: Report };

/** A file is tried out first, its rows looked at, and then all of them are written, or none. */
export function Import() {
  const queries = useQueryClient();
  const csrf = useCsrf();
  const [file, setFile] = useState<File>();
  const [key, setKey] = useState('');
  const [stage, setStage] = useState<Stage>({ at: 'choosing' });

  async function send(chosen: File, dryRun: boolean, once: string) {
    setStage({ at: 'sending', part: 0, dryRun });
    const onProgress = (part: number) => setStage({ at: 'sending', part, dryRun });
    try {
      const report = await upload({ file: chosen, dryRun, csrf, key: once, onProgress });
      setStage(report.applied ? { at: 'done', report } : { at: 'tried', report });
      if (report.applied) await queries.invalidateQueries({ queryKey: ['list'] });
    } catch (error) {
      setStage({ at: 'failed', words: error instanceof Error ? error.message : t.notUploaded });
    }
  }
  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    const once = crypto.randomUUID();
    setFile(chosen);
    setKey(once);
    void send(chosen, true, `${once}-try`);
  };
  return (
    <section className="panel register-panel wide" aria-labelledby="import-title">
      <div className="panel-head">
        <h2 className="panel-title" id="import-title">
          {t.importMany}
        </h2>
        <span className="panel-side">
          {t.template}
          <Button size="small" onClick={() => download('/api/speakers/import/template?format=xlsx')}>
            Excel
          </Button>{' '}
          <Button size="small" onClick={() => download('/api/speakers/import/template?format=csv')}>
            CSV
          </Button>
        </span>
      </div>
      <div className="panel-form">
        <DropZone name={file?.name} disabled={stage.at === 'sending'} onFile={choose} />
        {stage.at === 'sending' ? <Sending part={stage.part} dryRun={stage.dryRun} /> : null}
        {stage.at === 'failed' ? <Alert type="error" showIcon title={stage.words} /> : null}
        {stage.at === 'tried' ? (
          <Tried report={stage.report} onApply={() => file && void send(file, false, key)} />
        ) : null}
        {stage.at === 'done' ? <Done report={stage.report} /> : null}
      </div>
    </section>
  );
}

interface DropZoneProps {
  name: string | undefined;
  disabled: boolean;
  onFile: (file: File | undefined) => void;
}

function DropZone({ name, disabled, onFile }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) onFile(event.dataTransfer.files[0]);
  };
  return (
    <div className="drop" data-over={over}>
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <strong>{name ?? t.chooseFileOrDrop}</strong>
        <span>{t.excelXlsxOrCsv}</span>
      </label>
      <input
        id={id}
        type="file"
        className="unseen"
        accept=".csv,.xlsx,text/csv"
        disabled={disabled}
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function Sending({ part, dryRun }: { part: number; dryRun: boolean }) {
  const sent = Math.round(part * 100);
  const words = sent < 100 ? t.uploading : dryRun ? t.checkingLineByLine : t.registering;
  return (
    <div role="status">
      <p>
        {words}
        {more}
      </p>
      <Progress aria-label={words} percent={sent} status="active" />
    </div>
  );
}

function Tried({ report, onApply }: { report: Report; onApply: () => void }) {
  const [whole] = report.faults;
  if (whole) return <Alert type="error" showIcon title={t.thisFileCannotBe(whole.text)} />;
  const right = report.wrong === 0;
  return (
    <>
      <Alert
        type={right ? 'success' : 'warning'}
        showIcon
        title={right ? t.allLinesWell(report.total) : t.linesHaveBeMended(report.total, report.wrong)}
        action={
          right ? (
            <Button type="primary" onClick={onApply}>
              {t.registerThese(report.total)}
            </Button>
          ) : undefined
        }
      />
      <ReportTable rows={report.rows} onlyWrong={!right} />
    </>
  );
}

function Done({ report }: { report: Report }) {
  const ours = report.rows.filter(({ token }) => token !== null);
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const save = () => {
    const lines = ours.map(({ serial, deviceId, token }) => quoted([serial, deviceId, token ?? '']));
    saveText(t.speakerTokensCsv, [quoted([t.serial, t.deviceId, t.token]), ...lines].join('\r\n'));
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
