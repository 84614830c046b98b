/** Units with their values masked: what the classifier sees. */
import type { Tokens } from '../classify/features.ts';
import { type Span, stretchNumber } from '../spans.ts';
import type { ChineseUnits } from './units.ts';

const MASK = 60_000; // above every character
const MASKED = new Set(['item', 'date', 'time', 'phone', 'case_no', 'ordinal', 'name', 'place', 'age']);

/** Non-overlapping values, the longer first where two begin together. */
function maskedSpans(spans: readonly Span[]): Span[] {
  const list = spans.filter((s) => MASKED.has(s.slot) && !s.weak).sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of list) if (span.start >= (kept[kept.length - 1]?.end ?? 0)) kept.push(span);
  return kept;
}

/** One token a character, one a value; hesitations are left out. */
export function chineseTokens(units: ChineseUnits, spans: readonly Span[]): Tokens {
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
  return { length: n, word, sound };
}
