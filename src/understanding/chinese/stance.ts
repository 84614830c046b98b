/** What she says about a value: not this one, rather that one, or somebody else's. */
import type { Span } from '../spans.ts';
import { allIn, endsWith, longestAt, type Table, wordsOf } from '../words.ts';

export interface StanceSource {
  repairs: string[];
  replaces: string[];
  negatesAfter: string[];
  /** Behind a day or an hour: what she has to do then. */
  busyAfter: string[];
  negatesBefore: string[];
  joins: string[];
  notNegations: string[];
  /** 我老伴的, 他: what follows is another's. */
  others: string[];
  own: string[];
}

export interface StanceWords {
  source: StanceSource;
  repairs: Table<true>;
  replaces: Table<true>;
  after: Table<true>;
  busy: Table<true>;
  spared: Table<true>;
  others: Table<true>;
  own: Table<true>;
}

/** Prepares the word tables. */
export function stanceWords(source: StanceSource): StanceWords {
  return {
    source,
    repairs: wordsOf(source.repairs),
    replaces: wordsOf(source.replaces),
    after: wordsOf(source.negatesAfter),
    busy: wordsOf(source.busyAfter),
    spared: wordsOf(source.notNegations),
    others: wordsOf(source.others),
    own: wordsOf(source.own),
  };
}

const NEAR_BEFORE = 2; // units that may stand between a negation and its value: 不是 下 礼拜三
const NEAR_AFTER = 3;
const LONGEST_DENIAL = 6;
const LONGEST_SLIP = 8; // units between a slip of the tongue and what was meant

function deniedBefore(w: StanceWords, text: string, pause: Uint8Array, from: number, span: Span): boolean {
  for (let gap = 0; gap <= NEAR_BEFORE; gap++) {
    const end = span.start - gap;
    if (end <= from || pause[end]) return false; // 礼拜三，不是，礼拜四 corrects, it does not deny the fourth
    const word = endsWith(w.source.negatesBefore, text, end);
    if (word && end - word.length >= from && !sparedAt(w, text, end - word.length, end)) return true;
  }
  return false;
}

/** 是不是礼拜三, 要不礼拜三: no negation at all. */
function sparedAt(w: StanceWords, text: string, start: number, end: number): boolean {
  return allIn(w.spared, text.slice(Math.max(0, start - 3), end + 2)).some((hit) => {
    const at = hit.start + Math.max(0, start - 3);
    return at <= start && at + hit.word.length >= Math.min(end, start + 1) && hit.word.length > end - start;
  });
}

function deniedAfter(w: StanceWords, text: string, to: number, span: Span): boolean {
  const isWhen = span.slot === 'date' || span.slot === 'time';
  for (let at = span.end; at <= span.end + NEAR_AFTER && at < to; at++) {
    const hit = longestAt(w.after, text, at) ?? (isWhen ? longestAt(w.busy, text, at) : undefined);
    if (!hit || hit.end > to || hit.end > at + LONGEST_DENIAL) continue;
    if (!isQuestion(text, span.end, at, hit.end) && !sparedAt(w, text, at, hit.end)) return true;
  }
  return false;
}

/** 礼拜三不行吗 asks, and so does 乘车卡要照片不要: neither refuses. */
function isQuestion(text: string, from: number, start: number, end: number): boolean {
  if ('吗么'.includes(text[end] ?? ' ') || (text[end] === '行' && text[end - 2] === '行')) return true;
  return text[start] === '不' && text.slice(from, start).includes(text[start + 1] as string);
}

/**
 * Marks negated, corrected, joined and others' values. Spans are of one slot, in order.
 * In 不是礼拜三，礼拜四 only the first is denied; in 后天，不不，大后天 the last takes its place.
 */
export function takeStance(w: StanceWords, text: string, pause: Uint8Array, spans: Span[]): void {
  const repairs = allIn(w.repairs, text);
  const replaces = allIn(w.replaces, text);
  spans.forEach((span, k) => {
    const from = spans[k - 1]?.end ?? 0;
    const to = spans[k + 1]?.start ?? text.length;
    span.negated = deniedBefore(w, text, pause, from, span) || deniedAfter(w, text, to, span);
    if (k > 0) {
      const between = text.slice(from, span.start);
      const stands = (word: { start: number; end: number }): boolean => word.start >= from && word.end <= span.start;
      const slip =
        repairs.some((word) => stands(word) && corrects(word, span, pause)) && !w.source.joins.includes(between);
      span.repaired ||= slip || replaces.some(stands);
      if (slip && between.length <= LONGEST_SLIP) span.takesBack = spans[k - 1]?.start;
      span.joined = w.source.joins.includes(between);
    }
  });
  ownAndOthers(w, text, spans);
}

/** 不，礼拜四 corrects; 礼拜三不行换礼拜四 does not: the word of correction stands just before the value. */
function corrects(word: { word: string; end: number }, span: Span, pause: Uint8Array): boolean {
  if (span.start - word.end > NEAR_BEFORE) return false;
  return word.word.length > 1 || span.start === word.end || pause[word.end] === 1;
}

/** With a value after 我 and one after 我老伴 or 他, hers is the first. */
function ownAndOthers(w: StanceWords, text: string, spans: Span[]): void {
  if (spans.length < 2) return;
  const owners = [
    ...allIn(w.others, text).map((hit) => ({ ...hit, others: true })),
    ...allIn(w.own, text).map((hit) => ({ ...hit, others: false })),
  ];
  for (const span of spans) {
    const before = owners
      .filter((o) => o.end <= span.start)
      .sort((a, b) => b.end - a.end || b.word.length - a.word.length)[0];
    if (before) span.others = before.others;
  }
}
