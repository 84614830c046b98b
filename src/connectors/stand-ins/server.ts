/** A small real server on loopback whose faults are chosen: the other side, for tests and the sample community. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Told {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

/** `lost`: does its work and cuts the line before a word. `hangs`: reads and never answers. A number: that status, nothing done. */
export type Fault = 'lost' | 'hangs' | number;

export interface StandIn {
  url: string;
  /** What happens to the coming requests, in this order; afterwards it works again. */
  next(...faults: Fault[]): void;
  /** All requests that arrived, those that failed too. */
  asked(): number;
  close(): Promise<void>;
}

const LARGEST = 1_000_000;

/** Listens on a free port of 127.0.0.1. */
export async function standIn(answer: (asked: Asked) => Told): Promise<StandIn> {
  const faults: Fault[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const asked = await read(request);
    count += 1;
    const fault = faults.shift();
    if (fault === 'hangs') return;
    const told = typeof fault === 'number' ? { status: fault } : answer(asked);
    if (fault === 'lost') return request.socket.destroy();
    response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers });
    response.end(JSON.stringify(told.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...coming) => void faults.push(...coming),
    asked: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LARGEST) parts.push(part);
  }
  const { method = '', url = '', headers } = request;
  return { method, path: url, headers, body: Buffer.concat(parts).toString('utf8') };
}
