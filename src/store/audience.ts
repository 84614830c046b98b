/** Whom a policy concerns: one rule, asked of one person in memory or of everybody in SQL, with the same answer. */
import { and, eq, exists, gt, inArray, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { ageOn, birthdayAt, latestBirth } from '../ages.ts';
import { addDays } from '../clock.ts';
import {
  type AudienceCondition,
  type AudienceRule,
  type CaseStatus,
  caseFile,
  delivery,
  household,
  type ResidentFlags,
  resident,
} from './schema.ts';

/** What of a resident the rules look at. */
export interface Person {
  birthDate: string;
  hukou: 'binhai' | 'tianjin' | 'outside';
  flags: ResidentFlags;
  community: string;
  /** Left out by whoever has no rule that asks for them. */
  sex?: 'female' | 'male';
  building?: string;
  cases?: { matter: string; status: string; delivery: string }[];
  /** Policies that she has heard, by id. */
  heard?: string[];
}

/** Whether all conditions of the rule hold for her on `today` (`YYYY-MM-DD`). */
export function concerns(rule: AudienceRule, person: Person, today: string): boolean {
  const holds = (condition: AudienceCondition) => conditionHolds(condition, person, today);
  return holds(rule) && (!rule.any?.length || rule.any.some(holds)) && !rule.none?.some(holds);
}

function conditionHolds(condition: AudienceCondition, person: Person, today: string): boolean {
  return (
    ageHolds(condition, person, today) &&
    livingHolds(condition, person) &&
    flagsHold(condition, person.flags) &&
    (condition.cases === undefined || hasSuchCase(condition.cases, person)) &&
    (condition.heard === undefined || (person.heard ?? []).includes(condition.heard))
  );
}

function ageHolds({ ageFrom, ageTo, turns }: AudienceCondition, { birthDate }: Person, today: string): boolean {
  const age = ageOn(birthDate, today);
  return (
    (ageFrom === undefined || age >= ageFrom) &&
    (ageTo === undefined || age <= ageTo) &&
    (turns === undefined || turnsSoon(turns, birthDate, today))
  );
}

function livingHolds({ sex, hukou, community, building }: AudienceCondition, person: Person): boolean {
  return (
    (sex === undefined || sex === person.sex) &&
    (hukou === undefined || hukou.includes(person.hukou)) &&
    (community === undefined || community.includes(person.community)) &&
    (building === undefined || building.includes(person.building ?? ''))
  );
}

function flagsHold({ flags, anyFlags, notFlags, disability }: AudienceCondition, hers: ResidentFlags): boolean {
  const has = (flag: keyof ResidentFlags) => Boolean(hers[flag]);
  return (
    (flags === undefined || flags.every(has)) &&
    (anyFlags === undefined || anyFlags.some(has)) &&
    (notFlags === undefined || !notFlags.some(has)) &&
    (disability?.kinds === undefined || disability.kinds.includes(hers.disability?.kind ?? '')) &&
    (disability?.grades === undefined || disability.grades.includes(hers.disability?.grade ?? 0))
  );
}

function hasSuchCase(wanted: NonNullable<AudienceCondition['cases']>, { cases = [] }: Person): boolean {
  return cases.some(
    (one) =>
      (wanted.matter === undefined || wanted.matter === one.matter) &&
      (wanted.statuses === undefined || wanted.statuses.includes(one.status)) &&
      (wanted.delivery === undefined || wanted.delivery === one.delivery),
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
  const part = (condition: AudienceCondition) => conditionWhere(condition, today);
  return and(
    eq(resident.state, 'living'),
    part(rule),
    rule.any?.length ? or(...rule.any.map(part)) : undefined,
    ...(rule.none ?? []).map((condition) => not(part(condition))),
  );
}

/** Never null, so that it may be negated. An empty condition holds for everybody. */
function conditionWhere(condition: AudienceCondition, today: string): SQL {
  const { turns, ageFrom, ageTo, sex, hukou, community, building, cases, heard } = condition;
  return (
    and(
      ageFrom === undefined ? undefined : lte(resident.birthDate, latestBirth(today, ageFrom)),
      ageTo === undefined ? undefined : gt(resident.birthDate, latestBirth(today, ageTo + 1)),
      turns && gt(resident.birthDate, latestBirth(today, turns.age)),
      turns && lte(resident.birthDate, latestBirth(addDays(today, turns.withinDays), turns.age)),
      sex && eq(resident.sex, sex),
      hukou && among(resident.hukou, hukou),
      community && among(household.community, community),
      building && among(household.building, building),
      ...flagsWhere(condition),
      cases && hasCase(cases),
      heard === undefined ? undefined : hasHeard(heard),
    ) ?? sql`true`
  );
}

function flagsWhere({ flags, anyFlags, notFlags, disability }: AudienceCondition): (SQL | undefined)[] {
  const detail = (name: string) => sql`coalesce(${resident.flags} -> 'disability' ->> ${name}::text, '')`;
  return [
    ...(flags ?? []).map(hasFlag),
    anyFlags && (or(...anyFlags.map(hasFlag)) ?? sql`false`),
    ...(notFlags ?? []).map((flag) => not(hasFlag(flag))),
    disability?.kinds && among(detail('kind'), disability.kinds),
    disability?.grades && among(detail('grade'), disability.grades.map(String)),
  ];
}

const among = (value: Parameters<typeof inArray>[0] | SQL, list: readonly string[]) =>
  list.length > 0 ? inArray(value as SQL, [...list]) : sql`false`;

const hasFlag = (flag: keyof ResidentFlags) =>
  sql`coalesce(${resident.flags} -> ${flag}::text, 'false'::jsonb) not in ('false'::jsonb, 'null'::jsonb)`;

const one = { one: sql`1` };

function hasCase({ matter, statuses, delivery: document }: NonNullable<AudienceCondition['cases']>): SQL {
  const hers = and(
    eq(caseFile.residentId, resident.id),
    matter === undefined ? undefined : eq(caseFile.matter, matter),
    statuses && among(caseFile.status, statuses as CaseStatus[]),
    document && eq(caseFile.delivery, document),
  );
  return exists(new QueryBuilder({ casing: 'snake_case' }).select(one).from(caseFile).where(hers));
}

function hasHeard(policyId: string): SQL {
  const hers = and(
    eq(delivery.residentId, resident.id),
    eq(delivery.policyId, policyId),
    inArray(delivery.state, ['heard', 'partly']),
  );
  return exists(new QueryBuilder({ casing: 'snake_case' }).select(one).from(delivery).where(hers));
}
