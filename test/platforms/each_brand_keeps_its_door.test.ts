import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alexa } from '../../src/platforms/alexa/index.ts';
import { aligenie } from '../../src/platforms/aligenie/index.ts';
import { dueros } from '../../src/platforms/dueros/index.ts';
import { guardedTurn } from '../../src/platforms/webhook.ts';
import { xiaoai } from '../../src/platforms/xiaoai/index.ts';
import { NOW } from './support/brands.ts';
import { type Sender, senders, WEBHOOK_BRANDS, type WebhookBrand } from './support/senders.ts';
import { FALLBACK, recordingTurn, reply } from './support/turns.ts';
import { certificatesOf, signedWebhooks, startVendors, type Vendors } from './support/webhooks.ts';

let vendors: Vendors;
let app: FastifyInstance;
let brands: Record<WebhookBrand, Sender>;
let answer: Parameters<typeof recordingTurn>[0] = () => ({});
const { turn, heard } = recordingTurn((said) => answer?.(said) ?? {});

beforeAll(async () => {
  vendors = await startVendors();
  brands = senders(vendors);
  ({ app } = await signedWebhooks(vendors, turn, {}, { envelope2: true }));
});
afterAll(async () => {
  await app.close();
  await vendors.close();
});

const post = (brand: WebhookBrand, payload: string | Buffer, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: `/webhooks/${brand}`, payload, headers });

describe.each(WEBHOOK_BRANDS)('the door of %s', { timeout: 60_000 }, (brand) => {
  it('opens to itself', async () => {
    const body = JSON.stringify(brands[brand].body());
    const response = await post(brand, body, brands[brand].headers(body));
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json;charset=utf-8');
    expect(brands[brand].spoken(response.json())).toContain('您的老年优待证办好了');
  });

  it('stays shut to the other three and to nobody', async () => {
    const before = heard.length;
    for (const other of WEBHOOK_BRANDS.filter((candidate) => candidate !== brand)) {
      const body = JSON.stringify(brands[other].body());
      expect((await post(brand, body, brands[other].headers(body))).statusCode, other).toBe(400);
    }
    expect(
      (await post(brand, JSON.stringify(brands[brand].body()), { 'content-type': 'application/json' })).statusCode,
    ).toBe(400);
    expect((await post(brand, '', {})).statusCode).toBe(400);
    expect(heard.length).toBe(before);
  });

  it('is answered with a valid envelope whatever is signed', async () => {
    const { body, headers, spoken } = brands[brand];
    const honest = body();
    const json = fc.jsonValue({ maxDepth: 3 });
    const odd = fc.oneof(
      json,
      fc.constantFrom(null, [], {}, '', 0, '__proto__', { __proto__: 1 }, { constructor: { prototype: 1 } }),
    );
    const paths = pathsIn(honest);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const changed = structuredClone(honest);
          for (const [path, value] of changes) setAt(changed, path, structuredClone(value));
          const bytes = JSON.stringify(changed);
          const response = await post(brand, bytes, headers(bytes));
          expect(response.statusCode).toBeLessThan(500);
          if (response.statusCode === 200) expect(spoken(response.json())).toBeDefined();
          expect(Buffer.byteLength(response.body)).toBeLessThanOrEqual(24 * 1024);
        },
      ),
      { numRuns: 150 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(['0', 'null', '"x"', 'true', '[]', '[{}]'])('refuses %s, though it is JSON and signed', async (text) => {
    const body = Buffer.from(text);
    expect((await post(brand, body, brands[brand].headers(body))).statusCode).toBe(400);
  });

  it('survives any bytes, signed or not, with any content type', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ maxLength: 30 }),
        fc.boolean(),
        async (bytes, type, signed) => {
          const body = Buffer.from(bytes);
          const headers = signed ? brands[brand].headers(body) : {};
          const clean = type.replace(/[^\x21-\x7e]/g, '');
          const response = await post(brand, body, { ...headers, ...(clean ? { 'content-type': clean } : {}) });
          expect(response.statusCode).toBeGreaterThanOrEqual(400);
          expect(response.statusCode).toBeLessThan(500);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps whatever is said within 24 KB and well formed', async () => {
    const { body, headers, spoken } = brands[brand];
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 200 }),
        async (words, times) => {
          const text = words.repeat(times);
          answer = () => ({ text, reprompt: { text }, choices: [{ n: 1, text }] });
          const bytes = JSON.stringify({ ...body(), ...freshRequest(body()) });
          const response = await post(brand, bytes, headers(bytes));
          answer = () => ({});
          expect(response.statusCode).toBe(200);
          expect(Buffer.byteLength(response.body)).toBeLessThanOrEqual(24 * 1024);
          expect(spoken(response.json())).toBeDefined();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what a brand calls', () => {
  const said = {
    brand: 'dueros',
    device: 'd',
    requestId: 'r',
    kind: 'words',
    locale: 'zh-CN',
    medium: 'plain',
    newSession: false,
  } as const;

  it('answers with the fallback when the turn throws', async () => {
    const guarded = guardedTurn({ turn: () => Promise.reject(new Error('broken')), fallback: FALLBACK });
    expect(await guarded(said)).toEqual({ ...FALLBACK, requestId: 'r' });
  });

  it('answers with the busy words when the device has spoken too often, but lets a session end', async () => {
    const keys: string[] = [];
    const allow = async (key: string) => keys.push(key) < 0;
    const guarded = guardedTurn({ turn, fallback: FALLBACK, busy: reply({ phrase: 'conversation.busy' }), allow });
    expect(await guarded(said)).toMatchObject({ requestId: 'r', phrase: 'conversation.busy' });
    expect(await guarded({ ...said, kind: 'end', requestId: 'e' })).toMatchObject({ phrase: 'progress.ready' });
    expect(keys).toEqual(['dueros:d']);
  });

  it('never makes a key of an endless id: it is told apart by its digest, and a retry has the same', async () => {
    const ids: string[][] = [];
    const guarded = guardedTurn({
      turn: async (one) => {
        ids.push([one.device, one.user ?? '', one.requestId]);
        return reply();
      },
      fallback: FALLBACK,
    });
    const endless = (sign: string) => ({
      ...said,
      device: sign.repeat(90_000),
      user: sign.repeat(513),
      requestId: sign.repeat(600),
    });
    for (const sign of ['a', 'a', 'b']) await guarded(endless(sign));
    await guarded({ ...said, device: 'd'.repeat(512) });
    expect(
      ids
        .slice(0, 3)
        .flat()
        .every((id) => id.length === 64),
    ).toBe(true);
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[2]?.some((id, n) => id === ids[0]?.[n])).toBe(false);
    expect(ids[3]).toEqual(['d'.repeat(512), '', 'r']);
  });

  it('answers when the counter itself is down', async () => {
    const guarded = guardedTurn({ turn, fallback: FALLBACK, allow: () => Promise.reject(new Error('down')) });
    expect(await guarded({ ...said, requestId: 'c' })).toMatchObject({ phrase: 'progress.ready' });
  });
});

it('a brand without its id or secret has no route', async () => {
  const bare = Fastify();
  const clock = { now: () => NOW };
  const common = { turn, fallback: FALLBACK, clock, certificates: certificatesOf(vendors) };
  await bare.register(alexa, common);
  await bare.register(dueros, common);
  await bare.register(aligenie, { ...common, skillId: '1' });
  await bare.register(xiaoai, { ...common, appId: '1', keyId: '2' });
  for (const brand of WEBHOOK_BRANDS) {
    const body = JSON.stringify(brands[brand].body());
    const response = await bare.inject({
      method: 'POST',
      url: `/webhooks/${brand}`,
      payload: body,
      headers: brands[brand].headers(body),
    });
    expect(response.statusCode, brand).toBe(404);
  }
  expect((await bare.inject({ method: 'HEAD', url: '/webhooks/dueros' })).statusCode).toBe(404);
  await bare.close();
});

type Json = Record<string, unknown>;

function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...(path.length ? [path] : []),
    ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name])),
  ];
}

function setAt(target: Json, path: string[], value: unknown): void {
  const [name = '', ...rest] = path;
  const inner = target[name];
  if (rest.length === 0) target[name] = value;
  else if (typeof inner === 'object' && inner !== null) setAt(inner as Json, rest, value);
}

let fresh = 0;
/** The same request under an id that was not answered before. */
function freshRequest(body: Json): Json {
  const id = `fresh-${++fresh}`;
  const request =
    typeof body.request === 'object' ? { request: { ...body.request, requestId: id, request_id: id } } : {};
  return { ...request, ...('requestId' in body ? { requestId: id } : {}) };
}
