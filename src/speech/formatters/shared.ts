import type { SpeechNode } from '../speech.ts';
import { SENTENCE_PAUSE } from '../template.ts';
import type { ChineseWords, EnglishWords } from '../words.ts';
import { type Formatter, type Given, listOf, ValueFault, words } from './formatter.ts';

// A longer string of digits is an identity or a bank card: it is never read out whole.
const LONGEST_NUMBER = 11;
const MASKED = /[*\u2022\u00D7]/; // 138****1234: only its end is a number
const MOST_SENTENCES = 20;

/** The formatters that differ between languages only in their words. */
export function createSharedFormatters(language: ChineseWords | EnglishWords): [string, Formatter][] {
  return [
    ['digits', digits],
    ['phone', phone],
    ['tail', ({ value }) => [{ kind: 'digits', digits: figures(value).slice(-4) }]],
    ['list', ({ value }) => words(joined(listOf(value), language.list))],
    ['pairs', ({ value }) => inPairs(listOf(value), language)],
    ['half', ({ value }) => words(lookUp(language.halves, value, 'half'))],
    ['word', ({ value, argument }) => words(lookUp(language.words[argument ?? ''] ?? {}, value, argument))],
    ['sentences', ({ value }) => inSentences(String(value))],
  ];
}

/** Digits among which letters may stand, as in a case number: letters stay as they are. */
function digits({ value }: Given): SpeechNode[] {
  const text = String(value).replace(/[\s-]/g, '');
  const kept = text.replace(/\D/g, '').length > LONGEST_NUMBER ? text.slice(-4) : text;
  return (kept.match(/\d+|\D+/g) ?? []).map(
    (run): SpeechNode => (/\d/.test(run) ? { kind: 'digits', digits: run } : { kind: 'text', text: run }),
  );
}

function phone({ value }: Given): SpeechNode[] {
  if (MASKED.test(String(value))) return [{ kind: 'digits', digits: figures(value).slice(-4) }];
  const number = figures(value).replace(/^(?:00)?86(?=1\d{10}$)/, '');
  return number.length > LONGEST_NUMBER + 1
    ? [{ kind: 'digits', digits: number.slice(-4) }]
    : [{ kind: 'phone', digits: number }];
}

function figures(value: Given['value']): string {
  const found = String(value).replace(/\D/g, '');
  if (!found) throw new ValueFault('has no digits');
  return found;
}

/** The items with the language's word before the last. */
export function joined(items: string[], { comma, last }: { comma: string; last: string }): string {
  const head = items.slice(0, -1).join(comma);
  return head ? `${head}${last}${items.at(-1)}` : (items[0] ?? '');
}

/** Two at a time, with a breath between: as many as are kept in mind. */
function inPairs(items: string[], language: ChineseWords | EnglishWords): SpeechNode[] {
  const pairs = items.flatMap((_, n) => (n % 2 === 0 ? [items.slice(n, n + 2)] : []));
  return pairs.flatMap((pair, n): SpeechNode[] => {
    const said = joined(pair, language.list);
    if (n === 0) return words(said);
    return [
      { kind: 'text', text: language.list.comma.trimEnd() },
      { kind: 'pause', ms: SENTENCE_PAUSE },
      ...words(said),
    ];
  });
}

function lookUp(table: Record<string, string>, value: Given['value'], name = '?'): string {
  const found = Object.hasOwn(table, String(value)) ? table[String(value)] : undefined;
  if (found === undefined) throw new ValueFault(`is not in the words table "${name}"`);
  return found;
}

/** Reviewed text of several sentences, with a breath after each. */
function inSentences(text: string): SpeechNode[] {
  const sentences = text.split(/(?<=[。？！])|(?<=[.?!]) +(?=[A-Z])/u, MOST_SENTENCES);
  return sentences.flatMap((sentence, n): SpeechNode[] =>
    n === 0 ? words(sentence) : [{ kind: 'pause', ms: SENTENCE_PAUSE }, ...words(sentence)],
  );
}
