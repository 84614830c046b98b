import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEADLINES } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema.ts';
import type { Seen } from '../../src/turn.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { DOORS, type Door, type Talker, talkerAt } from './support/doors.ts';
import { createPipe, type Outage, redisFrozen } from './support/outage.ts';
import { vendorsOfOurOwn } from './support/vendors.ts';
import type { Happening } from './support/webhooks.ts';

/** After so many milliseconds a speaker has lost interest. */
const PATIENCE = 2_000;

const BY_WORDS = { choice: '第一个', yes: '对', fire: '着火了' };
const BY_ALEXA = { choice: 'the first one', yes: 'yes', fire: 'there is a fire' };
const sayingsAt = (door: Door) => (door === 'alexa' ? BY_ALEXA : BY_WORDS);
const KIND = { zh: /这会儿系统不通/, en: /The system is down/ };

let app: BuiltApp;
/** Done when a turn has had its effects and its reply is not yet kept. */
let beforeKeeping: (seen: Seen) => void = () => undefined;
const talkers = new Map<Door, Talker>();
/** Each brand in another home, for another half day: they talk at the same time and take no place from one another. */
const documents = new Map<Door, string>();
const HALF_DAYS = { speaker: '后天上午', dueros: '后天下午', aligenie: '大后天上午', xiaoai: '大后天下午' };
const pipe = createPipe();
beforeAll(async () => {
  const vendors = vendorsOfOurOwn();
  app = await buildApp({
    env: { ...vendors.env, LOG_LEVEL: 'silent' },
    deadlines: DEADLINES,
    through: pipe.through,
    watch: (seen) => beforeKeeping(seen),
  });
  for (const [n, door] of DOORS.entries()) {
    const home = app.demo.speakers[n];
    const ready = home?.residents[0]?.traits.find((trait) => trait.startsWith('ready:'));
    if (!home || !ready) throw new Error('the first six speakers have a certificate to collect');
    documents.set(door, ready.slice('ready:'.length));
    talkers.set(door, talkerAt(door, app, vendors, home));
  }
});

/** What all of them hear when all of them say this at once. */
async function everywhere(happening: (door: Door) => Happening, patience?: number) {
  const heard = DOORS.map(async (door) => {
    const answer = await talkers.get(door)?.say(happening(door), patience);
    return [door, answer] as const;
  });
  return Promise.all(heard);
}
const words = (what: 'choice' | 'yes' | 'fire') => (door: Door) => ({ words: sayingsAt(door)[what] });

function wish(door: Door): Happening {
  const item = documents.get(door) ?? '';
  if (door === 'alexa') return { intent: 'pickup_book', slots: { item, date: '2026-11-27', time: 'MO' } };
  return { words: `约${HALF_DAYS[door]}去取${item}` };
}

const { booking } = schema;
const made = () => app.core.database.db.$count(booking, and(eq(booking.state, 'booked'), eq(booking.sample, false)));

async function freed(): Promise<void> {
  const rows = await app.core.database.db.select().from(booking).where(eq(booking.sample, false));
  const by = { kind: 'system', id: 'test', role: 'test' } as const;
  for (const { id } of rows) await app.core.services.bookings.cancel(`freed:${id}`, { bookingId: id }, by);
}

const OUTAGES: [string, () => Outage][] = [
  ['Redis stands still', () => redisFrozen(app)],
  ['the database is gone', () => pipe.cut],
  ['the database does not answer', () => pipe.held],
];

describe.each(OUTAGES)('while %s', (_, outageOf) => {
  test('every brand says so kindly, keeps nothing back in an emergency, claims nothing, and goes on afterwards', async () => {
    await everywhere(wish);
    for (const [door, answer] of await everywhere(words('choice')))
      expect(answer?.spoken, door).toMatch(door === 'alexa' ? /Is that right/ : /对吗/);
    const outage = outageOf();
    await outage.begin();
    const refused = await everywhere(words('yes'), PATIENCE);
    const emergency = await everywhere(words('fire'), PATIENCE);
    await outage.end();

    for (const [door, answer] of refused) {
      expect(answer?.status, door).toBe(200);
      expect(answer?.spoken, door).toMatch(door === 'alexa' ? KIND.en : KIND.zh);
    }
    for (const [door, answer] of emergency) {
      expect(answer?.status, door).toBe(200);
      expect(answer?.spoken, door).toMatch(door === 'alexa' ? /119|one one nine/i : /幺幺九/);
    }
    expect(await made()).toBe(0);

    const booked = await everywhere(words('yes'));
    for (const [door, answer] of booked)
      expect(answer?.spoken, door).toMatch(door === 'alexa' ? /It is booked/ : /约好了/);
    expect(await made()).toBe(DOORS.length);
    await freed();
  });
});

test.each(DOORS)(
  'at %s, Redis stops between the booking and the keeping of the words: she hears it, and the same request hears it again',
  async (door) => {
    const talker = talkers.get(door);
    await talker?.say(wish(door));
    await talker?.say(words('choice')(door));
    const outage = redisFrozen(app);
    beforeKeeping = () => void outage.begin();
    const heard = await talker?.say(words('yes')(door), PATIENCE);
    beforeKeeping = () => undefined;
    await outage.end();
    const again = await heard?.again();

    expect(heard?.spoken).toMatch(door === 'alexa' ? /It is booked/ : /约好了/);
    expect(again?.body).toBe(heard?.body);
    expect(await made()).toBe(1);
    await freed();
  },
);
