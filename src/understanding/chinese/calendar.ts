/** The lunar calendar as a table, made once from lunar-typescript (ICU has the Spring Festival of 2027 a day late). */
import { createRequire } from 'node:module';

const DAY_MS = 86_400_000;
const FROM = 2020;
const YEARS = 40;

export interface LunarMonth {
  year: number;
  /** 1 to 12; a leap month has the number of the month before it. */
  month: number;
  leap: boolean;
  /** Days since 1970-01-01. */
  start: number;
  days: number;
}

export interface LunarTable {
  months: LunarMonth[];
  /** Solar term → its days. */
  terms: Record<string, number[]>;
}

/** Days since 1970-01-01 of a solar date; undefined where the month has no such day. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : undefined;
}

/** `YYYY-MM-DD` of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Year, month, day and weekday (Monday 1 … Sunday 7) of a day number. */
export function partsOf(day: number): { year: number; month: number; day: number; weekday: number } {
  const at = new Date(day * DAY_MS);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: ((at.getUTCDay() + 6) % 7) + 1,
  };
}

/** Days in a month. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The table for 2020 to 2059, read from the library at build time. */
export function buildLunarTable(): LunarTable {
  const { LunarYear, Solar } = createRequire(import.meta.url)('lunar-typescript') as typeof import('lunar-typescript');
  const months: LunarMonth[] = [];
  const terms: Record<string, number[]> = {};
  for (let year = FROM; year < FROM + YEARS; year++) {
    for (const each of LunarYear.fromYear(year).getMonthsInYear()) {
      const first = Solar.fromJulianDay(each.getFirstJulianDay());
      const start = dayNumber(first.getYear(), first.getMonth(), first.getDay()) as number;
      months.push({
        year,
        month: Math.abs(each.getMonth()),
        leap: each.getMonth() < 0,
        start,
        days: each.getDayCount(),
      });
    }
    for (const [name, solar] of Object.entries(Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable())) {
      if (!/^\p{Script=Han}+$/u.test(name)) continue; // the library repeats the last ones under Latin names
      terms[name] = [...(terms[name] ?? []), dayNumber(solar.getYear(), solar.getMonth(), solar.getDay()) as number];
    }
  }
  for (const days of Object.values(terms)) days.sort((a, b) => a - b);
  return { months, terms };
}

/** The next such lunar day from `today` on; day 0 is the month's last. Leap months only when asked for. */
export function nextLunar(
  table: LunarTable,
  today: number,
  month: number,
  day: number,
  lunarYear?: number,
): number | undefined {
  for (const each of table.months) {
    if (each.month !== month || each.leap) continue;
    if (lunarYear !== undefined && each.year !== lunarYear) continue;
    const at = day === 0 ? each.start + each.days - 1 : each.start + day - 1;
    if (day <= each.days && (at >= today || lunarYear !== undefined)) return at;
  }
  return undefined;
}

/** The next such day of whatever lunar month it falls in (初五). */
export function nextLunarDay(table: LunarTable, today: number, day: number): number | undefined {
  for (const each of table.months) {
    const at = each.start + day - 1;
    if (day <= each.days && at >= today) return at;
  }
  return undefined;
}

/** The lunar year that a day lies in. */
export function lunarYearOf(table: LunarTable, day: number): number {
  let year = FROM;
  for (const each of table.months) if (each.start <= day) year = each.year;
  return year;
}
