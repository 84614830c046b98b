/** Applications made at the speaker: a draft that keeps for thirty days, handed in once, taken back while that is possible. */
import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { enqueue } from '../../store/outbox.ts';
import { application, guide } from '../../store/schema.ts';
import {
  caseOf,
  lockedRow,
  openCase,
  type ApplicationRow as Row,
  type Whose,
  wasWithdrawn,
} from './application-rows.ts';
import type { Cases } from './cases.ts';

export type ApplicationKind = 'first' | 'renewal' | 'lost' | 'damaged';

/** What she answered beside the kind: kept sealed. */
export interface Answers {
  /** Digits, or `file`: the number that is known. */
  phone?: string;
  /** Photo and documents: brought when the card is collected, collected at home, or on file. */
  materials?: 'pickup' | 'home' | 'file';
  /** 告知承诺: her word instead of proof. */
  promise?: 'yes' | 'no';
}

export interface DraftView {
  id: string;
  matter: string;
  kind?: ApplicationKind;
  answers: Answers;
}

export interface DraftWish extends Whose {
  kind?: ApplicationKind;
  answers: Answers;
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open'>;
  clock: Clock;
  cases: Pick<Cases, 'openIn' | 'stepIn'>;
}

export type Applications = ReturnType<typeof createApplications>;

const KEPT_MS = 30 * 86_400_000; // a month to find the photo, or to ask the daughter
const VOICE = 9; // GB/T 39046 A.5
/** Which wording of the 告知承诺 she was told. */
const PROMISE_TEXT = 'voice-1';

/** Where the sealed answers of an application are bound to. */
const answersOf = (applicationId: string) => `application.answersSealed:${applicationId}`;

/** For the two matters that are applied for at the speaker, and for a clerk who helps: both fill the same draft. Her answers lie sealed. */
export function createApplications({ database, fields, clock, cases }: Parts) {
  /** Official names of the matters that can be applied for at the speaker today, in a fixed order. */
  async function byVoice(): Promise<string[]> {
    const day = shanghaiDay(clock.now());
    // As with its rule: an edited version that lost the mark does not take the matter away by accident.
    const marked = sql`${guide.elements} ->> 'byVoice' = 'true'`;
    const rows = await database.db
      .selectDistinct({ matter: guide.matter })
      .from(guide)
      .where(and(marked, eq(guide.state, 'effective'), sql`${guide.effectiveFrom} <= ${day}`))
      .orderBy(desc(guide.matter));
    return rows.map(({ matter }) => matter);
  }

  /** Her drafts that have not run out, with what she answered. Audited. */
  function drafts(residentId: string, by: Actor = herself(residentId)): Promise<DraftView[]> {
    return database.transaction(async (tx) => {
      const live = and(eq(application.state, 'draft'), gt(application.expiresAt, clock.now()));
      const rows = await tx
        .select()
        .from(application)
        .where(and(eq(application.residentId, residentId), live))
        .orderBy(asc(application.createdAt), asc(application.id));
      await writeAudit(tx, { ...entry('read', by, residentId), fields: ['applications'] });
      return rows.map((row) => ({ id: row.id, matter: row.matter, kind: row.kind ?? undefined, answers: read(row) }));
    });
  }

  /** Keeps how far she is, for thirty days from now. `stands`: one was handed in already, nothing is kept. */
  function keep(key: EffectKey, wish: DraftWish, by: Actor): Promise<{ stands: boolean }> {
    return once(database, key, async (tx) => {
      const row = await liveRow(tx, wish, by);
      if (row.state === 'submitted') return { stands: true };
      const values = {
        kind: wish.kind ?? null,
        answersSealed: fields.seal(JSON.stringify(wish.answers), answersOf(row.id)),
        expiresAt: new Date(clock.now().getTime() + KEPT_MS),
      };
      await tx.update(application).set(values).where(eq(application.id, row.id));
      await writeAudit(tx, { ...entry('application.kept', by, wish.residentId), subject: subjectOf(row) });
      return { stands: false };
    });
  }

  /**
   * Hands the draft in and opens its case, together. Handed in before: that one is told, `already`.
   * @throws Refusal NotFound without a draft · NotInThisState when it has run out or its kind is not known
   */
  function submit(key: EffectKey, wish: Whose, by: Actor): Promise<{ tail: string; number: string; already: boolean }> {
    return once(database, key, async (tx) => {
      const row = await lockedRow(tx, wish);
      if (!row) throw new Refusal('NotFound');
      if (row.state === 'submitted') return { ...(await caseOf(tx, row.id)), already: true };
      if (!row.kind || !row.expiresAt || row.expiresAt <= clock.now()) throw new Refusal('NotInThisState');
      const promise = read(row).promise === 'yes' ? { kind: 'commitment' as const, textVersion: PROMISE_TEXT } : null;
      await tx
        .update(application)
        .set({ state: 'submitted', expiresAt: null, promise })
        .where(eq(application.id, row.id));
      const opened = await cases.openIn(tx, { ...wish, applicationId: row.id, source: VOICE }, by);
      await recorded(tx, 'submitted', row, by);
      return { number: opened.number, tail: opened.tail, already: false };
    });
  }

  /**
   * Takes back what she handed in, or throws her draft away. Withdrawn before: told as success.
   * @throws Refusal NotInThisState when the case is too far · NotFound when there was never one
   */
  function withdraw(key: EffectKey, wish: Whose, by: Actor): Promise<{ done: true }> {
    return once(database, key, async (tx) => {
      const row = await lockedRow(tx, wish);
      const open = await openCase(tx, wish);
      if (!row && !open) return (await wasWithdrawn(tx, wish)) ? { done: true } : refuse();
      if (open) await cases.stepIn(tx, open.id, { status: 'withdrawn' }, by);
      if (row) {
        await tx.update(application).set({ state: 'withdrawn', expiresAt: null }).where(eq(application.id, row.id));
        await recorded(tx, 'withdrawn', row, by);
      }
      return { done: true };
    });
  }

  /** The live row of this matter, locked; a new draft where there is none. Of two at once the second finds the first's. */
  async function liveRow(tx: Db, { residentId, matter, kind }: DraftWish, by: Actor): Promise<Row> {
    const before = await lockedRow(tx, { residentId, matter });
    if (before) return before;
    const [made] = await tx
      .insert(application)
      .values({ id: randomUUID(), residentId, matter, kind })
      .onConflictDoNothing()
      .returning();
    if (made) await writeAudit(tx, { ...entry('application.begun', by, residentId), subject: subjectOf(made) });
    const row = made ?? (await lockedRow(tx, { residentId, matter }));
    if (!row) throw new Refusal('Unexpected');
    return row;
  }

  const read = ({ id, answersSealed }: Row): Answers =>
    answersSealed ? (JSON.parse(fields.open(answersSealed, answersOf(id))) as Answers) : {};

  const entry = (action: string, actor: Actor, residentId: string) => ({
    at: clock.now(),
    actor,
    action,
    residentId,
    result: 'done' as const,
  });

  /** The audit row and the message to the service platform, with the change. */
  async function recorded(tx: Db, change: 'submitted' | 'withdrawn', row: Row, by: Actor): Promise<void> {
    await writeAudit(tx, { ...entry(`application.${change}`, by, row.residentId), subject: subjectOf(row) });
    await enqueue(tx, { destination: 'binhai', topic: `application.${change}`, payload: { applicationId: row.id } });
  }

  /** Drafts that nobody took up within their month are gone, with the answers in them. @returns how many */
  async function purge(): Promise<number> {
    const over = and(eq(application.state, 'draft'), lte(application.expiresAt, clock.now()));
    const gone = await database.db.delete(application).where(over).returning({ id: application.id });
    return gone.length;
  }

  return { byVoice, drafts, keep, submit, withdraw, purge };
}

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });
const subjectOf = ({ id }: Row) => `application:${id}`;
function refuse(): never {
  throw new Refusal('NotFound');
}
