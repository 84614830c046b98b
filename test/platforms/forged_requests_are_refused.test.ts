import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ALEXA_CERT_URL,
  alexaBody,
  alexaHeaders,
  DUEROS_CERT_URL,
  duerosBody,
  duerosHeaders,
  type Headers,
  NOW,
} from './support/brands.ts';
import { recordingTurn } from './support/turns.ts';
import { signedWebhooks, startVendors, type Vendors } from './support/webhooks.ts';

let vendors: Vendors;
let app: FastifyInstance;
let time: { now: Date };
const { turn, heard } = recordingTurn();

beforeAll(async () => {
  vendors = await startVendors();
  ({ app, time } = await signedWebhooks(vendors, turn));
});
afterAll(async () => {
  await app.close();
  await vendors.close();
});

const BRANDS = {
  alexa: {
    url: ALEXA_CERT_URL,
    headers: (body: string, url?: string) => alexaHeaders(vendors.alexa, body, url),
    body: alexaBody,
    address: 'signaturecertchainurl',
    signature: 'signature-256',
    tolerance: 150_000,
    refused: { message: 'request verification failed' },
  },
  dueros: {
    url: DUEROS_CERT_URL,
    headers: (body: string, url?: string) => duerosHeaders(vendors.dueros, body, url),
    body: duerosBody,
    address: 'signaturecerturl',
    signature: 'signature',
    tolerance: 180_000,
    refused: { status: 1, msg: '非法请求' },
  },
} as const;
type Brand = keyof typeof BRANDS;
const names = Object.keys(BRANDS) as Brand[];

const post = (brand: Brand, payload: string | Buffer, headers: Headers) =>
  app.inject({ method: 'POST', url: `/webhooks/${brand}`, payload, headers });
const stampOf = (brand: Brand, at: Date) => (brand === 'alexa' ? at.toISOString() : String(at.getTime() / 1000));

describe.each(names)('%s', { timeout: 30_000 }, (name) => {
  const brand = BRANDS[name];
  const signed = (members: Record<string, unknown> = {}) => JSON.stringify(brand.body(members));

  it('takes an honest request', async () => {
    const body = signed({ requestId: 'honest' });
    const response = await post(name, body, brand.headers(body));
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('您的老年优待证办好了');
  });

  it.each([
    ['no signature', (h: Headers) => ({ ...h, [brand.signature]: undefined })],
    ['an empty signature', (h: Headers) => ({ ...h, [brand.signature]: '' })],
    ['no certificate address', (h: Headers) => ({ ...h, [brand.address]: undefined })],
    ['an empty certificate address', (h: Headers) => ({ ...h, [brand.address]: '' })],
    ['no headers at all', () => ({ 'content-type': 'application/json' })],
    ['a signature that is not base64', (h: Headers) => ({ ...h, [brand.signature]: '%%%%' })],
    [
      'a signature in base64url',
      (h: Headers) => ({
        ...h,
        [brand.signature]: (h[brand.signature] ?? '').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      }),
    ],
    ['a signature with a tail', (h: Headers) => ({ ...h, [brand.signature]: `${h[brand.signature]}AAAA` })],
    ['a signature of another body', () => brand.headers('{}')],
  ])('refuses %s, in its own words', async (_, change) => {
    const body = signed();
    const before = heard.length;
    const headers = Object.fromEntries(
      Object.entries(change(brand.headers(body))).filter(([, v]) => v !== undefined),
    ) as Headers;
    const response = await post(name, body, headers);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual(brand.refused);
    expect(heard.length).toBe(before);
  });

  it('refuses a body with any one byte changed', async () => {
    const body = Buffer.from(signed());
    const headers = brand.headers(body.toString());
    const step = Math.ceil(body.length / 120);
    for (let i = 0; i < body.length; i += step) {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(flipped.readUInt8(i) ^ (1 << (i % 8)), i);
      expect((await post(name, flipped, headers)).statusCode, `byte ${i}`).toBe(400);
    }
  });

  it('refuses every one-bit change of a short body, and a signature with any one character changed', async () => {
    const body = Buffer.from('{"request":{}}');
    const headers = brand.headers(body.toString());
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = Buffer.from(body);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect((await post(name, flipped, headers)).statusCode).toBe(400);
    }
    const honest = signed();
    const good = brand.headers(honest);
    const signature = good[brand.signature] ?? '';
    for (let i = 0; i < signature.length; i += 7) {
      const other = signature[i] === 'A' ? 'B' : 'A';
      const changed = signature.slice(0, i) + other + signature.slice(i + 1);
      expect((await post(name, honest, { ...good, [brand.signature]: changed })).statusCode).toBe(400);
    }
  });

  it('refuses what was added around the signed bytes', async () => {
    const body = signed();
    const headers = brand.headers(body);
    for (const changed of [
      `${body} `,
      ` ${body}`,
      `${body}\n`,
      `\uFEFF${body}`,
      JSON.stringify(JSON.parse(body), null, 1),
    ]) {
      expect((await post(name, changed, headers)).statusCode).toBe(400);
    }
  });

  it.each([
    [-1, 200],
    [0, name === 'alexa' ? 200 : 400],
    [1, 400],
  ])('at its tolerance and %i ms answers %i', async (offset, status) => {
    const body = signed({ requestId: `age-${offset}`, timestamp: stampOf(name, NOW) });
    time.now = new Date(NOW.getTime() + brand.tolerance + offset);
    const response = await post(name, body, brand.headers(body));
    time.now = NOW;
    expect(response.statusCode).toBe(status);
  });

  it('refuses stamps of the future, missing stamps and stamps that are none', async () => {
    const future = new Date(NOW.getTime() + brand.tolerance + 1000);
    for (const timestamp of [
      stampOf(name, future),
      undefined,
      null,
      '',
      'soon',
      {},
      [],
      '-1',
      '99999999999999999999',
    ]) {
      const body = signed({ timestamp });
      expect((await post(name, body, brand.headers(body))).statusCode, String(timestamp)).toBe(400);
    }
  });

  it('refuses a replay after the window, and answers one within it with the same words, once', async () => {
    const body = signed({ requestId: 'replayed' });
    const headers = brand.headers(body);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(name, body, headers)));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(heard.filter((said) => said.requestId === 'replayed' && said.brand === name)).toHaveLength(1);
    time.now = new Date(NOW.getTime() + brand.tolerance + 1000);
    const late = await post(name, body, headers);
    time.now = NOW;
    expect(late.statusCode).toBe(400);
  });

  it('refuses a request for another skill', async () => {
    const other = JSON.stringify(brand.body()).replaceAll('skill', 'skull');
    expect((await post(name, other, brand.headers(other))).statusCode).toBe(400);
  });

  it('refuses signed bytes that are not JSON', async () => {
    for (const body of ['', 'null', '[]', '"x"', '{', 'not json', '\u0000']) {
      expect((await post(name, body, brand.headers(body))).statusCode, body).toBe(400);
    }
  });

  it('refuses more than 128 KiB with 413', async () => {
    const body = JSON.stringify(brand.body({}, { padding: 'x'.repeat(131_072) }));
    expect((await post(name, body, brand.headers(body))).statusCode).toBe(413);
  });

  it('refuses a header sent twice, even twice the same', async () => {
    const body = signed({ requestId: 'twice' });
    const headers = brand.headers(body);
    for (const doubled of [brand.signature, brand.address]) {
      const list = Object.entries(headers).flat();
      expect(await sendRaw(name, body, list)).toBe(200);
      expect(await sendRaw(name, body, [...list, doubled.toUpperCase(), headers[doubled] ?? ''])).toBe(400);
    }
  });

  it('does not take another brand for itself', async () => {
    for (const other of names.filter((candidate) => candidate !== name)) {
      const body = JSON.stringify(BRANDS[other].body());
      const headers = BRANDS[other].headers(body);
      expect((await post(name, body, headers)).statusCode).toBe(400);
      const relabelled = {
        ...headers,
        [brand.address]: brand.url,
        [brand.signature]: headers[BRANDS[other].signature] ?? '',
      };
      expect((await post(name, body, relabelled)).statusCode).toBe(400);
    }
  });
});

async function sendRaw(name: Brand, body: string, headers: string[]): Promise<number> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const framing = ['host', 'localhost', 'content-length', String(Buffer.byteLength(body))];
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/webhooks/${name}`,
        headers: [...framing, ...headers],
        agent: false,
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', reject).end(body);
  });
}
