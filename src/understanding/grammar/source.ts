/** Reads intents/: the catalogue, the matters, and per locale the rules, word lists and templates. */
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Asking, INTENTS, type Intent } from '../meaning.ts';
import type { TemplateInfo } from './automaton.ts';

export type Group = string | { sets?: Record<string, string>; asking?: string[]; errand?: string[]; say: string[] };

export interface IntentSource {
  sentences?: Group[];
  /** Plain sentences, one a line; or by the value they give, `wish=music`. */
  said?: string | Record<string, string>;
  answers?: Record<string, Group[]>;
  anywhere?: Group[];
  unless?: string[];
}

export interface CatalogueEntry {
  errand?: string;
  level: string;
  slots: string[];
  example: string;
}

export interface Template {
  text: string;
  info: TemplateInfo;
}

/** The folder that holds intents/, from here upwards. */
export function findRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, 'intents', 'catalogue.yaml'))) {
    const up = dirname(at);
    if (up === at) throw new Error('intents/ not found');
    at = up;
  }
  return at;
}

/** One YAML file. @throws Error naming the file when it is not well formed */
export function readYaml<T>(path: string): T {
  const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  try {
    return parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : 'unreadable'}`, { cause });
  }
}

/** Every intent of the catalogue, in the order of the contract. */
export function readCatalogue(root: string): Record<Intent, CatalogueEntry> {
  const { intents } = readYaml<{ intents: Record<Intent, CatalogueEntry> }>(join(root, 'intents', 'catalogue.yaml'));
  for (const name of INTENTS) if (!intents[name]) throw new Error(`catalogue.yaml: ${name} is missing`);
  return intents;
}

function addFolder(hash: Hash, folder: string, kinds: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, path, kinds);
    else if (kinds.some((kind) => entry.name.endsWith(kind))) hash.update(entry.name).update(readFileSync(path));
  }
}

/** A digest of all that understanding is built from: the intent files, and the code that builds. */
export function digestOf(root: string): string {
  const hash = createHash('sha256');
  addFolder(hash, join(root, 'intents'), ['.yaml']);
  addFolder(hash, dirname(dirname(fileURLToPath(import.meta.url))), ['.ts', '.js']);
  return hash.digest('hex').slice(0, 20);
}

function groupTemplates(groups: Group[], name: string, base: Omit<TemplateInfo, 'name'>): Template[] {
  return groups.flatMap((group, k) => {
    const { say, ...rest } = typeof group === 'string' ? { say: [group] } : group;
    return say.map((text, j) => ({
      text,
      info: { ...base, ...rest, name: say.length > 1 ? `${name}:${k + 1}.${j + 1}` : `${name}:${k + 1}` },
    }));
  });
}

function plainSentences(said: IntentSource['said']): Group[] {
  if (said === undefined) return [];
  const lines = (text: string): string[] => text.split('\n').filter(Boolean);
  if (typeof said === 'string') return lines(said);
  return Object.entries(said).map(([given, text]) => {
    const [slot, value] = given.split('=') as [string, string];
    return { sets: { [slot]: value }, say: lines(text) };
  });
}

function intentTemplates(file: string, intent: Intent, source: IntentSource, errand: string | undefined): Template[] {
  const index = INTENTS.indexOf(intent);
  const whole = { intent: index };
  const answers = Object.entries(source.answers ?? {}).flatMap(([asking, groups]) =>
    groupTemplates(groups, `${file}#${asking}`, {
      ...whole,
      ...(asking === '*' ? {} : { asking: [asking as Asking] }),
      ...(errand ? { errand: [errand] } : {}),
    }),
  );
  return [
    ...groupTemplates(source.sentences ?? [], `${file}#${intent}`, whole),
    ...groupTemplates(plainSentences(source.said), `${file}#${intent}:said`, whole),
    ...answers,
    ...groupTemplates(source.anywhere ?? [], `${file}#${intent}`, { ...whole, anywhere: true }),
    ...groupTemplates(source.unless ?? [], `${file}#${intent}:unless`, { ...whole, anywhere: true, veto: true }),
  ];
}

/** All templates of a locale, file by file. @throws Error on an intent that the contract does not know */
export function readTemplates(root: string, locale: string, catalogue: Record<Intent, CatalogueEntry>): Template[] {
  const folder = join(root, 'intents', locale);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.startsWith('_'));
  return files.sort().flatMap((file) =>
    Object.entries(readYaml<Record<string, IntentSource>>(join(folder, file))).flatMap(([intent, source]) => {
      if (!INTENTS.includes(intent as Intent)) throw new Error(`${locale}/${file}: no intent is called ${intent}`);
      return intentTemplates(file, intent as Intent, source, catalogue[intent as Intent].errand);
    }),
  );
}
