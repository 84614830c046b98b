/** Phones and case numbers: runs of digits with 幺, 四个零, pauses, and corrections in the middle. */
import type { Span } from '../spans.ts';
import { longestAt, type Table, tableOf, wordsOf } from '../words.ts';
import type { NumberWords } from './numbers.ts';

export interface DigitSource {
  several: Record<string, number>;
  measure: string;
  callCue: string[];
  caseCue: string[];
  tailCue: string[];
  /** Behind the digits: 四五二一结尾的那个件. */
  caseAfter: string[];
  publicNumbers: string[];
}

export interface DigitWords extends DigitSource {
  repairs: Table<true>;
  joints: Table<true>;
  severals: Map<string, number>;
}

/** Prepares the word tables. `joints`: words that may stand between groups of one number. */
export function digitWords(source: DigitSource, repairs: string[], joints: string[]): DigitWords {
  return {
    ...source,
    repairs: wordsOf(repairs),
    joints: tableOf(joints.map((j) => [j, true] as const)),
    severals: new Map(Object.entries(source.several)),
  };
}

interface Run {
  start: number;
  end: number;
  digits: string;
  repaired: boolean;
}

const MOST = 40;

function isLetter(char: string | undefined): boolean {
  return char !== undefined && char >= 'a' && char <= 'z';
}

/** One group: digits until a pause or another word; 四个零 is four zeros, 仨八 three eights. */
function group(
  numbers: NumberWords,
  w: DigitWords,
  text: string,
  pause: Uint8Array,
  at: number,
  letters: boolean,
): { digits: string; end: number } {
  let digits = '';
  let i = at;
  while (i < text.length && digits.length < MOST) {
    if (i > at && pause[i]) break;
    const times = w.severals.get(text[i] as string);
    const counted =
      times !== undefined && text[i + 1] === w.measure ? numbers.digits.get(text[i + 2] ?? '') : undefined;
    if (times !== undefined && counted !== undefined) {
      digits += String(counted).repeat(times);
      i += 3;
      continue;
    }
    const char = text[i] as string;
    const digit = numbers.digits.get(char);
    if (digit === undefined && !(letters && isLetter(char)) && !(char === '-' && digits)) break;
    digits += digit ?? (char === '-' ? '' : char.toUpperCase());
    i += 1;
  }
  return { digits, end: i };
}

const WHOLE_PHONE = /^(1\d{10}|[2-8]\d{7})$/;

/** What a corrected group does to the groups before it: a whole number replaces all, a group of the same length the last, else the tail. */
function mend(groups: string[], next: string): string[] {
  const whole = groups.join('');
  if (next.length >= 7 && next.length >= whole.length) return [next];
  const last = groups[groups.length - 1] ?? '';
  const replaced = [...groups.slice(0, -1), next];
  if (WHOLE_PHONE.test(replaced.join('')) && last[0] === next[0]) return replaced;
  if (last.length === next.length || whole.length + next.length <= 11) return [...groups.slice(0, -1), next];
  return [whole.slice(0, Math.max(0, whole.length - next.length)), next];
}

function runAt(
  numbers: NumberWords,
  w: DigitWords,
  text: string,
  pause: Uint8Array,
  at: number,
  letters: boolean,
): Run | undefined {
  const first = group(numbers, w, text, pause, at, letters);
  if (!/\d/.test(first.digits)) return undefined;
  let groups = [first.digits];
  let end = first.end;
  let repaired = false;
  for (let i = end; i < text.length && groups.join('').length < MOST; ) {
    let mending = false;
    for (
      let word = longestAt(w.repairs, text, i) ?? longestAt(w.joints, text, i);
      word;
      word = longestAt(w.repairs, text, i) ?? longestAt(w.joints, text, i)
    ) {
      mending ||= longestAt(w.repairs, text, i) !== undefined;
      i = word.end;
    }
    const next = group(numbers, w, text, pause, i, letters);
    if (next.digits === '') break;
    groups = mending ? mend(groups, next.digits) : [...groups, next.digits];
    repaired ||= mending;
    i = next.end;
    end = next.end;
  }
  return { start: at, end, digits: groups.join(''), repaired };
}

function classify(w: DigitWords, text: string, run: Run, asking: string | undefined): Span | undefined {
  const { digits } = run;
  const before = text.slice(Math.max(0, run.start - 12), run.start);
  const cue = (words: string[]): boolean => words.some((word) => before.includes(word));
  const plain = /^\d+$/.test(digits);
  const span = (slot: 'phone' | 'case_no'): Span => ({
    slot,
    start: run.start,
    end: run.end,
    value: digits,
    repaired: run.repaired,
  });
  if (w.publicNumbers.includes(digits)) return undefined;
  if (asking === 'case_no' && digits.length >= 3) return span('case_no');
  if (asking === 'phone' && plain && digits.length >= 3) return span('phone');
  if (digits.length >= 4 && w.caseAfter.some((word) => text.startsWith(word, run.end))) return span('case_no');
  if (cue(w.caseCue) && !(cue(w.callCue) && !cue(w.tailCue)) && digits.length >= 3) return span('case_no');
  if (plain && cue(w.callCue) && digits.length >= 3) return span('phone');
  if (plain && /^1[3-9]\d{9}$/.test(digits)) return span('phone');
  if (plain && /^(022)?[2-8]\d{7}$/.test(digits)) return span('phone');
  if (digits.length >= 8) return span('case_no');
  return undefined;
}

const ISO_DAY = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/;

/** Phones and case numbers of a text. Identity and bank numbers (over 20 digits aside) are left to the dialogue: they get no slot here. */
export function findDigits(
  numbers: NumberWords,
  w: DigitWords,
  text: string,
  pause: Uint8Array,
  asking: string | undefined,
): Span[] {
  const spans: Span[] = [];
  const letters = asking === 'case_no' || w.caseCue.some((word) => text.includes(word)) || /[a-z]\d/.test(text);
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    if (!numbers.digits.has(char) && !(letters && isLetter(char))) {
      i += 1;
      continue;
    }
    const iso = ISO_DAY.exec(text.slice(i, i + 10));
    if (iso) {
      i += iso[0].length;
      continue;
    }
    const run = runAt(numbers, w, text, pause, i, letters);
    const span = run && classify(w, text, run, asking);
    if (span) spans.push(span);
    i = Math.max(run?.end ?? 0, i + 1);
  }
  return spans;
}

/** Whether the case number that was said is only its tail. */
export function isTail(w: DigitWords, text: string, digits: string): boolean {
  return digits.length <= 6 || w.tailCue.some((word) => text.includes(word));
}
