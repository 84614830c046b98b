import { Progress } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { more } from '../../words/marks.ts';
import { t } from '../../words/staff.ts';
import { DownloadButton } from '../DownloadButton.tsx';
import './import.css';

interface FileDropProps {
  /** Of the file that was chosen. */
  name: string | undefined;
  hint: string;
  disabled: boolean;
  onFile: (file: File | undefined) => void;
}

/** A table is chosen, or dropped. */
export function FileDrop({ name, hint, disabled, onFile }: FileDropProps) {
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
        <span>{hint}</span>
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

/** How much of it has left, and that it is looked at. */
export function Sending({ part, dryRun }: { part: number; dryRun: boolean }) {
  const sent = Math.round(part * 100);
  const words = sent < 100 ? t.uploading : dryRun ? t.checkingLineByLine : t.beingWritten;
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

/** The table to fill in, as people keep tables. */
export function Templates({ at }: { at: string }) {
  return (
    <span className="templates">
      {t.template}
      <DownloadButton size="small" path={`${at}?format=xlsx`}>
        Excel
      </DownloadButton>
      <DownloadButton size="small" path={`${at}?format=csv`}>
        CSV
      </DownloadButton>
    </span>
  );
}
