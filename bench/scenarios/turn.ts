/** A webhook turn, whole: signature, session in Redis, understanding, dialogue, database, words; beside the same server without them. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { xiaoaiSignature } from '../../src/platforms/xiaoai/verify.ts';
import { type Amount, interleaved, type Subject } from '../measure.ts';
import type { FromHost, Home, HostOptions, ToHost } from '../messages.ts';
import type { Report } from '../report.ts';
import type { Stores } from '../stores.ts';

const SENTENCES = ['老年证怎么办', '要带嘛材料', '再说一遍', '窗口几点开门', '我那老年证办得怎么样了', '算了不弄了'];
const AT_ONCE = 8;
const STOPPING_MS = 10_000;

export async function turn(stores: Stores, quick: boolean): Promise<Report> {
  const key = () => randomBytes(32).toString('base64');
  const options: HostOptions = {
    database: await stores.freshDatabase(),
    redisUrl: stores.redisUrl,
    dataDir: join(stores.folder, 'turn'),
    secrets: { secretKeys: `k1:${key()}`, fieldKeys: `k1:${key()}`, indexKey: key() },
    xiaoai: { appId: 'bench', keyId: 'bench', secret: key() },
  };
  mkdirSync(options.dataDir);
  const host = fork(join(import.meta.dirname, '..', 'host.ts'), { execArgv: ['--import', 'tsx', ...profiling()] });
  try {
    return await measured(host, options, quick);
  } finally {
    await ended(host);
  }
}

async function measured(host: ChildProcess, options: HostOptions, quick: boolean): Promise<Report> {
  tell(host, { type: 'start', options });
  const ready = await heard(host, 'ready');
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const say = sayer(ready.port, options.xiaoai, agent);
  const subject = (name: string, path: string): Subject => ({
    name,
    block: (times) => cpuOf(host, times, () => drive(times, ready.homes, say, path)),
  });
  const subjects = [
    subject('Fastify alone', '/peer/bare'),
    subject('Fastify + ioredis', '/peer/state'),
    subject('the product', '/webhooks/xiaoai'),
  ];
  const amount: Amount = quick ? { rounds: 3, times: 200, warmUp: 1 } : { rounds: 10, times: 1000, warmUp: 3 };
  const results = await interleaved(subjects, amount);
  agent.destroy();
  const notes = [
    `${ready.engine}; ${ready.homes.length} homes, ${AT_ONCE} at once, ${amount.times} turns a block, ${amount.rounds} blocks each`,
  ];
  return { scenario: 'turn', unit: 'CPU µs a turn, of the serving process', results, notes };
}

const profiling = () =>
  process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

/** Asked to stop first, so that a profile that was asked for (BENCH_PROFILE=folder) is written. */
async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const exit = once(host, 'exit');
  tell(host, { type: 'stop' });
  const impatience = setTimeout(() => host.kill('SIGKILL'), STOPPING_MS);
  await exit;
  clearTimeout(impatience);
}

const tell = (host: ChildProcess, message: ToHost) => host.send(message);

async function heard<T extends FromHost['type']>(host: ChildProcess, type: T): Promise<Extract<FromHost, { type: T }>> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(host, 'exit', { signal }).then(() => Promise.reject(new Error('the measured process ended')));
  ended.catch(() => undefined); // aborted when the message came first
  const [message] = (await Promise.race([once(host, 'message', { signal }), ended])) as [FromHost];
  waiting.abort();
  if (message.type !== type) throw new Error(`heard ${message.type} instead of ${type}`);
  return message as Extract<FromHost, { type: T }>;
}

async function cpuOf(host: ChildProcess, times: number, work: () => Promise<void>): Promise<number> {
  const used = async () => {
    tell(host, { type: 'cpu' });
    return (await heard(host, 'cpu')).micros;
  };
  const before = await used();
  await work();
  return ((await used()) - before) / times;
}

type Say = (path: string, home: Home, sentence: string) => Promise<void>;

/** Each home says its sentences in order, one after the other; several homes at once. */
async function drive(times: number, homes: Home[], say: Say, path: string): Promise<void> {
  let said = 0;
  const one = async (lane: number) => {
    for (let n = lane; said < times; n += AT_ONCE) {
      said += 1;
      const home = homes[n % homes.length] as Home;
      await say(path, home, SENTENCES[Math.floor(n / homes.length) % SENTENCES.length] ?? '');
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, homes.length) }, (_, lane) => one(lane)));
}

function sayer(port: number, { appId, keyId, secret }: HostOptions['xiaoai'], agent: Agent): Say {
  return (path, home, sentence) => {
    const body = Buffer.from(JSON.stringify(bodyOf(appId, home, sentence)));
    const headers = signed({ path, host: `127.0.0.1:${port}`, body, keyId, secret });
    return post({ port, path, headers, body, agent });
  };
}

function bodyOf(appId: string, { deviceId, userId }: Home, query: string) {
  return {
    version: '1.0',
    query,
    session: { is_new: false, session_id: deviceId, application: { app_id: appId }, user: { user_id: userId } },
    request: { type: 1, request_id: randomBytes(16).toString('hex'), timestamp: Date.now(), locale: 'zh-CN' },
    context: { device_id: deviceId },
  };
}

function signed({
  path,
  host,
  body,
  keyId,
  secret,
}: {
  path: string;
  host: string;
  body: Buffer;
  keyId: string;
  secret: string;
}) {
  const contentMd5 = createHash('md5').update(body).digest('base64');
  const date = new Date().toUTCString();
  const contentType = 'application/json';
  const signature = xiaoaiSignature({ method: 'POST', path, query: '', date, host, contentType, contentMd5 }, secret);
  return {
    host,
    'content-type': contentType,
    'content-length': body.length,
    'content-md5': contentMd5,
    'x-xiaomi-date': date,
    authorization: `MIAI-HmacSHA256-V1 ${keyId}::${signature}`,
  };
}

function post({
  port,
  path,
  headers,
  body,
  agent,
}: {
  port: number;
  path: string;
  headers: Record<string, string | number>;
  body: Buffer;
  agent: Agent;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      { port, host: '127.0.0.1', path, method: 'POST', headers, agent, timeout: 30_000 },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${path} answered ${answer.statusCode}`)),
        );
      },
    );
    call.once('timeout', () => call.destroy(new Error(`${path} did not answer`)));
    call.once('error', reject);
    call.end(body);
  });
}
