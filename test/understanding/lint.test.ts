/** The intent files are in order: what a template's author gets wrong is found here before a resident finds it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAskingWords } from '../../src/dialogue/hearing/asking-words.ts';
import { readYaml } from '../../src/understanding/grammar/source.ts';
import { createRules, parseTemplate, TemplateError } from '../../src/understanding/grammar/template.ts';
import { createUnderstanding } from '../../src/understanding/index.ts';
import { lint } from '../../src/understanding/lint.ts';
import { ERRANDS } from '../../src/understanding/meaning.ts';

const root = join(import.meta.dirname, '..', '..');
const split = (text: string): string[] => [...text.trim()];

describe('the intent files', () => {
  const { read } = createUnderstanding({ root });
  const faults = lint(root, read);

  it('name no rule or slot that does not exist, and every template can be read', () => {
    expect(faults.broken).toEqual([]);
  });

  it('say no template for two intents', () => {
    expect(faults.shared).toEqual([]);
  });

  it('have no two matters that sound alike', () => {
    expect(faults.colliding).toEqual([]);
  });

  it('have an example for every intent, and it is understood', () => {
    expect(faults.misread).toEqual([]);
  });

  it.each(['zh-CN', 'en-US'])('%s has a file for each errand', (locale) => {
    const files = readdirSync(join(root, 'intents', locale));
    expect(ERRANDS.filter((errand) => !files.includes(`${errand}.yaml`))).toEqual([]);
  });
});

/** Where the first kind that fits counts: a word that an earlier one has already is never heard as its own. */
const FIRST_FITS = ['fraud', 'complaining', 'opening', 'guide', 'more', 'benefits', 'place'] as const;
const isPlain = (word: string) => /^[\p{L}\p{N} ]+$/u.test(word);

describe('a word of what is asked back', () => {
  it.each(['zh-CN', 'en-US'] as const)('%s hides behind no other', (locale) => {
    const words = loadAskingWords(locale, root);
    const source = readYaml<Record<string, Record<string, string[]>>>(join(root, 'intents', locale, '_asking.yaml'));
    const listed = FIRST_FITS.flatMap((group) =>
      Object.entries(source[group] ?? {}).flatMap(([kind, list]) => list.map((word) => ({ group, kind, word }))),
    );
    const hidden = listed.filter(({ group, kind, word }) => isPlain(word) && words.kind(group, word) !== kind);
    expect(listed.length).toBeGreaterThan(50);
    expect(hidden).toEqual([]);
  });
});

/** What the ears listen for beside the intents; a dialect's own words have no twin. */
const OF_THE_EARS = ['_asides', '_asking', '_manner', '_standing'] as const;
type Tree = { [name: string]: Tree | string[] | string };
const isKind = (value: Tree[string]): value is Tree => typeof value === 'object' && !Array.isArray(value);
/** The names of all kinds; what stands behind `said` is one of them and not looked into. */
function kindsOf(tree: Tree, above = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    name !== 'dialect' && isKind(value) && !('said' in value) ? kindsOf(value, `${above}${name}.`) : [above + name],
  );
}

describe('what is heard in one language', () => {
  const earsOf = (locale: string, file: string): string[] =>
    kindsOf(readYaml<Tree>(join(root, 'intents', locale, `${file}.yaml`))).sort();

  it.each(OF_THE_EARS)('is heard in the other: %s', (file) => {
    expect(earsOf('zh-CN', file).length).toBeGreaterThan(20);
    expect(earsOf('en-US', file)).toEqual(earsOf('zh-CN', file));
  });

  it('is called there what the answers call it', () => {
    const { read } = createUnderstanding({ root });
    const now = new Date('2026-11-23T09:30:00+08:00');
    const { names } = readYaml<{ names: Record<string, string> }>(join(root, 'locales', 'en-US', '_format.yaml'));
    const known = readYaml<{ name: string }[]>(join(root, 'intents', 'items.yaml')).map(({ name }) => name);
    const said = Object.entries(names).filter(([matter]) => known.includes(matter));
    const heard = said.map(([, name]) => [read({ text: `how is my ${name}`, now, locale: 'en-US' }).slots.item, name]);
    expect(said.length).toBeGreaterThan(20);
    expect(heard).toEqual(said);
  });
});

describe('a template with a fault', () => {
  const rules = createRules({ a: '甲', loop: '<loop>' }, split);
  it.each(['(甲|乙', '甲]', '{item', '<nobody>', '<loop>', '甲}'])('%s is refused', (text) => {
    expect(() => parseTemplate(text, split, rules)).toThrow(TemplateError);
  });
});
