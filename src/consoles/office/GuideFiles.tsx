import { App, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { rest } from '../rest/request.ts';
import { useChange } from '../rest/session.ts';
import { saveText } from './save.ts';

interface Report {
  ok: boolean;
  drafts: number;
  rows: { row: number; matter: string; problem: string }[];
}

/** All guides out as one file, and in again: looked at first, then all or none as drafts. */
export function GuideFiles() {
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [items, setItems] = useState<unknown[]>();
  const [report, setReport] = useState<Report>();
  const bring = useChange<Report, { items: unknown[]; dryRun: boolean }>(
    ({ items: all, dryRun }) => ({ path: `/api/guides/import?dryRun=${dryRun}`, body: { items: all } }),
    ['guides'],
  );
  const take = async () => saveText('办事指南.json', JSON.stringify(await rest('/api/guides/export'), null, 2));
  const look = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { items: all } = JSON.parse(await file.text()) as { items: unknown[] };
      setReport(await bring.mutateAsync({ items: all, dryRun: true }));
      setItems(all);
    } catch (error) {
      message.error(error instanceof SyntaxError ? '这个文件读不懂，要导出来的那种。' : (error as Error).message);
    }
  };
  const confirm = async () => {
    const done = await bring.mutateAsync({ items: items ?? [], dryRun: false });
    message.success(`放进来 ${done.drafts} 份草稿`);
    setItems(undefined);
  };
  return (
    <>
      <Button onClick={() => void take().catch((error: Error) => message.error(error.message))}>导出</Button>
      <Button loading={bring.isPending} onClick={() => input.current?.click()}>
        导入
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="要导入的文件"
        onChange={(event) => {
          void look(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Modal
        title="导入办事指南"
        open={items !== undefined}
        onCancel={() => setItems(undefined)}
        okText="都放进来"
        cancelText="不放了"
        okButtonProps={{ disabled: !report?.ok }}
        confirmLoading={bring.isPending}
        onOk={() => void confirm().catch((error: Error) => message.error(error.message))}
        destroyOnHidden
      >
        <p>
          一共 {items?.length ?? 0} 份，{report?.ok ? '都对，放进来是草稿，还要提交和签发。' : '有不对的，一份都不放。'}
        </p>
        <ul className="import-faults">
          {(report?.rows ?? []).slice(0, 50).map((row) => (
            <li key={`${row.row}${row.problem}`}>
              第 {row.row} 份 {row.matter}：{row.problem}
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}
