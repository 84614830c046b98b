import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMap, isScalar, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Locale } from '../platforms/platform.ts';
import { compileTemplate, type Part, TemplateFault } from './template.ts';

/** One phrase of locales/<locale>/<file>.yaml, read and compiled. */
export interface Phrase {
  name: string;
  /** `locales/zh-CN/pickup.yaml:12`, for messages. */
  where: string;
  text: Part[];
  /** Shorter wordings for the second time: she has just heard the whole. */
  again: Part[][];
  /** The same in other words, for when a sentence of it has just been said. */
  or: Part[][];
  source: { text: string; again: string[]; or: string[] };
  /** Ends its turn with a question: the lint wants the question mark. */
  asks: boolean;
  /** Reviewed official text: the lint allows more sentences. */
  official: boolean;
}

const KNOWN_KEYS = ['text', 'again', 'or', 'asks', 'official'];

/** Every wording of a phrase. */
export const wordingsOf = ({ text, again, or }: Phrase): Part[][] => [text, ...again, ...or];

/** Reads all phrases of one locale. @throws Error that names every fault with its file and line. */
export function loadPhrases(root: string, locale: Locale): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>();
  const faults: string[] = [];
  for (const file of phraseFiles(root, locale)) {
    const group = basename(file, '.yaml').replace(/^_/, '');
    readPhraseFile(join(root, file), { file: `locales/${file}`, group, phrases, faults });
  }
  if (faults.length > 0) throw new Error(`phrases cannot be read:\n${faults.join('\n')}`);
  return phrases;
}

/** `_common.yaml` holds phrases like any errand's file; other names with an underscore are tables. */
function phraseFiles(root: string, locale: Locale): string[] {
  return readdirSync(join(root, locale))
    .filter((name) => name.endsWith('.yaml') && (name === '_common.yaml' || !name.startsWith('_')))
    .sort()
    .map((name) => `${locale}/${name}`);
}

interface Reading {
  file: string;
  group: string;
  phrases: Map<string, Phrase>;
  faults: string[];
}

function readPhraseFile(path: string, reading: Reading): void {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  for (const error of document.errors) reading.faults.push(`${reading.file}:${lineOf(error.pos[0])} ${error.message}`);
  if (document.errors.length > 0 || document.contents === null) return;
  if (!isMap(document.contents)) {
    reading.faults.push(`${reading.file}:1 a file of phrases is a map`);
    return;
  }
  for (const pair of document.contents.items) readEntry(pair, reading, lineOf);
}

function readEntry(pair: Pair, reading: Reading, lineOf: (offset: number) => number): void {
  const key = isScalar(pair.key) ? String(pair.key.value) : '?';
  const name = `${reading.group}.${key}`;
  const where = `${reading.file}:${lineOf(startOf(pair.key))}`;
  try {
    const entry = plainEntry(pair.value);
    reading.phrases.set(name, {
      name,
      where,
      text: compileTemplate(entry.text),
      again: entry.again.map(compileTemplate),
      or: entry.or.map(compileTemplate),
      source: { text: entry.text, again: entry.again, or: entry.or },
      asks: entry.asks === true,
      official: entry.official === true,
    });
  } catch (fault) {
    const message =
      fault instanceof TemplateFault ? `${fault.message} (at character ${fault.offset + 1})` : String(fault);
    reading.faults.push(`${where} ${name}: ${message}`);
  }
}

interface Entry {
  text: string;
  again: string[];
  or: string[];
  asks?: boolean;
  official?: boolean;
}

function plainEntry(value: unknown): Entry {
  if (isScalar(value) && typeof value.value === 'string') return { text: value.value, again: [], or: [] };
  if (!isMap(value)) throw new TemplateFault('a phrase is text, or a map with text', 0);
  const entry = (value as YAMLMap).toJSON() as Record<string, unknown>;
  const strange = Object.keys(entry).find((key) => !KNOWN_KEYS.includes(key));
  if (strange) throw new TemplateFault(`"${strange}" is not one of ${KNOWN_KEYS.join(', ')}`, 0);
  const { text } = entry;
  if (typeof text !== 'string') throw new TemplateFault('text is missing', 0);
  const [again, or] = [waysOf(entry, 'again'), waysOf(entry, 'or')];
  return { text, again, or, asks: entry.asks === true, official: entry.official === true };
}

/** One wording, or a list of them. */
function waysOf(entry: Record<string, unknown>, key: 'again' | 'or'): string[] {
  const ways = [entry[key] ?? []].flat();
  if (!ways.every((way): way is string => typeof way === 'string')) throw new TemplateFault(`${key} is not text`, 0);
  return ways;
}

function startOf(node: unknown): number {
  return isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}
