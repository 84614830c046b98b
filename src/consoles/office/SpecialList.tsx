import { App, Button, Checkbox, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';

interface Report {
  ok: boolean;
  changed: number;
  rows: { row: number; text: string }[];
}

/** The special list from a table: looked at line by line first, then all or none. */
export function SpecialList() {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState<string>();
  const [whole, setWhole] = useState(false);
  const [report, setReport] = useState<Report>();
  const send = useChange<Report, { csv: string; dryRun: boolean; whole: boolean }>(
    (body) => ({ path: '/api/residents/special/import', body }),
    ['residents', 'facts'],
  );
  const look = async (file: File | undefined) => {
    if (!file) return;
    const text = await decoded(file);
    setReport(await send.mutateAsync({ csv: text, dryRun: true, whole }));
    setCsv(text);
  };
  const bring = async () => {
    const done = await send.mutateAsync({ csv: csv ?? '', dryRun: false, whole });
    message.success(t.putList(done.changed));
    setCsv(undefined);
  };
  const told = (work: Promise<void>) => void work.catch((error: Error) => message.error(error.message));
  return (
    <>
      <Button loading={send.isPending} onClick={() => input.current?.click()}>
        {t.importSpecialList}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={t.fileList}
        onChange={(event) => {
          told(look(event.target.files?.[0]));
          event.target.value = '';
        }}
      />
      <Modal
        title={t.importSpecialList}
        open={csv !== undefined}
        onCancel={() => setCsv(undefined)}
        okText={t.putThemAll}
        cancelText={t.notNow}
        okButtonProps={{ disabled: !report?.ok }}
        confirmLoading={send.isPending}
        onOk={() => told(bring())}
        destroyOnHidden
      >
        <p>{report?.ok ? t.everyLineFindsIts : t.someLinesFindNobody}</p>
        <ul className="import-faults">
          {(report?.rows ?? []).slice(0, 100).map(({ row, text }) => (
            <li key={`${row}${text}`}>{t.line(row, text)}</li>
          ))}
        </ul>
        <Checkbox checked={whole} onChange={(event) => setWhole(event.target.checked)}>
          {t.thisWholeListOthers}
        </Checkbox>
      </Modal>
    </>
  );
}

/** Tables from offices are often GBK. */
async function decoded(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gbk').decode(bytes);
  }
}
