import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase, rowsOf } from '../../src/store/database.ts';
import { installation } from '../../src/store/schema.ts';
import { atEnd, emptyDatabaseUrl, freshDatabase, freshLite } from '../support/stores.ts';

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('a database on %s', (_name, fresh) => {
  let database: Database;
  beforeAll(async () => {
    database = await fresh();
  });

  it('keeps what a transaction wrote', async () => {
    await database.transaction((tx) => tx.insert(installation).values({ key: 'kept', value: { is: true } }));
    const rows = await database.db.select().from(installation);
    expect(rows.map((row) => row.key)).toEqual(['kept']);
  });

  it('keeps nothing of a transaction that threw, and throws its error', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.insert(installation).values({ key: 'undone', value: 1 });
      throw new Error('thought better of it');
    });
    await expect(failing).rejects.toThrow('thought better of it');
    const rows = await rowsOf<{ n: number }>(
      database.db,
      sql`select count(*)::int as n from installation where key = 'undone'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('refuses the database inside a transaction instead of waiting for ever', async () => {
    const { db } = database;
    const misuse = database.transaction(() => db.select().from(installation));
    await expect(misuse).rejects.toHaveProperty('cause.message', expect.stringContaining('use its own handle'));
    await expect(database.transaction(() => database.transaction(async () => 1))).rejects.toThrow(/use its own handle/);
    await expect(database.ping()).resolves.toBeUndefined();
  });

  it('lets work that outlived its transaction use the database again', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await database.transaction(async () => {
      later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => database.ping());
    });
    await expect(later).resolves.toBeUndefined();
  });

  it('undoes a nested transaction alone', async () => {
    await database.transaction(async (tx) => {
      await tx.insert(installation).values({ key: 'outer', value: 1 });
      const inner = tx.transaction(async (nested) => {
        await nested.insert(installation).values({ key: 'inner', value: 1 });
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
    });
    const rows = await database.db
      .select({ key: installation.key })
      .from(installation)
      .where(sql`key in ('outer', 'inner')`);
    expect(rows).toEqual([{ key: 'outer' }]);
  });

  it('is migrated by several at once without harm', async () => {
    await Promise.all([migrate(database), migrate(database)]);
    await expect(database.ping()).resolves.toBeUndefined();
  });
});

it('is brought from empty to the schema by two instances starting together', async () => {
  const url = await emptyDatabaseUrl();
  const instances = await Promise.all([openDatabase({ url }), openDatabase({ url })]);
  atEnd(async () => void (await Promise.all(instances.map((instance) => instance.close()))));
  await Promise.all(instances.map(migrate));
  expect(await instances[0]?.db.select().from(installation)).toEqual([]);
});
