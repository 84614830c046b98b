import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { aligenie } from '../../../src/platforms/aligenie/index.ts';
import { minutesOff } from '../../../src/platforms/aligenie/verify.ts';
import { ALIGENIE_HEADER, aligenieBody, aligenieHeaders } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';
import { FALLBACK, recordingTurn } from '../support/turns.ts';

const folder = mkdtempSync(join(tmpdir(), 'ownership-'));
const FILE = '0123456789abcdef0123456789abcdef.txt';
writeFileSync(join(folder, FILE), 'text of the console');
writeFileSync(join(folder, 'secret.txt'), 'secret');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const { app, send, fresh } = await readingOf('aligenie', {
  filesDir: folder,
  privateKey: keys.privateKey,
  envelope2: true,
  ssml: true,
});
const plain = await readingOf('aligenie');
const ask = (members: Record<string, unknown> = {}, reply = {}) =>
  send(aligenieBody({ requestId: fresh(), ...members }), reply);
const post = (payload: string, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/webhooks/aligenie', payload, headers });

describe('the door', () => {
  const body = JSON.stringify(aligenieBody());

  it.each([
    ['a wrong secret', { [ALIGENIE_HEADER]: 'wrong' }],
    ['an empty secret', { [ALIGENIE_HEADER]: '' }],
    ['no secret', {}],
    ['the secret in another header', { 'x-other': 'a-long-random-secret' }],
    ['a longer secret', { [ALIGENIE_HEADER]: 'a-long-random-secret x' }],
  ])('is shut to %s', async (_, headers) => {
    const response = await post(body, { 'content-type': 'application/json', ...headers } as Record<string, string>);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ returnCode: '1' });
  });

  it('is shut to another skill and to none', async () => {
    for (const skillId of [110256, '0110255', undefined, null]) {
      expect((await post(JSON.stringify(aligenieBody({ skillId })), aligenieHeaders())).statusCode).toBe(400);
    }
  });
});

describe('the time in a request id', () => {
  const now = new Date('2026-11-23T09:30:00+08:00');

  it.each([
    ['20261123093000004-1277958919', 0],
    ['20261123091900004-1277958919', 11],
    ['20261123094100004-1', 11],
    ['20251123093000004-1', 525_600],
    ['20261399093000004-1', undefined],
    ['fresh-1', undefined],
    [undefined, undefined],
  ])('%s is %s minutes off', (id, minutes) => {
    expect(minutesOff(id, now)).toBe(minutes);
  });

  it('that is far off is told in the log, and refuses nobody', async () => {
    let log = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        log += String(chunk);
        done();
      },
    });
    const logging = Fastify({ logger: { level: 'warn', stream } });
    const { turn } = recordingTurn();
    const skill = { skillId: '110255', secretHeader: ALIGENIE_HEADER, secret: 'a-long-random-secret' };
    await logging.register(aligenie, { turn, fallback: FALLBACK, clock: { now: () => now }, ...skill });
    const at = async (requestId: string) => {
      const payload = JSON.stringify(aligenieBody({ requestId }));
      return (await logging.inject({ method: 'POST', url: '/webhooks/aligenie', payload, headers: aligenieHeaders() }))
        .statusCode;
    };
    expect([await at('20261123092500004-1'), log]).toEqual([200, '']);
    expect(await at('20261123081500004-canary')).toBe(200);
    expect(log).toContain('"minutes":75');
    expect(log).not.toContain('canary');
    await logging.close();
  });
});

describe('a request', () => {
  it('with words is those words', async () => {
    expect((await ask({ requestId: 'golden' })).said).toEqual({
      brand: 'aligenie',
      device: 'device-1',
      user: 'user-1',
      requestId: 'golden',
      kind: 'words',
      text: '我想查老年证',
      locale: 'zh-CN',
      medium: 'aligenie',
      newSession: false,
    });
  });

  it('that opens the skill arrives as the default intent', async () => {
    const opening = {
      utterance: '打开家里办',
      intentName: 'welcome',
      slotEntities: [],
      skillSession: { skillSessionId: 's', newSession: true },
    };
    expect((await ask(opening)).said).toMatchObject({ kind: 'launch', newSession: true });
    expect((await ask({ ...opening, intentName: 'pickup.book', utterance: '打开家里办约个时间' })).said).toMatchObject({
      kind: 'words',
      newSession: true,
    });
  });

  it('without words is what was confirmed, chosen or understood', async () => {
    const said = async (members: Record<string, unknown>) => (await ask({ utterance: '', ...members })).said?.intent;
    expect(await said({ confirmStatus: 'CONFIRMED' })).toEqual({ name: 'yes', slots: {} });
    expect(await said({ confirmStatus: 'DENIED' })).toEqual({ name: 'no', slots: {} });
    expect(await said({ selectIndexList: [2] })).toEqual({ name: 'select.number', slots: { ordinal: '2' } });
    const slotEntities = [
      { intentParameterName: 'item', originalValue: '老年证', standardValue: '老年优待证' },
      { intentParameterName: 'age', standardValue: '{"unit":"岁","value":"71"}' },
      { intentParameterName: 'date', standardValue: '', slotValue: '2026-11-25' },
      { intentParameterName: null },
      null,
      'x',
    ];
    expect(await said({ intentName: 'pickup.book', slotEntities })).toEqual({
      name: 'pickup.book',
      slots: { item: '老年优待证', age: '71', date: '2026-11-25' },
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['empty request data', { requestData: {}, device: undefined }, { device: 'session-1' }],
    [
      'its city',
      { requestData: { city: '天津' } },
      { device: 'device-1', network: expect.stringMatching(/^[\w-]{43}$/) },
    ],
    ['a user alone', { requestData: { userOpenId: 'u' }, device: null }, { device: 'u', user: 'u' }],
    ['lists for maps', { requestData: [], skillSession: [], sessionEntries: [], device: [] }, { device: 'session-1' }],
    ['context null', { context: null }, { device: 'device-1' }],
    ['the context seen in 2025', { context: { system: { apiAccessToken: '' } } }, { device: 'device-1' }],
    ['slots null', { slotEntities: null }, { kind: 'words' }],
    ['the device in its request data', { device: {} }, { device: 'device-1' }],
    ['its skill as text', { skillId: '110255' }, { kind: 'words' }],
  ])('is taken with %s', async (_, members, expected) => {
    const { status, said, answer } = await ask(members);
    expect(status).toBe(200);
    expect(said).toMatchObject(expected);
    expect(answer).toMatchObject({ returnCode: '0' });
  });

  it("may be encrypted, in blocks of the key's size", async () => {
    const text = Buffer.from(JSON.stringify(aligenieBody({ requestId: fresh() })));
    const blocks = [];
    for (let i = 0; i < text.length; i += 117) {
      blocks.push(
        publicEncrypt({ key: keys.publicKey, padding: constants.RSA_PKCS1_PADDING }, text.subarray(i, i + 117)),
      );
    }
    const sealed = { queryMetaInfo: {}, securityQuery: Buffer.concat(blocks).toString('base64') };
    expect((await send(sealed)).said).toMatchObject({ kind: 'words', text: '我想查老年证' });
    for (const securityQuery of [
      '',
      'AAAA',
      Buffer.alloc(128, 1).toString('base64'),
      Buffer.concat(blocks).subarray(1).toString('base64'),
    ]) {
      expect((await post(JSON.stringify({ securityQuery }), aligenieHeaders())).statusCode).toBe(400);
    }
    expect((await plain.send(sealed)).status).toBe(400);
  });
});

describe('a reply', () => {
  it('asks for a slot of the intent at hand, whose id it copies', async () => {
    expect((await ask({ intentId: 186451 }, { text: '哪天？', asking: 'date' })).answer).toEqual({
      returnCode: '0',
      returnErrorSolution: '',
      returnMessage: '',
      returnValue: {
        reply: '哪天？',
        replyType: 'TEXT',
        resultType: 'ASK_INF',
        executeCode: 'SUCCESS',
        askedInfos: [{ parameterName: 'date', intentId: 186451 }],
        properties: {},
        skillDialogSession: { skillEndNluSession: false, sessionAttrs: {} },
        actions: [],
      },
    });
    const asked = async (asking: string) => (await ask({}, { asking })).answer;
    expect(await asked('choice')).toHaveProperty('returnValue.askedInfos.0.parameterName', 'ordinal');
    expect(await asked('yesno')).toHaveProperty('returnValue.askedInfos.0.parameterName', 'words');
  });

  it('is a result where nothing is asked, and ends the session at the end', async () => {
    expect((await ask({}, { listen: false })).answer).toMatchObject({
      returnValue: { resultType: 'RESULT', skillDialogSession: { skillEndNluSession: false } },
    });
    expect((await ask({}, { end: true })).answer).toMatchObject({
      returnValue: { resultType: 'RESULT', skillDialogSession: { skillEndNluSession: true } },
    });
  });

  it('is markup only where the house believes in it', async () => {
    expect((await ask({}, { markup: '<speak>好</speak>' })).answer).toMatchObject({
      returnValue: { reply: '<speak>好</speak>', replyType: 'SSML' },
    });
    expect((await plain.send(aligenieBody({ requestId: fresh() }))).said).toMatchObject({ medium: 'plain' });
  });

  it('copies a 64-bit intent id digit by digit', async () => {
    const text = JSON.stringify(aligenieBody({ requestId: fresh() })).replace('186450', '9007199254740993');
    expect((await send(text)).answer).toHaveProperty('returnValue.askedInfos.0.intentId', '9007199254740993');
  });
});

describe('the newer protocol', () => {
  const envelope = (request: Record<string, unknown>) => ({
    version: '2.0',
    session: { new: true, sessionId: 's-1', attributes: {} },
    context: {
      system: {
        application: { skillId: '110255' },
        user: { userOpenId: 'user-1' },
        device: { deviceOpenId: 'device-1' },
      },
    },
    request: { requestId: fresh(), timestamp: 1795397400000, ...request },
  });

  it('is read and answered where it is switched on', async () => {
    const { said, answer } = await send(
      envelope({ type: 'IntentRequest', input: { type: 'TEXT', value: '查老年证' }, intent: { name: 'x', slots: {} } }),
    );
    expect(said).toMatchObject({ kind: 'words', text: '查老年证', device: 'device-1', newSession: true });
    expect(answer).toMatchObject({
      version: '2.0',
      response: { outputSpeechs: [{ type: 'PlainText' }], shouldEndSession: false, expectSpeech: true },
    });
    expect((await send(envelope({ type: 'LaunchRequest' }))).said).toMatchObject({ kind: 'launch' });
    expect((await send(envelope({ type: 'SessionEndedRequest' }))).said).toMatchObject({ kind: 'end' });
    const slots = { item: { name: 'item', values: ['老年证'] } };
    expect(
      (await send(envelope({ type: 'IntentRequest', intent: { name: 'pickup.book', slots } }))).said?.intent,
    ).toEqual({ name: 'pickup.book', slots: { item: '老年证' } });
    expect(
      (await send(envelope({ type: 'IntentRequest', intent: { confirmationStatus: 'CONFIRMED' } }))).said?.intent?.name,
    ).toBe('yes');
  });

  it('gets a silent answer for its events, and for everything where it is switched off', async () => {
    for (const type of ['TPL.UserEvent', 'Permission.Granted', 'NeverSeenBefore']) {
      const { said, answer } = await send(envelope({ type }));
      expect(said).toBeUndefined();
      expect(answer).toMatchObject({ version: '2.0', response: { outputSpeechs: [], expectSpeech: false } });
    }
    const off = await plain.send(envelope({ type: 'LaunchRequest' }));
    expect(off.said).toBeUndefined();
    expect(off.status).toBe(200);
  });
});

describe('the ownership file', () => {
  it('is served byte for byte, and nothing else is', async () => {
    const found = await app.inject(`/aligenie/${FILE}`);
    expect(found.statusCode).toBe(200);
    expect(found.body).toBe('text of the console');
    expect(found.headers['content-type']).toContain('text/plain');
    for (const name of [
      'secret.txt',
      '..%2fsecret.txt',
      '%2e%2e%2fsecret.txt',
      `${'f'.repeat(32)}.txt`,
      `${FILE}.`,
      '0123456789abcdef0123456789abcdef',
      '',
    ]) {
      expect((await app.inject(`/aligenie/${name}`)).statusCode, name).toBe(404);
    }
    expect((await plain.app.inject(`/aligenie/${FILE}`)).statusCode).toBe(404);
  });
});
