/** 办事指南: the version of today, and the receipt of what a resident was told (一次性告知). */
import { and, desc, eq, gt, gte, inArray, isNull, like, lte, or, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiIso } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { caseFile, type GuideElements, guide, talkNote } from '../../store/schema.ts';
import { OPEN_STATUSES } from '../cases/rules.ts';

export interface GuideView {
  matter: string;
  version: number;
  elements: GuideElements;
  department: string;
  source: string;
  /** When somebody last compared it with the documents, `YYYY-MM-DD`. */
  checkedOn: string;
  sample: boolean;
  /** Not to be named aloud while others may listen. */
  sensitive: boolean;
}

/** Which list she was told, and when: kept with her case, compared when something is asked for twice. */
export interface Told {
  guideVersion: number;
  at: string;
  materials: string[];
}

const KEPT_DAYS = 400; // a list told for an application that comes a year later is still a promise
const TICKS_DAYS = 30;
const DAY_MS = 86_400_000;

interface Parts {
  database: Database;
  clock: Clock;
}

export type Guides = ReturnType<typeof createGuides>;

/** Only what is signed and in force today is told; a guide of tomorrow does not exist yet. */
export function createGuides({ database, clock }: Parts) {
  /** The guide of a matter by its official name, as it holds today. */
  async function of(matter: string): Promise<GuideView | undefined> {
    const [row] = await database.db
      .select()
      .from(guide)
      .where(and(eq(guide.matter, matter), holds(shanghaiDay(clock.now()))))
      .orderBy(desc(guide.version))
      .limit(1);
    return row && asView(row);
  }

  /** Official names of the matters that have a guide today, in the order of their names. */
  async function matters(): Promise<string[]> {
    const day = shanghaiDay(clock.now());
    const rows = await database.db
      .selectDistinct({ matter: guide.matter })
      .from(guide)
      .where(holds(day))
      .orderBy(guide.matter);
    return rows.map(({ matter }) => matter);
  }

  /** Official names of the matters that are not named aloud while others may listen. */
  async function sensitive(): Promise<string[]> {
    const rows = await database.db
      .selectDistinct({ matter: guide.matter })
      .from(guide)
      .where(and(sql`${guide.elements} ->> 'sensitive' = 'true'`, holds(shanghaiDay(clock.now()))))
      .orderBy(guide.matter);
    return rows.map(({ matter }) => matter);
  }

  /** Keeps that she was told these materials; told the same again it stays as it was. Lands on her open cases of the matter too. */
  function told(
    residentId: string,
    matter: string,
    materials: string[],
    by: Actor = herself(residentId),
  ): Promise<Told> {
    return database.transaction(async (tx) => {
      const [version] = await tx
        .select({ version: guide.version })
        .from(guide)
        .where(and(eq(guide.matter, matter), holds(shanghaiDay(clock.now()))))
        .orderBy(desc(guide.version))
        .limit(1);
      const now = { guideVersion: version?.version ?? 0, at: shanghaiIso(clock.now()), materials };
      const before = await toldBefore(tx, residentId, matter);
      const same = before.find(
        (one) => one.guideVersion === now.guideVersion && String(one.materials) === String(materials),
      );
      if (same) return same;
      await keep(tx, residentId, matter, [...before, now]);
      await ontoCases(tx, residentId, matter, now);
      const subject = `guide:${matter}`;
      await writeAudit(tx, { at: clock.now(), actor: by, action: 'guide.told', residentId, subject, result: 'done' });
      return now;
    });
  }

  function keep(tx: Db, residentId: string, matter: string, lists: Told[]) {
    const kept = { note: { told: lists }, expiresAt: new Date(clock.now().getTime() + KEPT_DAYS * DAY_MS) };
    return tx
      .insert(talkNote)
      .values({ residentId, errand: noteOf(matter), ...kept })
      .onConflictDoUpdate({ target: [talkNote.residentId, talkNote.errand], set: kept });
  }

  /** Materials of a matter that she has said are at hand, not longer ago than a month. */
  async function ticks(residentId: string, matter: string): Promise<string[]> {
    const hers = and(eq(talkNote.residentId, residentId), eq(talkNote.errand, ticksOf(matter)));
    const [row] = await database.db
      .select({ note: talkNote.note })
      .from(talkNote)
      .where(and(hers, gt(talkNote.expiresAt, clock.now())));
    return (row?.note as { ticked?: string[] } | undefined)?.ticked ?? [];
  }

  /** The matter whose list she went through last, not longer ago than a month. */
  async function lastTicked(residentId: string): Promise<string | undefined> {
    const hers = and(eq(talkNote.residentId, residentId), like(talkNote.errand, ticksOf('%')));
    const [row] = await database.db
      .select({ errand: talkNote.errand })
      .from(talkNote)
      .where(and(hers, gt(talkNote.expiresAt, clock.now())))
      .orderBy(desc(talkNote.expiresAt))
      .limit(1);
    return row?.errand.slice(ticksOf('').length);
  }

  /** Keeps her checklist for a month. Audited. */
  function tick(residentId: string, matter: string, ticked: string[], by: Actor = herself(residentId)): Promise<void> {
    return database.transaction(async (tx) => {
      const kept = { note: { ticked }, expiresAt: new Date(clock.now().getTime() + TICKS_DAYS * DAY_MS) };
      await tx
        .insert(talkNote)
        .values({ residentId, errand: ticksOf(matter), ...kept })
        .onConflictDoUpdate({ target: [talkNote.residentId, talkNote.errand], set: kept });
      const subject = `guide:${matter}`;
      await writeAudit(tx, { at: clock.now(), actor: by, action: 'guide.ticked', residentId, subject, result: 'done' });
    });
  }

  return { of, matters, sensitive, told, ticks, lastTicked, tick };
}

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });
const ticksOf = (matter: string) => `ticks:${matter}`;
const noteOf = (matter: string) => `told:${matter}`;

/** What she was told of a matter so far, oldest first. */
export async function toldBefore(tx: Db, residentId: string, matter: string): Promise<Told[]> {
  const hers = and(eq(talkNote.residentId, residentId), eq(talkNote.errand, noteOf(matter)));
  const [row] = await tx.select({ note: talkNote.note }).from(talkNote).where(hers);
  return (row?.note as { told?: Told[] } | undefined)?.told ?? [];
}

function ontoCases(tx: Db, residentId: string, matter: string, one: Told) {
  return tx
    .update(caseFile)
    .set({ told: sql`${caseFile.told} || ${JSON.stringify([one])}::jsonb` })
    .where(
      and(eq(caseFile.residentId, residentId), eq(caseFile.matter, matter), inArray(caseFile.status, OPEN_STATUSES)),
    );
}

function holds(day: string) {
  return and(
    eq(guide.state, 'effective'),
    lte(guide.effectiveFrom, day),
    or(isNull(guide.effectiveUntil), gte(guide.effectiveUntil, day)),
  );
}

function asView({
  matter,
  version,
  elements,
  department,
  source,
  checkedOn,
  sample,
}: typeof guide.$inferSelect): GuideView {
  return { matter, version, elements, department, source, checkedOn, sample, sensitive: elements.sensitive === true };
}
