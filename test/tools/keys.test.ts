import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, isNotNull, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { writeAudit } from '../../src/store/audit.ts';
import { audit, resident } from '../../src/store/schema.ts';
import { demoIn, digitsFit, installation, openEverything, run, secretsIn, within } from './installation.ts';

describe('audit:verify', { timeout: 180_000 }, () => {
  it('finds a whole chain sound, though its service was killed, and afterwards names what was altered', async () => {
    const dataDir = await installation();
    await within(dataDir, async (database) => {
      const entry = {
        at: new Date(),
        actor: { kind: 'system' as const, id: 'test', role: 'system' },
        result: 'done' as const,
      };
      await database.transaction((tx) => writeAudit(tx, { ...entry, action: 'last' }));
      await database.db.execute(sql`alter table audit disable trigger all`);
      await database.db.execute(sql`update audit set created_at = now() - interval '1 hour' where action = 'last'`);
      await database.db.execute(sql`alter table audit enable trigger all`);
    });
    const whole = await run(dataDir, 'audit-verify');
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/^sound \d+:[0-9a-f]{64}\n$/) });

    const altered = await within(dataDir, async ({ db }) => {
      await db.execute(sql`alter table audit disable trigger all`);
      const rows = await db.update(audit).set({ action: 'another' }).where(eq(audit.action, 'two')).returning();
      await db.execute(sql`alter table audit enable trigger all`);
      return rows[0]?.id;
    });
    const { code, out } = await run(dataDir, 'audit-verify', ['--anchor', whole.out.trim().slice('sound '.length)]);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^altered\t#\\d+\t${altered}\t[^\n]*\n$`));
  });
});

describe('rekey', { timeout: 180_000 }, () => {
  it('finishes what was cut off, with the key that it had begun with, and no other key is needed then', async () => {
    const dataDir = await installation();
    const { fieldKeys, ...rest } = secretsIn(dataDir);
    const begun = `k9:${Buffer.alloc(32, 9).toString('base64')}`;
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...rest, fieldKeys: `${begun},${fieldKeys}` }));
    const { code, said } = await run(dataDir, 'rekey');
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('Gone from secrets.json: t1') });
    expect(secretsIn(dataDir)).toEqual({ ...rest, fieldKeys: begun });
    await within(dataDir, async (database, fields) => {
      expect(await openEverything(database, fields)).toBeGreaterThan(20);
      expect(await digitsFit(database, fields, demoIn(dataDir))).toBe(true);
      const told = await database.db.select().from(audit).where(eq(audit.action, 'keys.resealed'));
      expect(told.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['resident', 'ticket']));
    });
  });

  it('changes the index key only where it is said what becomes of the spoken digits', async () => {
    const dataDir = await installation();
    const before = secretsIn(dataDir);
    const refused = await run(dataDir, 'rekey', ['--index']);
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/\d+ residents have spoken digits/) });
    expect(secretsIn(dataDir)).toEqual(before);
    expect((await run(dataDir, 'rekey', ['--index', '--forget-pins'])).code).toBe(0);
    const after = secretsIn(dataDir);
    expect(after.fieldKeys).toMatch(/^k1:[^,]+$/);
    expect(after.indexKey).not.toBe(before.indexKey);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    await within(dataDir, async (database, fields) => {
      expect(await openEverything(database, fields)).toBeGreaterThan(20);
      expect(await database.db.$count(resident, isNotNull(resident.pinHash))).toBe(0);
    });
  });

  it('keeps the old key while anything needs it', async () => {
    const dataDir = await installation();
    const id = await within(dataDir, async ({ db }) => {
      const [row] = await db.select().from(resident).where(isNotNull(resident.phoneSealed)).limit(1);
      await db
        .update(resident)
        .set({ phoneSealed: row?.idNumberSealed })
        .where(eq(resident.id, row?.id ?? ''));
      return row?.id;
    });
    const { code, out } = await run(dataDir, 'rekey');
    expect({ code, out }).toEqual({ code: 1, out: `does not open\tresident.phoneSealed ${id}\n` });
    expect(secretsIn(dataDir).fieldKeys).toContain(',t1:');
  });
});
