/** All that is known of spoken Chinese, prepared from intents/zh-CN. */

import type { Tokens } from '../classify/features.ts';
import type { Slots } from '../meaning.ts';
import type { Span } from '../spans.ts';
import { allIn, tableOf, wordsOf } from '../words.ts';
import type { LunarTable } from './calendar.ts';
import { type DateSource, type DayContext, dateWords } from './dates.ts';
import { findDates } from './days.ts';
import { type DigitSource, digitWords, findDigits, isTail } from './digits.ts';
import { type Carrying, findItems, type ItemSource, itemNames } from './items.ts';
import { findRatings, type RatingSource, ratingWords } from './judgements.ts';
import { type KeywordSource, keywordIn, keywordsOf } from './keywords.ts';
import type { NumberWords } from './numbers.ts';
import { findAges, findBareOrdinals, findOrdinals, type OrdinalSource, ordinalWords } from './ordinals.ts';
import { findNames, findPersons, type PeopleSource, peopleWords } from './people.ts';
import type { Pinyin } from './pinyin.ts';
import { findPlaces, type PlaceSource, placeWords } from './places.ts';
import type { StanceFile } from './refusal.ts';
import { findDescribed, signsOf } from './signs.ts';
import { stanceWords, takeStance } from './stance.ts';
import { findTimes, type TimeSource, timeWords } from './times.ts';
import { chineseTokens, conceptsOf } from './tokens.ts';
import { type ChineseUnits, chineseUnits, type Fillers, type Misheard } from './units.ts';

export interface Lists {
  readings: Record<string, string>;
  hesitation: string[];
  light: string[];
  particles: string[];
  negations: string[];
  notNegations: string[];
  repairs: string[];
  negatesAfter: string[];
  busyAfter: string[];
  negatesBefore: string[];
  replaces: string[];
  joins: string[];
  choiceOpens: string[];
  choiceCloses: string[];
}

export interface NumberSource extends OrdinalSource, DigitSource {
  digits: Record<string, number>;
  units: Record<string, number>;
  tens: Record<string, number>;
}

export interface Samples extends Record<string, string[]> {
  before: string[];
  after: string[];
  itemCues: string[];
  others: string[];
  own: string[];
}

export interface KeywordFile {
  direction: KeywordSource;
  mode: KeywordSource;
  kind: KeywordSource;
  carrying: Carrying;
  sends: string[];
  sent: string[];
}

/** What belongs to others. */
export interface OthersFile {
  /** Documents and matters of other offices. */
  elsewhere: string[];
  /** Places that are not service points. */
  spot: string[];
}

/** The data files of intents/zh-CN, as they are cached. */
export interface ChineseSource {
  lists: Lists;
  dates: DateSource;
  times: TimeSource;
  numbers: NumberSource;
  people: PeopleSource;
  ratings: RatingSource;
  keywords: KeywordFile;
  places: PlaceSource;
  misheard: Misheard[];
  samples: Samples;
  concepts: Record<string, string[]>;
  stance: StanceFile;
  others: OthersFile;
  items: ItemSource[];
  pinyin: Pinyin;
  lunar: LunarTable;
}

/** What the values of a sentence depend on beside its words. */
export interface ScanContext {
  /** Days since 1970-01-01, Shanghai. */
  today: number;
  asking?: string;
  digits?: string;
  options?: string[];
  /** Day number of the booking that stands. */
  booked?: number;
}

function numberWords(source: NumberSource): NumberWords {
  const map = (rows: Record<string, number>) => new Map(Object.entries(rows));
  return { digits: map(source.digits), units: map(source.units), tens: map(source.tens) };
}

function fillersOf(lists: Lists, misheard: Misheard[]): Fillers {
  return {
    hesitation: wordsOf(lists.hesitation),
    light: wordsOf(lists.light),
    particles: new Set(lists.particles),
    negations: new Set(lists.negations),
    notNegations: wordsOf(lists.notNegations),
    misheard: tableOf(misheard.map((m) => [m.heard, m] as const)),
  };
}

/** Nobody denies or corrects these as values. */
const UNSTANCED = new Set<Span['slot'] | undefined>(['rating', 'elsewhere', 'spot']);

/** The Chinese language: cuts sentences and finds their values. */
export function createChinese(source: ChineseSource) {
  const { lists, samples, pinyin } = source;
  const fillers = fillersOf(lists, source.misheard);
  const numbers = numberWords(source.numbers);
  const dates = dateWords(source.dates);
  const times = timeWords(source.times);
  const digits = digitWords(source.numbers, lists.repairs, lists.hesitation);
  const ordinals = ordinalWords(source.numbers);
  const people = peopleWords(source.people);
  const ratings = ratingWords(source.ratings);
  const places = placeWords(source.places);
  const items = itemNames(source.items, pinyin);
  const signs = signsOf(source.items);
  const stanceTables = stanceWords({ ...lists, others: samples.others, own: samples.own });
  const keywords = {
    direction: keywordsOf(source.keywords.direction),
    mode: keywordsOf(source.keywords.mode),
    kind: keywordsOf(source.keywords.kind),
  };

  const others = tableOf(
    (['elsewhere', 'spot'] as const).flatMap((slot) => source.others[slot].map((word) => [word, slot] as const)),
  );
  const concepts = conceptsOf(source.concepts);

  function units(said: string): ChineseUnits {
    return chineseUnits(said, pinyin, fillers);
  }

  /** All values of a sentence, with what she says about each. */
  function scan(u: ChineseUnits, context: ScanContext): Span[] {
    const { text, pause } = u;
    const day: DayContext = {
      words: dates,
      numbers,
      lunar: source.lunar,
      today: context.today,
      booked: context.booked,
    };
    const long = findDigits(numbers, digits, text, pause, context.digits);
    const free = (span: Span): boolean => !long.some((d) => span.start < d.end && d.start < span.end);
    const ordinal = findOrdinals(ordinals, numbers, text);
    const hours = findTimes(times, numbers, text).filter(free);
    const days = findDates(day, text).filter(free);
    // The number of an hour counts no list, nor that of a weekday: 两点半 is not the second, nor is 礼拜二. 二号 may be.
    const counts = (span: Span): boolean =>
      !hours.some((hour) => span.start < hour.end && hour.start < span.end) &&
      !days.some((one) => one.start < span.start && span.start < one.end);
    const bare =
      ordinal.length === 0 && context.asking === 'choice'
        ? findBareOrdinals(numbers, text, ordinals.counters, context.options?.length || 9).filter(counts)
        : [];
    const named = findItems(items, samples.itemCues, source.keywords.carrying, u);
    const groups: Span[][] = [
      named.length > 0 ? named : findDescribed(signs, text),
      days,
      hours,
      long.filter((span) => span.slot === 'phone'),
      long.filter((span) => span.slot === 'case_no'),
      [...ordinal, ...bare],
      findRatings(ratings, text),
      findNames(people, text, pause, context.asking === 'name' || context.asking === 'identity'),
      findPlaces(places, text, context.options ?? []),
      findAges(ordinals, numbers, text).filter(free),
    ];
    const [ours = []] = groups;
    const theirs = allIn(others, text).filter((hit) => !ours.some((s) => s.start < hit.end && hit.start < s.end));
    groups.push(theirs.map(({ value: slot, start, end }) => ({ slot, start, end })));
    for (const group of groups)
      if (group.length > 0 && !UNSTANCED.has(group[0]?.slot)) takeStance(stanceTables, text, pause, group);
    return groups.flat();
  }

  /** What the classifier sees. */
  function tokens(u: ChineseUnits, spans: readonly Span[]): Tokens {
    return chineseTokens(u, spans, concepts);
  }

  /** direction, mode, kind: what a word tells, where nobody denied it. */
  function keyword(slot: 'direction' | 'mode' | 'kind', u: ChineseUnits): string | undefined {
    const found = keywordIn(keywords[slot], lists.negatesBefore, u.text);
    if (slot !== 'mode' || found) return found;
    return sendsSomebody(u) ? 'proxy' : undefined;
  }

  /** 让儿子去取: somebody is sent. */
  function sendsSomebody({ text, pause }: ChineseUnits): boolean {
    const { sends, sent } = source.keywords;
    const someone = findNames(people, text, pause, false)[0];
    if (!someone) return false;
    const before = text.slice(Math.max(0, someone.start - 3), someone.start); // 让, 让我, 让我们
    return sends.some((word) => before.includes(word)) && sent.some((word) => text.includes(word, someone.end));
  }

  /** The case number's slot: whole or only its tail. */
  function caseSlot(u: ChineseUnits, value: string): Slots {
    return isTail(digits, u.text, value) ? { case_no_tail: value } : { case_no: value };
  }

  /** Names of people in a sentence, as they stand in it. */
  function persons(said: string): string[] {
    const { text, pause } = units(said);
    return findPersons(people, text, pause).map(({ start, end }) => text.slice(start, end));
  }

  return { units, scan, tokens, keyword, caseSlot, persons, source };
}

export type Chinese = ReturnType<typeof createChinese>;
