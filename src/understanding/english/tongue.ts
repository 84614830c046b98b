/** English as the reader uses it. */
import type { LunarTable } from '../chinese/calendar.ts';
import type { ItemSource } from '../chinese/items.ts';
import type { Tokens } from '../classify/features.ts';
import type { Model } from '../classify/model.ts';
import { createWeigher } from '../evidence.ts';
import type { Automaton } from '../grammar/automaton.ts';
import type { Slots } from '../meaning.ts';
import { choiceFrame, optionSaid } from '../options.ts';
import { type Span, stretchesOf, stretchNumber } from '../spans.ts';
import type { Hearing, HearingContext, Refused, Tongue } from '../tongue.ts';
import { englishDates } from './days.ts';
import { englishDigits } from './digits.ts';
import { englishPersons } from './persons.ts';
import { type EnglishValues, englishTables } from './tables.ts';
import { englishTimes } from './times.ts';
import {
  type EnglishLists,
  type EnglishUnits,
  englishFillers,
  englishUnits,
  type Phrases,
  phraseAt,
  phraseBefore,
  phrasesOf,
} from './units.ts';
import { englishAges, englishItems, englishNames, englishOrdinals, englishPlaces, englishRatings } from './words.ts';

export interface EnglishSource {
  lists: EnglishLists;
  values: EnglishValues;
  items: ItemSource[];
  lunar: LunarTable;
}

const split = (phrases: string[]): string[][] => phrases.map((phrase) => phrase.split(' '));
const plain = (phrases: string[]): Phrases<true> => phrasesOf(phrases.map((phrase) => [phrase, true] as const));
const MASK = 0x7fffff00;
const NO_CONCEPTS = new Int32Array(0);
const MASKED = new Set(['item', 'date', 'time', 'phone', 'case_no', 'ordinal', 'name', 'place', 'age']);

/** Words with their values masked: what the classifier sees. */
export function englishTokens(units: EnglishUnits, spans: readonly Span[]): Tokens {
  const list = spans.filter((s) => MASKED.has(s.slot) && !s.weak).sort((a, b) => a.start - b.start || b.end - a.end);
  const word = new Int32Array(units.length);
  const sound = new Int32Array(units.length);
  let n = 0;
  for (let i = 0; i < units.length; ) {
    const mask = list.find((s) => s.start === i);
    if (!mask && units.noise[i]) {
      i += 1;
      continue;
    }
    word[n] = mask ? MASK + stretchNumber(mask.kind ?? mask.slot) : (units.word[i] as number);
    sound[n] = mask ? MASK + stretchNumber(mask.kind ?? mask.slot) : (units.fold[i] as number);
    n += 1;
    i = mask?.end ?? i + 1;
  }
  return { length: n, word, sound, concepts: NO_CONCEPTS };
}

/** With one of these after it, an opening "no" corrects. */
const WHEN = new Set(['date', 'time', 'ordinal']);
/** A "no" that opens the sentence answers the question; it denies nothing of what follows. */
const answersNo = (words: readonly string[], at: number) => at === 0 && words[at] === 'no';
/** "Tuesday, no, Wednesday": a "no" between two of a kind takes back the first. */
const takesBack = (words: readonly string[], at: number, from: number) => from > 0 && words[at] === 'no';

/** The English language: cuts sentences and finds their values. */
export function createEnglish(source: EnglishSource) {
  const { lists } = source;
  const fillers = englishFillers(lists);
  const tables = englishTables(source.values, source.items, source.lunar);
  const before = split(lists.negatesBefore);
  const after = plain(lists.negatesAfter);
  const wrong = plain(lists.wrongAfter);
  const repairs = plain(lists.repairs);
  const joins = new Set(lists.joins);
  const light = new Set(['the', 'on', 'at', 'is', 'my', 'a']);

  const units = (said: string): EnglishUnits => englishUnits(said, lists, fillers);

  function deniedBefore(words: readonly string[], from: number, start: number): boolean {
    let end = start;
    while (end > from && light.has(words[end - 1] as string)) end -= 1;
    const length = phraseBefore(before, words, end);
    return (
      length !== undefined &&
      end - length >= from &&
      !(length === 1 && (answersNo(words, end - 1) || takesBack(words, end - 1, from)))
    );
  }

  function takeStance(words: readonly string[], spans: Span[]): void {
    spans.forEach((span, k) => {
      const from = spans[k - 1]?.end ?? 0;
      // Which of them is wrong is named, not refused.
      const named = span.slot === 'ordinal' && phraseAt(wrong, words, span.end) !== undefined;
      const denied = !named && phraseAt(after, words, span.end) !== undefined;
      span.negated = deniedBefore(words, from, span.start) || denied;
      if (k === 0) return;
      span.joined = joins.has(words.slice(from, span.start).join(' '));
      for (let i = from; i < span.start; i++) span.repaired ||= phraseAt(repairs, words, i) !== undefined;
    });
  }

  function scan(u: EnglishUnits, context: HearingContext): Span[] {
    const { words } = u;
    const dates = englishDates(tables, words, context);
    const digits = englishDigits(tables, words, context, dates);
    const times = englishTimes(tables, words, context, [...dates, ...digits]);
    const groups = [
      englishItems(tables, words),
      dates,
      times,
      digits.filter((span) => span.slot === 'phone'),
      digits.filter((span) => span.slot === 'case_no'),
      englishOrdinals(tables, words, context).filter((o) => !dates.some((d) => d.start <= o.start && o.start < d.end)),
      englishRatings(tables, words),
      englishNames(tables, words, context),
      englishPlaces(tables, words, context),
      englishAges(tables, words, [...dates, ...digits, ...times]),
    ];
    for (const group of groups) if (group[0]?.slot !== 'rating') takeStance(words, group);
    return groups.flat();
  }

  return { units, scan, tables, source };
}

export type English = ReturnType<typeof createEnglish>;

function createRefusal(lists: EnglishLists) {
  const refuse = plain(lists.refuse);
  const unsay = plain(lists.unsay);
  const between = plain(lists.between);
  const acts = plain(lists.acts);
  const spared = plain(lists.notNegations);
  return (words: readonly string[], corrects: boolean): Refused | undefined => {
    for (let i = 0; i < words.length; i++) {
      if (phraseAt(spared, words, i) || (corrects && answersNo(words, i))) continue;
      if (phraseAt(unsay, words, i)) return 'unsaid';
      const opened = phraseAt(refuse, words, i);
      if (!opened) continue;
      let at = opened.end;
      for (let hop = phraseAt(between, words, at); hop && at - opened.end < 5; hop = phraseAt(between, words, at))
        at = hop.end;
      if (phraseAt(acts, words, at)) return 'refused';
    }
    return undefined;
  };
}

/** The last value whose word was said and not denied. */
function keywordOf(table: Phrases<string>, before: string[][], words: readonly string[]): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < words.length; ) {
    const hit = phraseAt(table, words, i);
    if (hit && phraseBefore(before, words, i) === undefined) value = hit.value;
    i = hit?.end ?? i + 1;
  }
  return value;
}

/** Makes the English tongue. */
export function createEnglishTongue(parts: { source: EnglishSource; automaton: Automaton; model: Model }): Tongue {
  const english = createEnglish(parts.source);
  const { lists, values } = parts.source;
  const weigh = createWeigher(parts.automaton, parts.model);
  const refusal = createRefusal(lists);
  const before = split(lists.negatesBefore);
  const table = (rows: Record<string, string[]>): Phrases<string> =>
    phrasesOf(Object.entries(rows).flatMap(([value, words]) => words.map((word) => [word, value] as const)));
  const keywords = { direction: table(values.direction), mode: table(values.mode), kind: table(values.kind) };
  const denials = plain(lists.denials);
  const agreements = plain(lists.agreements);
  const frame = choiceFrame(lists.choiceOpens, lists.choiceCloses);
  const mistakes = plain(lists.mistakes);

  const has = plain(lists.brings.has);
  const lacks = plain(lists.brings.lacks);
  /** A thing on the list: what she says of it counts before the bare yes or no. */
  const brought = (words: readonly string[], said: { denies: boolean; agrees: boolean }) => {
    if (words.some((_, i) => phraseAt(lacks, words, i))) return 'lacks';
    if (said.denies) return 'lacks';
    return said.agrees || words.some((_, i) => phraseAt(has, words, i)) ? 'has' : undefined;
  };

  const changes = plain(lists.changes);
  const changed = (words: readonly string[]): number | undefined => {
    let end: number | undefined;
    for (let i = 0; i < words.length; i++) end = phraseAt(changes, words, i)?.end ?? end;
    return end;
  };

  function hear(text: string, context: HearingContext): Hearing {
    const units = english.units(text);
    const { words } = units;
    const spans = english.scan(units, context);
    const stretches = stretchesOf(spans);
    const opening = units.noise.indexOf(0);
    const total = units.weight.reduce((sum, w) => sum + w, 0);
    const denies = phraseAt(denials, words, Math.max(0, opening)) !== undefined;
    const agrees = !denies && phraseAt(agreements, words, Math.max(0, opening)) !== undefined;
    return {
      weight: total,
      spans,
      evidence: weigh(units, stretches, englishTokens(units, spans), context),
      share: (of) =>
        words.reduce(
          (sum, _, i) => sum + (of.some((s) => s.start <= i && i < s.end) ? (units.weight[i] as number) : 0),
          0,
        ) / (total || 1),
      keyword: (slot) => keywordOf(keywords[slot], before, words),
      option: (options) => optionSaid(text, options, frame),
      caseSlot: (value): Slots =>
        value.length <= 6 || values.tailCue.some((cue) => words.join(' ').includes(cue))
          ? { case_no_tail: value }
          : { case_no: value },
      refused: refusal(
        words,
        spans.some(({ slot, negated }) => WHEN.has(slot) && !negated),
      ),
      changedFrom: changed(words),
      denies,
      agrees,
      mistaken: words.some((_, i) => phraseAt(mistakes, words, i) !== undefined),
      bringing: context.asking === 'checklist' ? brought(words, { denies, agrees }) : undefined,
    };
  }

  return { hear, persons: (text) => englishPersons(lists.persons, text) };
}
