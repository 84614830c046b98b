/** A long answer comes two sentences at a time; what is left is offered and never poured out. */
import type { Tell } from './errand.ts';

const SENTENCES = 2;
/** One more is not worth a question. */
const AT_MOST = SENTENCES + 1;
const HAN_END = /[。！？]/u;

/** The sentences of a text, in Chinese or English. */
export function sentencesOf(text: string): string[] {
  const cut = HAN_END.test(text) ? /(?<=[。！？])/u : /(?<=[.!?])\s+/u;
  return text.split(cut).filter((one) => one.trim() !== '');
}

/** They as one text again. */
export const joined = (sentences: string[]): string =>
  sentences.join(sentences.some((one) => HAN_END.test(one)) ? '' : ' ');

/** What of it is said now, and the sentences that are left. Only official texts are cut, never a name or a number. */
export function inBreaths({ phrase, values = {} }: Tell): { tell: Tell; rest: string[] } {
  const texts = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && /[。！？.!?]\s*$/u.test(value) ? [{ name, sentences: sentencesOf(value) }] : [],
  );
  const all = texts.flatMap(({ sentences }) => sentences);
  if (all.length <= AT_MOST) return { tell: { phrase, values }, rest: [] };
  const now = { ...values };
  let room = SENTENCES;
  for (const { name, sentences } of texts) {
    now[name] = room > 0 ? joined(sentences.slice(0, room)) : undefined;
    room -= sentences.length;
  }
  return { tell: { phrase, values: now }, rest: all.slice(SENTENCES) };
}

/** The next of what was left, as it is said. */
export function nextBreath(rest: string[]): { text: string; rest: string[] } {
  const cut = rest.length <= AT_MOST ? rest.length : SENTENCES;
  return { text: joined(rest.slice(0, cut)), rest: rest.slice(cut) };
}

/** The first sentence of a text, where the whole would be too much. */
export const firstOf = (text: unknown): string | undefined =>
  typeof text === 'string' ? sentencesOf(text)[0] : undefined;
