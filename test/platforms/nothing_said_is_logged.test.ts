import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { aligenie } from '../../src/platforms/aligenie/index.ts';
import { speaker } from '../../src/platforms/speaker/index.ts';
import { connectSpeaker } from '../../src/tools/speaker-client.ts';
import {
  ALIGENIE_HEADER,
  ALIGENIE_SECRET,
  ALIGENIE_SKILL,
  aligenieBody,
  aligenieHeaders,
  NOW,
} from './support/brands.ts';
import { identityOf, TOKEN } from './support/speakers.ts';
import { FALLBACK } from './support/turns.ts';

const CANARIES = ['王秀英', '13800138000', TOKEN, ALIGENIE_SECRET];

it('neither words nor tokens reach the log, also when everything fails', async () => {
  let log = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const app = Fastify({ logger: { level: 'trace', stream } });
  const turn = () => Promise.reject(new Error('王秀英 13800138000'));
  const bus = {
    publish: async () => undefined,
    toDevice: async () => false,
    on: () => () => undefined,
    onDevice: () => () => undefined,
  };
  const presence = { seen: async () => undefined, gone: async () => undefined };
  const devices = {
    byToken: async (deviceId: string) => identityOf(deviceId),
    byTicket: async () => undefined,
    seen: () => Promise.reject(new Error('王秀英')),
    status: () => Promise.reject(new Error('王秀英')),
  };
  await app.register(speaker, {
    turn,
    fallback: FALLBACK,
    bus,
    presence,
    devices,
    instance: 'i',
    words: () => '',
    clock: { now: () => NOW },
  });
  await app.register(aligenie, {
    turn,
    fallback: FALLBACK,
    skillId: ALIGENIE_SKILL,
    secretHeader: ALIGENIE_HEADER,
    secret: ALIGENIE_SECRET,
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });

  const client = connectSpeaker({
    url: `${address.replace('http', 'ws')}/speaker`,
    credentials: { deviceId: 'device-a', token: TOKEN },
    reconnectWithin: 0,
  });
  await client.say('我是王秀英，电话13800138000');
  client.tell({ type: 'status', firmware: '王秀英' });
  client.tell({ type: 'nonsense', text: '王秀英' });
  const post = (body: string, headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/webhooks/aligenie', payload: body, headers });
  const body = JSON.stringify(aligenieBody({ utterance: '我是王秀英，电话13800138000' }));
  await post(body, aligenieHeaders());
  await post(body, aligenieHeaders('wrong'));
  await post(`${body}{`, aligenieHeaders());
  for (const type of ['INVALID_RESPONSE', '王秀英']) {
    const request = { type: 'SessionEndedRequest', requestId: type, error: { type, message: '王秀英' } };
    await post(JSON.stringify({ ...aligenieBody(), context: { system: {} }, request }), aligenieHeaders());
  }
  client.close();
  await app.close();

  expect(log).toContain('webhook refused');
  expect(log).toContain('speaker connection failed');
  expect(log.split('a platform ended a session by an error')).toHaveLength(2);
  expect(log).toContain('"type":"INVALID_RESPONSE"');
  for (const canary of CANARIES) expect(log).not.toContain(canary);
});
