/** For the conversations about ratings and complaints: what is finished, what was said before, and what stands afterwards. */
import { randomUUID } from 'node:crypto';
import { asc, eq, inArray } from 'drizzle-orm';
import { addDays, shanghaiInstant } from '../../src/clock.ts';
import { ticketTextOf } from '../../src/services/feedback/tickets.ts';
import type { Db } from '../../src/store/database.ts';
import type { Fields } from '../../src/store/fields.ts';
import { call, caseFile, rating, staff, ticket, visit } from '../../src/store/schema.ts';

/** A service that is over, so many days before the test's day, perhaps rated already. */
export interface FinishedWish {
  service: 'call' | 'visit' | 'case';
  daysAgo: number;
  clerk?: string;
  matter?: string;
  level?: number;
}

/** Something she said before. */
export interface TicketWish {
  number: string;
  due: string;
  state?: 'open' | 'answered' | 'closed';
  answer?: string;
}

interface Her {
  residentId: string;
  speakerId: string;
  now: string;
}

export async function addFinished(db: Db, her: Her, wish: FinishedWish): Promise<void> {
  const clerkId = wish.clerk ? await clerkCalled(db, wish.clerk) : undefined;
  const id = randomUUID();
  const day = addDays(her.now.slice(0, 10), -wish.daysAgo);
  const at = shanghaiInstant(day, '09:00');
  const { residentId, speakerId } = her;
  const matter = wish.matter ?? '老年优待证';
  if (wish.service === 'call') {
    const times = { talkingAt: at, endedAt: at, createdAt: at };
    const parties = { id, residentId, speakerId, clerkId };
    await db.insert(call).values({ ...parties, reason: 'agent.call', state: 'ended', outcome: 'solved', ...times });
  } else if (wish.service === 'visit') {
    await db.insert(visit).values({ id, residentId, matter, day, half: 'AM', workerId: clerkId, state: 'done' });
  } else {
    const numbers = { number: id, shortNumber: id };
    const state = { source: 9, status: 'concluded' as const, kind: 'promised' as const, createdAt: at };
    await db.insert(caseFile).values({ id, residentId, matter, ...numbers, ...state });
  }
  if (wish.level)
    await db
      .insert(rating)
      .values({ residentId, service: wish.service, serviceId: id, level: wish.level, createdAt: at });
}

async function clerkCalled(db: Db, name: string): Promise<string | undefined> {
  const account = { username: randomUUID(), passwordHash: '-', passwordChangedAt: new Date(0) };
  const [made] = await db
    .insert(staff)
    .values({ ...account, name, role: 'clerk', sample: true })
    .returning();
  return made?.id;
}

export async function addTicket(db: Db, residentId: string, now: string, wish: TicketWish): Promise<void> {
  const { due, ...given } = wish;
  const number = `T${randomUUID()}${wish.number}`;
  const createdAt = shanghaiInstant(addDays(now.slice(0, 10), -10), '09:00');
  await db
    .insert(ticket)
    .values({ ...given, number, residentId, kind: 'suggestion', dueAt: shanghaiInstant(due, '17:00'), createdAt });
}

export const ratingsOf = (db: Db, residents: string[]) =>
  db
    .select({ service: rating.service, level: rating.level, named: rating.named, reason: rating.reason })
    .from(rating)
    .where(inArray(rating.residentId, residents))
    .orderBy(asc(rating.createdAt));

/** Tickets with her words opened. */
export async function ticketsOf(db: Db, fields: Pick<Fields, 'open'>, residents: string[]) {
  const rows = await db
    .select({ ticket, owner: staff.role })
    .from(ticket)
    .leftJoin(staff, eq(staff.id, ticket.ownerId))
    .where(inArray(ticket.residentId, residents))
    .orderBy(asc(ticket.createdAt));
  return rows.map(({ ticket: { id, kind, state, textSealed, toldAt } }) => ({
    kind,
    state,
    words: textSealed ? fields.open(textSealed, ticketTextOf(id)) : null,
    told: toldAt !== null,
  }));
}
