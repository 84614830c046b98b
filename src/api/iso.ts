/** Times as they leave: ISO 8601, Shanghai. */
import { shanghaiIso } from '../clock.ts';

export const instant = shanghaiIso;

/** The same for a time that may not have come: null then, so that the member is always there. */
export function maybeInstant(at: Date | null): string | null {
  return at ? shanghaiIso(at) : null;
}

/** `HH:MM` on a day, and `minutes` later. */
export function span(day: string, start: string, minutes: number): { start: string; end: string } {
  const from = new Date(`${day}T${start}:00+08:00`);
  return { start: shanghaiIso(from), end: shanghaiIso(new Date(from.getTime() + minutes * 60_000)) };
}
