/** Times of day in English. */
import type { Span } from '../spans.ts';
import type { HearingContext } from '../tongue.ts';
import { type EnglishTables, numberAt } from './tables.ts';
import { phraseAt } from './units.ts';

const two = (n: number): string => String(n).padStart(2, '0');

interface Hour {
  hour: number;
  minute: number;
  end: number;
  /** Said so that it can only be a time of day. */
  sure: boolean;
  half?: 'AM' | 'PM' | 'NOON';
}

function clockAt(t: EnglishTables, words: readonly string[], at: number): Hour | undefined {
  const digital = /^(\d{1,2}):(\d{2})(am|pm)?$/.exec(words[at] ?? '') ?? /^(\d{1,2})()(am|pm)$/.exec(words[at] ?? '');
  if (digital)
    return {
      hour: Number(digital[1]),
      minute: Number(digital[2] || 0),
      end: at + 1,
      sure: true,
      half: digital[3]?.toUpperCase() as 'AM' | 'PM' | undefined,
    };
  const half = words[at] === 'half' ? numberAt(t.values, words, at + 1) : undefined;
  if (half && half.value <= 12 && half.value > 0 && words[half.end] !== 'hour')
    return { hour: half.value, minute: 30, end: half.end, sure: true }; // half nine is half past nine
  const minutes =
    words[at] === 'half'
      ? { value: 30, end: at + 1 }
      : words[at] === 'quarter'
        ? { value: 15, end: at + 1 }
        : words[at] === 'a' && words[at + 1] === 'quarter'
          ? { value: 15, end: at + 2 }
          : numberAt(t.values, words, at);
  if (!minutes) return undefined;
  const joint = words[minutes.end];
  const hour = joint === 'past' || joint === 'to' ? numberAt(t.values, words, minutes.end + 1) : undefined;
  if (hour && hour.value <= 12 && minutes.value < 60 && minutes.value % 5 === 0)
    return { hour: hour.value, minute: joint === 'to' ? -minutes.value : minutes.value, end: hour.end, sure: true };
  if (minutes.value > 24) return undefined;
  const clock = words[minutes.end] === 'oclock' ? minutes.end + 1 : undefined;
  const after = clock === undefined ? numberAt(t.values, words, minutes.end) : undefined;
  if (after && words[after.end] !== 'oclock' && after.value >= 10 && after.value < 60 && after.value % 5 === 0)
    return { hour: minutes.value, minute: after.value, end: after.end, sure: true };
  return {
    hour: minutes.value,
    minute: 0,
    end: clock ?? minutes.end,
    sure: clock !== undefined || words[at - 1] === 'at',
  };
}

function hourValue(hour: Hour, half: 'AM' | 'PM' | 'NOON' | undefined): string {
  let h = hour.hour % 24;
  if (half === 'PM' && h < 12) h += 12;
  else if (half === 'AM' && h === 12) h = 0;
  else if (half === undefined && h >= 1 && h <= 7) h += 12;
  const total = (h * 60 + hour.minute + 1440) % 1440;
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}

/** `i am fine`, `am i entitled`: no morning. */
const isVerb = (words: readonly string[], at: number): boolean =>
  words[at] === 'am' && (words[at - 1] === 'i' || words[at + 1] === 'i');

/** All times of a sentence. A bare number is one only after `at`, or while a time is asked for. */
export function englishTimes(
  t: EnglishTables,
  words: readonly string[],
  c: HearingContext,
  taken: readonly Span[],
): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const inside = taken.find((s) => s.start <= i && i < s.end);
    const clock = inside ? undefined : clockAt(t, words, i);
    const half = isVerb(words, clock?.end ?? i) ? undefined : phraseAt(t.halves, words, clock?.end ?? i);
    if (clock && clock.end - i > 0 && (clock.sure || half || c.asking === 'time') && clock.hour <= 24) {
      spans.push({
        slot: 'time',
        start: i,
        end: half?.end ?? clock.end,
        value: hourValue(clock, clock.half ?? half?.value),
        weak: !clock.sure && !half,
      });
      i = half?.end ?? clock.end;
    } else if (!inside && half && !clock) {
      spans.push({ slot: 'time', start: i, end: half.end, value: half.value === 'NOON' ? '12:00' : half.value });
      i = half.end;
    } else i = inside?.end ?? i + 1;
  }
  return spans;
}
