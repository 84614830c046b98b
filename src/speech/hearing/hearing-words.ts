import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import type { Locale } from '../../platforms/platform.ts';
import { localesRoot } from '../locale.ts';

const Tables = Type.Object({
  listening: Type.Array(Type.String({ minLength: 1 })),
  agreeing: Type.Array(Type.String({ minLength: 1 })),
  searching: Type.Array(Type.String({ minLength: 1 })),
});

/** What words alone tell of a turn: locales/<locale>/_hearing.yaml. */
export interface HearingWords {
  /** No more than "go on, I am listening". `asked`: a yes or no is being asked for, so that agreeing is an answer. */
  isBackchannel(text: string, locale: Locale, asked: boolean): boolean;
  /** She is looking for a word: it is not over. */
  isSearching(text: string, locale: Locale): boolean;
}

/** Reads the tables of both languages. @throws Error naming what is missing */
export function loadHearingWords(root?: string): HearingWords {
  const folder = localesRoot(root);
  const tables = { 'zh-CN': load(folder, 'zh-CN'), 'en-US': load(folder, 'en-US') };
  return {
    isBackchannel(text, locale, asked) {
      const said = bare(text);
      const { listening, agreeing } = tables[locale];
      return said === '' || listening.has(said) || (!asked && agreeing.has(said));
    },
    isSearching(text, locale) {
      const said = bare(text);
      return tables[locale].searching.some((word) => endsIn(said, word, locale));
    },
  };
}

/** In English a whole word. */
const endsIn = (said: string, word: string, locale: Locale): boolean =>
  said === word || said.endsWith(locale === 'en-US' ? ` ${word}` : word);

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .replace(/(?<=\p{sc=Han}) +(?=\p{sc=Han})/gu, '')
    .trim();

function load(root: string, locale: Locale) {
  const read: unknown = parse(readFileSync(join(root, locale, '_hearing.yaml'), 'utf8'));
  if (!Value.Check(Tables, read)) {
    const faults = [...Value.Errors(Tables, read)].map((error) => `${error.instancePath} ${error.message}`);
    throw new Error(`locales/${locale}/_hearing.yaml: ${faults.join('; ')}`);
  }
  return {
    listening: new Set(read.listening.map(bare)),
    agreeing: new Set(read.agreeing.map(bare)),
    searching: read.searching.map(bare),
  };
}
