import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type AlexaStandIn, startAlexa } from '../../src/connectors/stand-ins/alexa.ts';
import { type AligenieStandIn, startAligenie } from '../../src/connectors/stand-ins/aligenie.ts';
import { standIn } from '../../src/connectors/stand-ins/server.ts';
import { createAlexaPush } from '../../src/platforms/alexa/push.ts';
import { createAligeniePush } from '../../src/platforms/aligenie/push.ts';
import { createDuerosPush } from '../../src/platforms/dueros/push.ts';
import type { Limits, Notice, Push, PushTarget } from '../../src/platforms/push.ts';
import { createXiaoaiPush } from '../../src/platforms/xiaoai/push.ts';
import { fixedClock } from '../support/clock.ts';

const NOTICE: Notice = { id: '9b2f0c1e-0000-4000-8000-000000000001', kind: 'reminder', forSeconds: 14 * 3600 };
const HER: PushTarget = { device: 'device-1', user: 'user-1' };
const KEYS = { accessKey: 'AK', secretKey: 'SK' };
const CLIENT = { clientId: 'amzn1.client', clientSecret: 'secret' };
const DEADLINE = 2000;
/** For what never answers: a fault that would look the same at any deadline. */
const SHORT = 200;

describe('a notification to AliGenie', () => {
  const account = KEYS;
  const clock = fixedClock('2026-11-23T19:00');
  let vendor: AligenieStandIn;
  let push: Push;
  beforeEach(async () => {
    vendor = await startAligenie(account, clock.now);
    push = createAligeniePush({
      ...account,
      apiUrl: vendor.url,
      skillId: '77',
      templateId: 'T1',
      clock,
      deadlineMs: DEADLINE,
    });
  });
  afterEach(() => vendor.close());

  it('is signed so that the vendor takes it, and says to whom and by which template, nothing else', async () => {
    expect(await push.send(HER, NOTICE)).toBe('sent');
    expect(vendor.refusal()).toBeUndefined();
    expect(vendor.notifications()).toEqual([
      {
        NotificationUnicastRequest: {
          PlaceHolder: {},
          MessageTemplateId: 'T1',
          EncodeType: 'SKILL_ID',
          EncodeKey: '77',
          SendTarget: { TargetType: 'DEVICE_OPEN_ID', TargetIdentity: 'device-1' },
          IsDebug: false,
        },
        TenantInfo: {},
      },
    ]);
  });

  it('goes to the user where the brand left the device out', async () => {
    await push.send({ ...HER, device: 'user-1' }, NOTICE);
    const [body] = vendor.notifications() as { NotificationUnicastRequest: { SendTarget: object } }[];
    expect(body?.NotificationUnicastRequest.SendTarget).toEqual({
      TargetType: 'USER_OPEN_ID',
      TargetIdentity: 'user-1',
    });
  });

  it('twice is signed twice: a nonce serves once', async () => {
    expect([await push.send(HER, NOTICE), await push.send(HER, NOTICE)]).toEqual(['sent', 'sent']);
  });

  it('with another secret is refused by its signature', async () => {
    const wrong = { ...account, secretKey: 'another' };
    const forged = createAligeniePush({ ...wrong, apiUrl: vendor.url, skillId: '77', templateId: 'T1', clock });
    expect(await forged.send(HER, NOTICE)).toBe('refused');
    expect(vendor.refusal()).toBe('SignatureDoesNotMatch');
  });

  it.each([
    [500, 'later'],
    [429, { wait: 60 }],
    [401, 'later'],
    [400, 'refused'],
    ['lost', 'later'],
  ] as const)('answered with %s is %s', async (fault, outcome) => {
    vendor.next(fault);
    expect(await push.send(HER, NOTICE)).toEqual(outcome);
  });
});

it('that is never answered is later', async () => {
  const [aligenie, alexa] = [await startAligenie(KEYS), await startAlexa(CLIENT)];
  const clock = { now: () => new Date() };
  const pushes = [
    createAligeniePush({ ...KEYS, apiUrl: aligenie.url, skillId: '77', templateId: 'T1', clock, deadlineMs: SHORT }),
    createAlexaPush({
      ...CLIENT,
      apiUrl: alexa.url,
      tokenUrl: alexa.tokenUrl,
      stage: 'live',
      sender: 'Jialiban',
      clock,
      deadlineMs: SHORT,
    }),
  ];
  for (const vendor of [aligenie, alexa]) vendor.next('hangs', 'hangs');
  expect(await Promise.all(pushes.map((push) => push.send(HER, NOTICE)))).toEqual(['later', 'later']);
  for (const vendor of [aligenie, alexa]) await vendor.close();
});

describe('a proactive event to Alexa', () => {
  const client = CLIENT;
  const clock = fixedClock('2026-11-23T19:00');
  let vendor: AlexaStandIn;
  let push: Push;
  beforeEach(async () => {
    clock.set('2026-11-23T19:00');
    vendor = await startAlexa(client);
    const where = { apiUrl: vendor.url, tokenUrl: vendor.tokenUrl, stage: 'live' as const };
    push = createAlexaPush({ ...client, ...where, sender: 'Jialiban', clock, deadlineMs: DEADLINE });
  });
  afterEach(() => vendor.close());

  it('says that one message waits, whose reference is ours, until it is of no use', async () => {
    expect(await push.send(HER, NOTICE)).toBe('sent');
    expect(vendor.events()).toEqual([
      {
        timestamp: '2026-11-23T11:00:00.000Z',
        referenceId: NOTICE.id,
        expiryTime: '2026-11-24T01:00:00.000Z',
        event: {
          name: 'AMAZON.MessageAlert.Activated',
          payload: {
            state: { status: 'UNREAD', freshness: 'NEW' },
            messageGroup: { creator: { name: 'Jialiban' }, count: 1 },
          },
        },
        localizedAttributes: [],
        relevantAudience: { type: 'Unicast', payload: { user: 'user-1' } },
      },
    ]);
  });

  it('asks for a token once an hour, also when many are sent at once', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    await Promise.all(ids.map((id) => push.send(HER, { ...NOTICE, id })));
    expect([vendor.tokens(), vendor.events().length]).toEqual([1, 4]);
    clock.advance({ minutes: 58 });
    await push.send(HER, { ...NOTICE, id: 'e' });
    expect(vendor.tokens()).toBe(1);
    clock.advance({ minutes: 2 });
    await push.send(HER, { ...NOTICE, id: 'f' });
    expect(vendor.tokens()).toBe(2);
  });

  it('takes another token when the one it holds is refused', async () => {
    await push.send(HER, NOTICE);
    vendor.forget();
    expect(await push.send(HER, { ...NOTICE, id: 'again' })).toBe('sent');
    expect(vendor.tokens()).toBe(2);
  });

  it('whose acknowledgement was lost arrives once: the second try hears that it was there', async () => {
    await push.send(HER, { ...NOTICE, id: 'before' }); // the token is at hand
    vendor.next('lost');
    expect(await push.send(HER, NOTICE)).toBe('later');
    expect(await push.send(HER, NOTICE)).toBe('sent');
    expect(vendor.events().filter(({ referenceId }) => referenceId === NOTICE.id)).toHaveLength(1);
  });

  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [409, 'sent'],
    [429, { wait: 60 }],
    [432, 'later'],
    [503, 'later'],
  ] as const)('answered with %s is %s', async (fault, outcome) => {
    await push.send(HER, { ...NOTICE, id: 'before' });
    vendor.next(fault);
    expect(await push.send(HER, NOTICE)).toEqual(outcome);
  });

  it('waits when no token is given out, and asks again the next time', async () => {
    vendor.next(503);
    expect(await push.send(HER, NOTICE)).toBe('later');
    expect(await push.send(HER, NOTICE)).toBe('sent');
  });

  it.each([
    ['without a user', { ...HER, user: undefined }, NOTICE],
    ['that is over in a minute', HER, { ...NOTICE, forSeconds: 60 }],
  ])('%s is not sent', async (_, target, notice) => {
    expect(await push.send(target, notice)).toBe('refused');
    expect(vendor.asked()).toBe(0);
  });
});

it.each([createDuerosPush(), createXiaoaiPush()])(
  '$brand offers no way to begin: the next opening tells',
  async (push) => {
    expect([push.onlyWhenOpened, await push.send(HER, NOTICE)]).toEqual([true, 'later']);
  },
);

describe('what a brand takes of one sender', () => {
  const account = { accessKey: 'AK', secretKey: 'SK', apiUrl: 'http://127.0.0.1:9', skillId: '77', templateId: 'T1' };
  const alexa = { clientId: 'c', clientSecret: 's', apiUrl: 'http://127.0.0.1:9', tokenUrl: 'http://127.0.0.1:9' };
  const clock = fixedClock('2026-11-23T19:00');
  const aligenieWith = (limits?: Partial<Limits>) => createAligeniePush({ ...account, clock, limits });
  const alexaWith = (limits?: Partial<Limits>) =>
    createAlexaPush({ ...alexa, stage: 'live', sender: 'Jialiban', clock, limits });

  it('is unknown where nothing is published, and then ours is cautious and has no day', () => {
    for (const { limits } of [aligenieWith(), alexaWith()]) {
      expect(limits).toMatchObject({ source: 'unknown', perMinute: expect.any(Number) });
      expect(limits?.perDay).toBeUndefined();
    }
  });

  it('is what the contract says', () => {
    expect(aligenieWith({ perDay: 1000 }).limits).toEqual({ source: 'contract', perMinute: 120, perDay: 1000 });
    expect(alexaWith({ perMinute: 20 }).limits).toEqual({ source: 'contract', perMinute: 20, perDay: undefined });
    const env = {
      ALIGENIE_SKILL_ID: '1',
      ALIGENIE_SECRET: 's',
      ALIGENIE_PUSHES_PER_MINUTE: '7',
      ALEXA_SKILL_ID: '1',
      ALEXA_PUSHES_PER_DAY: '9000',
    };
    const { alexa: hers, aligenie: theirs } = readConfig(env);
    expect([theirs?.limits, hers?.limits]).toEqual([{ perMinute: 7 }, { perDay: 9000 }]);
    expect(() => readConfig({ ...env, ALEXA_PUSHES_PER_DAY: '0' })).toThrow(/ALEXA_PUSHES_PER_DAY/);
  });

  it('may be told with the refusal: so many seconds, or a minute where it does not say', async () => {
    const vendor = await standIn(() => ({ status: 429, headers: { 'retry-after': '7' } }));
    const push = createAligeniePush({ ...account, apiUrl: vendor.url, clock });
    expect(await push.send(HER, NOTICE)).toEqual({ wait: 7 });
    await vendor.close();
    const odd = await standIn(() => ({
      status: 200,
      headers: { 'retry-after': 'soon' },
      body: { code: 'Throttling.User' },
    }));
    expect(await createAligeniePush({ ...account, apiUrl: odd.url, clock }).send(HER, NOTICE)).toEqual({ wait: 60 });
    await odd.close();
  });
});
