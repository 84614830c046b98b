import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { xiaoai } from '../../../src/platforms/xiaoai/index.ts';
import { xiaoaiSignature } from '../../../src/platforms/xiaoai/verify.ts';
import { NOW, XIAOAI_APP, XIAOAI_KEY_ID, XIAOAI_SECRET, xiaoaiBody, xiaoaiHeaders } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';
import { FALLBACK, recordingTurn } from '../support/turns.ts';

const { app, send, fresh } = await readingOf('xiaoai');
const ask = (request: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}, reply = {}) =>
  send(xiaoaiBody({ request_id: fresh(), ...request }, envelope), reply);

describe('the signature', () => {
  const body = JSON.stringify(xiaoaiBody());
  const post = async (payload: string, headers: Record<string, string>, url = '/webhooks/xiaoai') =>
    (await app.inject({ method: 'POST', url, payload, headers })).statusCode;

  it('is the published one', () => {
    const fields = {
      method: 'POST',
      path: '/xiaoai',
      query: '',
      date: 'Tue, 8 Dec 2020 03:26:17 GMT',
      host: 'smart-test.hehome.xyz',
      contentType: 'application/json',
      contentMd5: 'Content-Md5',
    };
    expect(xiaoaiSignature(fields, 'c2VjcmV0')).toBe(
      '2ba08b462b8409d51131c661e23609d7575d3fa584713b0e52e9d4d651b0e3c9',
    );
  });

  it('covers date, host, path, type and, through its digest, the body', async () => {
    const headers = xiaoaiHeaders(body);
    expect(await post(body, headers)).toBe(200);
    expect(await post(body, xiaoaiHeaders(body, { date: 'Mon, 23 Nov 2026 01:30:00 GMT' }))).toBe(200);
    expect(await post(`${body} `, headers)).toBe(401);
    expect(await post(`${body} `, { ...headers, 'content-md5': xiaoaiHeaders(`${body} `)['content-md5'] ?? '' })).toBe(
      401,
    );
    expect(await post(body, { ...headers, 'x-xiaomi-date': new Date(NOW.getTime() + 1000).toUTCString() })).toBe(401);
    expect(await post(body, { ...headers, host: 'evil.example' })).toBe(401);
    expect(await post(body, { ...headers, 'content-type': 'text/plain' })).toBe(401);
    expect(await post(body, headers, '/webhooks/xiaoai?x=1')).toBe(401);
    expect(await post(body, xiaoaiHeaders(body, { path: '/other' }))).toBe(401);
  });

  it('is refused with any one byte of the body, or one character of itself, changed', async () => {
    const headers = xiaoaiHeaders(body);
    for (let i = 0; i < body.length; i += 11) {
      const changed = body.slice(0, i) + String.fromCharCode(body.charCodeAt(i) ^ 1) + body.slice(i + 1);
      expect(await post(changed, headers)).toBe(401);
    }
    const signature = headers.authorization ?? '';
    for (let i = signature.length - 64; i < signature.length; i += 5) {
      const other = signature[i] === 'a' ? 'b' : 'a';
      expect(
        await post(body, { ...headers, authorization: signature.slice(0, i) + other + signature.slice(i + 1) }),
      ).toBe(401);
    }
  });

  it('is refused in another scheme, form or key', async () => {
    const headers = xiaoaiHeaders(body);
    const good = headers.authorization ?? '';
    for (const authorization of [
      '',
      'Basic eDp5',
      good.toUpperCase(),
      `${good}00`,
      good.slice(0, -2),
      good.replace('::', ':'),
      `Bearer ${good}`,
    ]) {
      expect(await post(body, { ...headers, authorization }), authorization).toBe(400);
    }
    expect(await post(body, { ...headers, authorization: good.replace('key_id', 'key_ie') })).toBe(401);
  });

  it('is refused outside five minutes, with an unreadable date, or for another app', async () => {
    const dated = (ms: number) => post(body, xiaoaiHeaders(body, { date: new Date(NOW.getTime() + ms).toUTCString() }));
    expect([await dated(-300_000), await dated(300_000)]).toEqual([200, 200]);
    expect([await dated(-301_000), await dated(301_000)]).toEqual([401, 401]);
    expect(await post(body, xiaoaiHeaders(body, { date: 'yesterday' }))).toBe(401);
    const other = body.replaceAll(XIAOAI_APP, '553276583931288577');
    expect(await post(other, xiaoaiHeaders(other))).toBe(400);
  });

  it('is made over the public host where there is one', async () => {
    const behind = Fastify();
    const { turn } = recordingTurn();
    const options = {
      turn,
      fallback: FALLBACK,
      appId: XIAOAI_APP,
      keyId: XIAOAI_KEY_ID,
      secret: XIAOAI_SECRET,
      clock: { now: () => NOW },
    };
    await behind.register(xiaoai, { ...options, publicUrl: 'https://jialiban.example/' });
    const headers = { ...xiaoaiHeaders(body, { host: 'jialiban.example' }), host: 'inside:8080' };
    expect((await behind.inject({ method: 'POST', url: '/webhooks/xiaoai', payload: body, headers })).statusCode).toBe(
      200,
    );
    await behind.close();
  });
});

describe('a request', () => {
  it('with words is those words', async () => {
    expect((await ask({ request_id: 'golden' })).said).toEqual({
      brand: 'xiaoai',
      device: 'device-1==',
      user: 'user-1==',
      requestId: 'golden',
      kind: 'words',
      text: '我想查老年证',
      locale: 'zh-CN',
      medium: 'plain',
      newSession: false,
    });
  });

  it('that enters is a launch, with a wish the wish: by its type, since is_new lies', async () => {
    expect((await ask({ type: 0, slot_info: undefined }, { query: '打开家里办' })).said).toMatchObject({
      kind: 'launch',
      newSession: true,
    });
    expect((await ask({ type: 0 }, { query: '让家里办查老年证' })).said).toMatchObject({
      kind: 'words',
      text: '让家里办查老年证',
      newSession: true,
    });
  });

  it("may be silence, the end, or the platform's own way out", async () => {
    expect((await ask({ no_response: true }, { query: '' })).said).toMatchObject({ kind: 'silence' });
    const ended = await ask({ type: 2 });
    expect(ended.said).toMatchObject({ kind: 'end' });
    expect(ended.answer).toMatchObject({
      version: '1.0',
      is_session_end: true,
      response: { to_speak: { type: 0, text: '' }, open_mic: false },
    });
    expect((await ask({ slot_info: { intent_name: 'Mi_Exit' } })).said?.intent?.name).toBe('stop');
  });

  it('without words has the intent and its slots', async () => {
    const slots = [
      { name: 'item', value: '老年证' },
      { name: 'place', value: '{"value":"中新"}' },
      { name: 'date', raw_value: '2026-11-25' },
      {},
      null,
    ];
    const { said } = await ask({ slot_info: { intent_name: 'pickup_book', slots } }, { query: '' });
    expect(said?.intent).toEqual({ name: 'pickup.book', slots: { item: '老年证', place: '中新', date: '2026-11-25' } });
  });

  it('that is an event is answered without a word', async () => {
    for (const event of ['mediaplayer.playbacknearlyfinished', 'leavemsg.finished', 'leavemsg.failed', 'never.seen']) {
      const { status, said, answer } = await ask({ event_type: event });
      expect(status).toBe(200);
      expect(said).toBeUndefined();
      expect(answer).toMatchObject({
        is_session_end: false,
        response: { to_speak: { type: 0, text: '' }, open_mic: false },
      });
    }
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    ['context null', {}, { context: null }, { device: 'user-1==' }],
    ['no slots', { slot_info: undefined }, {}, { kind: 'words' }],
    [
      'lists for maps',
      { slot_info: [] },
      { session: { application: { app_id: XIAOAI_APP }, attributes: [] } },
      { kind: 'words' },
    ],
    ['a number as its version', {}, { version: 1.0 }, { kind: 'words' }],
    [
      'slots as JSON in a string',
      { intent: { query: 'x', slots: '{"intent_name":"PowerOn","slots":[]}' } },
      {},
      { kind: 'words' },
    ],
    ['no type', { type: undefined }, {}, { kind: 'words', newSession: false }],
    ['a type of its own', { type: 7 }, {}, { kind: 'words' }],
  ])('is taken with %s', async (_, request, envelope, expected) => {
    const { status, said, answer } = await ask(request, envelope);
    expect(status).toBe(200);
    expect(said).toMatchObject(expected);
    expect(answer).toHaveProperty('response.to_speak.text');
  });

  it('with its app as a 64-bit number is ours all the same', async () => {
    const text = JSON.stringify(xiaoaiBody({ request_id: fresh() })).replace(`"${XIAOAI_APP}"`, XIAOAI_APP);
    expect((await send(text)).status).toBe(200);
    expect((await send(text.replace(XIAOAI_APP, '553276583931288577'))).status).toBe(400);
  });
});

describe('a reply', () => {
  it('is plain words, spoken and shown, with an open microphone', async () => {
    expect((await ask({}, {}, { text: '要约时间吗？' })).answer).toEqual({
      version: '1.0',
      session_attributes: {},
      is_session_end: false,
      response: {
        to_speak: { type: 0, text: '要约时间吗？' },
        to_display: { type: 0, text: '要约时间吗？' },
        open_mic: true,
        not_understand: false,
      },
    });
  });

  it('closes the session at the end, never with an open microphone', async () => {
    expect((await ask({}, {}, { end: true, listen: true })).answer).toMatchObject({
      is_session_end: true,
      response: { open_mic: false },
    });
  });
});
