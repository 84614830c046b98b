import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { take } from '../../scripts/lock.mjs';
import { tokenMatches } from '../../src/services/tokens.ts';
import type { Database } from '../../src/store/database.ts';
import type { Fields } from '../../src/store/fields.ts';
import { pinMatches } from '../../src/store/pin-hash.ts';
import { audit, household, proxy, resident, speaker, staff, ticket } from '../../src/store/schema.ts';
import type { Demo } from '../../src/store/seed/index.ts';
import { run, type Sample, sampleCommunity, secretsIn, within } from './installation.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await sampleCommunity();
}, 120_000);

const demoOf = (dataDir: string): Demo => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));

/** Everything sealed opens under the keys of the installation, and is found by its index. */
async function everythingOpens({ db }: Database, fields: Fields): Promise<number> {
  let values = 0;
  for (const row of await db.select().from(resident)) {
    if (!row.phoneSealed || !row.idNumberSealed) continue;
    expect(row.phoneIndex).toBe(fields.index(fields.open(row.phoneSealed, `resident.phoneSealed:${row.id}`)));
    expect(row.idNumberIndex).toBe(fields.index(fields.open(row.idNumberSealed, `resident.idNumberSealed:${row.id}`)));
    values += 2;
  }
  for (const row of await db.select().from(proxy).where(isNotNull(proxy.phoneSealed)))
    expect(fields.open(row.phoneSealed ?? '', `proxy.phoneSealed:${row.id}`)).toMatch(/^\d+$/);
  for (const row of await db.select().from(ticket).where(isNotNull(ticket.textSealed)))
    expect(fields.open(row.textSealed ?? '', `ticket.textSealed:${row.id}`)).not.toBe('');
  for (const row of await db.select().from(staff).where(isNotNull(staff.totpSealed)))
    expect(fields.open(row.totpSealed ?? '', `staff.totpSealed:${row.id}`)).not.toBe('');
  return values;
}

/** The first resident of the demonstration with spoken digits: they still fit. */
async function digitsFit({ db }: Database, fields: Fields, { speakers }: Demo): Promise<boolean> {
  const her = speakers.flatMap(({ residents }) => residents).find(({ pin }) => pin);
  const [row] = await db
    .select()
    .from(resident)
    .where(eq(resident.name, her?.name ?? ''));
  return pinMatches(fields, row?.id ?? '', her?.pin ?? '', row?.pinHash ?? '');
}

describe('seed', { timeout: 60_000 }, () => {
  it('appends marked homes each time, with tokens that open', async () => {
    const dataDir = await sample.installation();
    const homes = () => within(dataDir, ({ db }) => db.select({ sample: household.sample }).from(household));
    const before = (await homes()).length;
    expect(await run(dataDir, 'seed', ['--households', '7', '--speakers', '3', '--seed', '5'])).toMatchObject({
      code: 0,
      out: '',
    });
    expect((await run(dataDir, 'seed', ['--households', '4'])).code).toBe(0);
    const again = await run(dataDir, 'seed', ['--households', '7', '--seed', '5']);
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('used before') });
    const after = await homes();
    expect(after).toHaveLength(before + 11);
    expect(after.every((row) => row.sample)).toBe(true);
    const path = join(dataDir, 'seed.json');
    const { speakers } = JSON.parse(readFileSync(path, 'utf8')) as { speakers: { deviceId: string; token: string }[] };
    expect(speakers).toHaveLength(7);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const rows = await within(dataDir, ({ db }) => db.select().from(speaker));
    for (const { deviceId, token } of speakers) {
      expect(tokenMatches(token, rows.find((row) => row.brandDevice === deviceId)?.tokenHash ?? null)).toBe(true);
    }
  });

  it.each([
    [['--households', 'many'], '--households is a whole number'],
    [['--households', '2', '--speakers', '3'], '--speakers'],
    [['--homes', '2'], "Unknown option '--homes'"],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { code, said } = await run(sample.empty(), 'seed', args);
    expect(code).toBe(1);
    expect(said).toContain(sentence);
    expect(said).not.toContain('    at ');
  });

  it('touches nothing while a server has the directory', async () => {
    const dataDir = sample.empty();
    const { lock } = await take(dataDir, { command: 'npm start' });
    const { code, said } = await run(dataDir, 'seed', ['--households', '2']);
    lock?.release();
    expect(code).toBe(1);
    expect(said).toContain(`is in use by npm start (pid ${process.pid}`);
    expect(existsSync(join(dataDir, 'database'))).toBe(false);
  });
});

describe('backup and restore', { timeout: 90_000 }, () => {
  it('bring back every row, the keys and the sign-ins after all was lost', async () => {
    const dataDir = await sample.installation();
    const demo = demoOf(dataDir);
    const file = join(sample.empty(), 'all.backup');
    expect((await run(dataDir, 'backup', [file])).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const count = () =>
      within(dataDir, async ({ db }) => (await db.execute(sql`select count(*)::int as n from seat`)) as unknown);
    const seats = await count();
    rmSync(dataDir, { recursive: true });

    const { code, said } = await run(dataDir, 'restore', [file]);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('counts agree') });
    expect(await count()).toEqual(seats);
    expect(demoOf(dataDir)).toMatchObject({ speakers: demo.speakers });
    await within(dataDir, async (database, fields) => {
      expect(await everythingOpens(database, fields)).toBeGreaterThan(20);
      expect(await digitsFit(database, fields, demo)).toBe(true);
      const done = await database.db.select({ action: audit.action }).from(audit);
      expect(done.map(({ action }) => action)).toEqual(expect.arrayContaining(['backup.made', 'backup.restored']));
    });

    const refused = await run(dataDir, 'restore', [file]);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--force') });
    expect((await run(dataDir, 'restore', [file, '--force'])).code).toBe(0);
    expect(existsSync(join(dataDir, 'database.before-restore'))).toBe(false);
  });

  it('of a damaged file nothing is taken', async () => {
    const dataDir = await sample.installation();
    const file = join(sample.empty(), 'damaged.backup');
    await run(dataDir, 'backup', [file]);
    const bytes = readFileSync(file);
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const keys = secretsIn(dataDir);
    const { code, said } = await run(dataDir, 'restore', [file, '--force']);
    expect(code).toBe(1);
    expect(said).toContain('damaged');
    expect(secretsIn(dataDir)).toEqual(keys);
    expect(await within(dataDir, everythingOpens)).toBeGreaterThan(20);
  });

  it('never write over an earlier backup', async () => {
    const dataDir = await sample.installation();
    const file = join(sample.empty(), 'earlier');
    writeFileSync(file, 'of last week');
    expect((await run(dataDir, 'backup', [file])).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('of last week');
  });
});

describe('audit:verify', { timeout: 60_000 }, () => {
  it('finds a whole chain sound and names its head, and afterwards what was altered', async () => {
    const dataDir = await sample.installation();
    const whole = await run(dataDir, 'audit-verify');
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/^sound \d+:[0-9a-f]{64}\n$/) });
    const anchored = await run(dataDir, 'audit-verify', ['--anchor', whole.out.trim().slice('sound '.length)]);
    expect(anchored.code).toBe(0);

    const altered = await within(dataDir, async ({ db }) => {
      await db.execute(sql`alter table audit disable trigger all`);
      await db.update(audit).set({ action: 'something else' }).where(eq(audit.action, 'two'));
      await db.execute(sql`alter table audit enable trigger all`);
      return (await db.select().from(audit).where(eq(audit.action, 'something else')))[0]?.id;
    });
    const { code, out } = await run(dataDir, 'audit-verify');
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^altered\t#\\d+\t${altered}\t`));
  });

  it('does not take the last moment of a service that was killed for tampering', async () => {
    const dataDir = await sample.installation();
    await within(dataDir, ({ db }) =>
      db.execute(
        sql`alter table audit_chain disable trigger all; delete from audit_chain where sequence = (select max(sequence) from audit_chain);`,
      ),
    ).catch(() => undefined);
    const { code, out } = await run(dataDir, 'audit-verify');
    expect(code).toBe(0);
    expect(out).toContain('sound');
  });
});

describe('rekey', { timeout: 90_000 }, () => {
  it('leaves everything readable under a new key, and no key but that', async () => {
    const dataDir = await sample.installation();
    const before = secretsIn(dataDir);
    const { code, said } = await run(dataDir, 'rekey');
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Gone from secrets.json: t1') });
    const after = secretsIn(dataDir);
    expect(after.fieldKeys).toMatch(/^k1:[^,]+$/);
    expect(after).toMatchObject({ indexKey: before.indexKey, secretKeys: before.secretKeys });
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    await within(dataDir, async (database, fields) => {
      expect(await everythingOpens(database, fields)).toBeGreaterThan(20);
      expect(await digitsFit(database, fields, demoOf(dataDir))).toBe(true);
      const told = await database.db.select().from(audit).where(eq(audit.action, 'keys.resealed'));
      expect(told.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['resident', 'ticket']));
    });
    expect((await run(dataDir, 'audit-verify')).code).toBe(0);
  });

  it('finishes what was cut off with the key it had begun with', async () => {
    const dataDir = await sample.installation();
    const { fieldKeys, ...rest } = secretsIn(dataDir);
    const begun = `k9:${Buffer.alloc(32, 9).toString('base64')}`;
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...rest, fieldKeys: `${begun},${fieldKeys}` }));
    expect((await run(dataDir, 'rekey')).code).toBe(0);
    expect(secretsIn(dataDir).fieldKeys).toBe(begun);
    expect(await within(dataDir, everythingOpens)).toBeGreaterThan(20);
  });

  it('keeps the old key while anything needs it', async () => {
    const dataDir = await sample.installation();
    const [row] = await within(dataDir, ({ db }) =>
      db.select().from(resident).where(isNotNull(resident.phoneSealed)).limit(1),
    );
    const elsewhere = row?.idNumberSealed ?? '';
    await within(dataDir, ({ db }) =>
      db
        .update(resident)
        .set({ phoneSealed: elsewhere })
        .where(eq(resident.id, row?.id ?? '')),
    );
    const { code, out } = await run(dataDir, 'rekey');
    expect(code).toBe(1);
    expect(out).toContain(`resident.phoneSealed ${row?.id}`);
    expect(secretsIn(dataDir).fieldKeys).toContain(',t1:');
  });

  it('changes the index key only where it is said what becomes of the spoken digits', async () => {
    const dataDir = await sample.installation();
    const before = secretsIn(dataDir);
    const refused = await run(dataDir, 'rekey', ['--index']);
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/\d+ residents have spoken digits/) });
    expect(secretsIn(dataDir)).toEqual(before);
    expect((await run(dataDir, 'rekey', ['--index', '--forget-pins'])).code).toBe(0);
    expect(secretsIn(dataDir).indexKey).not.toBe(before.indexKey);
    await within(dataDir, async (database, fields) => {
      expect(await everythingOpens(database, fields)).toBeGreaterThan(20);
      expect(await database.db.select().from(resident).where(isNotNull(resident.pinHash))).toEqual([]);
    });
  });
});
