/** The course of a case: which step may follow which, and when it is late. */

import { daysBetween } from '../../ages.ts';
import { addDays } from '../../clock.ts';
import type { CaseStatus } from '../../store/schema.ts';
import type { Calendar, CountedDay } from '../calendar.ts';

/** 已提交 → 收件 → (补正) → 受理 → 审查 → 制证 → 办结; 不予受理 and 不予通过 end it, she may withdraw until it is decided. */
const FOLLOWS: Record<CaseStatus, readonly CaseStatus[]> = {
  submitted: ['received', 'rejected', 'withdrawn'],
  received: ['correction', 'accepted', 'rejected', 'withdrawn'],
  correction: ['received', 'accepted', 'rejected', 'withdrawn'],
  accepted: ['correction', 'reviewing', 'withdrawn'],
  reviewing: ['correction', 'producing', 'concluded', 'denied', 'withdrawn'],
  producing: ['concluded'],
  concluded: [],
  rejected: [],
  denied: [],
  withdrawn: [],
};

/** Still going on. */
export const OPEN_STATUSES: CaseStatus[] = [
  'submitted',
  'received',
  'correction',
  'accepted',
  'reviewing',
  'producing',
];

/** Whether a step is in order; nothing follows what is decided. */
export function mayFollow(now: CaseStatus, next: CaseStatus): boolean {
  return FOLLOWS[now].includes(next);
}

export interface Limit {
  limitDays: number | null;
  limitUnit: 'workday' | 'day' | null;
  startsOn: string | null;
  /** Periods that do not count: 补正, 公示, 鉴定. Days, the first one counts as stopped, the last one does not. */
  stopped: { from: string; until?: string; why: string }[];
}

/** The promised day: the limit from the day after acceptance on, longer by what was stopped. */
export function promisedDay(limit: Limit, calendar: Calendar): CountedDay | undefined {
  if (limit.limitDays === null || limit.startsOn === null) return undefined;
  const dayBefore = addDays(limit.startsOn, -1);
  const stopped = limit.stopped.reduce(
    (sum, { from, until }) => sum + lengthOf(limit, from, until ?? from, calendar),
    0,
  );
  const days = limit.limitDays + stopped;
  return limit.limitUnit === 'day'
    ? { day: addDays(dayBefore, days), certain: true }
    : calendar.addWorkdays(dayBefore, days);
}

function lengthOf({ limitUnit }: Limit, from: string, until: string, calendar: Calendar): number {
  return limitUnit === 'day'
    ? daysBetween(from, until)
    : calendar.workdaysBetween(addDays(from, -1), addDays(until, -1));
}

interface Timed {
  status: CaseStatus;
  promisedOn: string | null;
  limitUnit: 'workday' | 'day' | null;
}

/** How many days past its promise an open case is, in the unit of the promise; 0 when it is not, or waits for her. */
export function overdueDays({ status, promisedOn, limitUnit }: Timed, today: string, calendar: Calendar): number {
  const ours = OPEN_STATUSES.includes(status) && status !== 'correction';
  if (!ours || promisedOn === null || promisedOn >= today) return 0;
  return limitUnit === 'day' ? daysBetween(promisedOn, today) : calendar.workdaysBetween(promisedOn, today);
}
