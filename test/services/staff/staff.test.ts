import { eq } from 'drizzle-orm';
import { generate } from 'otplib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPasswords, isStrong, oneTimePassword } from '../../../src/services/staff/passwords.ts';
import { createStaffService, type StaffService } from '../../../src/services/staff/staff.ts';
import type { Database } from '../../../src/store/database.ts';
import { createFields } from '../../../src/store/fields.ts';
import { parseKeyRing } from '../../../src/store/keys.ts';
import { audit, staff } from '../../../src/store/schema.ts';
import { testSecrets } from '../../support/secrets.ts';
import { ENGINES, type FixedClock, fixedClock } from '../../support/stores.ts';

const BY = { kind: 'system', id: 'test', role: 'system' } as const;

function fieldsOfTest() {
  const { fieldKeys, indexKey } = testSecrets();
  return createFields({ keys: parseKeyRing(fieldKeys), indexKey: Buffer.from(indexKey, 'base64') });
}

describe.each(ENGINES)('staff on %s', (_name, fresh) => {
  let database: Database;
  let clock: FixedClock;
  let accounts: StaffService;
  let account: { staffId: string; password: string; totpUri: string };

  beforeEach(async () => {
    database ??= await fresh();
    clock = fixedClock('2026-11-23T09:30');
    accounts = createStaffService({ database, clock, fields: fieldsOfTest(), mfa: 'required', realClock: clock });
    const username = `li.${crypto.randomUUID().slice(0, 8)}`;
    account = await accounts.add({ username, name: '李敏', role: 'supervisor' }, BY);
    name = username;
  });
  let name: string;

  const secret = () => new URL(account.totpUri).searchParams.get('secret') ?? '';
  const code = () => generate({ secret: secret(), epoch: Math.floor(clock.now().getTime() / 1000) });
  const prove = async (given: { password?: string; code?: string } = {}) =>
    accounts.prove({
      username: name,
      password: given.password ?? account.password,
      code: given.code ?? (await code()),
    });
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => 'let in',
      (error: { refusal: string }) => error.refusal,
    );

  it('has to change a password of long ago, and only then goes on', async () => {
    const days = createStaffService({ database, clock, fields: fieldsOfTest(), mfa: 'optional', passwordDays: 90 });
    const hers = eq(staff.id, account.staffId);
    await database.db.update(staff).set({ mustChangePassword: false }).where(hers);
    const mustChange = async (service: StaffService) => {
      const session = await service.open({ staffId: account.staffId, cookie: crypto.randomUUID() });
      return (await service.resume(session))?.mustChangePassword;
    };
    clock.advance({ days: 89 });
    expect(await mustChange(days)).toBe(false);
    clock.advance({ days: 2 });
    expect([await mustChange(days), await mustChange(accounts)]).toEqual([true, false]);
    await database.db.update(staff).set({ passwordChangedAt: clock.now() }).where(hers);
    expect(await mustChange(days)).toBe(false);
  });

  it('a new account is opened by its one-time password and its authenticator', async () => {
    expect(await prove()).toEqual({ staffId: account.staffId });
    const [row] = await database.db.select().from(staff).where(eq(staff.id, account.staffId));
    expect(row?.mustChangePassword).toBe(true);
    expect(JSON.stringify(row)).not.toContain(account.password);
    expect(JSON.stringify(row)).not.toContain(secret());
  });

  it('a username is taken once', async () => {
    expect(await refused(accounts.add({ username: name, name: '另一个', role: 'clerk' }, BY))).toBe('BadInput');
  });

  it('a code opens once in its half minute, also when used twice at the same moment', async () => {
    const used = await code();
    const outcomes = await Promise.all([refused(prove({ code: used })), refused(prove({ code: used }))]);
    expect(outcomes.sort()).toEqual(['SignInFailed', 'let in']);
    clock.advance({ seconds: 30 });
    expect(await refused(prove())).toBe('let in');
  });

  it('a code of the neighbouring half minute passes, an older one does not', async () => {
    const early = await code();
    clock.advance({ seconds: 30 });
    expect(await refused(prove({ code: early }))).toBe('let in');
    const old = await code();
    clock.advance({ seconds: 90 });
    expect(await refused(prove({ code: old }))).toBe('SignInFailed');
  });

  it('wrong codes lock the account like wrong passwords', async () => {
    for (let n = 0; n < 5; n += 1) expect(await refused(prove({ code: '000000' }))).toBe('SignInFailed');
    expect(await refused(prove())).toBe('SignInFailed');
    clock.advance({ minutes: 15, seconds: 1 });
    expect(await refused(prove())).toBe('let in');
  });

  it('a sign-in that came through forgets earlier failures', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 4; n += 1) await refused(prove({ password: 'wrong' }));
      clock.advance({ seconds: 30 });
      expect(await refused(prove())).toBe('let in');
    }
  });

  it('a lock is not lengthened by guessing on, and can be lifted', async () => {
    for (let n = 0; n < 5; n += 1) await refused(prove({ password: 'wrong' }));
    clock.advance({ minutes: 14 });
    for (let n = 0; n < 5; n += 1) await refused(prove({ password: 'wrong' }));
    clock.advance({ minutes: 1, seconds: 1 });
    expect(await refused(prove())).toBe('let in');
    for (let n = 0; n < 5; n += 1) await refused(prove({ password: 'wrong' }));
    clock.advance({ seconds: 30 });
    await accounts.enable(account.staffId, BY);
    expect(await refused(prove())).toBe('let in');
  });

  it('a secret of another account’s row opens nothing', async () => {
    const other = await accounts.add({ username: `${name}.2`, name: '王芳', role: 'supervisor' }, BY);
    const [row] = await database.db.select().from(staff).where(eq(staff.id, other.staffId));
    await database.db.update(staff).set({ totpSealed: row?.totpSealed }).where(eq(staff.id, account.staffId));
    await expect(prove()).rejects.toThrow('seal broken');
  });

  it('a new one-time password ends every sign-in of the account', async () => {
    const { staffId } = await prove();
    const sessionId = await accounts.open({ staffId, cookie: 'cookie-1' });
    expect((await accounts.resume(sessionId))?.id).toBe(staffId);
    const password = await accounts.resetPassword(staffId, BY);
    expect(await accounts.resume(sessionId)).toBeUndefined();
    clock.advance({ seconds: 30 });
    expect(await refused(prove())).toBe('SignInFailed');
    expect(await refused(prove({ password }))).toBe('let in');
  });

  it('a changed password ends the other sign-ins and keeps this one', async () => {
    const { staffId } = await prove();
    const [here, there] = [
      await accounts.open({ staffId, cookie: 'a' }),
      await accounts.open({ staffId, cookie: 'b' }),
    ];
    const person = await accounts.resume(here);
    if (!person) throw new Error('not signed in');
    expect(await refused(accounts.changePassword(person, account.password, account.password))).toBe('PasswordTooWeak');
    await accounts.changePassword(person, account.password, 'ein-guter-Satz-9');
    expect((await accounts.resume(here))?.mustChangePassword).toBe(false);
    expect(await accounts.resume(there)).toBeUndefined();
  });

  it('a clock that was set back does not throw anybody out', async () => {
    const { staffId } = await prove();
    const sessionId = await accounts.open({ staffId, cookie: 'c' });
    clock.advance({ hours: -5 });
    expect((await accounts.resume(sessionId))?.id).toBe(staffId);
  });

  it('everything done to an account is written down, with ids and no names', async () => {
    await accounts.disable(account.staffId, BY);
    const rows = await database.db
      .select()
      .from(audit)
      .where(eq(audit.subject, `staff/${account.staffId}`));
    expect(rows.map((row) => row.action).sort()).toEqual(['staff.add', 'staff.disable']);
    expect(JSON.stringify(rows)).not.toMatch(/李敏|li\./);
  });
});

describe('passwords', () => {
  it('match their own hash and nothing else, and nobody’s never', async () => {
    const passwords = createPasswords();
    const hashed = await passwords.hash('ein-guter-Satz-9');
    expect(hashed).toMatch(/^\$argon2id\$/);
    expect(await passwords.matches(hashed, 'ein-guter-Satz-9')).toBe(true);
    expect(await passwords.matches(hashed, 'ein-guter-Satz-8')).toBe(false);
    expect(await passwords.matches(undefined, 'ein-guter-Satz-9')).toBe(false);
    expect(await passwords.matches('no hash', 'x')).toBe(false);
  });

  it('are looked at two at a time; those beyond the queue are sent away unhashed', async () => {
    const passwords = createPasswords({ atOnce: 2, waiting: 3 });
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => passwords.matches(undefined, 'x')));
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({ reason: { refusal: 'TooManyRequests' } });
    expect(await passwords.matches(undefined, 'x')).toBe(false);
  });

  it('are strong when long and mixed and not the name', () => {
    expect(isStrong('ein-guter-Satz-9', 'li.min')).toBe(true);
    for (const weak of ['kurz1', 'nurbuchstaben', '1234567890', 'li.min-2026-x'])
      expect(isStrong(weak, 'li.min')).toBe(false);
  });

  it('to be used once are legible and never the same', () => {
    const made = new Set(Array.from({ length: 200 }, oneTimePassword));
    expect(made.size).toBe(200);
    for (const password of made) expect(password).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}$/);
  });
});
