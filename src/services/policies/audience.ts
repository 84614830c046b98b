/** Whom a rule reaches: how many, a few of them as examples, and the sentence that says why. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { ageOn } from '../../ages.ts';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { audienceWhere } from '../../store/audience.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type AudienceRule, household, resident } from '../../store/schema.ts';

export interface Example {
  residentId: string;
  /** In full: whoever shows it masks it. */
  name: string;
  age: number;
  community: string;
}

export interface Reach {
  count: number;
  examples: Example[];
  /** A phrase of locales/<locale>/policy.yaml with its values, as the first of the examples hears it. */
  reason: { phrase: string; values: Record<string, number> };
}

const EXAMPLES = 10;
const NOBODY_AGE = 65;

/** A rule as it is typed in: the reason may still be missing. */
export type TypedRule = Omit<AudienceRule, 'reason'> & { reason?: string };

interface Parts {
  database: Database;
  clock: Clock;
}

/** For the officer who writes a rule, before anybody is told. */
export function createPolicyAudience({ database, clock }: Parts) {
  /** How many people living here a rule reaches today, ten of them by chance of their ids, and why. The look is audited. */
  function reach(typed: TypedRule, by: Actor): Promise<Reach> {
    const now = clock.now();
    const today = shanghaiDay(now);
    const rule = { ...typed, reason: typed.reason ?? reasonFor(typed) };
    return database.transaction(async (tx) => {
      const count = await reachOf(tx, rule, now);
      const rows = await peopleIn(tx, rule, today).orderBy(sql`md5(${resident.id}::text)`).limit(EXAMPLES);
      const examples = rows.map(({ birthDate, ...one }) => ({ ...one, age: ageOn(birthDate, today) }));
      const fields = [`count:${rows.length}`];
      await writeAudit(tx, {
        at: now,
        actor: by,
        action: 'read',
        subject: 'policies/audience',
        fields,
        result: 'done',
      });
      return { count, examples, reason: { phrase: rule.reason, values: valuesOf(rule, examples[0]) } };
    });
  }

  /** Community and building names that a rule may choose among. */
  async function places(): Promise<{ community: string; building: string }[]> {
    const { community, building } = household;
    return database.db.selectDistinct({ community, building }).from(household).orderBy(community, building).limit(500);
  }

  /** The sentence that a rule leads to, for somebody of its youngest age. */
  const reasonOf = (typed: TypedRule) => {
    const rule = { ...typed, reason: typed.reason ?? reasonFor(typed) };
    return { phrase: rule.reason, values: valuesOf(rule, undefined) };
  };

  return { reach, places, reasonOf };
}

const peopleIn = (tx: Db, rule: AudienceRule, today: string) =>
  tx
    .select({
      residentId: resident.id,
      name: resident.name,
      birthDate: resident.birthDate,
      community: household.community,
    })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(audienceWhere(rule, today))
    .$dynamic();

/** How many people living here a rule reaches on this day. */
export async function reachOf(tx: Db, rule: AudienceRule, now: Date): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(audienceWhere(rule, shanghaiDay(now)));
  return row?.count ?? 0;
}

/** The next of them by id after `cursor`, at most `limit`. */
export async function nextOf(
  tx: Db,
  rule: AudienceRule,
  { now, cursor, limit }: { now: Date; cursor: string | null; limit: number },
): Promise<string[]> {
  const rows = await tx
    .select({ id: resident.id })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(and(audienceWhere(rule, shanghaiDay(now)), cursor === null ? undefined : gt(resident.id, cursor)))
    .orderBy(asc(resident.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** So many of them, the same ones whenever it is asked for this policy. */
export async function sampleOf(tx: Db, rule: AudienceRule, from: { now: Date; salt: string; limit: number }) {
  const rows = await tx
    .select({ id: resident.id })
    .from(resident)
    .innerJoin(household, eq(household.id, resident.householdId))
    .where(audienceWhere(rule, shanghaiDay(from.now)))
    .orderBy(sql`md5(${resident.id}::text || ${from.salt}::text)`)
    .limit(from.limit);
  return rows.map(({ id }) => id);
}

/** The phrase that tells her why, without naming what is nobody else's business. */
export function reasonFor({ turns, ageFrom, cases, ...rule }: Omit<AudienceRule, 'reason'>): string {
  if (turns) return 'policy.reason_turns';
  if (ageFrom !== undefined) return 'policy.reason_age';
  if (cases) return 'policy.reason_case';
  if (rule.heard) return 'policy.reason_correction';
  const personal = [rule.flags, rule.anyFlags, rule.disability, rule.hukou];
  return personal.some(Boolean) || rule.any?.length ? 'policy.reason_flag' : 'policy.reason_all';
}

function valuesOf(rule: AudienceRule, example: Example | undefined): Record<string, number> {
  const herAge = example?.age ?? rule.turns?.age ?? rule.ageFrom ?? NOBODY_AGE;
  return { age: rule.turns?.age ?? rule.ageFrom ?? herAge, herAge };
}
