/** A home with a speaker, a station with free places, and the real turn on the stores it is given: where dialogues are played. */
import { randomUUID } from 'node:crypto';
import { addDays } from '../../src/clock.ts';
import { createCore } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import type { Reply, Utterance } from '../../src/platforms/platform.ts';
import { phoneOf } from '../../src/services/residents/homes.ts';
import type { Say } from '../../src/speech/speech.ts';
import type { Database } from '../../src/store/database.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import * as schema from '../../src/store/schema.ts';
import { loadFacts } from '../../src/store/seed/load-facts.ts';
import type { Seen } from '../../src/turn.ts';
import { fixedClock } from '../support/clock.ts';
import { testSecrets } from '../support/secrets.ts';
import { addFinished, addTicket, type FinishedWish, type TicketWish } from './feedback.ts';

export interface ResidentWish {
  /** As her papers have it. */
  name?: string;
  called?: string;
  age?: number;
  sex?: 'female' | 'male';
  hukou?: 'binhai' | 'tianjin' | 'outside';
  locale?: 'zh-CN' | 'en-US';
  phone?: string;
  readyCertificates?: string[];
  cases?: Partial<typeof schema.caseFile.$inferInsert>[];
  flags?: schema.ResidentFlags;
  state?: 'living' | 'hospital' | 'moved' | 'deceased';
  /** The agreed four digits. */
  pin?: string;
  finished?: FinishedWish[];
  tickets?: TicketWish[];
  /** Somebody was named to act for her, so many hours ago; she agreed so many days ago. */
  proxies?: { name: string; relation: string; scope: string[]; hoursAgo: number; agreedDaysAgo?: number }[];
  booked?: { matter: string; direction?: 'collect' | 'hand_in'; day: string; start: string }[];
}

export interface HomeWish {
  resident?: ResidentWish;
  residents?: ResidentWish[];
  now: string;
  policies?: Partial<typeof schema.policy.$inferInsert>[];
  /** Days on which every place is taken. */
  fullDays?: string[];
  /** Her centre is open on Saturday morning, her station is not. */
  centreOnSaturday?: true;
  /** Her centre has a 24-hour locker. */
  locker?: true;
  /** Who sits at the window of her station, A before B. */
  clerks?: string[];
  /** So many slots and no more, from the day after tomorrow. */
  onlySlots?: number;
  /** A station that stands already. */
  stationId?: string;
}

const NAMES = { station: '便民服务站', centre: '邻里中心', locker: '信包箱' };
const DAYS_AHEAD = 14;
const STARTS = ['09:00', '09:30', '10:00', '10:30', '14:00', '14:30', '15:00'];
const HOURS: Record<string, [string, string][]> = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [
    day,
    [
      ['09:00', '12:00'],
      ['13:30', '17:00'],
    ] as [string, string][],
  ]),
);

export interface StageStores {
  /** Migrated. */
  database: Database;
  redis: RedisClient;
  subscriber: RedisClient;
}

/** Opens the stage on these stores. */
export async function openStageOn({ database, redis, subscriber }: StageStores) {
  const clock = fixedClock('2026-11-23T09:30');
  const seen: { last?: Seen } = {};
  const log = createLog({ level: 'warn' });
  const core = createCore({
    database,
    redis,
    subscriber,
    clock,
    log,
    secrets: testSecrets(),
    instance: 'stage',
    watch: (one) => {
      seen.last = one;
    },
  });
  const { db } = database;
  await loadFacts({ database, catalogue: { ...core.catalogue, policies: [], places: [], windows: [] }, sample: true });
  let number = 0;

  async function station({
    now,
    fullDays = [],
    onlySlots,
    clerks = [],
    locker,
    centreOnSaturday,
  }: HomeWish): Promise<{ stationId: string; windowId: string }> {
    number += 1;
    const place = (kind: 'centre' | 'station' | 'locker', parentId?: string) => ({
      code: `${kind}-${number}`,
      kind,
      status: 'operating' as const,
      name: `示例${number}号${NAMES[kind]}`,
      address: '示例路',
      hours: HOURS,
      matters: [],
      parentId,
      bookable: kind !== 'centre',
      sample: true,
    });
    const hours = centreOnSaturday ? { ...HOURS, '6': [['09:00', '12:00'] as [string, string]] } : HOURS;
    const [centre] = await db
      .insert(schema.place)
      .values({ ...place('centre'), hours })
      .returning();
    const [made] = await db.insert(schema.place).values(place('station', centre?.id)).returning();
    const stationId = made?.id ?? '';
    const [window] = await db
      .insert(schema.serviceWindow)
      .values({ placeId: stationId, number: 1, name: '示例窗口', matters: [] })
      .returning();
    const windowId = window?.id ?? '';
    for (const [index, name] of clerks.entries()) {
      const duty = index === 0 ? ('A' as const) : ('B' as const);
      const login = { username: `clerk-${randomUUID()}`, passwordHash: 'none', passwordChangedAt: clock.now() };
      await db.insert(schema.staff).values({ ...login, name, role: 'clerk', placeId: stationId, duty, sample: true });
    }
    await makeSlots(stationId, windowId, now.slice(0, 10), fullDays, onlySlots);
    if (locker) await makeLocker(place('locker', centre?.id), now.slice(0, 10));
    return { stationId, windowId };
  }

  async function makeLocker(row: typeof schema.place.$inferInsert, today: string): Promise<void> {
    const [made] = await db.insert(schema.place).values(row).returning();
    const placeId = made?.id ?? '';
    const door = { placeId, number: 1, name: '示例箱门', matters: [] };
    const [window] = await db.insert(schema.serviceWindow).values(door).returning();
    await makeSlots(placeId, window?.id ?? '', today, []);
  }

  async function makeSlots(
    placeId: string,
    windowId: string,
    today: string,
    fullDays: string[],
    only?: number,
  ): Promise<void> {
    const days = Array.from({ length: DAYS_AHEAD }, (_, n) => addDays(today, n)).filter(
      (day) => new Date(day).getUTCDay() % 6 !== 0,
    );
    const open = days.filter((day) => !fullDays.includes(day));
    const every = open.flatMap((day) =>
      STARTS.map((start) => ({ id: randomUUID(), windowId, placeId, day, start, minutes: 30, sample: true })),
    );
    const rows = only ? every.filter((row) => row.day >= addDays(today, 2)).slice(0, only) : every;
    await db.insert(schema.slot).values(rows);
    await db.insert(schema.seat).values(rows.map((row) => ({ slotId: row.id, number: 1 })));
  }

  /** @param brand of the one speaker there; our own unless it is said */
  async function home(wish: HomeWish, brand: Utterance['brand'] = 'speaker') {
    clock.set(wish.now);
    const stationId = wish.stationId ?? (await station(wish)).stationId;
    const community = `示例小区${randomUUID()}`;
    const [house] = await db
      .insert(schema.household)
      .values({ community, building: '1', unit: '101', stationId, sample: true })
      .returning();
    const device = `stage-${randomUUID()}`;
    const [speaker] = await db
      .insert(schema.speaker)
      .values({
        serial: device,
        brand,
        brandDevice: device,
        status: 'bound',
        householdId: house?.id,
        sample: true,
      })
      .returning();
    const residents = [];
    for (const one of wish.residents ?? [wish.resident ?? {}])
      residents.push(await resident(house?.id ?? '', one, wish.now));
    for (const policy of wish.policies ?? []) await addPolicy(policy, community, wish.now);
    for (const [index, one] of (wish.residents ?? [wish.resident ?? {}]).entries()) {
      for (const booked of one.booked ?? []) await bookFor(residents[index] ?? '', stationId, booked);
    }
    for (const [index, one] of (wish.residents ?? [wish.resident ?? {}]).entries())
      await feedback(residents[index] ?? '', speaker?.id ?? '', wish.now, one);
    return { device, speakerId: speaker?.id ?? '', stationId, residents };
  }

  async function resident(householdId: string, wish: ResidentWish, now: string): Promise<string> {
    const id = randomUUID();
    const birthYear = Number(now.slice(0, 4)) - (wish.age ?? 80);
    const { fields } = core;
    await db.insert(schema.resident).values({
      id,
      householdId,
      name: wish.name ?? '示例',
      called: wish.called ?? '王姨',
      sex: wish.sex ?? 'female',
      birthDate: `${birthYear}-01-15`,
      hukou: wish.hukou ?? 'binhai',
      locale: wish.locale ?? 'zh-CN',
      flags: wish.flags ?? {},
      state: wish.state ?? 'living',
      phoneSealed: wish.phone ? fields.seal(wish.phone, phoneOf(id)) : undefined,
      sample: true,
    });
    const ready = (wish.readyCertificates ?? []).map((matter) => ({
      matter,
      status: 'concluded' as const,
      delivery: 'ready' as const,
    }));
    for (const one of [...ready, ...(wish.cases ?? [])]) await addCase(id, one);
    return id;
  }

  async function feedback(residentId: string, speakerId: string, now: string, wish: ResidentWish): Promise<void> {
    const by = { kind: 'system' as const, id: 'stage', role: 'test' };
    if (wish.pin) await core.services.pins.agree(residentId, wish.pin, by);
    for (const one of wish.proxies ?? []) await addProxy(residentId, one);
    for (const one of wish.finished ?? []) await addFinished(db, { residentId, speakerId, now }, one);
    for (const one of wish.tickets ?? []) await addTicket(db, residentId, now, one);
  }

  async function addProxy(residentId: string, wish: NonNullable<ResidentWish['proxies']>[number]): Promise<void> {
    const { hoursAgo, agreedDaysAgo, ...who } = wish;
    const ago = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000);
    const agreedAt = agreedDaysAgo === undefined ? undefined : ago(agreedDaysAgo * 24);
    const times = { createdAt: ago(hoursAgo), validFrom: ago(hoursAgo - 24), agreedAt };
    await db.insert(schema.proxy).values({ ...who, kind: 'collect', residentId, ...times });
  }

  async function addCase(residentId: string, one: Partial<typeof schema.caseFile.$inferInsert>): Promise<void> {
    const number = randomUUID().replaceAll('-', '');
    const shortNumber = String(1000 + Math.floor(Math.random() * 1e8)).padStart(9, '0');
    const plain = {
      number,
      shortNumber,
      matter: '老年优待证',
      source: 9,
      status: 'accepted' as const,
      kind: 'promised' as const,
    };
    await db.insert(schema.caseFile).values({ ...plain, ...one, residentId, createdAt: clock.now(), sample: true });
  }

  async function addPolicy(
    one: Partial<typeof schema.policy.$inferInsert>,
    community: string,
    now: string,
  ): Promise<void> {
    const plain = {
      code: randomUUID(),
      title: '示例政策',
      gist: '示例。',
      body: '示例。',
      source: '示例文件',
      audience: { reason: 'policy.reason_all' },
    };
    await db.insert(schema.policy).values({
      ...plain,
      validFrom: now.slice(0, 10),
      state: 'published',
      sample: true,
      ...one,
      audience: { ...(one.audience ?? plain.audience), community: [community] },
    });
  }

  async function bookFor(
    residentId: string,
    stationId: string,
    wish: NonNullable<ResidentWish['booked']>[number],
  ): Promise<void> {
    const offers = await core.services.bookings.offer({
      residentId,
      matter: wish.matter,
      direction: wish.direction ?? 'collect',
      day: wish.day,
      time: wish.start,
      placeId: stationId,
      limit: 1,
    });
    const held = await core.services.bookings.hold({
      slotId: offers[0]?.slotId ?? '',
      conversation: `stage:${residentId}`,
    });
    const by = { kind: 'system' as const, id: 'stage', role: 'test' };
    const booking = {
      conversation: `stage:${residentId}`,
      seatId: held.seatId,
      residentId,
      matter: wish.matter,
      direction: wish.direction ?? ('collect' as const),
    };
    await core.services.bookings.book(`stage:${randomUUID()}`, booking, by);
  }

  return { core, clock, database, home, seen };
}

export type Stage = Awaited<ReturnType<typeof openStageOn>>;
export type StageParts = Stage;

/** What a test may know of a turn beyond its reply. */
export interface Played {
  reply: Reply;
  phrases: string[];
  says: Say[];
  slots: Record<string, string>;
  /** The phrase of the question that now waits. */
  asked?: string;
  /** She asked to hear it once more. */
  onceMore?: boolean;
}

/** Plays utterances at one speaker of the stage. */
export function atSpeaker(stage: Stage, device: string, locale: Utterance['locale'] = 'zh-CN') {
  return async function play(said: Partial<Utterance>): Promise<Played> {
    stage.seen.last = undefined;
    const utterance = {
      brand: 'speaker',
      device,
      requestId: randomUUID(),
      kind: 'words',
      locale,
      medium: 'plain',
      newSession: false,
    } as const;
    const reply = await stage.core.turn({ ...utterance, ...said });
    return playedOf(reply, (stage.seen as { last?: Seen }).last);
  };
}

/** What came of one utterance, whatever door it came in by. */
export function playedOf(reply: Reply, seen: Seen | undefined): Played {
  const next = seen?.next;
  return {
    reply,
    phrases: next?.says.map((one) => one.phrase) ?? [reply.phrase],
    says: next?.says ?? [],
    slots: (next?.talk.frames.at(-1)?.context.slots ?? {}) as Record<string, string>,
    asked: next?.asked?.phrase,
    onceMore: next?.onceMore,
  };
}
