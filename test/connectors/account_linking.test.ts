import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountLink, household, speaker, speakerHistory } from '../../src/store/schema.ts';
import { vendorsOfOurOwn } from '../app/support/vendors.ts';
import { ALIGENIE_SKILL, aligenieBody, aligenieHeaders } from '../platforms/support/brands.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';

const CALLBACK = 'https://open.bot.tmall.com/oauth/callback';
/** The vendor's own members, encoded as a form library would not write them again. */
const BACK = `${CALLBACK}?skillId=11&token=a%2Bb%3d%3D~`;
const CLIENT = { client_id: 'genie', client_secret: 's3cret' };
const STATE = 'st at+e';

let app: BuiltApp;
let home: typeof household.$inferSelect;
beforeAll(async () => {
  app = await buildApp({
    env: {
      ...vendorsOfOurOwn().env,
      OAUTH_ALIGENIE_CLIENT_ID: CLIENT.client_id,
      OAUTH_ALIGENIE_CLIENT_SECRET: CLIENT.client_secret,
      OAUTH_ALIGENIE_REDIRECTS: CALLBACK,
      OAUTH_XIAOAI_CLIENT_ID: 'mi',
      OAUTH_XIAOAI_CLIENT_SECRET: 'mi-secret',
      OAUTH_XIAOAI_REDIRECTS: 'https://mi.example/cb',
    },
  });
  const [first] = await app.core.database.db.select().from(household).limit(1);
  if (!first) throw new Error('no household');
  home = first;
});

type Form = Record<string, string>;
const get = (path: string) => fetch(`${app.url}${path}`, { redirect: 'manual' });
const post = (path: string, form: Form, headers: Form = {}) =>
  fetch(`${app.url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
const ticketIn = (html: string) => /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
const account = (role: string) => {
  const found = app.demo.accounts.find((one) => one.role === role);
  if (!found) throw new Error(`no ${role}`);
  return { username: found.username, password: found.password };
};

const ask = (more: Form = {}) => {
  const asked = { client_id: CLIENT.client_id, response_type: 'code', redirect_uri: BACK, state: STATE, ...more };
  return get(`/oauth/authorize?${new URLSearchParams(asked)}`);
};
const signIn = async (ticket: string, who = account('operator')) => post('/oauth/authorize', { ticket, ...who });
const where = () => ({ community: home.community, building: home.building, unit: home.unit });

/** Through both forms to the brand's address. */
async function linked(more: Form = {}): Promise<{ location: string; code: string }> {
  const page = await (await signIn(ticketIn(await (await ask(more)).text()))).text();
  const answer = await post('/oauth/authorize/home', { ticket: ticketIn(page), ...where() });
  const location = answer.headers.get('location') ?? '';
  return { location, code: new URL(location).searchParams.get('code') ?? '' };
}
interface Granted {
  access_token: string;
  refresh_token: string;
  error?: string;
}
const token = async (form: Form, headers: Form = {}) => {
  const answer = await post('/oauth/token', form, headers);
  return { status: answer.status, body: (await answer.json()) as Granted };
};
const exchange = (code: string, more: Form = {}) =>
  token({ grant_type: 'authorization_code', ...CLIENT, code, redirect_uri: BACK, ...more });

describe('the page that links an account to a household', () => {
  it('asks the operator to sign in, and may not be framed or kept', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(ticketIn(await answer.text())).not.toBe('');
  });

  it.each([
    ['another client', { client_id: 'somebody' }],
    ['another address', { redirect_uri: 'https://evil.example/oauth/callback' }],
    ['another path of the same host', { redirect_uri: `${CALLBACK}/elsewhere` }],
    ['the address within another', { redirect_uri: `https://evil.example/?u=${CALLBACK}` }],
    ['an address with somebody in it', { redirect_uri: 'https://open.bot.tmall.com@evil.example/oauth/callback' }],
  ])('sends nobody anywhere for %s', async (_, more) => {
    const answer = await ask(more);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['an implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['a plain challenge', { code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
  ])('tells the brand that %s is not served', async (_, more, error) => {
    const location = new URL((await ask(more as Form)).headers.get('location') ?? '');
    expect([location.searchParams.get('error'), location.searchParams.get('state')]).toEqual([error, STATE]);
  });

  it('leads back to the brand’s address with its own members untouched, the code and the state', async () => {
    const { location, code } = await linked();
    expect(location.startsWith(`${BACK}&`)).toBe(true);
    expect(code).toMatch(/^[\w-]{43}$/);
    expect(new URL(location).searchParams.get('state')).toBe(STATE);
  });

  it('takes an address that was encoded twice', async () => {
    const { location } = await linked({ redirect_uri: encodeURIComponent(BACK) });
    expect(location.startsWith(`${BACK}&`)).toBe(true);
  });

  it.each([
    ['a wrong password', () => ({ ...account('operator'), password: 'wrong' })],
    ['somebody who is no operator', () => account('clerk')],
  ])('lets nobody on with %s', async (_, who) => {
    const answer = await signIn(ticketIn(await (await ask()).text()), who());
    const html = await answer.text();
    expect(answer.status).toBe(401);
    expect(html).toContain('role="alert"');
    expect(html).not.toContain('/oauth/authorize/home');
  });

  it('cannot be skipped to the second form, and a ticket serves once', async () => {
    const ticket = ticketIn(await (await ask()).text());
    expect((await post('/oauth/authorize/home', { ticket, ...where() })).status).toBe(400);
    const second = ticketIn(await (await signIn(ticketIn(await (await ask()).text()))).text());
    expect((await post('/oauth/authorize/home', { ticket: second, ...where() })).status).toBe(303);
    expect((await post('/oauth/authorize/home', { ticket: second, ...where() })).status).toBe(400);
  });

  it('asks again when there is no such household, and shows nobody’s name', async () => {
    const page = await (await signIn(ticketIn(await (await ask()).text()))).text();
    const nowhere = { ...where(), unit: '<b>9999</b>' };
    const answer = await post('/oauth/authorize/home', { ticket: ticketIn(page), ...nowhere });
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(html).not.toContain('<b>');
    for (const { residents } of app.demo.speakers) for (const { name } of residents) expect(html).not.toContain(name);
  });
});

describe('a code', () => {
  it('is changed for tokens of which only hashes are kept', async () => {
    const { code } = await linked();
    const { status, body } = await exchange(code);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 7 * 24 * 3600 });
    const kept = JSON.stringify(await app.core.database.db.select().from(accountLink));
    for (const secret of [code, body.access_token, body.refresh_token]) expect(kept).not.toContain(secret);
  });

  it('used a second time ends the link that it had made', async () => {
    const { code } = await linked();
    const { body } = await exchange(code);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    const refresh = { grant_type: 'refresh_token', ...CLIENT, refresh_token: body.refresh_token };
    expect((await token(refresh)).body.error).toBe('invalid_grant');
  });

  it('is good for five minutes, for its client and its address', async () => {
    const { code } = await linked();
    expect((await exchange(code, { client_secret: 'wrong' })).status).toBe(401);
    expect((await exchange(code, { client_id: 'mi', client_secret: 'mi-secret' })).body.error).toBe('invalid_grant');
    expect((await exchange(code, { redirect_uri: CALLBACK })).body.error).toBe('invalid_grant');
    app.clock.advance({ minutes: 6 });
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    app.clock.advance({ minutes: -6 });
    expect((await exchange(code)).status).toBe(200);
  });

  it('that was asked for with a challenge needs the verifier', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const { code } = await linked({ code_challenge: challenge, code_challenge_method: 'S256' });
    expect((await exchange(code)).body.error).toBe('invalid_grant');
    expect((await exchange(code, { code_verifier: 'another' })).body.error).toBe('invalid_grant');
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200);
  });

  it('is taken in every manner that brands have: in the query, with a Basic header, without a grant type', async () => {
    const inQuery = new URLSearchParams({ grant_type: 'authorization_code', ...CLIENT, code: (await linked()).code });
    expect((await token({}, {})).status).toBe(401);
    expect((await post(`/oauth/token?${inQuery}`, {})).status).toBe(200);
    const basic = `Basic ${Buffer.from('genie:s3cret').toString('base64')}`;
    const form = { grant_type: 'authorization_code', code: (await linked()).code, redirect_uri: BACK };
    expect((await token(form, { authorization: basic })).status).toBe(200);
    const bare = await linked({ client_id: 'mi', redirect_uri: 'https://mi.example/cb' });
    expect((await token({ client_id: 'mi', client_secret: 'mi-secret', code: bare.code })).status).toBe(200);
  });
});

it('a refresh token goes on giving access tokens, of which the newest holds', async () => {
  const { body } = await exchange((await linked()).code);
  const again = () => token({ grant_type: 'refresh_token', ...CLIENT, refresh_token: body.refresh_token });
  const [one, two] = [await again(), await again()];
  expect([one.status, two.status]).toEqual([200, 200]);
  expect(new Set([body.access_token, one.body.access_token, two.body.access_token]).size).toBe(3);
});

describe('a speaker of a linked account', () => {
  async function says(device: string, linkToken: string, words = '你好'): Promise<string> {
    const requestData = { userOpenId: `user-${device}`, deviceOpenId: device };
    const request = { requestId: randomUUID(), skillId: ALIGENIE_SKILL, utterance: words, intentName: 'talk' };
    const body = JSON.stringify(
      aligenieBody({ ...request, requestData, device: { deviceOpenId: device }, token: linkToken }),
    );
    const { host: _, ...headers } = aligenieHeaders();
    const answer = await fetch(`${app.url}/webhooks/aligenie`, { method: 'POST', body, headers });
    return ((await answer.json()) as { returnValue: { reply: string } }).returnValue.reply;
  }
  const rowOf = async (device: string) => {
    const mine = and(eq(speaker.brand, 'aligenie'), eq(speaker.brandDevice, device));
    const [row] = await app.core.database.db.select().from(speaker).where(mine);
    return row;
  };

  it('belongs to the household from its first words on, and that is written down', async () => {
    const { body } = await exchange((await linked()).code);
    expect(await says('linked-1', body.access_token)).not.toContain('没登记');
    const row = await rowOf('linked-1');
    expect(row).toMatchObject({ status: 'bound', householdId: home.id, brandUser: 'user-linked-1' });
    const history = await app.core.database.db
      .select()
      .from(speakerHistory)
      .where(eq(speakerHistory.speakerId, row?.id ?? ''));
    expect(history).toMatchObject([{ what: 'bound', householdId: home.id }]);
  });

  it('that says two things at once is bound once', async () => {
    const { body } = await exchange((await linked()).code);
    await Promise.all([says('linked-2', body.access_token), says('linked-2', body.access_token)]);
    const row = await rowOf('linked-2');
    const history = await app.core.database.db
      .select()
      .from(speakerHistory)
      .where(eq(speakerHistory.speakerId, row?.id ?? ''));
    expect([row?.status, history.length]).toEqual(['bound', 1]);
  });

  it('stays out once an operator has taken it out', async () => {
    const { body } = await exchange((await linked()).code);
    await says('linked-3', body.access_token);
    const row = await rowOf('linked-3');
    await app.core.services.fleet.unbind('out', row?.id ?? '', {}, { kind: 'system', id: 'test', role: 'test' });
    expect(await says('linked-3', body.access_token)).toContain('没登记');
    expect(await rowOf('linked-3')).toMatchObject({ status: 'new', householdId: null });
  });

  it.each([
    ['a token that we never gave', async () => 'made-up'],
    [
      'a token that is over',
      async () => {
        const { body } = await exchange((await linked()).code);
        app.clock.advance({ days: 8 });
        return body.access_token;
      },
    ],
  ])('with %s is a stranger', async (name, given) => {
    expect(await says(name, await given())).toContain('没登记');
    app.clock.set('2026-11-23T09:30');
  });
});
