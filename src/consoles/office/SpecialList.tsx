import { App, Button, Checkbox, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useChange } from '../rest/session.ts';

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
    message.success(`列进 ${done.changed} 人`);
    setCsv(undefined);
  };
  const told = (work: Promise<void>) => void work.catch((error: Error) => message.error(error.message));
  return (
    <>
      <Button loading={send.isPending} onClick={() => input.current?.click()}>
        导入重点关心名单
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label="名单文件"
        onChange={(event) => {
          told(look(event.target.files?.[0]));
          event.target.value = '';
        }}
      />
      <Modal
        title="导入重点关心名单"
        open={csv !== undefined}
        onCancel={() => setCsv(undefined)}
        okText="都列进去"
        cancelText="先不"
        okButtonProps={{ disabled: !report?.ok }}
        confirmLoading={send.isPending}
        onOk={() => told(bring())}
        destroyOnHidden
      >
        <p>{report?.ok ? '每一行都对得上人。' : '有对不上的，一行都不列。'}</p>
        <ul className="import-faults">
          {(report?.rows ?? []).slice(0, 100).map(({ row, text }) => (
            <li key={`${row}${text}`}>
              第 {row} 行：{text}
            </li>
          ))}
        </ul>
        <Checkbox checked={whole} onChange={(event) => setWhole(event.target.checked)}>
          这是全部名单：不在里面的人去掉
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
