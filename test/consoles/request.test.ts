/** What a page does when the server refuses. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rest } from '../../src/consoles/rest/request.ts';

const received: string[] = [];
let answers: { status: number; code?: string }[] = [];
const server = createServer((request, reply) => {
  const { status, code } = answers.shift() ?? { status: 200 };
  received.push(`${request.method} ${status}`);
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, detail: code }));
});
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/policies/1/recall`;
});
afterAll(() => server.close());

const pressing = (...planned: typeof answers) => {
  answers = planned;
  received.length = 0;
  return rest(url, { method: 'POST', body: {} }).catch(({ code }: { code: string }) => code);
};

describe('a press on a page', () => {
  it('is repeated while the server has too much to do', async () => {
    const overloaded = { status: 503, code: 'OVERLOADED' };
    await pressing(overloaded, overloaded);
    expect(received).toEqual(['POST 503', 'POST 503', 'POST 200']);
  });

  it('is not repeated where something may have been done', async () => {
    expect(await pressing({ status: 503, code: 'STORE_DOWN' })).toBe('STORE_DOWN');
    expect(await pressing({ status: 409, code: 'CONFLICT' })).toBe('CONFLICT');
    expect(received).toEqual(['POST 409']);
  });
});
