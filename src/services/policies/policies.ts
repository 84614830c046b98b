/** Which policies concern a resident, what she has heard of them, and whether she may have what she asks for. */
import { and, desc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { PgSelect } from 'drizzle-orm/pg-core';
import { ageOn } from '../../ages.ts';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { audienceWhere, concerns, type Person } from '../../store/audience.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import {
  type AudienceRule,
  caseFile,
  delivery,
  fanOut,
  guide,
  household,
  policy,
  resident,
} from '../../store/schema.ts';
import { type Eligibility, judge } from '../cases/eligibility.ts';
import { policySubject, toldOf } from '../notices/notices.ts';

/** A phrase of the locale files with its values: why this concerns her. */
export interface Reason {
  phrase: string;
  values: Record<string, string | number>;
}

export interface PolicyForHer {
  policyId: string;
  title: string;
  gist: string;
  body: string;
  titleEn?: string;
  gistEn?: string;
  source: string;
  reason: Reason;
  matter?: string;
  sensitive: boolean;
  /** She has heard it, or wants to hear no more of it. */
  heard: boolean;
  refused: boolean;
  heardAt?: Date;
}

export type HeardState = 'announced' | 'heard' | 'partly' | 'refused';

/** A later telling never makes less of an earlier one. */
const RANK = { planned: 0, expired: 0, sent: 1, announced: 2, partly: 3, heard: 4, refused: 5 };

interface Parts {
  database: Database;
  clock: Clock;
}

/** Whom a policy concerns is decided by its rule today, not by what was delivered: whoever turned 65 yesterday hears it now. */
export function createPolicies({ database, clock }: Parts) {
  const today = () => shanghaiDay(clock.now());

  /**
   * Published policies that concern her today: unheard first, of these what a chime announced, then the newest. Nothing for whoever moved away or died.
   * The read of her record is audited. @throws Refusal NotFound
   */
  function concerning(residentId: string, by: Actor = herself(residentId)): Promise<PolicyForHer[]> {
    return database.transaction(async (tx) => {
      const person = await read(tx, residentId, by);
      if (person.state === 'moved' || person.state === 'deceased') return [];
      const day = today();
      const rows = await tx
        .select({ policy, state: delivery.state, heardAt: delivery.heardAt })
        .from(policy)
        .leftJoin(delivery, and(eq(delivery.policyId, policy.id), eq(delivery.residentId, residentId)))
        .leftJoin(fanOut, eq(fanOut.policyId, policy.id))
        .where(and(published(day), begun(clock.now())))
        .orderBy(desc(policy.validFrom), policy.code);
      const hers = rows.filter((row) => concerns(row.policy.audience, person, day));
      const announced = [...hers].sort((a, b) => Number(!chimedFor(a)) - Number(!chimedFor(b)));
      return announced.map((row) => forHer(row, person, day)).sort((a, b) => Number(a.heard) - Number(b.heard));
    });
  }

  /** Keeps how far she listened; asked again with less it stays. @throws Refusal NotFound */
  function heard(
    key: EffectKey,
    told: { policyId: string; residentId: string; state: HeardState },
    by: Actor,
  ): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      const at = clock.now();
      const [known] = await tx.select({ audience: policy.audience }).from(policy).where(eq(policy.id, told.policyId));
      if (!known) throw new Refusal('NotFound');
      const reason = known.audience.reason;
      await tx
        .insert(delivery)
        .values({ ...told, state: 'planned', reason, channel: 'speaker' })
        .onConflictDoNothing();
      const mine = and(eq(delivery.policyId, told.policyId), eq(delivery.residentId, told.residentId));
      const [row] = await tx.select().from(delivery).where(mine).for('update');
      const state = row && RANK[row.state] > RANK[told.state] ? row.state : told.state;
      const heardAt = state === 'heard' || state === 'partly' ? (row?.heardAt ?? at) : row?.heardAt;
      await tx
        .update(delivery)
        .set({ state, heardAt, announcedAt: row?.announcedAt ?? at })
        .where(mine);
      const subject = policySubject(told.policyId);
      await toldOf(tx, { ...told, subject }, at);
      await writeAudit(tx, {
        at,
        actor: by,
        action: `policy.${state}`,
        residentId: told.residentId,
        subject,
        result: 'done',
      });
      return { state };
    });
  }

  /** May she have it? With the day on which she will, where only her age is missing. Audited. @throws Refusal NotFound */
  function eligibility(matter: string, residentId: string, by: Actor = herself(residentId)): Promise<Eligibility> {
    return database.transaction(async (tx) => {
      const person = await read(tx, residentId, by);
      const day = today();
      const guides = await tx
        .select({ elements: guide.elements })
        .from(guide)
        .where(and(eq(guide.matter, matter), eq(guide.state, 'effective'), lte(guide.effectiveFrom, day)))
        .orderBy(desc(guide.version));
      // An edited version may have lost its rule; the newest that has one still says what the documents say.
      return judge(guides.find(({ elements }) => elements.rule)?.elements.rule, person, day);
    });
  }

  /** How many people living here a rule reaches today. */
  async function count(rule: AudienceRule): Promise<number> {
    const total = sql<number>`count(*)::int`;
    const [row] = await within(database.db.select({ total }).from(resident).$dynamic(), rule);
    return row?.total ?? 0;
  }

  /** The residents a rule reaches today, by id. */
  async function audience(rule: AudienceRule): Promise<string[]> {
    const rows = await within(database.db.select({ id: resident.id }).from(resident).$dynamic(), rule);
    return rows.map(({ id }) => id);
  }

  const within = <Q extends PgSelect>(query: Q, rule: AudienceRule) =>
    query.innerJoin(household, eq(household.id, resident.householdId)).where(audienceWhere(rule, today()));

  async function read(tx: Db, residentId: string, by: Actor): Promise<Person & { state: string }> {
    const { birthDate, sex, hukou, flags, state } = resident;
    const [row] = await tx
      .select({ birthDate, sex, hukou, flags, state, community: household.community, building: household.building })
      .from(resident)
      .innerJoin(household, eq(household.id, resident.householdId))
      .where(eq(resident.id, residentId));
    if (!row) throw new Refusal('NotFound');
    const fields = ['birthDate', 'hukou', 'flags', 'state'];
    await writeAudit(tx, { at: clock.now(), actor: by, action: 'read', residentId, fields, result: 'done' });
    return { ...row, cases: await casesOf(tx, residentId), heard: await heardBy(tx, residentId) };
  }

  /** Whether something is prepared to be told to whoever is about to come of age for this matter. */
  async function turnsFor(matter: string): Promise<boolean> {
    const prepared = and(published(today()), eq(policy.matter, matter), sql`${policy.audience} -> 'turns' is not null`);
    const [found] = await database.db.select({ id: policy.id }).from(policy).where(prepared).limit(1);
    return found !== undefined;
  }

  return { concerning, heard, eligibility, turnsFor, count, audience };
}

const herself = (residentId: string): Actor => ({ kind: 'resident', id: residentId, role: 'resident' });

function published(day: string) {
  return and(
    eq(policy.state, 'published'),
    lte(policy.validFrom, day),
    or(isNull(policy.validUntil), gte(policy.validUntil, day)),
  );
}

/** Not before its time; while it is tried with a few, only to those it was sent to. */
function begun(now: Date) {
  const sentToHer = sql`${delivery.id} is not null`;
  const forAll = or(isNull(fanOut.share), eq(fanOut.share, 100));
  return and(or(isNull(policy.startsAt), lte(policy.startsAt, now)), or(forAll, sentToHer));
}

const casesOf = (tx: Db, residentId: string) =>
  tx
    .select({ matter: caseFile.matter, status: caseFile.status, delivery: caseFile.delivery })
    .from(caseFile)
    .where(eq(caseFile.residentId, residentId));

async function heardBy(tx: Db, residentId: string): Promise<string[]> {
  const hers = and(eq(delivery.residentId, residentId), inArray(delivery.state, ['heard', 'partly']));
  const rows = await tx.select({ policyId: delivery.policyId }).from(delivery).where(hers);
  return rows.map(({ policyId }) => policyId);
}

const chimedFor = ({ state }: Row) => state === 'sent' || state === 'announced';

interface Row {
  policy: typeof policy.$inferSelect;
  state: keyof typeof RANK | null;
  heardAt: Date | null;
}

function forHer({ policy: one, state, heardAt }: Row, person: Person, day: string): PolicyForHer {
  return {
    policyId: one.id,
    title: one.title,
    gist: one.gist,
    body: one.body,
    titleEn: one.titleEn ?? undefined,
    gistEn: one.gistEn ?? undefined,
    source: one.source,
    reason: reasonOf(one.audience, person, day),
    matter: one.matter ?? undefined,
    sensitive: one.sensitive,
    heard: state === 'heard' || state === 'refused',
    refused: state === 'refused',
    heardAt: heardAt ?? undefined,
  };
}

/** `age` is the age that the rule names: 「因为您满六十五岁了」 is said to a woman of eighty, too. */
function reasonOf(rule: AudienceRule, person: Person, day: string): Reason {
  const age = rule.turns?.age ?? rule.ageFrom ?? ageOn(person.birthDate, day);
  return { phrase: rule.reason, values: { age, herAge: ageOn(person.birthDate, day) } };
}
