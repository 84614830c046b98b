/** For whoever keeps it running: /healthz, /readyz, /metrics. No session, no personal label, a deadline on every look. */
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client';
import { Type } from 'typebox';
import { type Clock, shanghaiIso } from '../clock.ts';

/** What is asked to know whether it runs. Each may throw or hang: it is given a second. */
export interface Probes {
  /** Migrated, seeded, demo.json written; false again while closing. */
  started(): boolean;
  database(): Promise<unknown>;
  redis(): Promise<unknown>;
  /** The profile of speech, a word. */
  speech(): string;
  /** What speaks and what hears, each a word; `none` where nothing does. */
  voice?(): string;
  hearing?(): string;
  /** Brand → whether its route is open. */
  platforms(): Record<string, boolean>;
}

export interface HealthParts {
  probes: Probes;
  clock: Clock;
  /** The sample community's clock was set: shown, so that nobody takes it for today. */
  demoClock?: boolean;
  engine: 'postgres' | 'pglite';
  registry: Registry;
}

const DEADLINE_MS = 1000;

const State = Type.Enum(['up', 'down']);
const Ready = Type.Object({
  ready: Type.Boolean(),
  database: State,
  engine: Type.Enum(['postgres', 'pglite']),
  redis: State,
  speech: Type.String(),
  voice: Type.Optional(Type.String()),
  hearing: Type.Optional(Type.String()),
  platforms: Type.Record(Type.String(), Type.Boolean()),
  /** Live calls are there: a desk's presence matters. */
  live: Type.Boolean(),
  clock: Type.Object({ now: Type.String(), demo: Type.Boolean() }),
});

/**
 * `app.register(health, parts)`, at the root, before the routes it shall measure. Ready means that start-up is over: a
 * store that is away later is shown, and does not take the instance out, since it still answers honestly without.
 */
export const health = fp(async (app: FastifyInstance, parts: HealthParts) => {
  const { probes, registry, clock } = parts;
  measure(app, registry);

  app.get('/healthz', { schema: { hide: true } }, async () => ({ alive: true }));

  app.get('/readyz', { schema: { hide: true, response: { 200: Ready, 503: Ready } } }, async (_request, reply) => {
    const [database, redis] = await Promise.all([looks(probes.database), looks(probes.redis)]);
    const ready = probes.started();
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return {
      ready,
      database,
      engine: parts.engine,
      redis,
      speech: probes.speech(),
      voice: probes.voice?.(),
      hearing: probes.hearing?.(),
      platforms: probes.platforms(),
      live: true,
      clock: { now: shanghaiIso(clock.now()), demo: parts.demoClock ?? false },
    };
  });

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
});

async function looks(probe: () => Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), DEADLINE_MS);
  });
  try {
    await Promise.race([probe(), tooLate]);
    return 'up';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}

/** How long answers take, by route as it was written: an id in the address never becomes a label. */
function measure(app: FastifyInstance, registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds until the answer was sent.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 2, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}
