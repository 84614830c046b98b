/** The process that is measured: the product's webhook and its peers behind one port, nothing else. Tells its CPU time when asked. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { clockStartingAt, shanghaiInstant, systemClock } from '../src/clock.ts';
import { readConfig } from '../src/config.ts';
import { createCore } from '../src/core.ts';
import { createLog } from '../src/log.ts';
import type { Reply } from '../src/platforms/platform.ts';
import { xiaoai } from '../src/platforms/xiaoai/index.ts';
import { DEMO_FILE, prepare } from '../src/prepare.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { connectRedis, type RedisClient, redisReady } from '../src/store/redis.ts';
import type { Demo } from '../src/store/seed/index.ts';
import type { FromHost, HostOptions, ToHost } from './messages.ts';

const send = (message: FromHost) => process.send?.(message);
const FALLBACK: Reply = {
  requestId: '',
  text: '',
  listen: false,
  end: false,
  pace: 190,
  errand: null,
  phrase: '',
  asking: 'nothing',
};
const HOUR = 3600;

async function start({ database: where, redisUrl, dataDir, secrets, xiaoai: skill }: HostOptions): Promise<void> {
  const database = await openDatabase(where);
  const redis = connectRedis(redisUrl, 'commands');
  const subscriber = connectRedis(redisUrl, 'subscriber');
  await Promise.all([redisReady(redis), redisReady(subscriber)]);
  await migrate(database);
  const clock = clockStartingAt(shanghaiInstant('2026-11-23', '09:30'));
  const core = createCore({
    database,
    redis,
    subscriber,
    secrets,
    clock,
    log: createLog({ level: 'fatal' }),
    instance: 'bench',
  });
  await prepare(core, readConfig({ DATA_DIR: dataDir, SAMPLE_DATA: 'true' }));

  const app = Fastify();
  const allow = async (key: string) => (await core.rates.hit(`turn:${key}`, { limit: 1e9, windowSeconds: 60 })).allowed;
  await app.register(xiaoai, { turn: core.turn, fallback: FALLBACK, allow, ...skill, clock: systemClock });
  peers(app, redis);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  send({ type: 'ready', port, engine: database.engine, homes: homesIn(dataDir) });
}

function homesIn(dataDir: string) {
  const { speakers } = JSON.parse(readFileSync(join(dataDir, DEMO_FILE), 'utf8')) as Demo;
  return speakers.filter(({ residents }) => residents.length === 1).map(({ platformIds }) => platformIds.xiaoai);
}

/** The road without its content: JSON in, the same size out; and the same with a state read from Redis and written back. */
function peers(app: FastifyInstance, redis: RedisClient): void {
  const answer = (text: string) => ({
    version: '1.0',
    is_session_end: false,
    response: { to_speak: { type: 0, text }, open_mic: true },
  });
  app.post('/peer/bare', async (request) => answer(JSON.stringify(request.body).slice(0, 60)));
  app.post('/peer/state', async (request) => {
    const key = `peer:${(request.body as { context: { device_id: string } }).context.device_id}`;
    const state = JSON.parse((await redis.get(key)) ?? '{"turns":0}') as { turns: number };
    await redis.set(key, JSON.stringify({ ...state, turns: state.turns + 1 }), 'EX', HOUR);
    return answer(`${state.turns}`);
  });
}

process.on('message', async (message: ToHost) => {
  if (message.type === 'stop') process.exit(0);
  if (message.type === 'start') await start(message.options);
  if (message.type === 'cpu') {
    const { user, system } = process.cpuUsage();
    send({ type: 'cpu', micros: user + system });
  }
});
process.on('disconnect', () => process.exit(0));
