/** Phones and case numbers in English. */
import type { Span } from '../spans.ts';
import type { HearingContext } from '../tongue.ts';
import type { EnglishTables, EnglishValues } from './tables.ts';

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
    const slot = slotOfDigits(v, digits, c.digits, cue);
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
