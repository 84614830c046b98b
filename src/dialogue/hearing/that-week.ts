/** 「礼拜二吧」 after 「下礼拜一」: the Tuesday of the week that is being talked of, and not of this one. Pure. */
import { addDays } from '../../clock.ts';
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { StandingWords } from './standing-words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WEEK = 7;
const MOST_WEEKS = 8;

/** Her sentence with the weekday in the week of the day that she named before. */
export function inThatWeek(words: StandingWords, meaning: Meaning, text: string, { frames, asked }: Talk): Meaning {
  const { date } = meaning.slots;
  const offered = words.says('denies', text) ? undefined : dayOffered(date, asked);
  if (offered && words.namesWeekday(text)) return { ...meaning, slots: { ...meaning.slots, date: offered } };
  const { date: said } = (frames.at(-1)?.context.slots ?? {}) as Slots;
  // 「下礼拜」: its first day.
  const wished = said?.split('/')[0];
  const moved = date && wished && DAY.test(wished) && words.says('sameWeekday', text) ? sameWeekday(date, wished) : '';
  if (moved) return { ...meaning, slots: { ...meaning.slots, date: moved } };
  if (!date || !wished || !DAY.test(date) || !DAY.test(wished) || !words.namesWeekday(text)) return meaning;
  const weeks = Array.from({ length: MOST_WEEKS }, (_, n) => addDays(date, n * WEEK));
  const that = weeks.find((day) => mondayOf(day) === mondayOf(wished));
  // 「不对，礼拜四」 to a Thursday: it is the nearer one.
  if (that === wished && words.says('denies', text)) return meaning;
  return that && that > date ? { ...meaning, slots: { ...meaning.slots, date: that } } : meaning;
}

/** 「那礼拜一」 to a Monday that is offered: that one, and not today. */
function dayOffered(date: string | undefined, asked: Talk['asked']): string | undefined {
  const { day, secondDay } = (asked?.values ?? {}) as { day?: string; secondDay?: string };
  const days = asked?.for === 'choice' && date && DAY.test(date) ? [day, secondDay] : [];
  return days.find((one) => one !== undefined && DAY.test(one) && weekdayOf(one) === weekdayOf(date ?? ''));
}
const weekdayOf = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay();

/** 「是这个礼拜的」 to a Tuesday of the next: the Tuesday of this one. @param week from its Monday to its Sunday */
function sameWeekday(week: string, wished: string): string | undefined {
  const [monday = '', sunday] = week.split('/');
  if (!sunday || addDays(monday, WEEK - 1) !== sunday) return undefined;
  const days = Array.from({ length: WEEK }, (_, n) => addDays(monday, n));
  return days.find((day) => weekdayOf(day) === weekdayOf(wished));
}

function mondayOf(day: string): string {
  const weekday = (weekdayOf(day) + WEEK - 1) % WEEK;
  return addDays(day, -weekday);
}
