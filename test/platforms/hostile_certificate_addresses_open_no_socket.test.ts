import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alexaBody, alexaHeaders, duerosBody, duerosHeaders } from './support/brands.ts';
import { recordingTurn } from './support/turns.ts';
import { signedWebhooks, startVendors, type Vendors } from './support/webhooks.ts';

let vendors: Vendors;
let app: FastifyInstance;

beforeAll(async () => {
  vendors = await startVendors();
  ({ app } = await signedWebhooks(vendors, recordingTurn().turn));
});
afterAll(async () => {
  await app.close();
  await vendors.close();
});

const HOSTS = { alexa: 's3.amazonaws.com', dueros: 'duer.bdstatic.com' };
const PATHS = { alexa: '/echo.api/', dueros: '/saiya/flow/' };

function hostile(brand: keyof typeof HOSTS): string[] {
  const host = HOSTS[brand];
  const path = PATHS[brand];
  const bare = path.slice(0, -1);
  const schemes = ['http:', 'ftp:', 'file:', 'data:', 'ws:', 'javascript:', 'gopher:'].map(
    (scheme) => `${scheme}//${host}${path}c.pem`,
  );
  const ports = ['563', '80', '22', '0', '8443', '65536', '-1', 'x'].map(
    (port) => `https://${host}:${port}${path}c.pem`,
  );
  const others = [
    '169.254.169.254',
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '10.0.0.1',
    'evil.example',
    `${host}.evil.example`,
    `evil-${host}`,
    `x.${host}`,
    `${host}.`,
    host.replace('.', '-'),
    `${host}%2eevil.example`,
    `${host}%00.evil.example`,
    'xn--s3-hlc.amazonaws.com',
    'S3.AMAZONAWS.COM.evil.example',
    `${host}evil.example`,
    host.slice(1),
    '',
    ' ',
  ].map((other) => `https://${other}${path}c.pem`);
  const users = ['u@', 'u:p@', ':@', 'evil.example@', `${host}@evil.example/`, `${host}%40evil.example/`].map(
    (user) => `https://${user}${host}${path}c.pem`,
  );
  const paths = [
    '/',
    '',
    bare,
    `${bare}x/c.pem`,
    `${path.toUpperCase()}c.pem`,
    `/x${path}c.pem`,
    `${path}../c.pem`,
    `${path}../../c.pem`,
    `${path}x/../../c.pem`,
    `${path}%2e%2e/c.pem`,
    `${path}%2E%2E/c.pem`,
    `${path}.%2e/c.pem`,
    `//evil.example${path}c.pem`,
    `/%2e${bare}/c.pem/../../../x`,
    `${bare};/c.pem`,
    `${bare}%2fc.pem`,
    `\\..\\c.pem`,
    `${path}\\..\\..\\c.pem`,
  ].map((end) => `https://${host}${end}`);
  const odd = [
    `${path}c.pem`,
    `//${host}${path}c.pem`,
    host,
    'https:',
    'https://',
    'null',
    'undefined',
    '{}',
    `https:/\\${host}${path}c.pem`,
    `https:\\\\${host}${path}c.pem`,
    `https://${host}\\@evil.example${path}c.pem`,
    `https://evil.example\\@${host}${path}c.pem`,
    `https://evil.example#@${host}${path}c.pem`,
    `https://evil.example?@${host}${path}c.pem`,
    `https://${host}${path}c.pem?x=1`,
    `https://${host}${path}c.pem#x`,
    `https://${host}#${path}c.pem`,
    `https://${host}?${path}c.pem`,
    `https://${host}${path}c.pem, https://evil.example/`,
    `https://${host}${path}c.pem https://evil.example/`,
    `ht\ttps://${host}${path}c.pem`,
    `https://${host}${path}\u00e9.pem`,
    `https://${host}${path}${'x'.repeat(600)}`,
    `view-source:https://${host}${path}c.pem`,
    `https+x://${host}${path}c.pem`,
  ];
  return [...schemes, ...ports, ...others, ...users, ...paths, ...odd];
}

describe.each(['alexa', 'dueros'] as const)('%s', { timeout: 30_000 }, (brand) => {
  const body = JSON.stringify(brand === 'alexa' ? alexaBody() : duerosBody());
  const headersFor = (url: string) =>
    brand === 'alexa' ? alexaHeaders(vendors.alexa, body, url) : duerosHeaders(vendors.dueros, body, url);
  const send = (url: string) =>
    app.inject({ method: 'POST', url: `/webhooks/${brand}`, payload: body, headers: headersFor(url) });

  it('refuses every hostile address without opening a socket', async () => {
    const list = hostile(brand);
    expect(list.length).toBeGreaterThan(80);
    const before = vendors.opened();
    for (const url of list) expect((await send(url)).statusCode, url).toBe(400);
    expect(vendors.opened()).toBe(before);
  });
});

it('reads an address of Alexa in any case of its host and with detours that end where they should', async () => {
  vendors.files.set('/echo.api/c.pem', vendors.alexa.certificate + vendors.root.certificate);
  for (const url of [
    'HTTPS://S3.AmazonAWS.com/echo.api/c.pem',
    'https://s3.amazonaws.com:443/echo.api/c.pem',
    'https://s3.amazonaws.com/echo.api/../echo.api/c.pem',
  ]) {
    const body = JSON.stringify(alexaBody({ requestId: url }));
    const response = await app.inject({
      method: 'POST',
      url: '/webhooks/alexa',
      payload: body,
      headers: alexaHeaders(vendors.alexa, body, url),
    });
    expect(response.statusCode, url).toBe(200);
  }
});

it('takes the host of DuerOS in lower case only', async () => {
  vendors.files.set('/saiya/flow/c.pem', vendors.dueros.certificate);
  const status = async (url: string) => {
    const body = JSON.stringify(duerosBody({ requestId: url }));
    const response = await app.inject({
      method: 'POST',
      url: '/webhooks/dueros',
      payload: body,
      headers: duerosHeaders(vendors.dueros, body, url),
    });
    return response.statusCode;
  };
  expect(await status('https://duer.bdstatic.com/saiya/flow/c.pem')).toBe(200);
  expect(await status('https://duer.bdstatic.com:443/saiya/flow/c.pem')).toBe(200);
  expect(await status('https://DUER.bdstatic.com/saiya/flow/c.pem')).toBe(400);
});
