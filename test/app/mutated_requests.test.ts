import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RedisClient } from '../../src/store/redis.ts';
import { isEnvelope } from '../platforms/support/envelopes.ts';
import { type Sender, senders } from '../platforms/support/senders.ts';
import { recordingTurn } from '../platforms/support/turns.ts';
import { signedWebhooks, startVendors } from '../platforms/support/webhooks.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { atEnd } from '../support/releasing.ts';
import { mutated, mutations } from './support/mutations.ts';
import { happenedBetween, tracesAtRest, tracesOf } from './support/traces.ts';
import { type Vendors, vendorsOfOurOwn } from './support/vendors.ts';
import { createWebhook, type Letter, WEBHOOK_BRANDS, type Webhook } from './support/webhooks.ts';

/** `npm run test:fuzz`: a hundred thousand of them. */
const long = process.env.FUZZ === 'long';
/** For each of the four brands. */
const COUNTS = long ? { forged: 15_000, signed: 9_500, said: 500 } : { forged: 250, signed: 250, said: 25 };
const AT_ONCE = 16;
const PATIENCE_MS = 15 * 60_000;

let vendors: Vendors;
let app: BuiltApp;
let looking: RedisClient;
let home: BuiltApp['demo']['speakers'][number];
beforeAll(async () => {
  vendors = vendorsOfOurOwn();
  app = await buildApp({ env: { ...vendors.env, LOG_LEVEL: 'silent' } });
  looking = await app.redis.connect('subscriber');
  home = app.demo.speakers[0] as typeof home;
});

/** The same changes for everyone who runs it; another seed is another walk. */
const changes = (count: number, seed: number) => fc.sample(mutations, { numRuns: count, seed });

/** Runs so many at a time; the first that throws ends it. */
async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

async function statusOf(webhook: Webhook, { body, headers }: { body: Buffer; headers: Letter['headers'] }) {
  const { host: _, ...sent } = headers;
  const response = await fetch(webhook.address, { method: 'POST', body: new Uint8Array(body), headers: sent });
  return { status: response.status, text: await response.text() };
}

describe.each(WEBHOOK_BRANDS)('%s', (brand) => {
  const webhookAt = () => createWebhook(brand, { url: app.url, vendors, ids: home.platformIds[brand] });

  test(`${COUNTS.forged} forged: each is refused, and nothing has happened anywhere`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const webhook = webhookAt();
    const before = await tracesAtRest(app.core, looking);
    let refused = 0;
    await each(changes(COUNTS.forged, 1), async (change) => {
      const letter = webhook.letter({ words: '对' });
      const body = mutated(letter.body, change);
      // AliGenie signs nothing: what proves it is a secret in a header.
      const headers =
        brand === 'aligenie'
          ? { ...letter.headers, 'x-jialiban': `not ${letter.headers['x-jialiban']}` }
          : letter.headers;
      if (brand !== 'aligenie' && body.equals(Buffer.from(letter.body))) return;
      const { status, text } = await statusOf(webhook, { body, headers });
      if (status < 400 || status > 499) throw new Error(`status ${status} for ${body.toString('base64')}: ${text}`);
      refused += 1;
    });
    expect(refused).toBeGreaterThan(COUNTS.forged * 0.9);
    expect(happenedBetween(before, await tracesOf(app.core, looking))).toEqual([]);
    process.stdout.write(`  ${brand}: ${refused} forged requests, ${refused} refused, no row and no key changed\n`);
  });

  test(`${COUNTS.said} odd ones truly of the brand: an answer, and no promise is made`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const webhook = webhookAt();
    const before = promisesIn(await tracesOf(app.core, looking));
    for (const change of changes(COUNTS.said, 2)) {
      // Each alone: three that nobody understands and then a yes would rightly be a call-back.
      const { deviceId, userId } = home.platformIds[brand];
      for (const who of [deviceId, userId]) await app.core.sessions.drop(`${brand}:${who}`);
      const letter = webhook.sign(mutated(webhook.letter({ words: '嗯' }).body, change));
      const { status, text } = await statusOf(webhook, letter);
      if (status >= 500) throw new Error(`status ${status} for ${letter.body.toString('base64')}: ${text}`);
    }
    expect(promisesIn(await tracesOf(app.core, looking))).toEqual(before);
    const alive = await webhook.send(webhook.letter({ words: '嗯' }));
    expect(alive).toMatchObject({ status: 200, spoken: expect.stringMatching(/./) });
  });
});

/** What binds the house: not that somebody was listened to, or a strange speaker given a code to read out. */
function promisesIn(traces: Record<string, string>): Record<string, string> {
  const tables = [
    'application',
    'booking',
    'callback',
    'call',
    'case_file',
    'consent',
    'rating',
    'seat',
    'ticket',
    'visit',
  ];
  return Object.fromEntries(tables.map((table) => [table, traces[table] ?? 'no such table']));
}

describe.each(WEBHOOK_BRANDS)('%s, before the door of the turn', (brand) => {
  test(`${COUNTS.signed} odd ones are answered in the brand’s envelope or refused, whatever they hold`, {
    timeout: PATIENCE_MS,
  }, async () => {
    const own = await startVendors();
    const { turn, heard } = recordingTurn();
    const { app: door } = await signedWebhooks(own, turn, {}, { envelope2: true, ssml: true });
    atEnd(async () => {
      await door.close();
      await own.close();
    });
    const sender: Sender = senders(own)[brand];
    const seen = { answered: 0, refused: 0 };
    await each(changes(COUNTS.signed, 3), async (change) => {
      const payload = mutated(JSON.stringify(sender.body()), change);
      const response = await door.inject({
        method: 'POST',
        url: `/webhooks/${brand}`,
        payload,
        headers: sender.headers(payload),
      });
      const answered = response.statusCode === 200 && isEnvelope(brand, response.json());
      const refused = response.statusCode >= 400 && response.statusCode < 500;
      if (!answered && !refused)
        throw new Error(`status ${response.statusCode} for ${payload.toString('base64')}: ${response.body}`);
      seen[answered ? 'answered' : 'refused'] += 1;
    });
    expect(heard.length).toBeLessThanOrEqual(seen.answered);
    expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(0);
    process.stdout.write(
      `  ${brand}: ${seen.answered} signed odd requests answered, ${seen.refused} refused, none failed\n`,
    );
  });
});
