import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as schema from '../../src/store/schema.ts';
import { freshDatabase } from '../support/postgres.ts';
import { type Conversation, conversations, type Step } from './file.ts';
import { atSpeaker, openStage, type Played, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

const list = (one: string | string[] | undefined) => (one === undefined ? [] : [one].flat());

for (const folder of new Set(conversations().map((one) => one.folder))) {
  describe(folder, () => {
    for (const one of conversations().filter((file) => file.folder === folder)) test(one.name, () => play(one));
  });
}

async function play(file: Conversation): Promise<void> {
  const home = await stage.home(file.home);
  const speaker = atSpeaker(stage, home.device, file.locale);
  for (const [index, step] of file.steps.entries()) {
    if (step.minutes) stage.clock.advance({ minutes: step.minutes });
    const happening = happeningOf(step);
    if (happening) check(await speaker(happening), step, `step ${index + 1}: ${step.say ?? happening.kind}`);
  }
  await verify(file, home);
}

function happeningOf(step: Step): { kind: 'words' | 'silence' | 'launch'; text?: string } | undefined {
  if (step.say !== undefined) return { kind: 'words', text: step.say };
  if (step.silence) return { kind: 'silence' };
  return step.launch ? { kind: 'launch' } : undefined;
}

function check({ reply, phrases, slots }: Played, step: Step, at: string): void {
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

async function verify({ then = {} }: Conversation, home: Home): Promise<void> {
  if (then.bookings) expect(await bookingsOf(home)).toMatchObject(then.bookings);
  if (then.bookings) expect(await bookingsOf(home)).toHaveLength(then.bookings.length);
  if (then.seats) expect(await seatsOf(home)).toMatchObject(then.seats);
  if (then.callbacks) expect(await callbacksOf(home)).toMatchObject(then.callbacks);
  if (then.callbacks) expect(await callbacksOf(home)).toHaveLength(then.callbacks.length);
  if (then.deliveries) expect(await deliveriesOf(home)).toMatchObject(then.deliveries);
  if (then.pace) expect((await residentsOf(home))[0]?.pace).toBe(then.pace);
}

const { booking, slot, seat, callback, delivery, resident } = schema;

function bookingsOf(home: Home) {
  return stage.database.db
    .select({
      matter: booking.matter,
      direction: booking.direction,
      day: slot.day,
      start: slot.start,
      state: booking.state,
    })
    .from(booking)
    .innerJoin(slot, eq(booking.slotId, slot.id))
    .where(eq(slot.placeId, home.stationId))
    .orderBy(booking.createdAt);
}

async function seatsOf(home: Home) {
  const inState = (state: 'held' | 'booked') =>
    stage.database.db.$count(
      stage.database.db
        .select({ id: seat.id })
        .from(seat)
        .innerJoin(slot, eq(seat.slotId, slot.id))
        .where(and(eq(slot.placeId, home.stationId), eq(seat.state, state)))
        .as('s'),
    );
  return { held: await inState('held'), booked: await inState('booked') };
}

const callbacksOf = (home: Home) =>
  stage.database.db.select().from(callback).where(eq(callback.stationId, home.stationId));
const deliveriesOf = (home: Home) =>
  stage.database.db
    .select()
    .from(delivery)
    .where(eq(delivery.residentId, home.residents[0] ?? ''));
const residentsOf = (home: Home) =>
  stage.database.db
    .select()
    .from(resident)
    .where(eq(resident.id, home.residents[0] ?? ''));
