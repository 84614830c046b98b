/** The desks in two languages: the same words in both, and none written anywhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const CONSOLES = 'src/consoles';
const AREAS = ['staff', 'operator', 'office', 'clerk'] as const;
/** Folders whose components take their words from a dictionary. */
const WORDED = ['staff', 'rest', 'operator', 'office', 'clerk', 'live', 'sound'];
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;

type Dictionary = Record<string, unknown>;

async function dictionary(area: string, language: 'zh' | 'en'): Promise<Dictionary> {
  const loaded = (await import(`../../src/consoles/words/${area}.${language}.ts`)) as Record<string, Dictionary>;
  return loaded[language] ?? {};
}

/** A sentence with every place filled in by its number. */
function filled(entry: unknown): string {
  if (typeof entry !== 'function') return JSON.stringify(entry);
  return (entry as (...given: string[]) => string)(...Array.from({ length: entry.length }, (_, n) => `<${n}>`));
}

const places = (entry: unknown) => [...new Set(filled(entry).match(/<\d>/g) ?? [])].sort();

describe.each(AREAS)('the words of %s', (area) => {
  it('are the same in both languages, with the same things put into them', async () => {
    const [zh, en] = [await dictionary(area, 'zh'), await dictionary(area, 'en')];
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const key of Object.keys(zh)) expect([key, places(en[key])]).toEqual([key, places(zh[key])]);
  });

  it('are none of them empty', async () => {
    for (const language of ['zh', 'en'] as const)
      for (const [key, entry] of Object.entries(await dictionary(area, language)))
        expect([key, filled(entry).replace(/<\d>/g, '').length > 0]).toEqual([key, true]);
  });
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** Chinese that a reader would see: in literals, templates and between tags; not in comments. */
function chineseIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (
      ts.isLiteralExpression(node) ||
      ts.isJsxText(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    )
      if (CHINESE.test(node.text)) found.push(`${file}: ${node.text.trim()}`);
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

it('no component of the desks holds Chinese of its own', () => {
  const files = WORDED.flatMap((folder) => filesOf(join(CONSOLES, folder)));
  expect(files.length).toBeGreaterThan(110);
  expect(files.flatMap(chineseIn)).toEqual([]);
});
