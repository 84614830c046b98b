/** Files as an operator uploads them, and the form they travel in. */
import { ask, type Client, type Stage } from './stage.ts';

export const CSV = 'text/csv';
export const HEADING = '序列号,品牌,设备号,小区,楼栋,门牌,房间';
/** The world's homes: near, sister and far. */
export const homeOf = (where: string) => `季景峰阁,3号楼,${where}-101`;

export const csv = (...lines: string[]) => Buffer.from([HEADING, ...lines].join('\r\n'), 'utf8');

/** Where speakers are brought in, and the special list. */
export const SPEAKERS = '/api/speakers/import';
export const SPECIAL = '/api/residents/special/import';

/** Sends the bytes as they are. */
export function upload(
  stage: Stage,
  client: Client,
  bytes: Buffer,
  { dryRun = false, key = '', type = CSV, to = SPEAKERS } = {},
) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf, 'content-type': type };
  return ask(stage.app, {
    method: 'POST',
    url: `${to}?dryRun=${dryRun}`,
    headers: key ? { ...headers, 'idempotency-key': key } : headers,
    payload: bytes,
  });
}

/** Sends them as a browser's form does. */
export function uploadForm(stage: Stage, client: Client, bytes: Buffer, name: string, to = SPEAKERS) {
  const boundary = 'a-line-that-no-file-holds';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const headers = {
    cookie: client.cookie,
    'x-csrf-token': client.csrf,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  return ask(stage.app, { method: 'POST', url: to, headers, payload });
}
