/** Builds what understanding runs on out of intents/: automata and weights. A few seconds, then kept in a cache file. */
import { join } from 'node:path';
import { buildLunarTable } from './chinese/calendar.ts';
import { chineseExamples } from './chinese/examples.ts';
import { type ChineseSource, createChinese, type Lists } from './chinese/language.ts';
import { buildPinyin, foldOf, syllableOf } from './chinese/pinyin.ts';
import type { Model } from './classify/model.ts';
import { train } from './classify/train.ts';
import { englishExamples } from './english/examples.ts';
import { createEnglish, type EnglishSource } from './english/tongue.ts';
import { stem, wordId } from './english/units.ts';
import { type Automaton, buildAutomaton, type Sound, type TemplateInfo } from './grammar/automaton.ts';
import { type CatalogueEntry, readCatalogue, readTemplates, readYaml } from './grammar/source.ts';
import { createRules, isEmpty, type Node, parseTemplate, TemplateError } from './grammar/template.ts';
import { INTENTS, type Intent } from './meaning.ts';
import { stretchNumber } from './spans.ts';

export interface Compiled {
  catalogue: Record<Intent, CatalogueEntry>;
  chinese: { source: ChineseSource; automaton: Automaton; model: Model };
  english: { source: EnglishSource; automaton: Automaton; model: Model };
}

export interface ParsedTemplate {
  node: Node;
  info: TemplateInfo;
}

const SEED = 20201201;

/** Numbers a slot of the templates. @throws TemplateError on one that the contract does not know */
export function slotNumber(name: string): number {
  const at = stretchNumber(name);
  if (at < 0) throw new TemplateError(`undefined slot {${name}}`);
  return at;
}

export type BuiltLocale = 'zh-CN' | 'en-US';

/** Particles at the end of a phrase that may as well be left out. */
function optionalParticles(root: string, locale: BuiltLocale): string[] {
  if (locale !== 'zh-CN') return [];
  return readYaml<{ optionalParticles: string[] }>(join(root, 'intents', locale, '_lists.yaml')).optionalParticles;
}

/** How a literal of a template becomes words: characters in Chinese. */
export function splitFor(locale: BuiltLocale): (text: string) => string[] {
  if (locale === 'zh-CN') return (text) => [...text.replace(/\s+/g, '').toLowerCase()];
  return (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The shared fragments of a locale. */
export function ruleSource(root: string, locale: BuiltLocale): Record<string, string> {
  return readYaml(join(root, 'intents', locale, '_rules.yaml'));
}

/** Reads all templates of a locale. @throws TemplateError naming the template */
export function parseTemplates(
  root: string,
  locale: BuiltLocale,
  catalogue: Record<Intent, CatalogueEntry>,
): ParsedTemplate[] {
  const split = splitFor(locale);
  const optional = new Set(optionalParticles(root, locale));
  const rule = createRules(ruleSource(root, locale), split);
  return readTemplates(root, locale, catalogue).map(({ text, info }) => {
    try {
      const node = lenient(parseTemplate(text, split, rule), optional);
      if (isEmpty(node)) throw new TemplateError('the template can be empty');
      return { node, info };
    } catch (cause) {
      throw new TemplateError(`${locale}/${info.name}: ${cause instanceof Error ? cause.message : ''} — ${text}`, {
        cause,
      });
    }
  });
}

const isMark = (node: Node | undefined): boolean => node?.kind === 'word' && node.word === KEPT;
const KEPT = '!';
const NOTHING_SAID: Node = { kind: 'all', of: [] };

/**
 * A particle at the end of a run of words (办下来了, 我要的) need not be said; within a run it must (一了百了 is not 一百),
 * and where `!` stands behind it (可以了! is not 可以).
 */
function lenient(node: Node, optional: Set<string>): Node {
  if (node.kind === 'word' || node.kind === 'slot') return node;
  const said = node.of.map((each) => lenient(each, optional));
  const of = said.filter((each) => !isMark(each));
  const kept = new Set(said.filter((_, k) => isMark(said[k + 1])));
  if (node.kind === 'one') return { kind: 'one', of };
  const short = (k: number): boolean => of[k - 1]?.kind === 'word' && of[k - 2]?.kind !== 'word'; // 没了 without its particle would be 没
  const spare = (each: Node, k: number): boolean =>
    each.kind === 'word' && optional.has(each.word) && of[k + 1]?.kind !== 'word' && !short(k) && !kept.has(each);
  if (!of.some((each, k) => !spare(each, k) && !isEmpty(each))) return { kind: 'all', of };
  return { kind: 'all', of: of.map((each, k) => (spare(each, k) ? { kind: 'one', of: [NOTHING_SAID, each] } : each)) };
}

function readChinese(root: string): ChineseSource {
  const file = <T>(name: string): T => readYaml<T>(join(root, 'intents', 'zh-CN', name));
  const lists = file<Lists>('_lists.yaml');
  return {
    lists,
    dates: file('_dates.yaml'),
    times: file('_times.yaml'),
    numbers: file('_numbers.yaml'),
    people: file('_people.yaml'),
    ratings: file('_ratings.yaml'),
    keywords: file('_keywords.yaml'),
    places: file('_places.yaml'),
    misheard: file('_misheard.yaml'),
    samples: file('_samples.yaml'),
    concepts: file('_concepts.yaml'),
    stance: file('_stance.yaml'),
    others: file('_elsewhere.yaml'),
    items: readYaml(join(root, 'intents', 'items.yaml')),
    pinyin: buildPinyin(lists.readings),
    lunar: buildLunarTable(),
  };
}

function buildChinese(root: string, catalogue: Record<Intent, CatalogueEntry>): Compiled['chinese'] {
  const source = readChinese(root);
  const templates = parseTemplates(root, 'zh-CN', catalogue);
  const sound = (word: string): Sound => {
    const code = word.charCodeAt(0);
    return { word: code, syllable: syllableOf(source.pinyin, code), fold: foldOf(source.pinyin, code) };
  };
  const automaton = buildAutomaton(templates, sound, slotNumber);
  const examples = chineseExamples(createChinese(source), templates, SEED);
  return { source, automaton, model: train(examples, INTENTS.length, SEED) };
}

function buildEnglish(
  root: string,
  catalogue: Record<Intent, CatalogueEntry>,
  shared: ChineseSource,
): Compiled['english'] {
  const file = <T>(name: string): T => readYaml<T>(join(root, 'intents', 'en-US', name));
  const source: EnglishSource = {
    lists: file('_lists.yaml'),
    values: file('_values.yaml'),
    items: shared.items,
    lunar: shared.lunar,
  };
  const templates = parseTemplates(root, 'en-US', catalogue);
  const sound = (word: string): Sound => ({
    word: wordId(word),
    syllable: wordId(stem(word)),
    fold: wordId(stem(word)),
  });
  const automaton = buildAutomaton(templates, sound, slotNumber);
  const examples = englishExamples(createEnglish(source), templates, SEED);
  return { source, automaton, model: train(examples, INTENTS.length, SEED) };
}

/** Builds everything. Deterministic: the same files give the same bytes. */
export function build(root: string): Compiled {
  const catalogue = readCatalogue(root);
  const chinese = buildChinese(root, catalogue);
  return { catalogue, chinese, english: buildEnglish(root, catalogue, chinese.source) };
}
