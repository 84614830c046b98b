import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';

const DEADLINE_MS = 2_000;
const LARGEST = 64 * 1024;

/** Fetches a small file. @throws Error on any status but 200, a redirect, too many bytes or too long a wait */
export type Download = (url: URL) => Promise<Buffer>;

/** Small files over HTTPS: 2 s for all of it, 64 KiB, no redirect, no connection kept. */
export function createDownload(agent: Agent = new Agent({ keepAlive: false }), deadlineMs = DEADLINE_MS): Download {
  return (url) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(deadlineMs);
      const request = get(url, { agent, signal, headers: { accept: '*/*' } }, (response) => {
        collect(response).then(resolve, (thrown: unknown) => {
          request.destroy();
          reject(thrown);
        });
      });
      request.on('error', reject);
    });
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new Error('too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
