import { createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { asRefusal } from '../../src/errors.ts';
import { migrate, openDatabase, rowsOf } from '../../src/store/database.ts';
import { COMMAND_DEADLINE_MS, inTime } from '../../src/store/redis.ts';
import { installation } from '../../src/store/schema.ts';
import { atEnd, freshDatabase, freshRedis } from '../support/stores.ts';

const unavailable = { refusal: 'StoreUnavailable' };

/** Accepts connections and never says a word. */
async function blackHole(): Promise<number> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function openAt(url: string, deadlines = {}, poolSize = 10) {
  const database = await openDatabase({ url, poolSize, deadlines });
  atEnd(() => database.close());
  return database;
}

it('a database that accepts and never answers is called unavailable', async () => {
  const database = await openAt(`postgres://app@127.0.0.1:${await blackHole()}/x`, { connect: 150 });
  await expect(database.transaction(async () => 1)).rejects.toMatchObject(unavailable);
  const plain: unknown = await database.db
    .select()
    .from(installation)
    .catch((error: unknown) => error);
  expect(asRefusal(plain)).toMatchObject(unavailable);
});

it('a database that is not there is called unavailable', async () => {
  const database = await openAt('postgres://app@localhost/x?host=/nowhere');
  await expect(database.transaction(async () => 1)).rejects.toMatchObject(unavailable);
  await expect(database.exclusively('x', async () => 1)).rejects.toMatchObject(unavailable);
});

it('a statement that takes too long ends, undoes its transaction, and the next one works', async () => {
  const { url } = await freshDatabase();
  const database = await openAt(url, { statement: 100 }, 1);
  const slow = database.transaction(async (tx) => {
    await tx.insert(installation).values({ key: 'slow', value: 1 });
    await tx.execute(sql`select pg_sleep(30)`);
  });
  await expect(slow).rejects.toMatchObject(unavailable);
  expect(await database.db.select().from(installation)).toEqual([]);
});

it('a lock held by another is not waited for for ever', async () => {
  const holder = await freshDatabase();
  const database = await openAt(holder.url, { lock: 100 });
  await holder.transaction(async (tx) => {
    await tx.execute(sql`lock table installation`);
    const waiting = database.transaction((other) => other.insert(installation).values({ key: 'x', value: 1 }));
    await expect(waiting).rejects.toMatchObject(unavailable);
  });
});

it('all connections being busy is called unavailable', async () => {
  const { url } = await freshDatabase();
  const database = await openAt(url, { connect: 150 }, 1);
  let release: (value?: unknown) => void = () => undefined;
  const busy = database.transaction(
    () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  );
  await expect(database.transaction(async () => 1)).rejects.toMatchObject(unavailable);
  release();
  await busy;
  expect(await database.transaction(async () => 1)).toBe(1);
});

it('a server that froze in the middle of a transaction is given up, and its connection not used again', async () => {
  const { url } = await freshDatabase();
  const database = await openAt(url, { query: 200 }, 1);
  let pid = 0;
  const frozen = database.transaction(async (tx) => {
    const [own] = await rowsOf<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`);
    pid = own?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await tx.execute(sql`select 1`);
  });
  try {
    await expect(frozen).rejects.toMatchObject(unavailable);
    expect(await database.transaction(async () => 1)).toBe(1);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

it('connections cut by the server are replaced, without an unheard error', async () => {
  const { url } = await freshDatabase();
  const [database, other] = [await openAt(url, {}, 3), await openAt(url)];
  await Promise.all([database.ping(), database.ping(), database.ping()]);
  const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await other.db.execute(cut);
  await expect
    .poll(() =>
      database.ping().then(
        () => 'back',
        () => 'cut',
      ),
    )
    .toBe('back');
});

it("the application's role may start where nothing is left to migrate", async () => {
  const { url } = await freshDatabase();
  const database = await openAt(`${url}&options=${encodeURIComponent('-c role=jialiban_app')}`);
  await expect(migrate(database)).resolves.toBeUndefined();
  await expect(database.db.execute(sql`create table mine (id int)`)).rejects.toHaveProperty('cause.code', '42501');
});

it('closing twice is harmless', async () => {
  const { url } = await freshDatabase();
  const database = await openDatabase({ url });
  await database.ping();
  await Promise.all([database.close(), database.close()]);
});

it('other work that holds the loop longer than Redis is given is not held against Redis', async () => {
  const { redis } = await freshRedis();
  const answer = inTime(redis.set('held', 'loop'));
  await new Promise((sent) => setImmediate(sent));
  const until = performance.now() + 6 * COMMAND_DEADLINE_MS; // longer than the library's usual second, too
  while (performance.now() < until);
  expect(await answer).toBe('OK');
});

it('a Redis that froze is called unavailable long before the library gives it up', async () => {
  const { redis, freeze, thaw } = await freshRedis();
  freeze();
  const asked = redis.get('x');
  await expect(inTime(asked)).rejects.toMatchObject(unavailable);
  thaw();
  expect(await asked).toBe(null);
});
