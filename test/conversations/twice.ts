/** No sentence of ours is heard twice in a row, word for word, unless she asks to hear it once more. */
import { expect } from 'vitest';
import type { Locale } from '../../src/platforms/platform.ts';
import { localesRoot } from '../../src/speech/locale.ts';
import { loadPhrases } from '../../src/speech/phrases.ts';
import { knownAgain } from '../../src/speech/wording.ts';
import type { Played, Stage } from './home.ts';

/** Phrases that read a reviewed fact and say nothing of their own: who asks the same hears the same. */
const FACTS = new Set(
  [...loadPhrases(localesRoot(), 'zh-CN').values()]
    .filter(({ source }) => !/\p{L}/u.test(source.text.replace(/\{[^}]*\}|<[^>]*>/g, '')))
    .map(({ name }) => name),
);

/** The sentences of this answer that were in the one before. */
export function saidTwice(stage: Stage, before: Played, now: Played, locale: Locale): string[] {
  if (now.onceMore) return [];
  const heard = knownAgain(before.reply.text, locale);
  const facts = now.says.filter(({ phrase }) => FACTS.has(phrase));
  const reviewed = knownAgain(stage.core.speech.render(facts, { locale, pace: 190 }, 'plain').text, locale);
  return [...knownAgain(now.reply.text, locale)].filter((sentence) => heard.has(sentence) && !reviewed.has(sentence));
}

/** @param at where in which file, for the message */
export function neverTwice(
  stage: Stage,
  before: Played,
  now: Played,
  { locale, at }: { locale: Locale; at: string },
): void {
  expect(saidTwice(stage, before, now, locale), `${at}: said twice in a row`).toEqual([]);
}
