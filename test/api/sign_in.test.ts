import { eq } from 'drizzle-orm';
import { generate } from 'otplib';
import { beforeAll, describe, expect, it } from 'vitest';
import { totpOf } from '../../src/services/staff/second-factor.ts';
import { audit, staff } from '../../src/store/schema.ts';
import { type Answer, ask, cookieOf, openStage, type Stage, signIn } from './stage.ts';
import { PASSWORD } from './world.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

const attempt = (body: object, headers = {}): Promise<Answer> =>
  ask(stage.app, { method: 'POST', url: '/api/session', payload: body, headers });

const signInRows = async (result: string) => {
  const rows = await stage.database.db.select().from(audit).where(eq(audit.action, 'staff.signIn'));
  return rows.filter((row) => row.result === result);
};

describe('signing in', () => {
  it('answers with the person, her role and a token, the same as asking later', async () => {
    const answer = await attempt({ username: 'clerk', password: PASSWORD, remember: true });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ person: { id: stage.world.staff.clerk }, role: 'clerk', roleText: '窗口人员' });
    const later = await (await stage.signIn('clerk')).get('/api/session');
    expect(Object.keys(later.body).sort()).toEqual(Object.keys(answer.body).sort());
    expect(later.body.csrfToken).toEqual(expect.any(String));
  });

  it('hands out a cookie that scripts and other sites cannot use, without a date of its own', async () => {
    const answer = await attempt({ username: 'clerk', password: PASSWORD });
    const set = String(answer.headers['set-cookie']);
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Strict');
    expect(set).toContain('Path=/');
    expect(set).not.toMatch(/Expires|Max-Age|Secure/);
    const behindTls = await attempt({ username: 'clerk', password: PASSWORD }, { 'x-forwarded-proto': 'https' });
    expect(String(behindTls.headers['set-cookie'])).toContain('Secure');
  });

  it('gives nobody a session who has not signed in', async () => {
    const answer = await attempt({ username: 'nobody', password: 'wrong' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await ask(stage.app, { method: 'GET', url: '/api/session' })).status).toBe(401);
  });

  it('gives the same answer for an unknown user, a wrong password and a disabled account', async () => {
    await stage.database.db.update(staff).set({ disabledAt: new Date() }).where(eq(staff.username, 'homelessClerk'));
    const unknown = await attempt({ username: 'nobody', password: PASSWORD });
    const wrong = await attempt({ username: 'clerkB', password: 'wrong' });
    const disabled = await attempt({ username: 'homelessClerk', password: PASSWORD });
    expect(unknown.status).toBe(401);
    expect(unknown.headers['content-type']).toContain('application/problem+json');
    expect(wrong.text).toBe(unknown.text);
    expect(disabled.text).toBe(unknown.text);
    expect(Object.keys(wrong.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
  });

  it('replaces a session id that was there before', async () => {
    const first = await attempt({ username: 'clerk', password: PASSWORD });
    const again = await attempt({ username: 'clerk', password: PASSWORD }, { cookie: cookieOf(first) });
    expect(cookieOf(again)).not.toBe(cookieOf(first));
    const old = await ask(stage.app, { method: 'GET', url: '/api/session', headers: { cookie: cookieOf(first) } });
    expect(old.status).toBe(401);
  });

  it('writes down who came in and who did not, never what was typed', async () => {
    const before = { done: (await signInRows('done')).length, failed: (await signInRows('failed')).length };
    await attempt({ username: 'clerk', password: PASSWORD });
    await attempt({ username: 'hunter2-typed-as-name', password: 'x' });
    const done = await signInRows('done');
    const failed = await signInRows('failed');
    expect([done.length, failed.length]).toEqual([before.done + 1, before.failed + 1]);
    expect(JSON.stringify(failed)).not.toContain('hunter2');
  });

  it('refuses a body that is none with 400', async () => {
    expect((await attempt({ username: 'clerk' })).status).toBe(400);
    expect((await attempt({ username: ['clerk'], password: {} })).status).toBe(400);
  });
});

describe('signing out', () => {
  it('ends the session for good, also on another instance', async () => {
    const clerk = await stage.signIn('clerk');
    const other = await stage.another();
    expect((await clerk.on(other).get('/api/bookings')).status).toBe(200);
    expect((await clerk.delete('/api/session')).status).toBe(204);
    expect((await clerk.get('/api/bookings')).status).toBe(401);
    expect((await clerk.on(other).get('/api/bookings')).status).toBe(401);
  });

  it('needs the token like every other change', async () => {
    const clerk = await stage.signIn('clerk');
    const bare = await ask(stage.app, { method: 'DELETE', url: '/api/session', headers: { cookie: clerk.cookie } });
    expect([bare.status, bare.body.code]).toEqual([403, 'CSRF_FAILED']);
    expect((await clerk.get('/api/session')).status).toBe(200);
  });
});

describe('the token against forged requests', () => {
  it('is refused when missing, foreign or somebody else’s', async () => {
    const clerk = await stage.signIn('clerk');
    const other = await stage.signIn('clerkB');
    const url = `/api/bookings/${stage.world.rows.bookings?.near}/cancel`;
    for (const token of [undefined, '', 'x', other.csrf]) {
      const headers = { cookie: clerk.cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) };
      expect((await ask(stage.app, { method: 'POST', url, payload: {}, headers })).status).toBe(403);
    }
  });

  it('is not taken from a body, where a form of another site could put it', async () => {
    const clerk = await stage.signIn('clerk');
    const url = `/api/bookings/${stage.world.rows.bookings?.near}/cancel`;
    const payload = { _csrf: clerk.csrf };
    const headers = { cookie: clerk.cookie, 'csrf-token': clerk.csrf };
    expect((await ask(stage.app, { method: 'POST', url, payload, headers })).status).toBe(403);
  });
});

describe('how long a session lasts', () => {
  it('half an hour without being used', async () => {
    const clerk = await stage.signIn('clerk');
    stage.clock.advance({ minutes: 29 });
    expect((await clerk.get('/api/session')).status).toBe(200);
    stage.clock.advance({ minutes: 29 });
    expect((await clerk.get('/api/session')).status).toBe(200);
    stage.clock.advance({ minutes: 31 });
    expect((await clerk.get('/api/session')).status).toBe(401);
  });

  it('twelve hours at most, used or not', async () => {
    const clerk = await stage.signIn('clerk');
    for (let half = 0; half < 24; half += 1) {
      stage.clock.advance({ minutes: 29, seconds: 59 });
      expect((await clerk.get('/api/session')).status).toBe(200);
    }
    stage.clock.advance({ minutes: 1 });
    expect((await clerk.get('/api/session')).status).toBe(401);
  });

  it('not a moment longer than the account: a disabled one is out on every instance', async () => {
    const clerk = await stage.signIn('centreClerk');
    const security = await stage.signIn('security');
    const other = await stage.another();
    expect((await clerk.on(other).get('/api/cases')).status).toBe(200);
    const shut = await security.post(`/api/staff/${stage.world.staff.centreClerk}/disable`);
    expect([shut.status, shut.body.disabled]).toEqual([200, true]);
    expect((await clerk.get('/api/cases')).status).toBe(401);
    expect((await clerk.on(other).get('/api/cases')).status).toBe(401);
    await security.post(`/api/staff/${stage.world.staff.centreClerk}/enable`);
    expect((await clerk.get('/api/cases')).status).toBe(401);
    expect((await stage.signIn('centreClerk')).csrf).toEqual(expect.any(String));
  });

  it('and no longer than its owner or the administrator wants', async () => {
    const [here, there] = [await stage.signIn('farClerk'), await stage.signIn('farClerk')];
    const mine = await here.get('/api/sessions');
    const current = mine.body.items.filter((one: { current: boolean }) => one.current);
    expect(current).toHaveLength(1);
    const elsewhere = mine.body.items.find((one: { current: boolean }) => !one.current);
    expect((await here.delete(`/api/sessions/${elsewhere.id}`)).status).toBe(204);
    expect((await there.get('/api/session')).status).toBe(401);
    const security = await stage.signIn('security');
    const account = await security.get(`/api/staff/${stage.world.staff.farClerk}`);
    const left = account.body.sessions[0].id;
    expect((await security.delete(`/api/staff/${stage.world.staff.farClerk}/sessions/${left}`)).status).toBe(204);
    expect((await here.get('/api/session')).status).toBe(401);
  });

  it('nobody ends another’s session by its id', async () => {
    const [clerk, officer] = [await stage.signIn('clerk'), await stage.signIn('officer')];
    const [hers] = (await officer.get('/api/sessions')).body.items;
    expect((await clerk.delete(`/api/sessions/${hers.id}`)).status).toBe(404);
    expect((await officer.get('/api/session')).status).toBe(200);
  });
});

describe('guessing', () => {
  it('five failures lock an account for a quarter of an hour; the right password then gets the same answer', async () => {
    for (let n = 0; n < 5; n += 1) await attempt({ username: 'operator', password: `wrong-${n}` });
    const right = await attempt({ username: 'operator', password: PASSWORD });
    const unknown = await attempt({ username: 'nobody', password: PASSWORD });
    expect([right.status, right.text]).toEqual([401, unknown.text]);
    stage.clock.advance({ minutes: 14 });
    expect((await attempt({ username: 'operator', password: PASSWORD })).status).toBe(401);
    stage.clock.advance({ minutes: 1, seconds: 1 });
    expect((await attempt({ username: 'operator', password: PASSWORD })).status).toBe(200);
  });

  it('guesses sent all at once count one by one', async () => {
    const guesses = Array.from({ length: 12 }, (_, n) => attempt({ username: 'auditor', password: `wrong-${n}` }));
    expect((await Promise.all(guesses)).every(({ status }) => status === 401)).toBe(true);
    expect((await attempt({ username: 'auditor', password: PASSWORD })).status).toBe(401);
  });

  it('too many in a minute are stopped before a password is looked at', async () => {
    const answers = [];
    for (let n = 0; n < 32; n += 1) answers.push(await attempt({ username: 'ghost', password: 'x' }));
    const last = answers.at(-1);
    expect([last?.status, last?.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('a one-time password', () => {
  it('opens nothing but the way to a password of one’s own', async () => {
    const security = await stage.signIn('security');
    const made = await security.post('/api/staff', {
      username: 'new.clerk',
      name: '新同事',
      role: 'clerk',
      placeId: stage.world.places.near,
    });
    expect(made.status).toBe(201);
    const fresh = await signIn(stage.app, 'new.clerk', made.body.password);
    expect((await fresh.get('/api/session')).body.mustChangePassword).toBe(true);
    const early = await fresh.get('/api/bookings');
    expect([early.status, early.body.code]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    const weak = await fresh.post('/api/session/password', { current: made.body.password, next: 'short1' });
    expect(weak.status).toBe(422);
    const next = 'ein-guter-Satz-9';
    expect((await fresh.post('/api/session/password', { current: 'wrong', next })).status).toBe(401);
    expect((await fresh.post('/api/session/password', { current: made.body.password, next })).status).toBe(204);
    expect((await fresh.get('/api/bookings')).status).toBe(200);
    expect((await signIn(stage.app, 'new.clerk', next)).csrf).toEqual(expect.any(String));
  });
});

describe('how a colleague is reached', () => {
  it('is given when her account is opened, changed later, and shown to nobody else', async () => {
    const security = await stage.signIn('security');
    const opened = { username: 'reached.clerk', name: '新同事', role: 'clerk', placeId: stage.world.places.near };
    const made = await security.post('/api/staff', { ...opened, phone: '13900000002', languages: ['zh-CN', 'en-US'] });
    const address = `/api/staff/${made.body.id}`;
    expect((await security.get(address)).body).toMatchObject({ phone: '13900000002', languages: ['zh-CN', 'en-US'] });
    const changed = await security.post(`${address}/reach`, { phone: null });
    expect(changed.body).toMatchObject({ phone: null, languages: ['zh-CN', 'en-US'] });
    expect((await security.post(`${address}/reach`, { phone: '139 0000' })).status).toBe(400);
    expect((await security.post(`${address}/reach`, {})).status).toBe(400);
    await security.post(`${address}/reach`, { phone: '13900000003' });
    const seen = await (await stage.signIn('supervisor')).get('/api/colleagues');
    expect(JSON.stringify(seen.body)).not.toContain('13900000003');
  });
});

describe('where a second factor is required', () => {
  it('a right password asks for the code, a right code opens, and no code opens twice', async () => {
    const strict = await openStage({ mfa: 'required' });
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const id = strict.world.staff.clerk ?? '';
    await strict.database.db
      .update(staff)
      .set({ totpSealed: strict.fields.seal(secret, totpOf(id)) })
      .where(eq(staff.id, id));
    const tried = (body: object) =>
      ask(strict.app, {
        method: 'POST',
        url: '/api/session',
        payload: { username: 'clerk', password: PASSWORD, ...body },
      });
    expect((await tried({})).body.code).toBe('SECOND_FACTOR_REQUIRED');
    expect((await tried({ code: '000000x' })).body.code).toBe('SIGN_IN_FAILED');
    const code = await generate({ secret });
    expect((await tried({ code })).status).toBe(200);
    expect((await tried({ code })).status).toBe(401);
    const without = await ask(strict.app, {
      method: 'POST',
      url: '/api/session',
      payload: { username: 'clerkB', password: PASSWORD },
    });
    expect(without.body.code).toBe('SIGN_IN_FAILED');
  });
});

describe('when Redis is away', () => {
  it('says so with 503 instead of taking her for a stranger', async () => {
    const alone = await openStage();
    const clerk = await alone.signIn('clerk');
    await alone.redis.stop();
    const answer = await clerk.get('/api/session');
    expect([answer.status, answer.body.code]).toEqual([503, 'STORE_UNAVAILABLE']);
  });
});
