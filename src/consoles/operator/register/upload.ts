import { RestError } from '../../rest/request.ts';
import { t } from '../../words/operator.ts';

export interface Fault {
  field: string;
  fieldText: string;
  code: string;
  text: string;
}

export interface ReportRow {
  row: number;
  serial: string;
  deviceId: string;
  brandText: string;
  address: string;
  faults: Fault[];
  token: string | null;
}

export interface Report {
  applied: boolean;
  dryRun: boolean;
  total: number;
  wrong: number;
  faults: Fault[];
  rows: ReportRow[];
}

interface Upload {
  file: File;
  dryRun: boolean;
  csrf: string;
  /** The same for a try that is repeated: it is written once. */
  key: string;
  /** 0 to 1, of what has left. */
  onProgress: (part: number) => void;
}

const DEADLINE_MS = 60_000;

/** Sends the file. `fetch` does not tell how much has left, so this is the older way. @throws RestError */
export function upload({ file, dryRun, csrf, key, onProgress }: Upload): Promise<Report> {
  const form = new FormData();
  form.append('file', file);
  const request = new XMLHttpRequest();
  request.open('POST', `/api/speakers/import?dryRun=${dryRun}`);
  request.timeout = DEADLINE_MS;
  request.responseType = 'json';
  request.setRequestHeader('x-csrf-token', csrf);
  request.setRequestHeader('idempotency-key', key);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    const away = () => reject(new RestError(0, 'UNREACHABLE', t.notUploadedPleaseCheck));
    request.onerror = away;
    request.ontimeout = away;
    request.onload = () => {
      const answer = request.response as (Partial<Report> & { code?: string; title?: string }) | null;
      if (answer?.rows) resolve(answer as Report);
      else reject(new RestError(request.status, answer?.code ?? 'HTTP', answer?.title ?? t.serverCouldNotRead));
    };
    request.send(form);
  });
}
