import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import type { Locale } from '../platforms/platform.ts';
import { localesRoot } from './locale.ts';

const NamedVoice = Type.Object({
  azure: Type.String({ minLength: 1 }),
  style: Type.Optional(Type.String()),
  dialect: Type.Optional(Type.Boolean()),
  espeak: Type.String({ minLength: 1 }),
});
const Tables = Type.Object({ default: Type.String(), voices: Type.Record(Type.String(), NamedVoice) });

/** One voice of locales/<locale>/_voices.yaml. */
export type NamedVoice = Type.Static<typeof NamedVoice>;

export interface NamedVoices {
  /** The voice of that name; the language's own where there is none. */
  of(locale: Locale, name?: string): NamedVoice;
  names(locale: Locale): string[];
}

/** Reads the voices of both languages. @throws Error naming what is missing */
export function loadNamedVoices(root?: string): NamedVoices {
  const folder = localesRoot(root);
  const tables = { 'zh-CN': load(folder, 'zh-CN'), 'en-US': load(folder, 'en-US') };
  return {
    of: (locale, name = '') => tables[locale].voices[name] ?? tables[locale].own,
    names: (locale) => Object.keys(tables[locale].voices),
  };
}

function load(root: string, locale: Locale) {
  const read: unknown = parse(readFileSync(join(root, locale, '_voices.yaml'), 'utf8'));
  if (!Value.Check(Tables, read)) {
    const faults = [...Value.Errors(Tables, read)].map((error) => `${error.instancePath} ${error.message}`);
    throw new Error(`locales/${locale}/_voices.yaml: ${faults.join('; ')}`);
  }
  const own = read.voices[read.default];
  if (!own) throw new Error(`locales/${locale}/_voices.yaml: there is no voice ${read.default}`);
  return { voices: read.voices, own };
}
