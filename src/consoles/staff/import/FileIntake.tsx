import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { FileDrop, Sending } from './FileDrop.tsx';
import type { Report } from './upload.ts';
import type { Stage } from './useImport.ts';

interface FileIntakeProps<T extends Report> {
  file: File | undefined;
  stage: Stage<T>;
  hint: string;
  onFile: (file: File | undefined) => void;
  /** Its rows, looked at, and what may be done with them. */
  tried: (report: T) => ReactNode;
  done: (report: T) => ReactNode;
}

/** A table on its way in: chosen, sent, looked at, written; at each stage what there is to see. */
export function FileIntake<T extends Report>({ file, stage, hint, onFile, tried, done }: FileIntakeProps<T>) {
  return (
    <>
      <FileDrop name={file?.name} hint={hint} disabled={stage.at === 'sending'} onFile={onFile} />
      {stage.at === 'sending' ? <Sending part={stage.part} dryRun={stage.dryRun} /> : null}
      {stage.at === 'failed' ? <Alert type="error" showIcon title={stage.words} /> : null}
      {stage.at === 'tried' ? tried(stage.report) : null}
      {stage.at === 'done' ? done(stage.report) : null}
    </>
  );
}
