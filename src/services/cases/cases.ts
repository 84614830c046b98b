/** 办件: where her cases stand, and the steps that staff take. */
import { randomInt } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { type CaseStatus, caseFile, caseStep, staff } from '../../store/schema.ts';
import type { Calendar } from '../calendar.ts';
import { toldBefore } from '../guides/guides.ts';
import { caseSubject, planNotice } from '../notices/notices.ts';
import { mayFollow, overdueDays, promisedDay } from './rules.ts';

export interface CaseView {
  id: string;
  number: string;
  /** The last four of its number: all that is spoken. */
  tail: string;
  matter: string;
  status: CaseStatus;
  delivery: 'none' | 'ready' | 'collected' | 'mailed';
  promisedOn?: string;
  /** The promise crosses a year whose holidays are not announced: 「大概」. */
  promisedRoughly?: boolean;
  overdueDays: number;
  missing: string[];
  /** Of the missing ones those that stood on no list she was told before: 二次要材料. */
  notTold: string[];
  reason?: string;
  remedy?: string;
  handler?: { id: string; name: string };
  sensitive: boolean;
  openedAt: Date;
}

export interface NewCase {
  residentId: string;
  matter: string;
  applicationId?: string;
  /** GB/T 39046 A.5: 1 window, 2 computer, 3 mobile, 4 courier, 9 voice. */
  source: number;
  kind?: 'instant' | 'promised';
  limit?: { days: number; unit: 'workday' | 'day' };
  sensitive?: boolean;
}

export interface Step {
  status: CaseStatus;
  note?: string;
  /** With 补正: what is missing. */
  missing?: string[];
  reason?: string;
  remedy?: string;
  /** With 办结: whether a document waits to be collected. */
  delivery?: 'none' | 'ready' | 'mailed';
}

interface Parts {
  database: Database;
  clock: Clock;
  calendar: Calendar;
}

type Row = typeof caseFile.$inferSelect;
export type Cases = ReturnType<typeof createCases>;

/** The number and its tail are given here; promised days are counted by the calendar from the day after 受理. */
export function createCases({ database, clock, calendar }: Parts) {
  const today = () => shanghaiDay(clock.now());

  /** All her cases, newest first. The read is audited. */
  function ofResident(residentId: string, by: Actor = herself(residentId)): Promise<CaseView[]> {
    return database.transaction(async (tx) => {
      const rows = await tx
        .select({ one: caseFile, handler: { id: staff.id, name: staff.name } })
        .from(caseFile)
        .leftJoin(staff, eq(staff.id, caseFile.handlerId))
        .where(eq(caseFile.residentId, residentId))
        .orderBy(desc(caseFile.createdAt), desc(caseFile.id));
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'read',
        residentId,
        fields: ['cases'],
        result: 'done',
      });
      return rows.map(({ one, handler }) => asView(one, handler));
    });
  }

  /** Those whose document waits for her, newest first. Audited. */
  async function readyToCollect(residentId: string, by?: Actor): Promise<CaseView[]> {
    return (await ofResident(residentId, by)).filter(({ delivery }) => delivery === 'ready');
  }

  /** Opens a case as submitted, with what she was told of the matter before. */
  function open(key: EffectKey, wish: NewCase, by: Actor): Promise<{ id: string; number: string; tail: string }> {
    return once(database, key, (tx) => openIn(tx, wish, by));
  }

  /** The same inside another's transaction: the application and its case appear together. */
  async function openIn(tx: Db, wish: NewCase, by: Actor): Promise<{ id: string; number: string; tail: string }> {
    const { limit, kind = 'promised', sensitive = false, ...given } = wish;
    const told = await toldBefore(tx, wish.residentId, wish.matter);
    const limits = { limitDays: limit?.days, limitUnit: limit?.unit };
    const values = { ...given, ...limits, kind, sensitive, told, status: 'submitted' as const };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const [made] = await tx
        .insert(caseFile)
        .values({ ...values, ...newNumber(today()) })
        .onConflictDoNothing()
        .returning();
      if (!made) continue; // the short number is taken: another one
      await tx.insert(caseStep).values({ caseId: made.id, status: 'submitted', at: clock.now() });
      await audited(tx, made, by, 'case.opened');
      return { id: made.id, number: made.number, tail: tailOf(made) };
    }
    throw new Refusal('Unexpected');
  }

  /**
   * Takes a case one step on. Acceptance starts the promised time the day after, 补正 stops it.
   * @throws Refusal NotFound · NotInThisState when the step does not follow from where the case stands
   */
  async function step(key: EffectKey, caseId: string, next: Step, by: Actor): Promise<CaseView> {
    const done = await once(database, key, (tx) => stepIn(tx, caseId, next, by));
    const view = (await ofResident(done.residentId, by)).find(({ id }) => id === caseId);
    if (!view) throw new Refusal('NotFound');
    return view;
  }

  /** The same inside another's transaction. */
  async function stepIn(tx: Db, caseId: string, next: Step, by: Actor): Promise<{ residentId: string }> {
    const [one] = await tx.select().from(caseFile).where(eq(caseFile.id, caseId)).for('update');
    if (!one) throw new Refusal('NotFound');
    if (!mayFollow(one.status, next.status)) throw new Refusal('NotInThisState', { from: one.status, to: next.status });
    await tx
      .update(caseFile)
      .set(changed(one, next, by))
      .where(eq(caseFile.id, caseId));
    const byStaff = by.kind === 'staff' ? by.id : null;
    await tx.insert(caseStep).values({ caseId, status: next.status, note: next.note, byStaff, at: clock.now() });
    await audited(tx, one, by, `case.${next.status}`);
    if (by.kind === 'staff' && NEWS.has(next.status)) await tellHer(tx, one, next.status);
    return { residentId: one.residentId };
  }

  /** A chime, no more: what has become of it is told when she asks how far it is. */
  function tellHer(tx: Db, { id, residentId }: Row, status: Step['status']): Promise<void> {
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + NEWS_MS);
    return planNotice(tx, { residentId, kind: 'progress', subject: caseSubject(id, status), expiresAt }, now);
  }

  function changed(one: Row, next: Step, by: Actor): Partial<Row> {
    const day = today();
    const stopped = one.status === 'correction' ? ended(one.stopped, day) : one.stopped;
    const handlerId = by.kind === 'staff' ? by.id : one.handlerId;
    const { status, reason = null, remedy = null } = next;
    const base = {
      status,
      reason,
      remedy,
      handlerId,
      firstOwnerId: one.firstOwnerId ?? handlerId,
      missing: [],
      stopped,
    };
    if (status === 'correction') {
      const missing = next.missing ?? [];
      const why = 'correction';
      return {
        ...base,
        missing,
        askedTwice: one.askedTwice || asksForMore(one, missing),
        stopped: [...stopped, { from: day, why }],
      };
    }
    const startsOn = status === 'accepted' && !one.startsOn ? addDays(day, 1) : one.startsOn;
    const promisedOn = promisedDay({ ...one, startsOn, stopped }, calendar)?.day ?? one.promisedOn;
    const delivery = status === 'concluded' ? (next.delivery ?? 'ready') : one.delivery;
    return { ...base, startsOn, promisedOn, delivery };
  }

  function asView(one: Row, handler: { id: string; name: string } | null): CaseView {
    const crossesUnannounced = one.promisedOn !== null && !calendar.announced(Number(one.promisedOn.slice(0, 4)));
    return {
      id: one.id,
      number: one.number,
      tail: tailOf(one),
      matter: one.matter,
      status: one.status,
      delivery: one.delivery,
      promisedOn: one.promisedOn ?? undefined,
      promisedRoughly: crossesUnannounced && one.limitUnit === 'workday' ? true : undefined,
      overdueDays: overdueDays(one, today(), calendar),
      missing: one.missing,
      notTold: beyondTold(one, one.missing),
      reason: one.reason ?? undefined,
      remedy: one.remedy ?? undefined,
      handler: handler ?? undefined,
      sensitive: one.sensitive,
      openedAt: one.createdAt,
    };
  }

  /** She was asked for something that no list had named: it is on the supervisor's desk from here on. Audited. */
  function flagAskedTwice(key: EffectKey, { id, residentId }: { id: string; residentId: string }, by: Actor) {
    return once(database, key, async (tx) => {
      const hers = and(eq(caseFile.id, id), eq(caseFile.residentId, residentId));
      const [one] = await tx.update(caseFile).set({ askedTwice: true }).where(hers).returning();
      if (one) await audited(tx, one, by, 'case.askedTwice');
      return { flagged: one !== undefined };
    });
  }

  const audited = (tx: Db, { id, residentId }: Row, by: Actor, action: string) =>
    writeAudit(tx, { at: clock.now(), actor: by, action, residentId, subject: `case:${id}`, result: 'done' });

  return { ofResident, readyToCollect, open, openIn, step, stepIn, flagAskedTwice };
}

/** Steps that she should hear of by herself, and for how long they are news. */
const NEWS = new Set<string>(['correction', 'accepted', 'concluded', 'rejected', 'denied']);
const NEWS_MS = 14 * 86_400_000;

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });
const tailOf = ({ shortNumber }: { shortNumber: string }) => shortNumber.slice(-4);

/** Long number: day and short number. Nothing in it says who or what. */
function newNumber(day: string): { number: string; shortNumber: string } {
  const shortNumber = String(randomInt(10_000_000, 100_000_000));
  return { number: `JLB${day.replaceAll('-', '')}${shortNumber}`, shortNumber };
}

const ended = (stopped: Row['stopped'], day: string) =>
  stopped.map((one) => (one.until ? one : { ...one, until: day }));

/** Something that was not on any list she was told before: 二次要材料. */
const asksForMore = (one: Row, missing: string[]): boolean => beyondTold(one, missing).length > 0;

function beyondTold({ told }: Pick<Row, 'told'>, missing: string[]): string[] {
  const listed = new Set(told.flatMap(({ materials }) => materials));
  return told.length > 0 ? missing.filter((material) => !listed.has(material)) : [];
}
