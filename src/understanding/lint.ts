/** Finds what is wrong with the intent files, for their authors. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ruleSource, slotNumber, splitFor } from './build.ts';
import type { ItemSource } from './chinese/items.ts';
import { foldSyllable } from './chinese/pinyin.ts';
import { readCatalogue, readTemplates, readYaml, type Template } from './grammar/source.ts';
import { createRules, type Node, parseTemplate } from './grammar/template.ts';
import { INTENTS, type Intent, type Read } from './meaning.ts';

export interface Faults {
  /** Templates that cannot be read: unbalanced, an undefined rule or slot. */
  broken: string[];
  /** The same words as a template of two intents. */
  shared: string[];
  /** Names of two matters that sound alike. */
  colliding: string[];
  /** Examples of the catalogue that miss their own intent. */
  misread: string[];
}

const LOCALES = ['zh-CN', 'en-US'] as const;

function slotsOf(node: Node): string[] {
  if (node.kind === 'slot') return [node.slot];
  return node.kind === 'word' ? [] : node.of.flatMap(slotsOf);
}

function faultOf(template: Template, locale: (typeof LOCALES)[number], rule: (name: string) => Node): string[] {
  try {
    for (const slot of slotsOf(parseTemplate(template.text, splitFor(locale), rule))) slotNumber(slot);
    return [];
  } catch (cause) {
    return [`${locale}/${template.info.name}: ${cause instanceof Error ? cause.message : 'unreadable'}`];
  }
}

function sharedBy(templates: Template[], locale: string): string[] {
  const seen = new Map<string, Template>();
  return templates.flatMap((template) => {
    const { info } = template;
    const key = JSON.stringify([template.text, info.asking, info.errand, info.veto ?? false]);
    const other = seen.get(key);
    seen.set(key, template);
    return other && other.info.intent !== info.intent ? [`${locale}: ${other.info.name} and ${info.name}`] : [];
  });
}

/** Two matters may share a sound only where a neighbouring word tells them apart. */
function colliding(items: ItemSource[]): string[] {
  const { pinyin } = createRequire(import.meta.url)('pinyin-pro') as typeof import('pinyin-pro');
  const sound = (name: string): string => pinyin(name, { toneType: 'none', type: 'array' }).map(foldSyllable).join(' ');
  const owners = new Map<string, string>();
  return items.flatMap((item) =>
    [item.name, ...(item.folk ?? []), ...(item.describes ?? [])].flatMap((name) => {
      const owner = owners.get(sound(name));
      owners.set(sound(name), item.name);
      return owner && owner !== item.name ? [`${name}: ${owner} and ${item.name}`] : [];
    }),
  );
}

/** Lints intents/ under `root`; `read` is the reader built from them. */
export function lint(root: string, read: Read): Faults {
  const catalogue = readCatalogue(root);
  const now = new Date('2026-11-23T09:30:00+08:00');
  const byLocale = LOCALES.map((locale) => ({ locale, templates: readTemplates(root, locale, catalogue) }));
  const examples = INTENTS.map((intent: Intent) => ({ intent, example: catalogue[intent].example }));
  return {
    broken: byLocale.flatMap(({ locale, templates }) => {
      const rule = createRules(ruleSource(root, locale), splitFor(locale));
      return templates.flatMap((template) => faultOf(template, locale, rule));
    }),
    shared: byLocale.flatMap(({ locale, templates }) => sharedBy(templates, locale)),
    colliding: colliding(readYaml(join(root, 'intents', 'items.yaml'))),
    misread: examples.flatMap(({ intent, example }) => {
      const found = read({ text: example, now, locale: 'zh-CN' });
      return found.intent === intent ? [] : [`${intent}: ${example} → ${found.intent}`];
    }),
  };
}
