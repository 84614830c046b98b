import { t } from '../words/staff.ts';

const OFFSET_MS = 8 * 3600_000; // Asia/Shanghai, without summer time since 1992

/** `YYYY-MM-DD` in Shanghai, whatever the clerk's computer is set to. */
export function dayOf(instant: Date | string): string {
  return shifted(instant).slice(0, 10);
}

/** `HH:MM` in Shanghai. */
export function timeOf(instant: Date | string): string {
  return shifted(instant).slice(11, 16);
}

function shifted(instant: Date | string): string {
  const at = typeof instant === 'string' ? new Date(instant) : instant;
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() + OFFSET_MS).toISOString();
}

/** `day` plus `n` days. */
export function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** 「11月25日 周三」. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return t.day(date.getUTCMonth() + 1, date.getUTCDate(), t.weekdays[date.getUTCDay()]);
}

/** 今天, 明天, 昨天, or the day itself. */
export function nearDayWords(day: string, today: string): string {
  const away = daysBetween(today, day);
  if (away === 0) return t.today;
  if (away === 1) return t.tomorrow;
  if (away === -1) return t.yesterday;
  return dayWords(day);
}

/** How long, in the largest unit that says enough: 「25 分钟」「3 小时」「2 天」. */
export function lengthWords(ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 60) return t.min(minutes);
  if (minutes < 24 * 60) return t.h(Math.round(minutes / 60));
  return t.days(Math.round(minutes / 1440));
}
