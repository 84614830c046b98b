import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFeedbackFacts } from '../../../src/services/feedback/facts.ts';
import { createRatings } from '../../../src/services/feedback/ratings.ts';
import { createHerTickets } from '../../../src/services/feedback/tickets.ts';
import type { Database } from '../../../src/store/database.ts';
import { call, callback, caseStep, rating, ticket, visit } from '../../../src/store/schema.ts';
import { aCase, aHousehold, aResident, aSpeaker, aStation } from '../../support/records.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, calendar, fields, system } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
const feedback = loadFeedbackFacts();
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);

describe.each(ENGINES)('ratings on %s', (_, fresh) => {
  let database: Database;
  let ratings: ReturnType<typeof createRatings>;
  beforeAll(async () => {
    database = await fresh();
    const herTickets = createHerTickets({ database, fields, clock, calendar, feedback });
    ratings = createRatings({ database, clock, herTickets, feedback });
  });

  async function somebody() {
    const { station } = await aStation(database.db);
    const home = await aHousehold(database.db, station.id);
    const speaker = await aSpeaker(database.db, home.id);
    return {
      residentId: (await aResident(database.db, home.id)).id,
      speakerId: speaker.id,
      stationId: station.id,
    };
  }
  type Her = Awaited<ReturnType<typeof somebody>>;

  async function called({ residentId, speakerId }: Her, days: number, over: Partial<typeof call.$inferInsert> = {}) {
    const times = { talkingAt: ago(days), endedAt: ago(days) };
    const values = { residentId, speakerId, reason: 'agent.call', state: 'ended' as const, ...times, ...over };
    return (await database.db.insert(call).values(values).returning())[0]?.id ?? '';
  }
  const ratingsOf = ({ residentId }: Her) => database.db.select().from(rating).where(eq(rating.residentId, residentId));

  it('are for what is finished and was done of late, the newest first', async () => {
    const her = await somebody();
    const { residentId, stationId } = her;
    const newest = await called(her, 1);
    await called(her, 31);
    await called(her, 2, { talkingAt: null });
    await called(her, 3, { state: 'talking', endedAt: null });
    const back = { residentId, stationId, reason: 'agent.call', dueAt: ago(4), state: 'closed' as const };
    const reached = randomUUID();
    await database.db.insert(callback).values([
      { ...back, id: reached, closedAt: ago(4), outcome: 'solved' },
      { ...back, closedAt: ago(4), outcome: 'no_contact' },
      { ...back, closedAt: ago(0), outcome: 'not_wanted' },
    ]);
    const seen = { residentId, matter: 'senior card', half: 'AM' as const };
    await database.db.insert(visit).values([
      { ...seen, day: '2026-11-21', state: 'done' },
      { ...seen, day: '2026-11-24', state: 'requested' },
    ]);
    const old = await aCase(database.db, residentId, { createdAt: ago(90) });
    await database.db.insert(caseStep).values({ caseId: old.id, status: 'concluded', at: ago(6) });
    await aCase(database.db, residentId, { status: 'reviewing', createdAt: ago(2) });
    const found = await ratings.finished(residentId);
    expect(found.map(({ service, day }) => [service, day])).toEqual([
      ['call', '2026-11-22'],
      ['visit', '2026-11-21'],
      ['call', '2026-11-19'],
      ['case', '2026-11-17'],
    ]);
    expect(found.map(({ id }) => id)).toEqual([newest, found[1]?.id, reached, old.id]);
  });

  it('are kept once for each service, and said again is told as it stands', async () => {
    const her = await somebody();
    const serviceId = await called(her, 1);
    const wish = { residentId: her.residentId, service: 'call' as const, serviceId };
    expect(await ratings.rate(`a ${serviceId}`, { ...wish, level: 2 }, system)).toEqual({ level: 2, already: false });
    expect(await ratings.rate(`b ${serviceId}`, { ...wish, level: 5 }, system)).toEqual({ level: 2, already: true });
    expect(await ratingsOf(her)).toMatchObject([{ level: 2, named: false, ticketId: null }]);
    expect((await ratings.finished(her.residentId))[0]?.level).toBe(2);
    expect((await auditOf(database, her.residentId)).filter(({ action }) => action === 'rating.given')).toHaveLength(1);
  });

  it('that are bad open one ticket together with them, and those that are fair open none', async () => {
    for (const level of [1, 2, 3, 4, 5]) {
      const her = await somebody();
      const serviceId = await called(her, 1);
      const wish = { residentId: her.residentId, service: 'call' as const, serviceId, level };
      const both = await Promise.all([1, 2].map(() => ratings.rate(`t ${serviceId}`, wish, system)));
      expect(both[0]).toEqual(both[1]);
      const opened = await database.db.select().from(ticket).where(eq(ticket.residentId, her.residentId));
      expect(opened.map(({ kind }) => kind)).toEqual(level >= 4 ? ['bad_rating'] : []);
      expect((await ratingsOf(her))[0]?.ticketId ?? undefined).toBe(opened[0]?.id);
      expect(both[0]?.ticket?.until).toBe(level >= 4 ? '2026-11-30' : undefined);
    }
  });

  it('that were meant otherwise are put right on the same day, and no other day', async () => {
    const her = await somebody();
    const serviceId = await called(her, 1);
    const wish = { residentId: her.residentId, service: 'call' as const, serviceId, corrects: true };
    await ratings.rate(`g ${serviceId}`, { ...wish, level: 2 }, system);
    expect((await ratings.finished(her.residentId))[0]).toMatchObject({ level: 2, ratedToday: true });
    const bad = await ratings.rate(`h ${serviceId}`, { ...wish, level: 4 }, system);
    expect(bad).toMatchObject({ level: 4, already: false, ticket: { until: '2026-11-30' } });
    expect(await ratings.rate(`i ${serviceId}`, { ...wish, level: 5 }, system)).toEqual({ level: 5, already: false });
    expect(await database.db.$count(ticket, eq(ticket.residentId, her.residentId))).toBe(1);
    const said = (await auditOf(database, her.residentId)).map(({ action }) => action);
    expect(said.filter((action) => action === 'rating.corrected')).toHaveLength(2);

    await database.db
      .update(rating)
      .set({ createdAt: ago(1) })
      .where(eq(rating.serviceId, serviceId));
    expect(await ratings.rate(`j ${serviceId}`, { ...wish, level: 1 }, system)).toEqual({ level: 5, already: true });
    expect((await ratings.finished(her.residentId))[0]).toMatchObject({ level: 5, ratedToday: false });
  });

  it('are for her own services only, at one of five levels', async () => {
    const [her, other] = [await somebody(), await somebody()];
    const serviceId = await called(other, 1);
    const wish = { residentId: her.residentId, service: 'call' as const, serviceId, level: 1 };
    await expect(ratings.rate('other', wish, system)).rejects.toMatchObject({ refusal: 'NotFound' });
    await expect(ratings.rate('zero', { ...wish, level: 0 }, system)).rejects.toMatchObject({ refusal: 'BadInput' });
    expect(await ratingsOf(other)).toEqual([]);
  });
});

describe('a level', () => {
  const { levelOf } = createRatings({
    database: {} as Database,
    clock,
    herTickets: { openIn: () => Promise.reject(new Error('not asked for')) },
    feedback,
  });

  it('is told by its official name or its place among the five, 1 is best, and never guessed', () => {
    expect(['非常满意', '满意', '基本满意', '不满意', '非常不满意'].map(levelOf)).toEqual([1, 2, 3, 4, 5]);
    expect([levelOf('4'), levelOf('6'), levelOf(''), levelOf(undefined)]).toEqual([4, undefined, undefined, undefined]);
  });
});
