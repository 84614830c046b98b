import { App, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { rest } from '../rest/request.ts';
import { useChange } from '../rest/session.ts';
import { saveText } from '../staff/download.ts';
import { t } from '../words/office.ts';

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
  const take = async () => saveText(t.guidesJson, JSON.stringify(await rest('/api/guides/export'), null, 2));
  const look = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { items: all } = JSON.parse(await file.text()) as { items: unknown[] };
      setReport(await bring.mutateAsync({ items: all, dryRun: true }));
      setItems(all);
    } catch (error) {
      message.error(error instanceof SyntaxError ? t.thisFileCannotBe : (error as Error).message);
    }
  };
  const confirm = async () => {
    const done = await bring.mutateAsync({ items: items ?? [], dryRun: false });
    message.success(t.draftsBrought(done.drafts));
    setItems(undefined);
  };
  return (
    <>
      <Button onClick={() => void take().catch((error: Error) => message.error(error.message))}>{t.export}</Button>
      <Button loading={bring.isPending} onClick={() => input.current?.click()}>
        {t.import}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t.fileImport}
        onChange={(event) => {
          void look(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Modal
        title={t.importGuides}
        open={items !== undefined}
        onCancel={() => setItems(undefined)}
        okText={t.bringThemAll}
        cancelText={t.leave}
        okButtonProps={{ disabled: !report?.ok }}
        confirmLoading={bring.isPending}
        onOk={() => void confirm().catch((error: Error) => message.error(error.message))}
        destroyOnHidden
      >
        <p>{t.importOf(items?.length ?? 0, report?.ok ? t.allWellTheyCome : t.someWrongNoneBrought)}</p>
        <ul className="import-faults">
          {(report?.rows ?? []).slice(0, 50).map((row) => (
            <li key={`${row.row}${row.problem}`}>{t.faultOfGuide(row.row, row.matter, row.problem)}</li>
          ))}
        </ul>
      </Modal>
    </>
  );
}
