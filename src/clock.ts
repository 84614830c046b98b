/** The one source of time. Business rules never call Date.now(): they are handed a clock, so that a test or a demonstration can set the day. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stood at `start` when it was made and has run on since. */
export function clockStartingAt(start: Date): Clock {
  const begun = performance.now();
  return { now: () => new Date(start.getTime() + (performance.now() - begun)) };
}

const OFFSET_MS = 8 * 3600_000; // Asia/Shanghai has been UTC+8 without summer time since 1992

/** The calendar day in Shanghai, `YYYY-MM-DD`. */
export function shanghaiDay(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The time of day in Shanghai, `HH:MM`. */
export function shanghaiTime(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant of a Shanghai day (`YYYY-MM-DD`) and time (`HH:MM`). */
export function shanghaiInstant(day: string, time = '00:00'): Date {
  return new Date(`${day}T${time}:00+08:00`);
}

/** ISO 8601 with the Shanghai offset, seconds precision: how times leave through the REST interface. */
export function shanghaiIso(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** `day` plus `n` days, both `YYYY-MM-DD`. */
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}
