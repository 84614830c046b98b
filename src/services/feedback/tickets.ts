/** 投诉, 办不成事, 建议, 差评 from her side: a number, an owner, a day by which she is told something, and the answer read back. */
import { randomInt, randomUUID } from 'node:crypto';
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { household, place, resident, staff, ticket } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import type { FeedbackFacts } from './facts.ts';

export type TicketKind = (typeof ticket.$inferSelect)['kind'];

export interface TicketWish {
  residentId?: string;
  kind: TicketKind;
  /** Her own words: sealed, and nowhere else. */
  words?: string;
}

export interface TicketView {
  id: string;
  kind: TicketKind;
  state: 'open' | 'answered' | 'closed';
  /** The last four of its number: all that is spoken. */
  tail: string;
  /** The day by which she is told something, `YYYY-MM-DD`. */
  until: string;
  /** An answer is owed and that day is over. */
  overdue: boolean;
  answer?: string;
  told: boolean;
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open'>;
  clock: Clock;
  calendar: Calendar;
  feedback: Pick<FeedbackFacts, 'answerWithin' | 'answersFrom'>;
}

const DAY_MS = 86_400_000;
const END_OF_WORK = '17:00';
const NUMBERS_TRIED = 8;
/** Longer than anybody speaks; understanding cuts a sentence at 500. */
const MOST_WORDS = 4000;

/** Where the sealed words of a ticket are bound to. */
export const ticketTextOf = (ticketId: string) => `ticket.textSealed:${ticketId}`;

export type HerTickets = ReturnType<typeof createHerTickets>;

/** Workdays until she is told something come from catalogue/feedback.yaml; of the number she hears the last four digits. */
export function createHerTickets({ database, fields, clock, calendar, feedback }: Parts) {
  /** Opens a ticket under `key`, with what she said. */
  function open(key: EffectKey, wish: TicketWish, by: Actor): Promise<TicketView> {
    return once(database, key, (tx) => openIn(tx, wish, by));
  }

  /** The same inside another's transaction: a bad rating and its ticket appear together. */
  async function openIn(tx: Db, { residentId, kind, words }: TicketWish, by: Actor): Promise<TicketView> {
    const id = randomUUID();
    const now = clock.now();
    const until = calendar.addWorkdays(shanghaiDay(now), feedback.answerWithin[kind]).day;
    const textSealed = words ? fields.seal(words.slice(0, MOST_WORDS), ticketTextOf(id)) : undefined;
    const ownerId = await ownerFor(tx, residentId);
    const values = { id, kind, residentId, textSealed, ownerId, dueAt: shanghaiInstant(until, END_OF_WORK) };
    for (let tried = 0; tried < NUMBERS_TRIED; tried += 1) {
      const [made] = await tx
        .insert(ticket)
        .values({ ...values, number: newNumber(shanghaiDay(now)), createdAt: now })
        .onConflictDoNothing()
        .returning();
      if (!made) continue;
      await record(tx, 'ticket.opened', made, by);
      return viewOf(made);
    }
    throw new Error('no number was free for a ticket');
  }

  /** Adds what she says later to a ticket that has no words yet. @throws Refusal NotFound when it is not hers */
  async function addWords(
    key: EffectKey,
    { id, residentId, words }: { id: string; residentId: string; words: string },
    by: Actor,
  ): Promise<void> {
    await once(database, key, async (tx) => {
      const [changed] = await tx
        .update(ticket)
        .set({ textSealed: fields.seal(words.slice(0, MOST_WORDS), ticketTextOf(id)) })
        .where(and(eq(ticket.id, id), eq(ticket.residentId, residentId), isNull(ticket.textSealed)))
        .returning();
      if (!changed) throw new Refusal('NotFound');
      await record(tx, 'ticket.words', changed, by);
    });
  }

  /** Hers, what she has not been told of first, then the newest. Her words stay sealed. The read is audited. */
  function ofResident(residentId: string, by: Actor): Promise<TicketView[]> {
    return database.transaction(async (tx) => {
      const since = new Date(clock.now().getTime() - feedback.answersFrom * DAY_MS);
      const untold = sql`${ticket.answer} is not null and ${ticket.toldAt} is null`;
      const rows = await tx
        .select()
        .from(ticket)
        .where(and(eq(ticket.residentId, residentId), gt(ticket.createdAt, since)))
        .orderBy(sql`(${untold}) desc`, desc(ticket.createdAt), desc(ticket.id));
      const entry = { at: clock.now(), actor: by, action: 'read', residentId, fields: ['tickets'] };
      await writeAudit(tx, { ...entry, result: 'done' });
      return rows.map(viewOf);
    });
  }

  /** Notes that she has heard the answer; the first hearing counts. */
  async function told(
    key: EffectKey,
    { id, residentId }: { id: string; residentId: string },
    by: Actor,
  ): Promise<void> {
    await once(database, key, async (tx) => {
      const [heard] = await tx
        .update(ticket)
        .set({ toldAt: clock.now() })
        .where(and(eq(ticket.id, id), eq(ticket.residentId, residentId), isNull(ticket.toldAt)))
        .returning();
      if (heard) await record(tx, 'ticket.told', heard, by);
    });
  }

  function viewOf(row: typeof ticket.$inferSelect): TicketView {
    const { id, kind, state, number, dueAt, answer, toldAt } = row;
    const overdue = state === 'open' && dueAt < clock.now();
    const view = { id, kind, state, tail: number.slice(-4), until: shanghaiDay(dueAt), overdue, told: toldAt !== null };
    return answer ? { ...view, answer } : view;
  }

  async function record(tx: Db, action: string, row: typeof ticket.$inferSelect, by: Actor): Promise<void> {
    const about = { residentId: row.residentId ?? undefined, subject: `tickets/${row.id}` };
    await writeAudit(tx, { at: clock.now(), actor: by, action, ...about, result: 'done' });
  }

  return { open, openIn, addWords, ofResident, told };
}

/** Never a clerk: a supervisor of her station or its centre, else one of the office; nobody where none is at work. */
async function ownerFor(tx: Db, residentId: string | undefined): Promise<string | undefined> {
  const near = residentId ? await placesOf(tx, residentId) : [];
  const rows = await tx
    .select({ id: staff.id, placeId: staff.placeId })
    .from(staff)
    .where(and(eq(staff.role, 'supervisor'), isNull(staff.disabledAt)))
    .orderBy(staff.username);
  const ours = rows.find(({ placeId }) => placeId !== null && near.includes(placeId));
  return (ours ?? rows.find(({ placeId }) => placeId === null) ?? rows[0])?.id;
}

async function placesOf(tx: Db, residentId: string): Promise<string[]> {
  const [row] = await tx
    .select({ station: place.id, centre: place.parentId })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .innerJoin(place, eq(place.id, household.stationId))
    .where(eq(resident.id, residentId));
  return row ? [row.station, row.centre].filter((id) => id !== null) : [];
}

/** Four random digits a day: nobody can tell how many were opened. */
const newNumber = (day: string) => `T${day.replaceAll('-', '')}${String(randomInt(10_000)).padStart(4, '0')}`;
