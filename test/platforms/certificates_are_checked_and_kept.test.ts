import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificates } from '../../src/platforms/certificates.ts';
import { createDownload } from '../../src/platforms/download.ts';
import { createAuthority, type Issued } from './support/authority.ts';
import { ALEXA_CERT_URL, alexaBody, alexaHeaders, NOW } from './support/brands.ts';
import { recordingTurn } from './support/turns.ts';
import { certificatesOf, signedWebhooks, startVendors, type Vendors } from './support/webhooks.ts';

const ALEXA = { name: 'echo-api.amazon.com', toRoot: true };
const DUEROS = { name: 'dueros-api.baidu.com', toRoot: false };
const authority = createAuthority();
let vendors: Vendors;
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));

beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(async () => {
  await vendors.close();
  authority.close();
  rmSync(folder, { recursive: true, force: true });
});

let pages = 0;
/** The key of a chain served at a fresh address, or the reason why there is none. */
async function keyOf(pem: string | number, profile = ALEXA, now = NOW): Promise<string> {
  const path = `/echo.api/case-${++pages}.pem`;
  vendors.files.set(path, pem);
  const certificates = certificatesOf(vendors, { clock: { now: () => now } });
  return certificates.key(new URL(`https://s3.amazonaws.com${path}`), profile).then(
    () => 'key',
    (thrown: Error) => thrown.message,
  );
}

describe('a chain', { timeout: 30_000 }, () => {
  const intermediate = (by: Issued, members = {}) =>
    authority.issue({ name: 'intermediate', authority: true, by, ...members });
  const leaf = (by?: Issued, members = {}) =>
    authority.issue({ name: 'echo-api.amazon.com', san: 'DNS:echo-api.amazon.com', by, ...members });

  it('is taken from leaf to trusted root, with or without the root in it, in any order above the leaf', async () => {
    const middle = intermediate(vendors.root);
    const own = leaf(middle);
    const noise = leaf();
    expect(await keyOf(own.certificate + middle.certificate)).toBe('key');
    expect(await keyOf(own.certificate + middle.certificate + vendors.root.certificate)).toBe('key');
    expect(await keyOf(own.certificate + vendors.root.certificate + noise.certificate + middle.certificate)).toBe(
      'key',
    );
  });

  it('is refused without a way to a trusted root', async () => {
    const stranger = authority.issue({ name: 'stranger', authority: true });
    const namesake = authority.issue({ name: 'test root', authority: true });
    expect(await keyOf(leaf().certificate)).toMatch(/no trusted root/);
    expect(await keyOf(leaf(stranger).certificate + stranger.certificate)).toMatch(/no trusted root/);
    expect(await keyOf(leaf(namesake).certificate + namesake.certificate)).toMatch(/no trusted root/);
    expect(await keyOf(leaf(intermediate(vendors.root)).certificate)).toMatch(/no trusted root/);
  });

  it('is refused when a certificate that is no authority signed the next', async () => {
    const impostor = authority.issue({ name: 'intermediate', by: vendors.root });
    expect(await keyOf(leaf(impostor).certificate + impostor.certificate)).toMatch(/no trusted root/);
  });

  it('is refused with a leaf for another name, by common name alone, or by wildcard', async () => {
    for (const san of [
      'DNS:evil.example',
      'DNS:*.amazon.com',
      'DNS:echo-api.amazon.com.evil.example',
      'IP:127.0.0.1',
      undefined,
    ]) {
      expect(await keyOf(leaf(vendors.root, { san }).certificate)).toMatch(/another name/);
    }
    expect(await keyOf(vendors.dueros.certificate)).toMatch(/another name/);
  });

  it('is refused before, and after, the time of any of its parts', async () => {
    const [past, coming] = [new Date('2026-06-01'), new Date('2026-12-01')];
    expect(await keyOf(leaf(vendors.root, { until: past }).certificate)).toMatch(/out of date/);
    expect(await keyOf(leaf(vendors.root, { from: coming }).certificate)).toMatch(/out of date/);
    const stale = intermediate(vendors.root, { until: past });
    expect(await keyOf(leaf(stale).certificate + stale.certificate)).toMatch(/out of date/);
    expect(await keyOf(leaf(vendors.root).certificate, ALEXA, new Date('2027-06-01'))).toMatch(
      /no trusted root|out of date/,
    );
  });

  it('is refused with a key that is not RSA', async () => {
    expect(await keyOf(leaf(vendors.root, { keyType: 'ec' }).certificate)).toMatch(/not RSA/);
  });

  it('of DuerOS needs no root, but its name and its dates', async () => {
    const own = authority.issue({ name: 'dueros-api.baidu.com', san: 'DNS:dueros-api.baidu.com' });
    expect(await keyOf(own.certificate, DUEROS)).toBe('key');
    expect(await keyOf(own.certificate, DUEROS, new Date('2027-06-01'))).toMatch(/out of date/);
    expect(await keyOf(leaf(vendors.root).certificate, DUEROS)).toMatch(/another name/);
  });

  it.each([
    ['a redirect', 302],
    ['an error page', 500],
    ['nothing', ''],
    ['no certificate', 'hello'],
    ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['more than 64 KiB', 'x'.repeat(65 * 1024)],
  ])('is refused when %s is served', async (_, page) => {
    const requests = vendors.requested.length;
    expect(await keyOf(page)).toMatch(/not verified/);
    expect(vendors.requested.length).toBe(requests + 1);
  });
});

describe('the store of certificates', { timeout: 30_000 }, () => {
  const url = new URL(ALEXA_CERT_URL);

  it('asks once for hundreds of requests at once, and not again afterwards', async () => {
    const { app } = await signedWebhooks(vendors, recordingTurn().turn);
    const before = vendors.requested.length;
    const payload = JSON.stringify(alexaBody({ requestId: 'stampede' }));
    const headers = alexaHeaders(vendors.alexa, payload);
    const send = () => app.inject({ method: 'POST', url: '/webhooks/alexa', payload, headers });
    const answers = await Promise.all(Array.from({ length: 300 }, send));
    expect(answers.every((answer) => answer.statusCode === 200)).toBe(true);
    await send();
    expect(vendors.requested.length).toBe(before + 1);
    await app.close();
  }, 60_000);

  it.each([
    ['a minute where a chain was refused', '/echo.api/refused.pem', 60_000],
    ['ten seconds where there was none to be had', '/echo.api/missing.pem', 10_000],
  ])('does not knock again for %s', async (_, path, pause) => {
    const time = { now: NOW };
    const certificates = certificatesOf(vendors, { clock: { now: () => time.now } });
    vendors.files.set('/echo.api/refused.pem', vendors.dueros.certificate);
    const url = new URL(`https://s3.amazonaws.com${path}`);
    const before = vendors.requested.length;
    for (let i = 0; i < 5; i++) await expect(certificates.key(url, ALEXA)).rejects.toThrow();
    expect(vendors.requested.length).toBe(before + 1);
    time.now = new Date(NOW.getTime() + pause + 1);
    await expect(certificates.key(url, ALEXA)).rejects.toThrow();
    expect(vendors.requested.length).toBe(before + 2);
  });

  it('gives up after its deadline on a server that accepts and says nothing', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    const agent = new Agent();
    agent.createConnection = () => connect({ host: '127.0.0.1', port: (silent.address() as AddressInfo).port });
    await expect(createDownload(agent, 100)(url)).rejects.toThrow();
    silent.close();
  });

  it('looks at what was laid down before it asks the network, and checks it no less', async () => {
    const directory = mkdtempSync(join(folder, 'laid-'));
    const before = vendors.opened();
    writeFileSync(join(directory, 'echo-api-cert-12.pem'), vendors.alexa.certificate + vendors.root.certificate);
    await expect(certificatesOf(vendors, { directory }).key(url, ALEXA)).resolves.toBeDefined();
    expect(vendors.opened()).toBe(before);
    writeFileSync(join(directory, 'echo-api-cert-12.pem'), vendors.dueros.certificate);
    const offline = () => Promise.reject(new Error('no network'));
    await expect(certificatesOf(vendors, { directory, download: offline }).key(url, ALEXA)).rejects.toThrow(
      /not to be had/,
    );
  });

  it('keeps what it fetched over a restart, and fetches anew when that is out of date', async () => {
    const cacheDirectory = join(folder, 'kept');
    await certificatesOf(vendors, { cacheDirectory }).key(url, ALEXA);
    expect(readdirSync(cacheDirectory)).toHaveLength(1);
    const before = vendors.requested.length;
    await certificatesOf(vendors, { cacheDirectory }).key(url, ALEXA);
    expect(vendors.requested.length).toBe(before);
    const later = { now: () => new Date('2027-06-01') };
    await expect(certificatesOf(vendors, { cacheDirectory, clock: later }).key(url, ALEXA)).rejects.toThrow();
    expect(vendors.requested.length).toBe(before + 1);
  });

  it('drops a kept key once its certificate has run out', async () => {
    const time = { now: NOW };
    const certificates = certificatesOf(vendors, { clock: { now: () => time.now } });
    await certificates.key(url, ALEXA);
    time.now = new Date('2027-06-01');
    await expect(certificates.key(url, ALEXA)).rejects.toThrow();
  });

  it('trusts no root of its own accord', async () => {
    const certificates = createCertificates({ clock: { now: () => NOW }, download: createDownload(vendors.agent) });
    await expect(certificates.key(url, ALEXA)).rejects.toThrow(/no trusted root/);
  });
});
