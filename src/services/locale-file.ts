/** Words that a service reads as data: one file of locales/<locale>/, checked against its shape. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

/** @throws when the file is missing or not of its shape */
export function readLocaleFile<T extends TSchema>(locale: string, file: string, shape: T): Static<T> {
  const read: unknown = parse(readFileSync(join(localesRoot(), locale, file), 'utf8'));
  if (!Value.Check(shape, read)) throw new Error(`${locale}/${file} is not of its shape`);
  return read;
}

/** The nearest folder locales/ above this file, in source and when built. */
function localesRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'locales')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'locales');
}
