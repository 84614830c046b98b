import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResponseFactory } from 'ask-sdk-core';
import { describe, expect, it } from 'vitest';
import { readAlexa } from '../../src/platforms/alexa/request.ts';
import { writeAlexa } from '../../src/platforms/alexa/response.ts';
import type { Reply } from '../../src/platforms/platform.ts';
import { alexaModel } from '../../src/tools/models/alexa.ts';
import { type InteractionModel, problemsOf } from '../../src/tools/models/alexa-schema.ts';
import { BRANDS, dictionaries, listsFor } from '../../src/tools/models/lists.ts';
import type { ItemSource } from '../../src/understanding/chinese/items.ts';
import { findRoot, readYaml } from '../../src/understanding/grammar/source.ts';
import { INTENTS } from '../../src/understanding/meaning.ts';
import { emptyFolder, run } from './installation.ts';

const root = findRoot();
const matters = readYaml<ItemSource[]>(join(root, 'intents', 'items.yaml'));
const model = alexaModel(root);
const language = model.interactionModel.languageModel;
const intentNamed = (name: string) => language.intents.find((intent) => intent.name === name);

/** The model with something spoilt in it. */
function spoilt(spoil: (language: InteractionModel['interactionModel']['languageModel']) => void): unknown {
  const copy = structuredClone(model);
  spoil(copy.interactionModel.languageModel);
  return copy;
}

describe('the Alexa model', () => {
  it('is one that the console takes, and the same each time', () => {
    expect(problemsOf(model)).toEqual([]);
    expect(alexaModel(root)).toEqual(model);
  });

  it('has every intent of ours under its own name or the one that the platform has for it', () => {
    const builtIn = ['yes', 'no', 'help', 'stop', 'cancel', 'repeat', 'back'];
    const missing = INTENTS.filter((name) => !builtIn.includes(name) && !intentNamed(name.replaceAll('.', '_')));
    expect(missing).toEqual([]);
  });

  it('has every matter with its official name as the id, so that what comes back is a matter of ours', () => {
    const ids = language.types.find(({ name }) => name === 'Matter')?.values.map(({ id }) => id);
    expect(ids).toEqual(matters.map(({ name }) => name));
  });

  it('keeps the kind of an emergency: a fire is answered as a fire', () => {
    const fire = language.types.find(({ name }) => name === 'emergency__kind')?.values.find(({ id }) => id === 'fire');
    const [first] = fire?.name.synonyms ?? [];
    const value = { value: { name: fire?.name.value, id: 'fire' } };
    const resolutions = { resolutionsPerAuthority: [{ status: { code: 'ER_SUCCESS_MATCH' }, values: [value] }] };
    const slots = { emergency__kind: { name: 'emergency__kind', value: first, resolutions } };
    const said = readAlexa(
      { request: { type: 'IntentRequest', requestId: 'r', locale: 'en-US', intent: { name: 'emergency', slots } } },
      'd',
    );
    expect(said?.intent).toEqual({ name: 'emergency', slots: { kind: 'fire' } });
  });

  it('has the dialogue through which a question is answered in her own words', () => {
    const { dialog, prompts } = model.interactionModel;
    const asked = { reply: '', listen: true, end: false, asking: 'date', text: 'When?' } as unknown as Reply;
    const said = writeAlexa(ResponseFactory.init(), asked, { screen: false, linking: false, permission: false });
    const [directive] = said.directives as { slotToElicit: string; updatedIntent: { name: string } }[];
    const intent = dialog?.intents.find(({ name }) => name === directive?.updatedIntent.name);
    expect(intent?.slots.map(({ name }) => name)).toEqual([directive?.slotToElicit]);
    expect(dialog?.delegationStrategy).toBe('SKILL_RESPONSE');

    const without = (spoil: (copy: InteractionModel['interactionModel']) => void) => {
      const copy = structuredClone(model);
      spoil(copy.interactionModel);
      return problemsOf(copy).join('\n');
    };
    expect(prompts).toHaveLength(1);
    expect(without((copy) => delete copy.prompts)).toContain('dialog: no prompt');
    expect(
      without((copy) => {
        for (const one of copy.dialog?.intents ?? []) one.name = 'pickup_book';
      }),
    ).toContain('dialog: pickup_book has no slot query');
    expect(
      without((copy) => {
        for (const one of copy.dialog?.intents ?? []) for (const slot of one.slots) slot.prompts = {};
      }),
    ).toContain('nothing asks for query');
  });

  it.each([
    ['digits', (l: typeof language) => l.intents[0]?.samples.push('room 101'), 'pattern'],
    [
      'an intent name with a dot',
      (l: typeof language) => l.intents.push({ name: 'guide.fee', samples: ['what'] }),
      'pattern',
    ],
    [
      'a slot that nobody declared',
      (l: typeof language) => l.intents[0]?.samples.push('give me {colour}'),
      'no slot {colour}',
    ],
    [
      'a type that is not there',
      (l: typeof language) =>
        l.intents[0]?.slots?.push({ name: 'x', type: 'Colour' }) ??
        l.intents.push({ name: 'x', slots: [{ name: 'x', type: 'Colour' }], samples: ['{x}'] }),
      'no type Colour',
    ],
    [
      'free words without a carrier',
      (l: typeof language) => l.intents.find(({ name }) => name === 'words')?.samples.push('{query}'),
      'needs words beside',
    ],
    [
      'a sentence of two intents',
      (l: typeof language) => l.intents[1]?.samples.push(l.intents[0]?.samples[0] ?? ''),
      'stands twice',
    ],
    [
      'no way out',
      (l: typeof language) =>
        l.intents.splice(
          l.intents.findIndex(({ name }) => name === 'AMAZON.StopIntent'),
          1,
        ),
      'AMAZON.StopIntent is missing',
    ],
  ])('is refused with %s', (_, spoil, problem) => {
    expect(problemsOf(spoilt(spoil)).join('\n')).toContain(problem);
  });
});

describe('the lists for consoles without an import', () => {
  it.each(BRANDS)('of $folder name every intent once, with sentences that only use slots they explain', (brand) => {
    const files = listsFor(brand, root);
    const known = [...Object.keys(dictionaries(root)), 'date', 'time', 'phone', 'ordinal', 'case_no', 'age'];
    const all = INTENTS.flatMap((intent) =>
      (files[`intents/${intent.replaceAll('.', '_')}.txt`] ?? '').trim().split('\n'),
    );
    expect(all).not.toContain('');
    expect(new Set(all).size).toBe(all.length);
    const used = new Set(all.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '')));
    expect([...used].filter((slot) => !known.includes(slot))).toEqual([]);
  });

  it.each(BRANDS)(
    'of $folder give each intent every slot that its sentences use, each with where its words come from',
    (brand) => {
      const files = listsFor(brand, root);
      const [, ...rows] = (files['intents.csv'] ?? '').trim().split('\r\n');
      expect(rows).toHaveLength(INTENTS.length);
      for (const row of rows) {
        const [name = '', , listed = ''] = row.split(',');
        const slots = listed.split(' ').map((slot) => slot.replace(/\(.*$/, ''));
        const used = [...(files[`intents/${name}.txt`] ?? '').matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '');
        expect([name, used.filter((slot) => !slots.includes(slot))]).toEqual([name, []]);
        const unexplained = listed
          .split(' ')
          .filter((slot) => slot && !slot.includes('(') && !files[`dictionaries/${slot}.csv`]);
        expect([name, unexplained]).toEqual([name, []]);
      }
    },
  );

  it('hold every matter with its folk names', () => {
    const item = new Map(dictionaries(root).item?.map(([name, ...folk]) => [name, folk]));
    for (const { name, folk = [] } of matters) expect(item.get(name)).toEqual(expect.arrayContaining(folk));
  });
});

describe('npm run models', { timeout: 60_000 }, () => {
  it('writes all four folders', async () => {
    const out = join(emptyFolder(), 'models');
    const { code } = await run(emptyFolder(), 'models', ['--out', out]);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(out, 'alexa/en-US.json'), 'utf8'))).toEqual(model);
    for (const { folder } of BRANDS) expect(existsSync(join(out, folder, 'dictionaries/item.csv'))).toBe(true);
  });
});
