import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { rating } from '../../src/store/schema.ts';
import { emptyDatabaseUrl, freshDatabase } from '../support/postgres.ts';
import { testSecrets } from '../support/secrets.ts';
import { digitsFit, emptyFolder, fieldsOf, openEverything, run, seedSample } from './installation.ts';

it("with a database of one's own: a backup beside the running service, a restore elsewhere, new keys", {
  timeout: 180_000,
}, async () => {
  const dataDir = emptyFolder();
  const secrets = testSecrets();
  const service = await freshDatabase();
  const demo = await seedSample(service, secrets);
  const env = (url: string, { fieldKeys, indexKey, secretKeys } = secrets) => ({
    DATABASE_URL: url,
    FIELD_KEYS: fieldKeys,
    INDEX_KEY: indexKey,
    SECRET_KEYS: secretKeys,
  });
  const ratings = await service.db.$count(rating);
  const file = join(dataDir, 'all.backup');
  expect(await run(dataDir, 'backup', [file], env(service.url))).toMatchObject({ code: 0 });

  const inUse = await run(dataDir, 'restore', [file, '--force'], env(service.url));
  expect(inUse).toMatchObject({ code: 1, said: 'A service is connected to this database: stop it first.\n' });

  const url = await emptyDatabaseUrl();
  expect(await run(dataDir, 'restore', [file], env(url))).toMatchObject({
    code: 0,
    said: expect.stringContaining('counts agree'),
  });
  expect((await run(dataDir, 'restore', [file, '--force'], env(url))).code).toBe(0);

  const turned = { ...secrets, fieldKeys: `t2:${randomBytes(32).toString('base64')},${secrets.fieldKeys}` };
  const rekeyed = await run(dataDir, 'rekey', [], env(url, turned));
  expect(rekeyed).toMatchObject({ code: 0, said: expect.stringContaining('No longer needed in FIELD_KEYS: t1.') });

  const restored = await openDatabase({ url });
  try {
    const newKeyOnly = fieldsOf({ ...turned, fieldKeys: turned.fieldKeys.split(',')[0] ?? '' });
    expect(await restored.db.$count(rating)).toBe(ratings);
    expect(await openEverything(restored, newKeyOnly)).toBeGreaterThan(20);
    expect(await digitsFit(restored, newKeyOnly, demo)).toBe(true);
    await expect(restored.db.execute(sql`delete from audit`)).rejects.toThrow();
  } finally {
    await restored.close();
  }
});
