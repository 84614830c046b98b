/** PostgreSQL through node-postgres: a pool on which nothing waits for ever. */
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { createTransactionGuard, type Database, type Db, type Deadlines } from './db.ts';
import * as schema from './schema.ts';
import { storeFault } from './unavailable.ts';

export interface PostgresOptions {
  url: string;
  poolSize: number;
  deadlines: Deadlines;
}

const overClient = (client: pg.Pool | pg.ClientBase) =>
  drizzle(client as pg.Pool, { schema, casing: 'snake_case' }) as unknown as Db;

/** A pool; connects when first used, and again after the server was gone. */
export function openPostgres({ url, poolSize, deadlines }: PostgresOptions): Database {
  const pool = createPool(url, poolSize, deadlines);
  const guard = createTransactionGuard();
  const db = overClient(guard.outsideOnly(pool, ['connect', 'query'], storeFault));
  const ofClient = new WeakMap<pg.PoolClient, Db>(); // reading the schema costs; connections are reused
  const handleOf = (client: pg.PoolClient) => {
    const handle = ofClient.get(client) ?? overClient(client);
    ofClient.set(client, handle);
    return handle;
  };
  let closing: Promise<void> | undefined;
  return {
    engine: 'postgres',
    db,
    transaction: (work) => guard.inside(() => transact(pool, handleOf, work)),
    exclusively: (name, work) => underAdvisoryLock(url, name, work),
    async ping() {
      await db.execute(sql`select 1`);
    },
    close: () => (closing ??= pool.end()),
  };
}

function createPool(url: string, poolSize: number, deadlines: Deadlines): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'jialiban',
    max: poolSize,
    connectionTimeoutMillis: deadlines.connect,
    statement_timeout: deadlines.statement,
    query_timeout: deadlines.query,
    lock_timeout: deadlines.lock,
    idle_in_transaction_session_timeout: deadlines.idleInTransaction,
    idleTimeoutMillis: deadlines.idle,
    keepAlive: true,
  });
  pool.on('error', () => undefined); // an idle connection that broke: the pool replaces it
  pool.on('connect', (client) => client.on('error', () => undefined)); // one in use: its statement rejects
  return pool;
}

/**
 * drizzle's own transaction over a pool loses the connection when `begin` fails and hides the work's error when
 * `rollback` fails; over a single connection the lending is ours, and a connection in doubt is thrown away.
 */
async function transact<T>(
  pool: pg.Pool,
  handleOf: (client: pg.PoolClient) => Db,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => Promise.reject(storeFault(error)));
  let failure: { error: unknown } | undefined;
  const remembering = async (tx: Db) => {
    try {
      return await work(tx);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    const result = await handleOf(client).transaction(remembering);
    client.release();
    return result;
  } catch (thrown) {
    client.release(failure === undefined || thrown !== failure.error);
    throw storeFault(failure ? failure.error : thrown);
  }
}

/** A session lock on a connection of its own; it ends with the connection, also when the process is killed. */
async function underAdvisoryLock<T>(url: string, name: string, work: (own: Db) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => Promise.reject(storeFault(error)));
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work(overClient(client));
  } finally {
    await client.end();
  }
}
