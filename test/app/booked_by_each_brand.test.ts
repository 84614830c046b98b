import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RedisClient } from '../../src/store/redis.ts';
import * as schema from '../../src/store/schema.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { DOORS, type Door, type Talker, talkerAt } from './support/doors.ts';
import { tracesOf } from './support/traces.ts';
import { type Vendors, vendorsOfOurOwn } from './support/vendors.ts';
import { type Answer, createWebhook, type Happening, WEBHOOK_BRANDS, type Webhook } from './support/webhooks.ts';

const DOCUMENT = '老年优待证';
const BY_WORDS = {
  wish: { words: '约后天上午去取老年证' },
  correction: { words: '不对，是大后天上午' },
  choice: { words: '第一个' },
  yes: { words: '对' },
  sameAgain: { words: '我想约个时间去取老年证' },
  otherTime: { words: '约下礼拜二下午去取老年证' },
  no: { words: '不用改' },
} satisfies Record<string, Happening>;

/** English only: intents with slots, and free words through the one slot that takes them. */
const BY_ALEXA: Record<keyof typeof BY_WORDS, Happening> = {
  wish: { intent: 'pickup_book', slots: { item: DOCUMENT, date: '2026-11-25', time: 'MO' } },
  correction: { words: 'not Wednesday, Thursday morning' },
  choice: { intent: 'select_number', slots: { ordinal: '1' } },
  yes: { intent: 'AMAZON.YesIntent' },
  sameAgain: { intent: 'pickup_book', slots: { item: DOCUMENT } },
  otherTime: { intent: 'pickup_book', slots: { item: DOCUMENT, date: '2026-12-01', time: 'AF' } },
  no: { intent: 'AMAZON.NoIntent' },
};
const sayingsAt = (door: Door) => (door === 'alexa' ? BY_ALEXA : BY_WORDS);
const STANDING = { day: '2026-11-26', start: '09:30' };
const heardStanding = (door: Door) => (door === 'alexa' ? /Thursday, November twenty-sixth/ : /十一月二十六号/);

let vendors: Vendors;
/** Without the product's deadlines: a loaded test machine is not a broken store. */
let looking: RedisClient;
const traces = () => tracesOf(app.core, looking);
let app: BuiltApp;
let home: BuiltApp['demo']['speakers'][number];
beforeAll(async () => {
  vendors = vendorsOfOurOwn();
  app = await buildApp({ env: { ...vendors.env, LOG_LEVEL: 'error' } });
  looking = await app.redis.connect('subscriber');
  const found = app.demo.speakers.slice(0, 6).find((one) => one.residents[0]?.traits.includes(`ready:${DOCUMENT}`));
  if (!found) throw new Error(`nobody waits for ${DOCUMENT}`);
  home = found;
});

const { booking, effect, seat, slot, speaker } = schema;
const phrase = () => app.seen.last?.reply.phrase;

/** What was booked in this file; the sample community's own bookings are marked. */
function standing() {
  return app.core.database.db
    .select({ booking, seat: seat.state, slot: { day: slot.day, start: slot.start, placeId: slot.placeId }, speaker })
    .from(booking)
    .innerJoin(seat, eq(booking.seatId, seat.id))
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .innerJoin(speaker, eq(booking.speakerId, speaker.id))
    .where(and(eq(booking.state, 'booked'), eq(booking.sample, false)));
}

async function freed(): Promise<void> {
  for (const { booking } of await standing()) {
    const by = { kind: 'system', id: 'test', role: 'test' } as const;
    await app.core.services.bookings.cancel(`freed:${booking.id}`, { bookingId: booking.id }, by);
  }
}

async function expected(door: Door) {
  const device = door === 'speaker' ? home.deviceId : home.platformIds[door].deviceId;
  const at = await app.core.services.homes.at({ brand: door, device });
  return {
    booking: {
      residentId: at?.residents[0]?.id,
      matter: DOCUMENT,
      direction: 'collect',
      mode: 'window',
      collector: null,
      caseId: null,
      speakerId: at?.speakerId,
      closedAt: null,
    },
    seat: 'booked',
    slot: { ...STANDING, placeId: at?.stationId },
    speaker: { brand: door, brandDevice: device },
  };
}

describe.each(DOORS)('at %s', (door) => {
  const saying = sayingsAt(door);
  let say: Talker['say'];
  let confirmed: Awaited<ReturnType<Talker['say']>>;
  beforeAll(async () => {
    say = talkerAt(door, app, vendors, home).say;
  });
  afterAll(freed);

  test('a wish, a corrected day, a choice and a yes are one booking, whatever the brand', async () => {
    const heard: (string | undefined)[] = [];
    for (const one of ['wish', 'correction', 'choice', 'yes'] as const) {
      confirmed = await say(saying[one]);
      expect(confirmed.status).toBe(200);
      heard.push(phrase());
    }

    expect(heard).toEqual(['pickup.twoTimes', 'pickup.twoTimes', 'pickup.readBack', 'pickup.booked']);
    expect(confirmed.spoken).toMatch(heardStanding(door));
    expect(confirmed.spoken).toMatch(door === 'alexa' ? /It is booked/ : /约好了/);
    expect(await standing()).toEqual([expect.objectContaining({ seat: 'booked' })]);
    expect(await standing()).toMatchObject([await expected(door)]);
  });

  test('the confirmation sent again is answered byte for byte and books nothing', async () => {
    const before = await traces();
    const again = await confirmed.again();

    expect(again).toEqual({ status: confirmed.status, body: confirmed.body, spoken: confirmed.spoken });
    expect(await traces()).toEqual(before);
  });

  test('the same wish again hears what stands', async () => {
    const { spoken } = await say(saying.sameAgain);
    expect(phrase()).toBe('pickup.already');
    expect(spoken).toMatch(heardStanding(door));
    await say(saying.no);
    expect(phrase()).toBe('pickup.kept');
    expect(await standing()).toMatchObject([await expected(door)]);
  });

  test('another time for the same document is refused kindly and what stands is told', async () => {
    const { spoken } = await say(saying.otherTime);
    expect(phrase()).toBe('pickup.alreadyOther');
    expect(spoken).toMatch(heardStanding(door));
    await say(saying.no);
    expect(phrase()).toBe('pickup.kept');
    expect(await standing()).toMatchObject([await expected(door)]);
  });
});

/** Every request here would book if it were honest: she has just been asked whether it is right. */
describe.each(WEBHOOK_BRANDS)('forged at %s', (brand) => {
  const saying = sayingsAt(brand);
  const HOUR = 3_600_000;
  let webhook: Webhook;
  beforeAll(async () => {
    webhook = createWebhook(brand, { url: app.url, vendors, ids: home.platformIds[brand] });
    for (const one of ['wish', 'correction', 'choice'] as const) await webhook.send(webhook.letter(saying[one]));
    expect(phrase()).toBe('pickup.readBack');
  });
  afterAll(freed);

  const yes = (...stamp: Parameters<Webhook['letter']> extends [unknown, ...infer Rest] ? Rest : never) =>
    webhook.letter(saying.yes, ...stamp);

  function flipped(): ReturnType<Webhook['letter']> {
    const { body, headers } = yes();
    // AliGenie signs nothing: what proves it is a secret in a header.
    if (brand === 'aligenie')
      return { body, headers: { ...headers, 'x-jialiban': `b${headers['x-jialiban']?.slice(1)}` } };
    return { body: body.replace('"requestId"', '"requestIe"').replace('"request_id"', '"request_ie"'), headers };
  }
  const forgeries: [string, () => ReturnType<Webhook['letter']>, number][] = [
    ['one byte changed', flipped, brand === 'xiaoai' ? 401 : 400],
    ['another skill', () => yes({ skill: brand === 'alexa' ? 'amzn1.ask.skill.9' : '999' }), 400],
    ['nothing to prove it', () => ({ body: yes().body, headers: { 'content-type': 'application/json' } }), 400],
  ];
  const untimely: typeof forgeries = [
    ['a stamp of an hour ago', () => yes({ when: new Date(Date.now() - HOUR) }), brand === 'xiaoai' ? 401 : 400],
    ['a stamp of an hour ahead', () => yes({ when: new Date(Date.now() + HOUR) }), brand === 'xiaoai' ? 401 : 400],
  ];
  // AliGenie's protocol has no time in it.
  const all = brand === 'aligenie' ? forgeries : [...forgeries, ...untimely];

  test.each(all)('%s is refused and leaves no trace', async (_, forge, status) => {
    const before = await traces();
    const answer = await webhook.send(forge());

    expect(answer.status).toBe(status);
    expect(answer.spoken).toBe('');
    expect(await traces()).toEqual(before);
  });

  test.each([
    ['the end of a session', { end: true }],
    ['an event', { unknown: 'AudioPlayer.PlaybackFinished' }],
    ['a type that nobody knows', { unknown: 'Something.New' }],
  ] satisfies [string, Happening][])('%s is answered without a word and changes nothing', async (_, happening) => {
    const before = await traces();
    const answer: Answer = await webhook.send(webhook.letter(happening));

    expect(answer).toMatchObject({ status: 200, spoken: '' });
    expect(await traces()).toEqual(before);
  });

  test('the honest yes after all of them books once', async () => {
    const effects = await app.core.database.db.$count(effect);
    await webhook.send(yes());
    expect(phrase()).toBe('pickup.booked');
    expect(await standing()).toMatchObject([await expected(brand)]);
    expect(await app.core.database.db.$count(effect)).toBe(effects + 1);
  });
});

test('the platform that asks whether we are alive is told so without a body', async () => {
  const response = await fetch(`${app.url}/webhooks/dueros`, { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([204, '']);
});
