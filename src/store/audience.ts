/** Whom a policy concerns: one rule, asked of one person in memory or of everybody in SQL, with the same answer. */
import { and, eq, gt, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import { ageOn, birthdayAt, latestBirth } from '../ages.ts';
import { addDays } from '../clock.ts';
import { type AudienceRule, household, type ResidentFlags, resident } from './schema.ts';

/** What of a resident the rules look at. */
export interface Person {
  birthDate: string;
  hukou: 'binhai' | 'tianjin' | 'outside';
  flags: ResidentFlags;
  community: string;
}

/** Whether all conditions of the rule hold for her on `today` (`YYYY-MM-DD`). */
export function concerns(rule: AudienceRule, person: Person, today: string): boolean {
  const age = ageOn(person.birthDate, today);
  const has = (flag: keyof ResidentFlags) => Boolean(person.flags[flag]);
  return (
    (rule.ageFrom === undefined || age >= rule.ageFrom) &&
    (rule.ageTo === undefined || age <= rule.ageTo) &&
    (rule.turns === undefined || turnsSoon(rule.turns, person.birthDate, today)) &&
    (rule.hukou === undefined || rule.hukou.includes(person.hukou)) &&
    (rule.community === undefined || rule.community.includes(person.community)) &&
    (rule.flags === undefined || rule.flags.every(has)) &&
    (rule.anyFlags === undefined || rule.anyFlags.some(has))
  );
}

/** From tomorrow on: whoever turns the age today has turned it. */
function turnsSoon(
  { age, withinDays }: { age: number; withinDays: number },
  birthDate: string,
  today: string,
): boolean {
  const birthday = birthdayAt(birthDate, age);
  return today < birthday && birthday <= addDays(today, withinDays);
}

/** The same as a condition over `resident` joined with `household`; only those who live here. */
export function audienceWhere(rule: AudienceRule, today: string): SQL | undefined {
  const { turns } = rule;
  return and(
    eq(resident.state, 'living'),
    rule.ageFrom === undefined ? undefined : lte(resident.birthDate, latestBirth(today, rule.ageFrom)),
    rule.ageTo === undefined ? undefined : gt(resident.birthDate, latestBirth(today, rule.ageTo + 1)),
    turns && gt(resident.birthDate, latestBirth(today, turns.age)),
    turns && lte(resident.birthDate, latestBirth(addDays(today, turns.withinDays), turns.age)),
    rule.hukou && inArray(resident.hukou, rule.hukou),
    rule.community && inArray(household.community, rule.community),
    ...(rule.flags ?? []).map(hasFlag),
    rule.anyFlags && or(...rule.anyFlags.map(hasFlag)),
  );
}

const hasFlag = (flag: keyof ResidentFlags) =>
  sql`coalesce(${resident.flags} -> ${flag}::text, 'false'::jsonb) not in ('false'::jsonb, 'null'::jsonb)`;
