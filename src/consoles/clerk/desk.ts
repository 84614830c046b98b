/** What a clerk looks at, put in the order in which it should be done. Pure: the lists come from the server, `now` is business time. */
import { dayOf, daysBetween, lengthWords } from '../rest/days.ts';
import type { Booking, Callback, Case } from '../rest/records.ts';
import { t } from '../words/clerk.ts';
import { CLOSED_CASES, type Tone } from './words.ts';

export interface Due {
  words: string;
  tone: Tone;
  late: boolean;
}

const SOON_MS = 30 * 60_000;

/** How a callback stands against the instant it was promised for. */
export function dueOf({ dueAt }: Pick<Callback, 'dueAt'>, now: Date): Due {
  const left = Date.parse(dueAt) - now.getTime();
  if (left < 0) return { words: t.late(lengthWords(left)), tone: 'late', late: true };
  return { words: t.left(lengthWords(left)), tone: left < SOON_MS ? 'warn' : 'plain', late: false };
}

/** Due soonest first: those overdue stand on top by themselves. */
export function bySoonest(callbacks: Callback[]): Callback[] {
  return [...callbacks].sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}

/** How a case stands against its promised day. */
export function promiseOf(one: Pick<Case, 'status' | 'promisedOn' | 'overdueDays'>, now: Date): Due | undefined {
  if (!one.promisedOn || CLOSED_CASES.includes(one.status)) return undefined;
  const left = one.overdueDays ? -one.overdueDays : daysBetween(dayOf(now), one.promisedOn);
  if (left < 0) return { words: t.daysLate(-left), tone: 'late', late: true };
  if (left === 0) return { words: t.dueToday, tone: 'warn', late: false };
  return { words: t.daysLeft(left), tone: left <= 2 ? 'warn' : 'plain', late: false };
}

/** Overdue first, then what waits for the resident, then by promised day; closed ones last. */
export function byUrgency(cases: Case[], now: Date): Case[] {
  const weight = (one: Case) => {
    if (promiseOf(one, now)?.late) return 0;
    if (one.status === 'correction') return 1;
    return CLOSED_CASES.includes(one.status) ? (one.delivery === 'ready' ? 3 : 4) : 2;
  };
  const promised = (one: Case) => one.promisedOn ?? '9999';
  return [...cases].sort((a, b) => weight(a) - weight(b) || promised(a).localeCompare(promised(b)));
}

export interface Hour {
  start: string;
  bookings: Booking[];
}

/** Bookings by their day in Shanghai. */
export function byDay(bookings: Booking[]): Map<string, Booking[]> {
  const days = new Map<string, Booking[]>();
  for (const one of bookings) days.set(dayOf(one.start), [...(days.get(dayOf(one.start)) ?? []), one]);
  return days;
}

/** The day's bookings by their start, in order of time; cancelled ones are left out. */
export function byTime(bookings: Booking[]): Hour[] {
  const hours = new Map<string, Booking[]>();
  for (const one of bookings) {
    if (one.state === 'cancelled') continue;
    hours.set(one.start, [...(hours.get(one.start) ?? []), one]);
  }
  return [...hours].map(([start, of]) => ({ start, bookings: of })).sort((a, b) => a.start.localeCompare(b.start));
}
