/** Units with their values masked: what the classifier sees. */
import type { Tokens } from '../classify/features.ts';
import { type Span, stretchNumber } from '../spans.ts';
import { longestAt, type Table, tableOf } from '../words.ts';
import type { ChineseUnits } from './units.ts';

const MASK = 60_000; // above every character
const CONCEPT = 70_000;
const MASKED = new Set([
  'item',
  'date',
  'time',
  'phone',
  'case_no',
  'ordinal',
  'name',
  'place',
  'age',
  'elsewhere',
  'spot',
]);

/** Non-overlapping values, the longer first where two begin together. */
function maskedSpans(spans: readonly Span[]): Span[] {
  const list = spans.filter((s) => MASKED.has(s.slot) && !s.weak).sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of list) if (span.start >= (kept[kept.length - 1]?.end ?? 0)) kept.push(span);
  return kept;
}

/** What words stand for, by number: see intents/zh-CN/_concepts.yaml. */
export type Concepts = Table<number>;

/** Numbers the concepts. */
export function conceptsOf(source: Record<string, string[]>): Concepts {
  return tableOf(Object.values(source).flatMap((words, k) => words.map((word) => [word, k] as const)));
}

/** The concepts of a sentence in their order, its values among them. */
function conceptsIn(units: ChineseUnits, masks: readonly Span[], table: Concepts): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < units.length; ) {
    const mask = masks.find((span) => span.start === i);
    const hit = mask ? undefined : longestAt(table, units.text, i);
    if (mask) found.push(MASK + stretchNumber(mask.kind ?? mask.slot));
    else if (hit) found.push(CONCEPT + hit.value);
    i = mask?.end ?? hit?.end ?? i + 1;
  }
  return Int32Array.from(found);
}

/** One token a character, one a value; hesitations are left out. */
export function chineseTokens(units: ChineseUnits, spans: readonly Span[], table: Concepts): Tokens {
  const masks = maskedSpans(spans);
  const word = new Int32Array(units.length);
  const sound = new Int32Array(units.length);
  let n = 0;
  let m = 0;
  for (let i = 0; i < units.length; ) {
    const mask = masks[m];
    if (mask && mask.start === i) {
      word[n] = sound[n] = MASK + stretchNumber(mask.kind ?? mask.slot);
      n += 1;
      m += 1;
      i = mask.end;
      continue;
    }
    if (units.noise[i] === 0) {
      word[n] = units.word[i] as number;
      sound[n] = units.fold[i] as number;
      n += 1;
    }
    i += 1;
  }
  return { length: n, word, sound, concepts: conceptsIn(units, masks, table) };
}
