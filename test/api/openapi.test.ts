import Fastify from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/api/index.ts';
import { ask, openStage, type Stage } from './stage.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: { type?: string; additionalProperties?: boolean } }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

const TABLE = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];
/** Routes that answer with a file. */
const FILES: Record<string, string[]> = {
  'GET /api/audit/export': ['text/csv'],
  'GET /api/oversight/report': ['application/pdf'],
  'GET /api/sentences/export': ['text/yaml'],
  'GET /api/speakers/import/template': TABLE,
  'GET /api/residents/special/import/template': TABLE,
  'GET /api/speakers/export': TABLE,
};

let stage: Stage;
let operations: [string, Operation][];
beforeAll(async () => {
  stage = await openStage();
  const { body } = await ask(stage.app, { method: 'GET', url: '/api/openapi.json' });
  expect(body.openapi).toBe('3.1.0');
  operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});

describe('the description of the interface', () => {
  it('holds every route that is served', () => {
    const served = stage.routes
      .filter(({ method, url }) => method !== 'HEAD' && !/docs|openapi/.test(url))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(operations.map(([name]) => name).sort()).toEqual([...new Set(served)].sort());
  });

  it('says of each what it does, what it answers, and how it refuses', () => {
    for (const [name, { summary, tags, responses }] of operations) {
      expect([name, Boolean(summary), tags?.length]).toEqual([name, true, 1]);
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'));
      expect([name, success !== undefined]).toEqual([name, true]);
      if (success?.[0] !== '204')
        expect([name, Object.keys(success?.[1].content ?? {})]).toEqual([name, FILES[name] ?? ['application/json']]);
      expect([name, Object.keys(responses['4XX']?.content ?? {})]).toEqual([name, ['application/problem+json']]);
      expect([name, Object.keys(responses['5XX']?.content ?? {})]).toEqual([name, ['application/problem+json']]);
    }
  });

  it('closes every body except the one of signing in', () => {
    for (const [name, { requestBody }] of operations) {
      const schema = requestBody?.content['application/json']?.schema;
      if (!schema) continue;
      expect([name, schema.additionalProperties]).toEqual([name, name === 'POST /api/session' ? undefined : false]);
    }
  });

  it('names the parameters in the path, and paging with filters on every list', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, found]) => found);
      expect([name, parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([name, inPath]);
    }
    const lists = operations.filter(([, { parameters = [] }]) => parameters.some((one) => one.name === 'pageSize'));
    expect(lists).toHaveLength(18);
    for (const [name, { parameters = [] }] of lists) expect([name, parameters.length > 2]).toEqual([name, true]);
  });

  it('has nothing that refers to nowhere', async () => {
    const { text } = await ask(stage.app, { method: 'GET', url: '/api/openapi.json' });
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(JSON.parse(text).components.schemas).toHaveProperty(name ?? '');
    }
  });

  it('can be read as a page', async () => {
    const page = await ask(stage.app, { method: 'GET', url: '/api/docs/' });
    expect([page.status, page.text.includes('swagger-ui')]).toEqual([200, true]);
  });
});

describe('headers', () => {
  it('keep answers out of caches and frames', async () => {
    const { headers } = await ask(stage.app, { method: 'GET', url: '/api/session' });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('an event loop that lags', () => {
  it('is told of with 503, on the interface only', async () => {
    const app = Fastify();
    app.get('/elsewhere', async () => 'well');
    await app.register(api, { prefix: '/api', ...stage.parts, longestDelayMs: 1 });
    await app.ready();
    const until = performance.now() + 1500;
    while (performance.now() < until) await busyTurn();
    const answer = await ask(app, { method: 'GET', url: '/api/demo/speakers' });
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'OVERLOADED', '5']);
    expect((await ask(app, { method: 'GET', url: '/elsewhere' })).status).toBe(200);
    await app.close();
  });
});

/** Holds the loop for 40 ms, then lets timers run. */
function busyTurn(): Promise<void> {
  const until = performance.now() + 40;
  while (performance.now() < until);
  return new Promise((resolve) => setTimeout(resolve, 1));
}
