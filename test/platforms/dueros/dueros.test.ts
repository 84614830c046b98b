import { describe, expect, it } from 'vitest';
import { duerosBody } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';

const { app, send, fresh } = await readingOf('dueros');
const intent = (request: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) =>
  send(duerosBody({ requestId: fresh(), ...request }, envelope));
const system = (members: Record<string, unknown>) => ({
  context: { System: { application: { applicationId: 'dueros-skill-0001' }, ...members } },
});

describe('a request', () => {
  it('with words is those words, whatever the platform made of them', async () => {
    const { said } = await intent({ requestId: 'golden' });
    expect(said).toEqual({
      brand: 'dueros',
      device: 'device-1',
      user: 'user-1',
      requestId: 'golden',
      kind: 'words',
      text: '我想查老年证',
      locale: 'zh-CN',
      medium: 'dueros',
      newSession: false,
    });
  });

  it('that opens the skill is a launch; with a wish in it, the wish in a new session', async () => {
    const session = { session: { new: true, sessionId: 's' } };
    expect((await intent({ type: 'LaunchRequest', query: undefined, intents: undefined }, session)).said).toMatchObject(
      { kind: 'launch', newSession: true },
    );
    expect((await intent({}, session)).said).toMatchObject({ kind: 'words', newSession: true });
  });

  it.each([
    ['ai.dueros.common.default_intent', undefined],
    ['ai.dueros.common.cancel_intent', 'cancel'],
    ['ai.dueros.common.confirm_intent', 'yes'],
    ['ai.dueros.common.stop_intent', 'stop'],
    ['ai.dueros.common.previous_intent', 'back'],
    ['pickup.book', 'pickup.book'],
    ['pickup_book', 'pickup.book'],
    ['of.another.skill', undefined],
  ])('without words and with the intent %s is %s', async (name, ours) => {
    const { said } = await intent({ query: undefined, intents: [{ name, slots: [] }] });
    expect(said).toMatchObject(ours ? { kind: 'intent', intent: { name: ours, slots: {} } } : { kind: 'words' });
  });

  it('has slots as text, also where the value is JSON in a string, and none that was not understood', async () => {
    const slots = {
      item: { name: 'item', value: '老年证', values: ['老年证'] },
      place: { name: 'place', value: '{"city":"北京","country":"中国","origin":"北京站"}' },
      date: { name: 'date', value: 'da_system_not_understand' },
      time: { name: 'time', values: ['10:00'] },
      kind: { name: 'kind', value: 3 },
      mode: null,
    };
    const { said } = await intent({ query: null, intents: [{ name: 'pickup.book', slots }] });
    expect(said?.intent?.slots).toEqual({ item: '老年证', place: '北京站', time: '10:00', kind: '3' });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'empty maps as lists',
      { intents: [{ name: 'x', slots: [] }] },
      { session: { new: false, sessionId: 's', attributes: [] } },
    ],
    ['no attributes', {}, { session: { new: false, sessionId: 's' } }],
    ['"v2.0" as its version', {}, { version: 'v2.0' }],
    ['one intent instead of a list', { intents: undefined, intent: { name: 'pickup.book' } }, {}],
    [
      'a list of supported interfaces',
      {},
      system({
        device: { deviceId: 'device-1', supportedInterfaces: [] },
        user: { userId: 'u', userInfo: { account: [] } },
      }),
    ],
    ['nothing but its words', { dialogState: undefined, intents: undefined }, { session: null }],
    ['an ISO timestamp', { timestamp: '2026-11-23T01:30:00Z' }, {}],
    ['a number as its timestamp', { timestamp: 1795397400 }, {}],
  ])('is taken with %s', async (_, request, envelope) => {
    const { status, said, answer } = await intent(request, envelope);
    expect(status).toBe(200);
    expect(said).toMatchObject({ kind: 'words', text: '我想查老年证' });
    expect(answer).toHaveProperty('response.outputSpeech.text');
  });

  it('is taken with a byte order mark and with ids beyond 2^53, unrounded', async () => {
    const text = JSON.stringify(duerosBody({ requestId: fresh() }))
      .replace('"device-1"', '9007199254740993')
      .replace('"user-1"', '-12345678901234567890');
    const { said } = await send(`\uFEFF${text}`);
    expect(said).toMatchObject({ device: '9007199254740993', user: '-12345678901234567890' });
  });

  it("without a device is the user's, without a user the session's", async () => {
    expect((await intent({}, system({ user: { userId: 'only-user' } }))).said).toMatchObject({
      device: 'only-user',
      user: 'only-user',
    });
    const { status, said } = await intent({}, { context: null });
    expect(status).toBe(200);
    expect(said).toMatchObject({ device: 'session-1' });
  });

  it('tells in which city it stands, where that is permitted, as something that can only be compared', async () => {
    const network = async (userInfo: unknown) =>
      (await intent({}, system({ device: { deviceId: 'd' }, user: { userId: 'u', userInfo } }))).said?.network;
    const home = await network({ location: { city: '天津', geo: {} } });
    expect(home).toMatch(/^[\w-]{43}$/);
    expect(await network({ location: { city: '天津市' } })).toBe(home);
    expect(await network({ location: { city: '北京' } })).not.toBe(home);
    for (const odd of [undefined, [], { location: [] }, { location: { city: {} } }])
      expect(await network(odd)).toBeUndefined();
  });

  it('without an id is the same request when the same bytes come again', async () => {
    const body = JSON.stringify(duerosBody({ requestId: undefined }));
    const first = await send(body);
    const second = await send(body);
    expect(first.said?.requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(second.said).toBeUndefined();
    expect(second.text).toBe(first.text);
  });

  it.each([
    'AudioPlayer.PlaybackStarted',
    'AudioPlayer.PlaybackNearlyFinished',
    'VideoPlayer.PlaybackFinished',
    'Display.ElementSelected',
    'Form.ButtonClicked',
    'Screen.LinkClicked',
    'Connections.Response',
    'Permission.Granted',
    'Permission.Rejected',
    'Record.RecordSpeechFinished',
    'Charge.Something',
    'NeverSeenBefore',
    '',
    undefined,
  ])('of type %s is an event: answered without a word, the turn is not asked', async (type) => {
    const { status, said, answer } = await intent({ type, token: 't' });
    expect(status).toBe(200);
    expect(said).toBeUndefined();
    expect(answer).toEqual({
      version: '2.0',
      session: { attributes: {} },
      response: { shouldEndSession: false, expectSpeech: false },
    });
  });

  it('that ends the session is told to the turn and answered with nothing', async () => {
    const { said, answer } = await intent({
      type: 'SessionEndedRequest',
      reason: 'ERROR',
      error: { type: 'INTERNAL_ERROR', message: 'x' },
    });
    expect(said).toMatchObject({ kind: 'end' });
    expect(answer).toEqual({ status: 0, msg: null });
  });
});

describe('a reply', () => {
  const respond = async (reply: Parameters<typeof send>[1]) =>
    (await send(duerosBody({ requestId: fresh() }), reply)).answer;

  it('is words, hints for a screen and an open microphone', async () => {
    expect(
      await respond({
        text: '您要第几个？',
        choices: [
          { n: 1, text: '上午' },
          { n: 2, text: '下午' },
        ],
      }),
    ).toEqual({
      version: '2.0',
      context: {
        expectResponse: [
          { type: 'PlainText', text: '上午' },
          { type: 'PlainText', text: '下午' },
          { type: 'Slot', slot: 'ordinal' },
        ],
      },
      session: { attributes: {} },
      response: {
        outputSpeech: { type: 'PlainText', text: '您要第几个？' },
        card: { type: 'txt', content: '您要第几个？', cueWords: ['上午', '下午'] },
        directives: [
          {
            type: 'Dialog.SelectSlot',
            slotToSelect: 'ordinal',
            updatedIntent: { name: 'progress.query', slots: {} },
            options: [
              { type: 'KEYWORD', value: '上午', synonyms: ['1'], index: 1 },
              { type: 'KEYWORD', value: '下午', synonyms: ['2'], index: 2 },
            ],
          },
        ],
        shouldEndSession: false,
        expectSpeech: true,
        needDetermine: false,
        fallBack: false,
      },
    });
  });

  it('is markup where there is some, with the reprompt', async () => {
    const answer = await respond({
      markup: '<speak>好</speak>',
      reprompt: { text: '再说一遍', markup: '<speak>再说</speak>' },
    });
    expect(answer).toHaveProperty('response.outputSpeech', { type: 'SSML', ssml: '<speak>好</speak>' });
    expect(answer).toHaveProperty('response.reprompt.outputSpeech', { type: 'SSML', ssml: '<speak>再说</speak>' });
  });

  it('keeps the session with the microphone shut, or closes both', async () => {
    expect(await respond({ listen: false })).toMatchObject({
      response: { shouldEndSession: false, expectSpeech: false },
    });
    const closed = await respond({ listen: false, end: true });
    expect(closed).toMatchObject({ response: { shouldEndSession: true } });
    expect(closed).not.toHaveProperty('response.expectSpeech');
  });

  it('is cut to 24 KB: first the card, then markup, then words, between two characters', async () => {
    const long = '长'.repeat(5000);
    expect(await respond({ text: long })).not.toHaveProperty('response.card');
    const words = (await respond({ text: '𠮷'.repeat(9000) })) as Record<string, { outputSpeech: { text: string } }>;
    expect(words.response?.outputSpeech.text).toMatch(/^𠮷+$/u);
    expect(Buffer.byteLength(JSON.stringify(words))).toBeLessThanOrEqual(24 * 1024);
  });
});

it('tells the platform that it is alive', async () => {
  const response = await app.inject({ method: 'HEAD', url: '/webhooks/dueros' });
  expect(response.statusCode).toBe(204);
  expect(response.body).toBe('');
});
