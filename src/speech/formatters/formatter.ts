import type { SpeechNode } from '../speech.ts';

/** What a formatter is handed. */
export interface Given {
  value: string | number | string[];
  /** What stands after the formatter's name: `{n, count 样}`. */
  argument?: string;
  /** The template's text right before and after; `{formatter}` where another value follows. */
  before: string;
  after: string;
  /** The day it is, `YYYY-MM-DD`, when the dialogue says so. */
  today?: string;
}

/** Turns one value into what is said. @throws ValueFault when the value is not of its kind. */
export type Formatter = (given: Given) => SpeechNode[];

/** By the name that templates use. */
export type Formatters = ReadonlyMap<string, Formatter>;

/** A value that its formatter cannot say; the caller adds the phrase and the value's name. */
export class ValueFault extends Error {}

/** One stretch of words. */
export const words = (text: string): SpeechNode[] => (text ? [{ kind: 'text', text }] : []);

/** A day, `YYYY-MM-DD`, in parts; weekday 0 is Sunday. A time after the day is ignored. */
export function dayOf(value: Given['value']): { year: number; month: number; day: number; weekday: number } {
  const [, text = ''] = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(String(value)) ?? [];
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (!text || date.getUTCMonth() !== month - 1) throw new ValueFault(`is not a day (YYYY-MM-DD): ${shown(value)}`);
  return { year, month, day, weekday: date.getUTCDay() };
}

/** Days from `today` to `value`, both `YYYY-MM-DD`. */
export function daysFrom(today: string, value: Given['value']): number {
  const instant = ({ year, month, day }: ReturnType<typeof dayOf>) => Date.UTC(year, month - 1, day);
  return Math.round((instant(dayOf(value)) - instant(dayOf(today))) / 86_400_000);
}

/** A time of day, `HH:MM`. */
export function timeOf(value: Given['value']): { hour: number; minute: number } {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(String(value)) ?? [];
  if (!hour || Number(hour) > 23 || Number(minute) > 59) throw new ValueFault(`is not a time (HH:MM): ${shown(value)}`);
  return { hour: Number(hour), minute: Number(minute) };
}

/** A finite number, given as one or as its digits. */
export function numberOf(value: Given['value']): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new ValueFault(`is not a number: ${shown(value)}`);
  return number;
}

/** A list: one value is a list of one. */
export const listOf = (value: Given['value']): string[] => (Array.isArray(value) ? value : [String(value)]);

// A value may be personal: a message shows its shape only.
function shown(value: Given['value']): string {
  return Array.isArray(value)
    ? `a list of ${value.length}`
    : String(value).replace(/\p{L}/gu, 'x').replace(/\d/g, '0').slice(0, 20);
}
