import { Writable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { phoneOf } from '../../src/services/residents/homes.ts';
import * as schema from '../../src/store/schema.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { everythingIn } from './support/contents.ts';
import { talkerAt } from './support/doors.ts';
import { vendorsOfOurOwn } from './support/vendors.ts';
import { createWebhook } from './support/webhooks.ts';

const NAME = '葛雀翎';
const CALLED = '雀翎姨';
const PHONE = '13987650213';
const SPOKEN_PHONE = '幺三九零二零零六七八九';
const OTHER_PHONE = '13902006789';
const CONFIDENCE = '隔壁老鹧鸪又偷我白菜';
/** What nobody may read anywhere but in her own record. */
const CANARIES = [NAME, CALLED, PHONE, OTHER_PHONE, SPOKEN_PHONE, CONFIDENCE, '鹧鸪'];

/** Her own record, and the sentences that nobody understood: kept for authors without what could name anybody. */
const WHERE_ALLOWED: Record<string, string[]> = { resident: [NAME, CALLED], unmatched: [CONFIDENCE, '鹧鸪'] };

/** A secret stays one however it is written. */
const disguises = (canary: string) => [
  canary,
  encodeURIComponent(canary),
  JSON.stringify(canary)
    .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(1, -1),
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
  Buffer.from(canary).toString('hex'),
];
const found = (text: string) => CANARIES.filter((canary) => disguises(canary).some((one) => text.includes(one)));

let log = '';
const stream = new Writable({
  write(chunk, _encoding, done) {
    log += String(chunk);
    done();
  },
});

const vendors = vendorsOfOurOwn();
let app: BuiltApp;
let home: BuiltApp['demo']['speakers'][number];
let residentId: string;
beforeAll(async () => {
  app = await buildApp({ env: vendors.env, log: createLog({ level: 'trace' }, stream) });
  const [first] = app.demo.speakers;
  if (!first) throw new Error('the sample community has no speaker');
  home = first;
  const at = await app.core.services.homes.at({ brand: 'speaker', device: home.deviceId });
  residentId = at?.residents[0]?.id ?? '';
  const { fields, database } = app.core;
  const phoneSealed = fields.seal(PHONE, phoneOf(residentId));
  const values = { name: NAME, called: CALLED, phoneSealed, phoneIndex: fields.index(PHONE) };
  await database.db.update(schema.resident).set(values).where(eq(schema.resident.id, residentId));
  await talk();
});

/** All that a resident and those around her do in a day, also what goes wrong. */
async function talk(): Promise<void> {
  await atHerSpeaker();
  await overABrand();
  await whileTablesAreMissing();
  await byAClerk();
}

async function atHerSpeaker(): Promise<void> {
  const { say } = talkerAt('speaker', app, vendors, home);
  const greeted = await say({ launch: true });
  expect(greeted.spoken, 'the canary is in the house').toContain(CALLED);
  for (const words of ['约后天上午去取证', '第一个', '对', CONFIDENCE, '让人给我回个电话']) await say({ words });
  await say({ words: '不是这个' });
  await say({ words: SPOKEN_PHONE });
  expect(app.seen.last?.reply.phrase, 'she gave another number').toBe('agent.readPhoneBack');
}

async function overABrand(): Promise<void> {
  const webhook = createWebhook('dueros', { url: app.url, vendors, ids: home.platformIds.dueros });
  const honest = webhook.letter({ words: `我是${NAME}，${CONFIDENCE}，电话${PHONE}` });
  await webhook.send(honest);
  await webhook.send({ ...honest, body: honest.body.replace(NAME, `${NAME}英`) });
  await fetch(`${app.url}/webhooks/dueros?who=${encodeURIComponent(NAME)}`, { method: 'POST', body: `{"${NAME}":` });
  const noApp = webhook.letter({ words: '查进度' }, { skill: `skill-${PHONE}` });
  await webhook.send(noApp);
}

/** The statement that fails is quoted by the driver, with all its values: her number, and what she said. */
async function whileTablesAreMissing(): Promise<void> {
  const { say } = talkerAt('speaker', app, vendors, home);
  await move('callback', 'callback_away');
  const failed = await say({ words: '对' });
  await move('callback_away', 'callback');
  expect(failed.spoken).toContain('没办成');
  await say({ words: '对' });
  expect(app.seen.last?.reply.phrase, 'said again, it is done').toBe('agent.callbackNoted');

  await move('unmatched', 'unmatched_away');
  await say({ words: `${CONFIDENCE}呀` });
  await vi.waitFor(() => expect(log).toContain('an unmatched sentence was not kept'), 10_000);
  await move('unmatched_away', 'unmatched');
}

const move = (table: string, to: string) =>
  app.core.database.db.execute(sql`alter table ${sql.identifier(table)} rename to ${sql.identifier(to)}`);

async function byAClerk(): Promise<void> {
  const account = app.demo.accounts.find((one) => one.role === 'supervisor');
  const json = { 'content-type': 'application/json' };
  const credentials = { username: account?.username, password: account?.password };
  const opened = await fetch(`${app.url}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(credentials),
  });
  const { csrfToken } = (await opened.json()) as { csrfToken: string };
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { ...json, cookie, 'x-csrf-token': csrfToken };
  const body = JSON.stringify({ field: 'phone', reason: '回电话前核对号码' });
  const shown = await fetch(`${app.url}/api/residents/${residentId}/reveal`, { method: 'POST', headers, body });
  expect(await shown.text(), 'it is shown to her').toContain(PHONE);
  await fetch(`${app.url}/api/residents?q=${encodeURIComponent(NAME)}&phone=${PHONE}`, { headers });
  await fetch(`${app.url}/api/residents/${PHONE}`, { headers });
  await fetch(`${app.url}/api/session`, { method: 'POST', headers: json, body: `{"username":"${NAME}",` });
}

describe('after a day with her', () => {
  test('the log tells what happened and not who or what', () => {
    expect(log).toContain('a turn failed');
    expect(log).toContain('webhook refused');
    expect(log.split('\n').length).toBeGreaterThan(5);
    expect(found(log)).toEqual([]);
    expect(log).not.toContain(home.token);
  });

  test('Redis holds her conversation sealed', async () => {
    const everything = await everythingIn(await app.redis.connect('subscriber'));
    expect(everything).toContain(`speaker%3A${home.deviceId}`);
    expect(found(everything)).toEqual([]);
  });

  test('no column of the database holds what she confided in clear, but where it belongs', async () => {
    const { db } = app.core.database;
    const tables = await db.execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of (tables as unknown as { rows: { name: string }[] }).rows) {
      const rows = await db.execute(sql`select t::text as text from ${sql.identifier(name)} t`);
      const text = (rows as unknown as { rows: { text: string }[] }).rows.map((row) => row.text).join('\n');
      const personal = WHERE_ALLOWED[name] ?? [];
      expect(
        found(text).filter((canary) => !personal.includes(canary)),
        name,
      ).toEqual([]);
    }
  });
});
