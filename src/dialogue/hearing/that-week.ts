/** 「礼拜二吧」 after 「下礼拜一」: the Tuesday of the week that is being talked of, and not of this one. Pure. */
import { addDays } from '../../clock.ts';
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { StandingWords } from './standing-words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WEEK = 7;
const MOST_WEEKS = 8;

/** Her sentence with the weekday in the week of the day that she named before. */
export function inThatWeek(words: StandingWords, meaning: Meaning, text: string, { frames }: Talk): Meaning {
  const { date } = meaning.slots;
  const { date: wished } = (frames.at(-1)?.context.slots ?? {}) as Slots;
  const moved = date && wished && DAY.test(wished) && words.says('sameWeekday', text) ? sameWeekday(date, wished) : '';
  if (moved) return { ...meaning, slots: { ...meaning.slots, date: moved } };
  if (!date || !wished || !DAY.test(date) || !DAY.test(wished) || !words.namesWeekday(text)) return meaning;
  const weeks = Array.from({ length: MOST_WEEKS }, (_, n) => addDays(date, n * WEEK));
  const that = weeks.find((day) => mondayOf(day) === mondayOf(wished));
  // 「不对，礼拜四」 to a Thursday: it is the nearer one.
  if (that === wished && words.says('denies', text)) return meaning;
  return that && that > date ? { ...meaning, slots: { ...meaning.slots, date: that } } : meaning;
}

/** 「是这个礼拜的」 to a Tuesday of the next: the Tuesday of this one. @param week from its Monday to its Sunday */
function sameWeekday(week: string, wished: string): string | undefined {
  const [monday = '', sunday] = week.split('/');
  if (!sunday || addDays(monday, WEEK - 1) !== sunday) return undefined;
  const days = Array.from({ length: WEEK }, (_, n) => addDays(monday, n));
  return days.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === new Date(`${wished}T00:00Z`).getUTCDay());
}

function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + WEEK - 1) % WEEK;
  return addDays(day, -weekday);
}
