/** Cases in every state, with the steps that led there. */
import { addDays, shanghaiInstant } from '../../clock.ts';
import type { application, CaseStatus, caseFile, caseStep } from '../schema.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { CaseRecipe, SampleFacts } from './sample-facts.ts';

export type CaseRow = typeof caseFile.$inferInsert & { id: string };
export interface BuiltCase {
  row: CaseRow;
  steps: (typeof caseStep.$inferInsert)[];
  application?: typeof application.$inferInsert;
}

/** What is needed of the windows' calendar. */
export interface WorkdayCalendar {
  addWorkdays(day: string, count: number): { day: string };
  workdaysBetween(from: string, to: string): number;
}

export interface CaseParts {
  facts: SampleFacts;
  random: Random;
  calendar: WorkdayCalendar;
  today: string;
  now: Date;
  /** Matters that are applied for by voice. */
  byVoice: string[];
  /** Matters not to be named aloud. */
  sensitive: Set<string>;
}

interface Wish extends CaseRecipe {
  delivery?: 'none' | 'ready' | 'collected';
  /** Days since it was opened. */
  age: number;
  handlerId?: string;
}

const LIMIT_WORKDAYS = 20;
/** The way to each state; one step every other day. */
const WAY: Record<CaseStatus, CaseStatus[]> = {
  submitted: ['submitted'],
  received: ['submitted', 'received'],
  correction: ['submitted', 'received', 'correction'],
  accepted: ['submitted', 'received', 'accepted'],
  reviewing: ['submitted', 'received', 'accepted', 'reviewing'],
  producing: ['submitted', 'received', 'accepted', 'reviewing', 'producing'],
  concluded: ['submitted', 'received', 'accepted', 'reviewing', 'producing', 'concluded'],
  rejected: ['submitted', 'received', 'rejected'],
  denied: ['submitted', 'received', 'accepted', 'reviewing', 'denied'],
  withdrawn: ['submitted', 'withdrawn'],
};
const STILL_OPEN: CaseStatus[] = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing'];

/** All cases of one person. */
export function casesOf(parts: CaseParts, { row, recipe }: Person, handlerId: string | undefined): BuiltCase[] {
  const wishes: Wish[] = [
    ...(recipe.ready ?? []).map((matter) => wish(matter, 'concluded', 'ready', 24)),
    ...(recipe.holds ?? []).map((matter) => wish(matter, 'concluded', 'collected', 700)),
    ...(recipe.finished?.includes('case') ? [wish('', 'concluded', 'collected', 26)] : []),
    ...(recipe.cases ?? []).map((one): Wish => ({ ...one, age: one.overdue ? 40 + one.overdue : 12 })),
  ];
  return wishes.map((one, n) => {
    const matter = one.matter || (parts.byVoice[0] as string);
    return build(parts, row.id, { ...one, age: one.age + n, matter, handlerId }, n);
  });
}

const wish = (matter: string, status: CaseStatus, delivery: 'ready' | 'collected', age: number): Wish => ({
  matter,
  status,
  delivery,
  age,
});

function build(parts: CaseParts, residentId: string, one: Wish, n: number): BuiltCase {
  const { random, today, byVoice, sensitive } = parts;
  const id = random.id(`case ${residentId} ${n}`);
  const openedOn = addDays(today, -one.age);
  const way = WAY[one.status];
  const at = (step: number) => shanghaiInstant(addDays(openedOn, Math.min(step * 2, one.age)), '10:00');
  const steps = way.map((status, step) => ({
    caseId: id,
    status,
    byStaff: step === 0 ? null : one.handlerId,
    at: at(step),
  }));
  const shortNumber = String(random.between(10_000_000, 99_999_999));
  const voice = byVoice.includes(one.matter) && STILL_OPEN.includes(one.status);
  const application = voice ? applicationOf(parts, residentId, one.matter, 'submitted', `${id}`) : undefined;
  const row: CaseRow = {
    id,
    number: `JLB${openedOn.replaceAll('-', '')}${shortNumber}`,
    shortNumber,
    matter: one.matter,
    residentId,
    applicationId: application?.id,
    source: voice ? 9 : 1,
    status: one.status,
    ...textsOf(parts.facts, one.status),
    delivery: one.delivery ?? 'none',
    kind: 'promised',
    limitDays: LIMIT_WORKDAYS,
    limitUnit: 'workday',
    ...timesOf(parts, one, way, openedOn),
    firstOwnerId: one.status === 'submitted' ? null : one.handlerId,
    handlerId: one.status === 'submitted' ? null : one.handlerId,
    sensitive: sensitive.has(one.matter),
    sample: true,
    createdAt: at(0),
  };
  return { row, steps, application };
}

/** A draft that was left, or what stands behind a case that came by voice. */
export function applicationOf(
  { random, now }: Pick<CaseParts, 'random' | 'now'>,
  residentId: string,
  matter: string,
  state: 'draft' | 'submitted',
  name = 'draft',
) {
  const expiresAt = state === 'draft' ? new Date(now.getTime() + 30 * 86_400_000) : null;
  return {
    id: random.id(`application ${residentId} ${name}`),
    matter,
    kind: 'first' as const,
    residentId,
    state,
    expiresAt,
  };
}

function textsOf({ texts }: SampleFacts, status: CaseStatus): Partial<CaseRow> {
  if (status === 'correction') return { ...texts.correction, missing: texts.missing };
  if (status === 'rejected' || status === 'denied' || status === 'withdrawn') return texts[status];
  return {};
}

/** Promised once accepted: ahead of today, or so many workdays behind it. */
function timesOf(parts: CaseParts, one: Wish, way: CaseStatus[], openedOn: string): Partial<CaseRow> {
  const { calendar, today } = parts;
  if (one.status === 'correction') return { stopped: [{ from: addDays(openedOn, 4), why: 'correction' }] };
  if (!way.includes('accepted')) return {};
  const startsOn = addDays(openedOn, 5);
  if (one.overdue) return { startsOn, promisedOn: workdaysBack(calendar, today, one.overdue) };
  const usual = calendar.addWorkdays(addDays(startsOn, -1), LIMIT_WORKDAYS).day;
  const open = STILL_OPEN.includes(one.status);
  return { startsOn, promisedOn: open && usual <= today ? calendar.addWorkdays(today, 5).day : usual };
}

function workdaysBack(calendar: WorkdayCalendar, today: string, count: number): string {
  let day = addDays(today, -1);
  while (calendar.workdaysBetween(day, today) < count) day = addDays(day, -1);
  return day;
}
