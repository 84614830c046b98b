import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { take } from '../../scripts/lock.mjs';
import { tokenMatches } from '../../src/services/tokens.ts';
import { audit, household, rating, speaker, staff } from '../../src/store/schema.ts';
import { writeArchive } from '../../src/tools/archive.ts';
import { demoIn, digitsFit, emptyFolder, installation, openEverything, run, within } from './installation.ts';

describe('seed', { timeout: 180_000 }, () => {
  it('appends marked homes each time, with tokens that open', async () => {
    const dataDir = await installation();
    const before = await within(dataDir, ({ db }) => db.$count(household));
    const first = await run(dataDir, 'seed', ['--households', '7', '--speakers', '3', '--seed', '5']);
    expect(first).toMatchObject({ code: 0, out: '' });
    expect((await run(dataDir, 'seed', ['--households', '4'])).code).toBe(0);
    const path = join(dataDir, 'seed.json');
    const { speakers } = JSON.parse(readFileSync(path, 'utf8')) as { speakers: { deviceId: string; token: string }[] };
    expect(speakers).toHaveLength(7);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await within(dataDir, async ({ db }) => {
      expect(await db.$count(household, eq(household.sample, true))).toBe(before + 11);
      const rows = await db.select().from(speaker);
      for (const { deviceId, token } of speakers) {
        const row = rows.find((one) => one.brandDevice === deviceId);
        expect(tokenMatches(token, row?.tokenHash ?? null)).toBe(true);
      }
    });
  });

  it('says what is wrong with an option, without a stack', async () => {
    const { code, said } = await run(emptyFolder(), 'seed', ['--households', '2', '--speakers', '3']);
    expect({ code, said }).toEqual({ code: 1, said: '--speakers: at most one for each household\n' });
  });

  it('touches nothing while a server has the directory', async () => {
    const dataDir = emptyFolder();
    const { lock } = await take(dataDir, { command: 'npm start' });
    const { code, said } = await run(dataDir, 'seed', ['--households', '2']);
    lock?.release();
    expect(code).toBe(1);
    expect(said).toContain(`is in use by npm start (pid ${process.pid}`);
    expect(existsSync(join(dataDir, 'database'))).toBe(false);
  });
});

describe('account', { timeout: 180_000 }, () => {
  it('opens one with a telephone and English', async () => {
    const dataDir = await installation();
    const who = ['--username', 'li.min'];
    const reached = ['--phone', '13900000001', '--languages', 'zh-CN,en-US'];
    const made = await run(dataDir, 'account', ['add', ...who, '--name', '李敏', '--role', 'supervisor', ...reached]);
    expect({ code: made.code, said: made.said }).toMatchObject({ code: 0 });
    const [her] = await within(dataDir, ({ db }) => db.select().from(staff).where(eq(staff.username, 'li.min')));
    expect(her).toMatchObject({ phone: '13900000001', languages: ['zh-CN', 'en-US'] });
  });
});

describe('a backup', { timeout: 180_000 }, () => {
  it('brings everything back: over what is there only when told to, and after all was lost', async () => {
    const dataDir = await installation();
    const demo = demoIn(dataDir);
    const file = join(emptyFolder(), 'all.backup');
    expect((await run(dataDir, 'backup', [file])).code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await run(dataDir, 'backup', [file]);
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('there already') });

    const refused = await run(dataDir, 'restore', [file]);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--force') });
    const ratings = await within(dataDir, async ({ db }) => (await db.delete(rating).returning()).length);
    expect((await run(dataDir, 'restore', [file, '--force'])).code).toBe(0);
    expect(existsSync(join(dataDir, 'database.before-restore'))).toBe(false);
    expect(await within(dataDir, ({ db }) => db.$count(rating))).toBe(ratings);

    rmSync(dataDir, { recursive: true });
    const { code, said } = await run(dataDir, 'restore', [file]);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('counts agree') });
    expect(demoIn(dataDir).speakers).toEqual(demo.speakers);
    await within(dataDir, async (database, fields) => {
      expect(await openEverything(database, fields)).toBeGreaterThan(20);
      expect(await digitsFit(database, fields, demo)).toBe(true);
      const done = await database.db.select({ action: audit.action }).from(audit);
      expect(done.map(({ action }) => action)).toEqual(expect.arrayContaining(['backup.made', 'backup.restored']));
    });
  });

  it('that is damaged is refused before anything is touched', async () => {
    const dataDir = emptyFolder();
    const file = join(dataDir, 'damaged.backup');
    const header = { made: '', engine: 'pglite', rows: {}, files: {} } as const;
    await writeArchive(file, header, Readable.from([Buffer.alloc(20_000, 7)]));
    const bytes = readFileSync(file);
    bytes.writeUInt8(8, bytes.length - 5000);
    writeFileSync(file, bytes);
    const { code, said } = await run(dataDir, 'restore', [file, '--force']);
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('damaged') });
    expect(existsSync(join(dataDir, 'database'))).toBe(false);
  });
});
