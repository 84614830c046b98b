/** English values: days, hours, phones, ordinals, people. Words are in intents/en-US/_values.yaml. */
import { dayNumber, daysIn, isoDay, type LunarTable, nextLunar, partsOf } from '../chinese/calendar.ts';
import { type ItemSource, kindOf } from '../chinese/items.ts';
import type { Span } from '../spans.ts';
import type { HearingContext } from '../tongue.ts';
import { type Phrases, phraseAt, phrasesOf, stem } from './units.ts';

export interface EnglishValues {
  digits: Record<string, number>;
  numbers: Record<string, number>;
  ordinals: Record<string, number>;
  several: Record<string, number>;
  months: Record<string, number>;
  weekdays: Record<string, number>;
  relative: Record<string, number>;
  vague: string[];
  festivals: Record<string, { lunar?: [number, number]; solar?: [number, number] }>;
  terms: Record<string, string>;
  halves: Record<'AM' | 'PM' | 'NOON', string[]>;
  rating: Record<string, string[]>;
  weakRating: string[];
  kin: string[];
  titles: string[];
  introduces: string[];
  nameStops: string[];
  direction: Record<string, string[]>;
  mode: Record<string, string[]>;
  kind: Record<string, string[]>;
  publicNumbers: string[];
  callCue: string[];
  caseCue: string[];
  tailCue: string[];
  placeHeads: string[];
  placeTails: string[];
  placesAlone: string[];
  samples: Record<string, string[]>;
}

interface Day {
  end: number;
  day?: number;
  last?: number;
}

export interface EnglishTables {
  values: EnglishValues;
  lunar: LunarTable;
  relative: Phrases<number>;
  vague: Phrases<true>;
  festivals: Phrases<{ lunar?: [number, number]; solar?: [number, number] }>;
  terms: Phrases<string>;
  halves: Phrases<'AM' | 'PM' | 'NOON'>;
  ratings: Phrases<{ value: string; weak: boolean }>;
  kin: Phrases<string>;
  introduces: Phrases<true>;
  items: Phrases<ItemSource>;
  heads: Phrases<string>;
  tails: Phrases<true>;
  alone: Phrases<true>;
}

const plain = (words: string[]): Phrases<true> => phrasesOf(words.map((word) => [word, true] as const));

/** Prepares the tables. */
export function englishTables(values: EnglishValues, items: ItemSource[], lunar: LunarTable): EnglishTables {
  const weak = new Set(values.weakRating);
  return {
    values,
    lunar,
    relative: phrasesOf(Object.entries(values.relative)),
    vague: plain(values.vague),
    festivals: phrasesOf(Object.entries(values.festivals)),
    terms: phrasesOf(Object.entries(values.terms)),
    halves: phrasesOf(
      Object.entries(values.halves).flatMap(([half, words]) =>
        words.map((word) => [word, half as 'AM' | 'PM' | 'NOON'] as const),
      ),
    ),
    ratings: phrasesOf(
      Object.entries(values.rating).flatMap(([value, words]) =>
        words.map((word) => [word, { value, weak: weak.has(word) }] as const),
      ),
    ),
    kin: phrasesOf(values.kin.map((word) => [word, word] as const)),
    introduces: plain(values.introduces),
    items: phrasesOf(
      items.flatMap((item) => (item.en ?? []).map((name) => [name.split(' ').map(stem).join(' '), item] as const)),
    ),
    heads: phrasesOf(values.placeHeads.map((word) => [word, word] as const)),
    tails: plain(values.placeTails),
    alone: plain(values.placesAlone),
  };
}

/** A whole number: 28, twenty five, sixty-five. */
export function numberAt(
  v: EnglishValues,
  words: readonly string[],
  at: number,
): { value: number; end: number } | undefined {
  const word = words[at] ?? '';
  if (/^\d{1,4}$/.test(word)) return { value: Number(word), end: at + 1 };
  const first = Object.hasOwn(v.numbers, word) && word !== 'a' && word !== 'an' ? v.numbers[word] : undefined;
  if (first === undefined) return undefined;
  const next = v.numbers[words[at + 1] ?? ''];
  return first >= 20 && next !== undefined && next < 10 && !'a an'.split(' ').includes(words[at + 1] as string)
    ? { value: first + next, end: at + 2 }
    : { value: first, end: at + 1 };
}

/** A day of a month: 28th, the twenty fifth, 25. */
function ordinalNumberAt(
  v: EnglishValues,
  words: readonly string[],
  at: number,
): { value: number; end: number } | undefined {
  const marked = /^(\d{1,2})(st|nd|rd|th)$/.exec(words[at] ?? '');
  if (marked) return { value: Number(marked[1]), end: at + 1 };
  const one = v.ordinals[words[at] ?? ''];
  if (one !== undefined) return { value: one, end: at + 1 };
  const ten = v.numbers[words[at] ?? ''];
  const unit = v.ordinals[words[at + 1] ?? ''];
  return ten !== undefined && ten >= 20 && unit !== undefined && unit < 10
    ? { value: ten + unit, end: at + 2 }
    : undefined;
}

function inYear(today: number, month: number, day: number): number | undefined {
  const now = partsOf(today);
  const past = month < now.month || (month === now.month && day < now.day);
  return dayNumber(now.year + (past ? 1 : 0), month, day);
}

function monthDay(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const month = t.values.months[words[at] ?? ''];
  if (month === undefined) return undefined;
  const from = words[at + 1] === 'the' ? at + 2 : at + 1;
  const day = ordinalNumberAt(t.values, words, from) ?? numberAt(t.values, words, from);
  return day && day.value <= 31 ? { end: day.end, day: inYear(today, month, day.value) } : undefined;
}

function dayOfMonth(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const day = ordinalNumberAt(t.values, words, words[at] === 'the' ? at + 1 : at);
  if (!day) return undefined;
  const from = words[day.end] === 'of' ? day.end + 1 : day.end;
  const month = t.values.months[words[from] ?? ''];
  if (month !== undefined) return { end: from + 1, day: inYear(today, month, day.value) };
  if (
    words[at] !== 'the' ||
    ['one', 'item', 'option', 'choice', 'time', 'slot'].includes(words[day.end] ?? '') ||
    !/\d|teenth|tieth|th$/.test(words[day.end - 1] ?? '')
  )
    return undefined;
  const now = partsOf(today);
  const index = now.year * 12 + now.month - 1 + (day.value < now.day ? 1 : 0);
  return { end: day.end, day: dayNumber(Math.floor(index / 12), (index % 12) + 1, day.value) };
}

function weekday(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const monday = today - (partsOf(today).weekday - 1);
  const week = words[at] === 'next' ? 1 : words[at] === 'this' || words[at] === 'coming' ? 0 : undefined;
  const from = week === undefined ? at : at + 1;
  if (week !== undefined && words[from] === 'week')
    return { end: from + 1, day: Math.max(today, monday + 7 * week), last: monday + 7 * week + 6 };
  if (words[from] === 'weekend')
    return { end: from + 1, day: monday + 7 * (week ?? 0) + 5, last: monday + 7 * (week ?? 0) + 6 };
  const wanted = t.values.weekdays[words[from] ?? ''];
  if (wanted === undefined) return undefined;
  const after =
    ['after', 'next'].includes(words[from + 1] ?? '') && words[from + 2] === 'next'
      ? 2
      : words[from + 1] === 'next' && words[from + 2] === 'week'
        ? 1
        : undefined;
  const day = monday + wanted - 1;
  if (after !== undefined) return { end: from + 3, day: day + 7 * after };
  return { end: from + 1, day: week === undefined && day < today ? day + 7 : day + 7 * (week ?? 0) };
}

function spanOfDays(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const opened = words[at] === 'in' ? at + 1 : at;
  const count = words[opened] === 'a' ? { value: 1, end: opened + 1 } : numberAt(t.values, words, opened);
  const unit = /^(day|week)s?$/.exec(words[count?.end ?? -1] ?? '');
  if (!count || !unit) return undefined;
  const end = count.end + 1;
  const days = count.value * (unit[1] === 'week' ? 7 : 1);
  if (words[at] === 'in') return { end, day: today + days };
  if (words[end] === 'from' && (words[end + 1] === 'now' || words[end + 1] === 'today'))
    return { end: end + 2, day: today + days };
  return undefined;
}

function named(t: EnglishTables, words: readonly string[], at: number, today: number): Day | undefined {
  const relative = phraseAt(t.relative, words, at);
  if (relative) return { end: relative.end, day: today + relative.value };
  const vague = phraseAt(t.vague, words, at);
  if (vague) return { end: vague.end };
  const festival = phraseAt(t.festivals, words, at);
  if (festival) {
    const { lunar, solar } = festival.value;
    return {
      end: festival.end,
      day: lunar ? nextLunar(t.lunar, today, lunar[0], lunar[1]) : solar && inYear(today, solar[0], solar[1]),
    };
  }
  const term = phraseAt(t.terms, words, at);
  if (term) return { end: term.end, day: t.lunar.terms[term.value]?.find((day) => day >= today) };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words[at] ?? '');
  if (iso) return { end: at + 1, day: dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3])) };
  return undefined;
}

function monthEnd(words: readonly string[], at: number, today: number): Day | undefined {
  const from = words[at] === 'the' ? at + 1 : at;
  if (words[from] !== 'end' || words[from + 1] !== 'of') return undefined;
  const rest = words.slice(from + 2, from + 4).join(' ');
  const next = rest.startsWith('next month') ? 1 : 0;
  if (!next && rest !== 'the month' && rest !== 'this month') return undefined;
  const now = partsOf(today);
  const index = now.year * 12 + now.month - 1 + next;
  return {
    end: from + 4,
    day: dayNumber(Math.floor(index / 12), (index % 12) + 1, daysIn(Math.floor(index / 12), (index % 12) + 1)),
  };
}

function dayAt(t: EnglishTables, words: readonly string[], at: number, c: HearingContext): Day | undefined {
  return (
    named(t, words, at, c.today) ??
    monthEnd(words, at, c.today) ??
    spanOfDays(t, words, at, c.today) ??
    weekday(t, words, at, c.today) ??
    monthDay(t, words, at, c.today) ??
    dayOfMonth(t, words, at, c.today)
  );
}

/** All days of a sentence; `from A to B` is a range. */
export function englishDates(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const found = dayAt(t, words, i, c);
    if (!found) {
      i += 1;
      continue;
    }
    const linked =
      ['to', 'through', 'until', 'till'].includes(words[found.end] ?? '') &&
      found.day !== undefined &&
      found.last === undefined;
    const second = linked ? dayAt(t, words, found.end + 1, { ...c, today: found.day as number }) : undefined;
    const whole =
      second?.day !== undefined && second.day > (found.day as number)
        ? { end: second.end, day: found.day, last: second.day }
        : found;
    const value =
      whole.day === undefined
        ? undefined
        : whole.last === undefined
          ? isoDay(whole.day)
          : `${isoDay(whole.day)}/${isoDay(whole.last)}`;
    spans.push({ slot: 'date', start: i, end: whole.end, value });
    i = whole.end;
  }
  return spans;
}

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
  if (after && after.value >= 10 && after.value < 60 && after.value % 5 === 0)
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
    const half = phraseAt(t.halves, words, clock?.end ?? i);
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

/** Phones and case numbers: digits in any grouping, `oh`, `double five`. */
export function englishDigits(
  t: EnglishTables,
  words: readonly string[],
  c: HearingContext,
  taken: readonly Span[],
): Span[] {
  const v = t.values;
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    let digits = '';
    let end = i;
    while (end < words.length && digits.length < 30 && !taken.some((s) => s.start <= end && end < s.end)) {
      const times = v.several[words[end] as string];
      const next = times === undefined ? undefined : v.digits[words[end + 1] ?? ''];
      const word = words[end] as string;
      if (times !== undefined && next !== undefined) {
        digits += String(next).repeat(times);
        end += 2;
        continue;
      }
      const one = Object.hasOwn(v.digits, word)
        ? String(v.digits[word])
        : /^[a-z]?\d+[a-z]?$/.test(word)
          ? word.toUpperCase()
          : /^\d+(-\d+)+$/.test(word)
            ? word.replaceAll('-', '')
            : undefined;
      if (one === undefined) break;
      digits += one;
      end += 1;
    }
    const before = words.slice(Math.max(0, i - 6), i).join(' ');
    const cue = (list: string[]): boolean => list.some((word) => before.includes(word));
    const slot = slotOfDigits(v, digits, c.asking, cue);
    if (slot) spans.push({ slot, start: i, end, value: digits });
    i = Math.max(end, i + 1);
  }
  return spans;
}

function slotOfDigits(
  v: EnglishValues,
  digits: string,
  asking: string | undefined,
  cue: (list: string[]) => boolean,
): 'phone' | 'case_no' | undefined {
  if (digits.length < 3 || v.publicNumbers.includes(digits)) return undefined;
  const number = /^\d+$/.test(digits);
  if (asking === 'case_no') return 'case_no';
  if (asking === 'phone' && number) return 'phone';
  if (cue(v.caseCue)) return 'case_no';
  if (number && (cue(v.callCue) || /^1[3-9]\d{9}$/.test(digits) || /^(022)?[2-8]\d{7}$/.test(digits))) return 'phone';
  return digits.length >= 8 ? 'case_no' : undefined;
}

/** first, the second one, number two, the last, second to last, neither. */
export function englishOrdinals(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const push = (start: number, end: number, value: number, weak = false): void => {
    spans.push({
      slot: 'ordinal',
      start,
      end: ['one', 'option', 'choice', 'time', 'slot', 'item'].includes(words[end] ?? '') ? end + 1 : end,
      value: String(value),
      weak,
    });
  };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const ordinal = t.values.ordinals[word];
    const number = word === 'number' || word === 'option' ? numberAt(t.values, words, i + 1) : undefined;
    if (ordinal !== undefined && words[i + 1] === 'to' && words[i + 2] === 'last') push(i, i + 3, -ordinal);
    else if (word === 'last' && !['year', 'week', 'month', 'four', 'time'].includes(words[i + 1] ?? ''))
      push(i, i + 1, -1);
    else if (ordinal !== undefined && ordinal <= 10 && words[i - 2] !== 'last') push(i, i + 1, ordinal);
    else if (['neither', 'none'].includes(word)) push(i, words[i + 1] === 'of' ? i + 3 : i + 1, 0);
    else if (number) push(i, number.end, number.value);
    else if (c.asking === 'choice' && words.length <= 3) {
      const bare = numberAt(t.values, words, i);
      if (bare && bare.value <= (c.options?.length || 9)) push(i, bare.end, bare.value, true);
    }
  }
  return spans;
}

/** Ratings, longest phrase first. */
export function englishRatings(t: EnglishTables, words: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const hit = phraseAt(t.ratings, words, i);
    if (hit) spans.push({ slot: 'rating', start: i, end: hit.end, value: hit.value.value, weak: hit.value.weak });
    i = hit?.end ?? i + 1;
  }
  return spans;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Kin, Mr Li, and names after `my name is` or `ask for`. */
export function englishNames(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const stops = new Set(t.values.nameStops);
  for (let i = 0; i < words.length; ) {
    const kin = phraseAt(t.kin, words, i);
    const introduced = phraseAt(t.introduces, words, i);
    const titled = t.values.titles.includes(words[i] as string) && words[i + 1] && !stops.has(words[i + 1] as string);
    const bare =
      (c.asking === 'name' || c.asking === 'identity') &&
      words.length <= 3 &&
      i === 0 &&
      !stops.has(words[0] as string);
    const from = introduced?.end ?? i;
    if (kin) {
      spans.push({ slot: 'name', start: i, end: kin.end, value: kin.value, kind: 'kin' });
      i = kin.end;
    } else if (titled) {
      spans.push({
        slot: 'name',
        start: i,
        end: i + 2,
        value: `${capital(words[i] as string)} ${capital(words[i + 1] as string)}`,
        kind: 'staff',
      });
      i += 2;
    } else if (
      (introduced &&
        words[from] &&
        !stops.has(words[from] as string) &&
        !t.values.titles.includes(words[from] as string) &&
        !t.kin.byFirst.has(words[from] as string) &&
        !/\d/.test(words[from] as string)) ||
      bare
    ) {
      let end = from;
      while (
        end < words.length &&
        end - from < 3 &&
        !stops.has(words[end] as string) &&
        !/\d/.test(words[end] as string)
      )
        end += 1;
      if (end > from)
        spans.push({
          slot: 'name',
          start: from,
          end,
          value: words.slice(from, end).map(capital).join(' '),
          weak: bare && !introduced,
          kind: 'staff',
        });
      i = Math.max(end, i + 1);
    } else i += 1;
  }
  return spans;
}

/** Service points. */
export function englishPlaces(t: EnglishTables, words: readonly string[], c: HearingContext): Span[] {
  const spans: Span[] = [];
  const listed = phrasesOf((c.options ?? []).map((option) => [option, option] as const));
  for (let i = 0; i < words.length; ) {
    const option = phraseAt(listed, words, i);
    const head = phraseAt(t.heads, words, i);
    const tail = head && phraseAt(t.tails, words, head.end);
    const alone = phraseAt(t.alone, words, i);
    const end = option?.end ?? tail?.end ?? head?.end ?? alone?.end;
    if (end)
      spans.push({
        slot: 'place',
        start: i,
        end,
        value: option?.value ?? words.slice(i, end).map(capital).join(' '),
        weak: !option && !head,
      });
    i = end ?? i + 1;
  }
  return spans;
}

/** Matters by their English names, endings ignored. */
export function englishItems(t: EnglishTables, words: readonly string[]): Span[] {
  const stems = words.map(stem);
  const spans: Span[] = [];
  for (let i = 0; i < stems.length; ) {
    const hit = phraseAt(t.items, stems, i);
    if (hit) spans.push({ slot: 'item', start: i, end: hit.end, value: hit.value.name, kind: kindOf(hit.value) });
    i = hit?.end ?? i + 1;
  }
  return spans;
}

/** sixty five, 65: an age. */
export function englishAges(t: EnglishTables, words: readonly string[], taken: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; ) {
    const n = taken.some((s) => s.start <= i && i < s.end) ? undefined : numberAt(t.values, words, i);
    if (n && n.value >= 50 && n.value <= 115) spans.push({ slot: 'age', start: i, end: n.end });
    i = n?.end ?? i + 1;
  }
  return spans;
}
