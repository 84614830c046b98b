/** Plays one conversation file on a stage and looks at what stands in its database afterwards. */
import { and, eq, inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Db } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema.ts';
import { ratingsOf, ticketsOf } from './feedback.ts';
import type { Conversation, Step } from './file.ts';
import { atSpeaker, type Played, type Stage } from './home.ts';
import { MADE, type MadeKind } from './made.ts';
import { neverTwice } from './twice.ts';

const list = (one: string | string[] | undefined) => (one === undefined ? [] : [one].flat());

export async function play(stage: Stage, file: Conversation): Promise<void> {
  const home = await stage.home(file.home);
  const speaker = atSpeaker(stage, home.device, file.locale);
  let before: Played | undefined;
  for (const [index, step] of file.steps.entries()) {
    if (step.minutes) stage.clock.advance({ minutes: step.minutes });
    if (step.minutes) before = undefined;
    const happening = happeningOf(step);
    if (!happening) continue;
    const at = `step ${index + 1}: ${step.say ?? happening.kind}`;
    const now = await speaker({ ...happening, elsewhere: step.elsewhere });
    check(now, step, at);
    if (before) neverTwice(stage, before, now, { locale: file.locale ?? 'zh-CN', at });
    before = now;
  }
  await verify(stage, file, home);
}

/** What is done to the speaker in this step; nothing where only time passes. */
export function happeningOf(step: Step): { kind: 'words' | 'silence' | 'launch'; text?: string } | undefined {
  if (step.say !== undefined) return { kind: 'words', text: step.say };
  if (step.silence) return { kind: 'silence' };
  return step.launch ? { kind: 'launch' } : undefined;
}

/** What this step says must have come of it. */
export function check({ reply, phrases, slots }: Played, step: Step, at: string): void {
  expect(
    inOrder(list(step.hears), phrases),
    `${at}: hears ${phrases.join(' + ')} (${reply.text}), not ${step.hears}`,
  ).toBe(true);
  for (const phrase of list(step.not)) expect(phrases, at).not.toContain(phrase);
  for (const words of list(step.words)) expect(reply.text, at).toContain(words);
  if (step.asks !== undefined) expect(reply.asking, at).toBe(step.asks);
  if (step.errand !== undefined) expect(reply.errand, at).toBe(step.errand);
  if (step.ends !== undefined) expect(reply.end, at).toBe(step.ends);
  if (step.knows) expect(slots, at).toMatchObject(step.knows);
  if (phrases.includes('pickup.booked') === false) expect(reply.text, at).not.toContain('约好了');
}

function inOrder(wanted: string[], heard: string[]): boolean {
  let from = 0;
  return wanted.every((phrase) => {
    const found = heard.indexOf(phrase, from);
    from = found + 1;
    return found >= 0;
  });
}

type Home = Awaited<ReturnType<Stage['home']>>;

/** What must stand in the database at the end. */
export async function verify(
  { database: { db }, core }: Stage,
  { then = {} }: Conversation,
  home: Home,
): Promise<void> {
  if (then.bookings) expect(await bookingsOf(db, home)).toMatchObject(then.bookings);
  if (then.bookings) expect(await bookingsOf(db, home)).toHaveLength(then.bookings.length);
  if (then.seats) expect(await seatsOf(db, home)).toMatchObject(then.seats);
  if (then.callbacks) expect(await callbacksOf(db, home)).toMatchObject(then.callbacks);
  if (then.callbacks) expect(await callbacksOf(db, home)).toHaveLength(then.callbacks.length);
  if (then.deliveries) expect(await deliveriesOf(db, home)).toMatchObject(then.deliveries);
  if (then.ratings) expect(await ratingsOf(db, home.residents)).toMatchObject(then.ratings);
  if (then.ratings) expect(await ratingsOf(db, home.residents)).toHaveLength(then.ratings.length);
  if (then.tickets) expect(await ticketsOf(db, core.fields, home.residents)).toMatchObject(then.tickets);
  if (then.tickets) expect(await ticketsOf(db, core.fields, home.residents)).toHaveLength(then.tickets.length);
  for (const kind of Object.keys(MADE) as MadeKind[]) {
    const wanted = then[kind];
    if (wanted) expect(await MADE[kind](db, home.residents)).toMatchObject(wanted);
  }
  if (then.pace) expect((await residentsOf(db, home))[0]?.pace).toBe(then.pace);
}

const { booking, slot, seat, callback, delivery, resident } = schema;

function bookingsOf(db: Db, home: Home) {
  return db
    .select({
      matter: booking.matter,
      direction: booking.direction,
      day: slot.day,
      start: slot.start,
      state: booking.state,
      mode: booking.mode,
      collector: booking.collector,
    })
    .from(booking)
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .where(inArray(booking.residentId, home.residents))
    .orderBy(booking.createdAt);
}

async function seatsOf(db: Db, home: Home) {
  const inState = (state: 'held' | 'booked') =>
    db.$count(
      db
        .select({ id: seat.id })
        .from(seat)
        .innerJoin(slot, eq(seat.slotId, slot.id))
        .where(and(eq(slot.placeId, home.stationId), eq(seat.state, state)))
        .as('s'),
    );
  return { held: await inState('held'), booked: await inState('booked') };
}

/** In the order in which they fall due. */
const callbacksOf = (db: Db, home: Home) =>
  db.select().from(callback).where(eq(callback.stationId, home.stationId)).orderBy(callback.dueAt, callback.createdAt);
const deliveriesOf = (db: Db, home: Home) =>
  db
    .select()
    .from(delivery)
    .where(eq(delivery.residentId, home.residents[0] ?? ''));
const residentsOf = (db: Db, home: Home) =>
  db
    .select()
    .from(resident)
    .where(eq(resident.id, home.residents[0] ?? ''));
