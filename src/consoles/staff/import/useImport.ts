import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../../rest/records.ts';
import { RestError } from '../../rest/request.ts';
import { t } from '../../words/staff.ts';
import { type Report, upload } from './upload.ts';

interface Chosen<W> {
  file: File;
  wish: W;
  /** The same for a try that is repeated: it is written once. */
  key: string;
}

export type Stage<T extends Report> =
  | { at: 'choosing' }
  | { at: 'sending'; part: number; dryRun: boolean }
  | { at: 'failed'; words: string }
  | { at: 'tried'; report: T }
  | { at: 'done'; report: T };

/**
 * A file is tried out first, its rows looked at, and then all of them are written, or none. `addressOf` says where to, by what
 * was wished when the file was chosen.
 */
export function useImport<T extends Report, W = undefined>(addressOf: (dryRun: boolean, wish: W) => string) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen<W>>();
  const [stage, setStage] = useState<Stage<T>>({ at: 'choosing' });

  async function send({ file, wish, key }: Chosen<W>, dryRun: boolean): Promise<void> {
    setStage({ at: 'sending', part: 0, dryRun });
    const onProgress = (part: number) => setStage({ at: 'sending', part, dryRun });
    const csrf = queries.getQueryData<Session>(['session'])?.csrfToken ?? '';
    try {
      const report = await upload<T>({ address: addressOf(dryRun, wish), file, csrf, key, onProgress });
      setStage(report.applied ? { at: 'done', report } : { at: 'tried', report });
      if (report.applied) await queries.invalidateQueries({ queryKey: ['list'] });
    } catch (error) {
      if (error instanceof RestError && error.status === 401) queries.setQueryData(['session'], null);
      setStage({ at: 'failed', words: error instanceof Error ? error.message : t.notUploaded });
    }
  }
  return {
    file: chosen?.file,
    stage,
    choose(file: File | undefined, wish: W): void {
      if (!file) return;
      const key = crypto.randomUUID();
      setChosen({ file, wish, key });
      void send({ file, wish, key: `${key}-try` }, true);
    },
    apply(): void {
      if (chosen) void send(chosen, false);
    },
  };
}
