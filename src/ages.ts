/** Ages and birthdays by the calendar, days as `YYYY-MM-DD`. */

const twoDigits = (n: number) => String(n).padStart(2, '0');

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day of `year` and `month` (1 to 12), or the month's last day where it is shorter (Civil Code, article 202). */
function dayWithin(year: number, month: number, day: number): string {
  return `${year}-${twoDigits(month)}-${twoDigits(Math.min(day, daysInMonth(year, month)))}`;
}

function parts(day: string): [number, number, number] {
  const [year, month, date] = day.split('-').map(Number);
  return [year as number, month as number, date as number];
}

/** The day on which somebody born on `birthDate` turns `age`; born on 29 February: the 28th in a common year. */
export function birthdayAt(birthDate: string, age: number): string {
  const [year, month, day] = parts(birthDate);
  return dayWithin(year + age, month, day);
}

/** The same day `months` later, negative for earlier; the month's last day where it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = parts(day);
  const count = year * 12 + (month - 1) + months;
  return dayWithin(Math.floor(count / 12), (count % 12) + 1, date);
}

/** Full years on `today`. */
export function ageOn(birthDate: string, today: string): number {
  const age = parts(today)[0] - parts(birthDate)[0];
  return birthdayAt(birthDate, age) <= today ? age : age - 1;
}

/** Days from `from` to `to`, negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The latest birth date of those who are `age` or older on `today`: the counterpart of `birthdayAt` for searching. */
export function latestBirth(today: string, age: number): string {
  const [year, month, day] = parts(today);
  const lastOfFebruary = month === 2 && day === daysInMonth(year, month);
  return dayWithin(year - age, month, lastOfFebruary ? 29 : day);
}
