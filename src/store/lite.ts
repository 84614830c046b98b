/** PGlite: PostgreSQL inside this process, one connection, one owner of its directory (the launcher keeps that lock). */
import { PGlite, type PGliteInterface } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { createTransactionGuard, type Database, type Db } from './db.ts';
import * as schema from './schema.ts';

export interface LiteOptions {
  /** Undefined: in memory. */
  dataDir?: string;
  /** Milliseconds a transaction may take before it is rolled back: all others wait for it. */
  longestTransaction: number;
  /** What `dump` gave: the directory, which must be a new one, begins with it. */
  from?: Blob;
}

/** An embedded database that can be put into one file. */
export interface LiteDatabase extends Database {
  /** All of it, compressed; it may be open and in use. */
  dump(): Promise<Blob>;
}

const CLIENT_METHODS = ['query', 'exec', 'transaction', 'sql', 'execProtocol', 'execProtocolRaw'] as const;

/** Opens the directory or a database in memory: 0.4 to 1 s, about 5 s the very first time. */
export async function openLite({ dataDir, longestTransaction, from }: LiteOptions): Promise<LiteDatabase> {
  const lite = dataDir === undefined ? new PGlite() : new PGlite({ dataDir, loadDataDir: from });
  await lite.waitReady;
  const guard = createTransactionGuard();
  const over = (client: PGliteInterface) =>
    drizzle({ client: client as PGlite, schema, casing: 'snake_case' }) as unknown as Db;
  const db = over(guard.outsideOnly(lite, CLIENT_METHODS));
  const inner = over(lite);
  const queues = new Map<string, Promise<unknown>>();
  let closing: Promise<void> | undefined;
  return {
    engine: 'pglite',
    db,
    transaction: (work) => guard.inside(() => inner.transaction((tx) => within(longestTransaction, () => work(tx)))),
    exclusively: (name, work) => inTurn(queues, name, () => work(db)),
    async ping() {
      await db.execute(sql`select 1`);
    },
    dump: () => lite.dumpDataDir('gzip'),
    close: () => (closing ??= lite.close()),
  };
}

/** One process owns the directory, so a queue in memory is lock enough. */
function inTurn<T>(queues: Map<string, Promise<unknown>>, name: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(
    name,
    mine.catch(() => undefined),
  );
  return mine;
}

/** PGlite has no idle-in-transaction deadline of its own: past it the transaction is rolled back and its handle closed. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`a transaction took longer than ${ms} ms and was rolled back`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
