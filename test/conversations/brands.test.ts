import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAPABILITIES } from '../../src/platforms/capabilities.ts';
import { cityDigest } from '../../src/platforms/city.ts';
import { WEBHOOK_BRANDS, type WebhookBrand } from '../platforms/support/senders.ts';
import { freshDatabase } from '../support/postgres.ts';
import { type Doors, openDoors, playAt, type Skipped } from './brands.ts';
import { type Conversation, conversations } from './file.ts';
import { openStage, type Stage } from './stage.ts';

/** Every file at every brand with `npm run test:brands`; else each file at some brand, every tenth, and the main road at all. */
const all = process.env.BRANDS === 'all';
const EVERY = 10;
const MAIN = [
  'resident books a day and confirms',
  'resident corrects the day at the read back',
  'an english speaker complains',
  'speaker on another network and she is still at home',
];

let stage: Stage;
let doors: Doors;
const skipped = new Map<WebhookBrand, (Skipped & { name: string })[]>(WEBHOOK_BRANDS.map((brand) => [brand, []]));
const played = new Map<WebhookBrand, number>();
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
  doors = await openDoors(stage);
});

const speaksHere = (brand: WebhookBrand, { locale = 'zh-CN' }: Conversation) =>
  CAPABILITIES[brand].locales.includes(locale);

function chosen(brand: WebhookBrand): Conversation[] {
  const files = conversations();
  if (all) return files;
  const turn = WEBHOOK_BRANDS.indexOf(brand);
  const spoken = files.filter((file) => speaksHere(brand, file));
  return spoken.filter((file, index) => index % EVERY === turn || MAIN.includes(file.name));
}

describe.each(WEBHOOK_BRANDS)('at %s', (brand) => {
  for (const file of chosen(brand)) {
    test(`${file.folder}: ${file.name}`, async () => {
      const missed = await playAt(brand, doors, stage, file);
      if (missed) skipped.get(brand)?.push({ ...missed, name: `${file.folder}: ${file.name}` });
      played.set(brand, (played.get(brand) ?? 0) + file.steps.length - (missed?.steps ?? 0));
    });
  }

  test('nothing is left out but what the table of capabilities says', () => {
    const can = CAPABILITIES[brand];
    for (const { lacks, name } of skipped.get(brand) ?? []) {
      if (lacks !== 'locales') expect(can[lacks], name).toBe(false);
      else expect(can.locales, name).toHaveLength(1);
    }
    expect(played.get(brand)).toBeGreaterThan(0);
    // The flat protocol of AliGenie asks by other means: test/platforms/questions_keep_the_next_words.test.ts.
    expect((doors.asked.get(brand) ?? 0) > 0).toBe(can.elicits !== 'none' && brand !== 'aligenie');
  });
});

test('the first city that a brand tells of is where its speaker is at home; another is not learned unasked', async () => {
  const brand = 'aligenie';
  const { device } = await stage.home({ now: '2026-11-23T09:30' }, brand);
  const heardFrom = (city: string) =>
    stage.core.turn({
      brand,
      device,
      requestId: randomUUID(),
      kind: 'words',
      text: '老年证怎么办',
      locale: 'zh-CN',
      medium: 'plain',
      newSession: false,
      network: cityDigest(city),
    });
  const known = async () => (await stage.core.services.homes.at({ brand, device }))?.networks;
  await heardFrom('天津');
  await expect.poll(known).toEqual([cityDigest('天津')]);
  await heardFrom('北京');
  await heardFrom('天津市');
  expect(await known()).toEqual([cityDigest('天津')]);
});

afterAll(() => {
  for (const brand of WEBHOOK_BRANDS) {
    const missed = skipped.get(brand) ?? [];
    const steps = missed.reduce((sum, one) => sum + one.steps, 0);
    const lines = missed
      .filter(({ lacks }) => lacks !== 'locales')
      .map(({ name, lacks, steps: left }) => `\n    ${name}: ${left} steps, no ${lacks}`);
    process.stdout.write(`  ${brand}: ${played.get(brand) ?? 0} steps held, ${steps} left out${lines.join('')}\n`);
  }
});
