import Fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { health, type Probes } from '../../src/api/health.ts';
import { atEnd, fixedClock, freshDatabase, freshRedis } from '../support/stores.ts';
import { ask } from './stage.ts';

async function serve(probes: Partial<Probes>, demoClock = false): Promise<FastifyInstance> {
  const app = Fastify();
  const all: Probes = {
    started: () => true,
    database: async () => undefined,
    redis: async () => undefined,
    speech: () => 'embedded',
    platforms: () => ({ speaker: true, alexa: false }),
    ...probes,
  };
  const clock = fixedClock('2026-11-23T09:30');
  await app.register(health, { probes: all, clock, demoClock, engine: 'postgres', registry: new Registry() });
  app.get('/things/:id', async () => 'seen');
  await app.ready();
  atEnd(() => app.close());
  return app;
}

const ready = (app: FastifyInstance) => ask(app, { method: 'GET', url: '/readyz' });

describe('readiness', () => {
  it('is told with the state of every part and the business clock', async () => {
    const { status, body } = await ready(await serve({}, true));
    expect(status).toBe(200);
    expect(body).toEqual({
      ready: true,
      database: 'up',
      engine: 'postgres',
      live: true,
      redis: 'up',
      speech: 'embedded',
      platforms: { speaker: true, alexa: false },
      clock: { now: '2026-11-23T09:30:00+08:00', demo: true },
    });
  });

  it('waits for the end of start-up', async () => {
    const { status, body } = await ready(await serve({ started: () => false }));
    expect([status, body.ready]).toEqual([503, false]);
  });

  it('sees real stores come and go, and still answers itself', async () => {
    const [database, redis] = [await freshDatabase(), await freshRedis()];
    const app = await serve({ database: () => database.ping(), redis: () => redis.redis.ping() });
    expect((await ready(app)).body).toMatchObject({ database: 'up', redis: 'up' });
    redis.freeze();
    expect((await ready(app)).body).toMatchObject({ ready: true, redis: 'down' });
    redis.thaw();
    await database.close();
    expect((await ready(app)).body).toMatchObject({ database: 'down' });
  });

  it('gives a part that never answers up after a second', async () => {
    const app = await serve({ database: () => new Promise(() => undefined) });
    expect((await ready(app)).body.database).toBe('down');
  });
});

describe('being alive and being measured', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await serve({ started: () => false });
  });

  it('needs nothing but the process', async () => {
    expect((await ask(app, { method: 'GET', url: '/healthz' })).status).toBe(200);
  });

  it('counts by route as it was written: nothing of an address becomes a label', async () => {
    await ask(app, { method: 'GET', url: '/things/13802155678?name=secret' });
    await ask(app, { method: 'GET', url: '/unknown/13802155678' });
    const { text, headers } = await ask(app, { method: 'GET', url: '/metrics' });
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 1');
    expect(text).not.toMatch(/13802155678|secret/);
  });
});
