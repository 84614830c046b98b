/** The words beside codes, and the titles of refusals: data of locales/<locale>/_codes.yaml, never of the code. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { RefusalName } from '../errors.ts';

export interface Words {
  /** The word for a code of a kind; the code itself where none is written. */
  text(kind: string, code: string | number): string;
  /** The same where there may be no code. */
  maybe(kind: string, code: string | number | null): string | null;
  /** What a colleague reads of a refusal. */
  problem(refusal: RefusalName): string;
  has(kind: string, code: string | number): boolean;
  /** The words in one language, whoever reads: what is read aloud to a resident is hers. */
  of(locale: string): Pick<Words, 'text'>;
}

/** Reads the words once. @throws when the file is missing or is no table of tables */
export function readWords(locale = 'zh-CN', root = localesRoot()): Words {
  const path = join(root, locale, '_codes.yaml');
  const read: unknown = parse(readFileSync(path, 'utf8'));
  if (typeof read !== 'object' || read === null) throw new Error(`${locale}/_codes.yaml is no table`);
  const tables = new Map(Object.entries(read).map(([kind, words]) => [kind, tableOf(kind, words)]));
  const word = (kind: string, code: string | number) => tables.get(kind)?.get(String(code));
  const words: Words = {
    text: (kind, code) => word(kind, code) ?? String(code),
    maybe: (kind, code) => (code === null ? null : (word(kind, code) ?? String(code))),
    problem: (refusal) => word('problem', refusal) ?? refusal,
    has: (kind, code) => word(kind, code) !== undefined,
    of: () => words,
  };
  return words;
}

function tableOf(kind: string, words: unknown): Map<string, string> {
  if (typeof words !== 'object' || words === null) throw new Error(`_codes.yaml: ${kind} is no table`);
  return new Map(Object.entries(words).map(([code, word]) => [code, String(word)]));
}

/** The nearest folder locales/ above this file, in source and when built. */
function localesRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'locales')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'locales');
}
