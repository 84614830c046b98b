import type { SpeechNode } from '../speech.ts';
import type { Language } from './language.ts';

/** The first letter of a sentence. */
const BEGINS = /(?<=^|[.!?]\s+)[a-z]/g;

/** Words without markup: for screens, and for brands that read no SSML. A pause becomes a comma where no mark stands. */
export function renderPlain(nodes: SpeechNode[], language: Language): string {
  const said = nodes.reduce((text, node) => join(text, node, language), '').trim();
  return language.spaced ? said.replace(BEGINS, (first) => first.toUpperCase()) : said;
}

function join(said: string, node: SpeechNode, language: Language): string {
  if (node.kind === 'pause') return withPause(said, language);
  if (node.kind === 'strong') return node.of.reduce((text, inner) => join(text, inner, language), said);
  if (node.kind === 'digits') return append(apart(said, language), language.digits(node.digits), language);
  if (node.kind === 'phone') return append(said, phoneInWords(node.digits, language), language);
  return append(said, node.text, language);
}

function withPause(said: string, { pauseMark, spaced }: Language): string {
  const text = said.trimEnd();
  if (text === '') return '';
  const marked = /[\p{P}]$/u.test(text) ? text : text + pauseMark;
  return spaced ? `${marked} ` : marked;
}

function append(said: string, text: string, { spaced }: Language): string {
  return spaced && said.endsWith(' ') ? said + text.trimStart() : said + text;
}

/** Digits in words keep their distance from a letter before them: A one two. */
const apart = (said: string, { spaced }: Language): string =>
  spaced && /[\p{L}\p{N}]$/u.test(said) ? `${said} ` : said;

/** A telephone number in words, a comma between its groups. */
function phoneInWords(digits: string, language: Language): string {
  return groupsOf(digits).map(language.digits).join(language.groupMark);
}

/** 3-4-4 for eleven digits, 3-3-4 for ten, 4-4 for eight; short numbers stay whole. */
export function groupsOf(digits: string): string[] {
  const sizes: Record<number, number[]> = {
    7: [3, 4],
    8: [4, 4],
    9: [3, 3, 3],
    10: [3, 3, 4],
    11: [3, 4, 4],
    12: [4, 4, 4],
  };
  const groups: string[] = [];
  let at = 0;
  for (const size of sizes[digits.length] ?? [digits.length]) {
    groups.push(digits.slice(at, at + size));
    at += size;
  }
  return groups;
}
