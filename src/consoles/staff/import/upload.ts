import { RestError } from '../../rest/request.ts';
import { language } from '../../words/language.ts';
import { t } from '../../words/staff.ts';

export interface Fault {
  field: string;
  fieldText: string;
  code: string;
  text: string;
}

export interface ReportRow {
  row: number;
  faults: Fault[];
}

/** What the server says of a file that is brought in, trial or not. */
export interface Report<R extends ReportRow = ReportRow> {
  applied: boolean;
  dryRun: boolean;
  total: number;
  wrong: number;
  /** Of the file as a whole. */
  faults: Fault[];
  rows: R[];
}

interface Upload {
  address: string;
  file: File;
  csrf: string;
  /** The same for a try that is repeated: it is written once. */
  key: string;
  /** 0 to 1, of what has left. */
  onProgress: (part: number) => void;
}

const DEADLINE_MS = 60_000;

/** Sends the file. `fetch` does not tell how much has left, so this is the older way. @throws RestError */
export function upload<T extends Report>({ address, file, csrf, key, onProgress }: Upload): Promise<T> {
  const form = new FormData();
  form.append('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', address);
  request.timeout = DEADLINE_MS;
  request.responseType = 'json';
  request.setRequestHeader('x-csrf-token', csrf);
  request.setRequestHeader('x-language', language);
  request.setRequestHeader('idempotency-key', key);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    const away = () => reject(new RestError(0, 'UNREACHABLE', t.notUploadedPleaseCheck));
    request.onerror = away;
    request.ontimeout = away;
    request.onload = () => {
      const answer = request.response as (Partial<T> & { code?: string; title?: string }) | null;
      if (answer?.rows) resolve(answer as T);
      else reject(new RestError(request.status, answer?.code ?? 'HTTP', answer?.title ?? t.serverCouldNotRead));
    };
    request.send(form);
  });
}
