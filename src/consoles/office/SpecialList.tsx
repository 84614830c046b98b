import { Alert, Button, Checkbox, Modal, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Templates } from '../staff/import/FileDrop.tsx';
import { FileIntake } from '../staff/import/FileIntake.tsx';
import { ReportTable, type Shown } from '../staff/import/ReportTable.tsx';
import { Tried } from '../staff/import/Tried.tsx';
import type { Report, ReportRow } from '../staff/import/upload.ts';
import { useImport } from '../staff/import/useImport.ts';
import { t } from '../words/office.ts';

interface Line extends ReportRow {
  resident: { id: string; name: string } | null;
  grade: number | null;
  was: number | null;
  changeText: string | null;
}
interface ListReport extends Report<Line> {
  changed: number;
  leaving: number;
}

const ADDRESS = '/api/residents/special/import';

/** The special list from a table: looked at line by line first, then all or none. */
export function SpecialList() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.importSpecialList}</Button>
      <Modal
        title={t.importSpecialList}
        open={open}
        width={820}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Importing />
      </Modal>
    </>
  );
}

function Importing() {
  const [whole, setWhole] = useState(false);
  const { file, stage, choose, apply } = useImport<ListReport, boolean>(
    (dryRun, whole) => `${ADDRESS}?dryRun=${dryRun}&whole=${whole}`,
  );
  const wish = (wanted: boolean) => {
    setWhole(wanted);
    if (stage.at === 'tried') choose(file, wanted);
  };
  return (
    <div className="special-list">
      <p>{t.specialListHow}</p>
      <Templates at={`${ADDRESS}/template`} />
      <Checkbox checked={whole} disabled={stage.at === 'sending'} onChange={({ target }) => wish(target.checked)}>
        {t.specialListWholeOthers}
      </Checkbox>
      <FileIntake
        file={file}
        stage={stage}
        hint={t.specialListHint}
        onFile={(chosen) => choose(chosen, whole)}
        tried={(report) => <Looked report={report} onApply={apply} />}
        done={({ changed, leaving }) => <Alert type="success" showIcon title={t.specialListDone(changed, leaving)} />}
      />
    </div>
  );
}

function Looked({ report, onApply }: { report: ListReport; onApply: () => void }) {
  const { changed, leaving, wrong, rows } = report;
  const change = changed + leaving > 0;
  const right = ({ was, grade, changeText }: Line) => (
    <span className="chip" data-tone={was === grade ? undefined : 'good'}>
      {changeText}
    </span>
  );
  return (
    <Tried report={report} doIt={change ? t.putOnList(changed, leaving) : undefined} onApply={onApply}>
      {change || wrong > 0 ? null : <p>{t.nobodyToChange}</p>}
      <ReportTable<Line> rows={rows} columns={columns} right={right} onlyWrong={wrong > 0} />
    </Tried>
  );
}

const columns: TableColumnsType<Shown<Line>> = [
  { title: t.who, key: 'who', render: (_, { resident }) => resident?.name ?? '—' },
  {
    title: t.specialGrade,
    key: 'grade',
    render: (_, { grade, was }) =>
      t.specialGradeWas(gradeWords(grade) ?? '—', was === grade ? undefined : gradeWords(was)),
  },
];

const gradeWords = (grade: number | null) => (grade === null ? undefined : t.specialGrades[grade - 1]);
