import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFeedbackFacts } from '../../../src/services/feedback/facts.ts';
import { createTicketDesk } from '../../../src/services/feedback/ticket-desk.ts';
import { createHerTickets, ticketTextOf } from '../../../src/services/feedback/tickets.ts';
import type { Database } from '../../../src/store/database.ts';
import { staff, ticket } from '../../../src/store/schema.ts';
import { aHousehold, aResident, aStation } from '../../support/records.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, calendar, fields, system } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
const feedback = loadFeedbackFacts();
const WORDS = 'They sent me away three times';

describe.each(ENGINES)('what she wants written down, on %s', (_, fresh) => {
  let database: Database;
  let tickets: ReturnType<typeof createHerTickets>;
  let desk: ReturnType<typeof createTicketDesk>;
  beforeAll(async () => {
    database = await fresh();
    tickets = createHerTickets({ database, fields, clock, calendar, feedback });
    desk = createTicketDesk({ database, clock });
    const account = { passwordHash: '-', passwordChangedAt: new Date(0) };
    await database.db.insert(staff).values([
      { ...account, username: 'a-clerk', name: 'clerk', role: 'clerk' },
      { ...account, username: 'the-supervisor', name: 'supervisor', role: 'supervisor' },
    ]);
  });

  async function somebody() {
    const { station } = await aStation(database.db);
    return (await aResident(database.db, (await aHousehold(database.db, station.id)).id)).id;
  }
  const rowOf = async (id: string) => (await database.db.select().from(ticket).where(eq(ticket.id, id)))[0];

  it('has four last digits, a day within the setting, and an owner who is no clerk', async () => {
    const residentId = await somebody();
    const made = await tickets.open(`open ${residentId}`, { residentId, kind: 'complaint', words: WORDS }, system);
    expect(made).toMatchObject({ kind: 'complaint', state: 'open', until: '2026-11-30', overdue: false, told: false });
    expect(made.tail).toMatch(/^\d{4}$/);
    const row = await rowOf(made.id);
    const [owner] = await database.db
      .select()
      .from(staff)
      .where(eq(staff.id, row?.ownerId ?? ''));
    expect(owner?.role).toBe('supervisor');
  });

  it('lies sealed, bound to its row, and in no audit row', async () => {
    const residentId = await somebody();
    const { id } = await tickets.open(`sealed ${residentId}`, { residentId, kind: 'complaint', words: WORDS }, system);
    const row = await rowOf(id);
    expect(row?.textSealed).not.toContain('three times');
    expect(fields.open(row?.textSealed ?? '', ticketTextOf(id))).toBe(WORDS);
    expect(JSON.stringify(await auditOf(database, residentId))).not.toContain('three times');
  });

  it('is opened once for one key', async () => {
    const residentId = await somebody();
    const wish = { residentId, kind: 'suggestion' as const, words: WORDS };
    const both = await Promise.all([1, 2].map(() => tickets.open(`twice ${residentId}`, wish, system)));
    expect(both[0]).toEqual(both[1]);
    expect(await tickets.ofResident(residentId, system)).toHaveLength(1);
  });

  it('takes no second story, and none from somebody else', async () => {
    const [residentId, other] = [await somebody(), await somebody()];
    const { id } = await tickets.open(`bare ${residentId}`, { residentId, kind: 'bad_rating' }, system);
    await expect(tickets.addWords(`o ${id}`, { id, residentId: other, words: WORDS }, system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
    await tickets.addWords(`h ${id}`, { id, residentId, words: WORDS }, system);
    await expect(tickets.addWords(`a ${id}`, { id, residentId, words: 'else' }, system)).rejects.toMatchObject({
      refusal: 'NotFound',
    });
  });

  it('is told back when it is answered, what she has not heard first', async () => {
    const residentId = await somebody();
    const first = await tickets.open(`1 ${residentId}`, { residentId, kind: 'complaint', words: WORDS }, system);
    clock.advance({ minutes: 1 });
    const second = await tickets.open(`2 ${residentId}`, { residentId, kind: 'suggestion', words: WORDS }, system);
    await desk.answer(`answer ${first.id}`, first.id, { answer: 'One more window' }, system);
    const before = await tickets.ofResident(residentId, system);
    expect(before.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(before[0]).toMatchObject({ answer: 'One more window', told: false });
    await tickets.told(`told ${first.id}`, { id: first.id, residentId }, system);
    const after = await tickets.ofResident(residentId, system);
    expect(after.map(({ id, told }) => [id, told])).toEqual([
      [second.id, false],
      [first.id, true],
    ]);
  });

  it('is overdue when its day is over and nobody has answered', async () => {
    const residentId = await somebody();
    await tickets.open(`late ${residentId}`, { residentId, kind: 'cannot_get_done', words: WORDS }, system);
    clock.set('2026-11-27T09:30');
    expect((await tickets.ofResident(residentId, system))[0]).toMatchObject({ until: '2026-11-26', overdue: true });
    clock.set('2026-11-23T09:30');
  });
});
