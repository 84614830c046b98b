/** The one shape both engines are used through, and the guard that keeps a transaction to its own handle. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/** A database or an open transaction: whoever is handed one need not know which. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface Database {
  readonly engine: 'postgres' | 'pglite';
  /** For single statements outside transactions. Inside one it throws: use the handle. */
  readonly db: Db;
  /** All or nothing. @throws Refusal StoreUnavailable when the database cannot be reached in time. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * One caller of a name at a time, in the whole installation; the others wait. `own` is a connection without
   * statement deadlines, for migrations and other long work; `db` and `transaction` may be used as well.
   */
  exclusively<T>(name: string, work: (own: Db) => Promise<T>): Promise<T>;
  /** @throws when the database does not answer in time. */
  ping(): Promise<void>;
  /** Waits for what is under way; calling it twice is harmless. */
  close(): Promise<void>;
}

/** Milliseconds; every one of them is passed to the driver, since the drivers' own defaults wait for ever. */
export interface Deadlines {
  /** To get a connection, waiting for a free one included. */
  connect: number;
  /** For one statement, kept by the server. */
  statement: number;
  /** For one statement, kept by the client: a frozen server answers nothing. */
  query: number;
  /** For a lock held by another. */
  lock: number;
  /** A transaction that does nothing. */
  idleInTransaction: number;
  /** A connection nobody uses is given back after this. */
  idle: number;
}

/** Chosen so that a turn still answers within two seconds, whatever is broken. */
export const DEADLINES: Deadlines = {
  connect: 1000,
  statement: 1200,
  query: 1500,
  lock: 1000,
  idleInTransaction: 5000,
  idle: 30_000,
};

interface Opened {
  open: boolean;
}

/** Knows, per chain of calls, whether a transaction is open. */
export interface TransactionGuard {
  /** Runs `work` as the inside of a transaction. @throws Error when already inside one. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The client with the named methods refused while a transaction is open in the same chain of calls; what they
   * reject with passes through `fault`.
   */
  outsideOnly<C extends object>(
    client: C,
    methods: readonly (keyof C & string)[],
    fault?: (error: unknown) => unknown,
  ): C;
}

const MISUSE = 'A transaction is open: use its own handle (tx), not the database. PGlite would wait for ever here.';

/** Follows the chain of awaits, not the connection: work begun inside a transaction and left running may use the database once it has ended. */
export function createTransactionGuard(): TransactionGuard {
  const chain = new AsyncLocalStorage<Opened>();
  const refuseInside = () => {
    if (chain.getStore()?.open) throw new Error(MISUSE);
  };
  return {
    async inside(work) {
      refuseInside();
      const opened: Opened = { open: true };
      try {
        return await chain.run(opened, work);
      } finally {
        opened.open = false; // work left running in the background may use the database again
      }
    },
    outsideOnly(client, methods, fault = (error) => error) {
      const watched = new Set<string | symbol>(methods);
      return new Proxy(client, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          if (!watched.has(name)) return value.bind(target);
          return (...args: unknown[]) => {
            refuseInside();
            const result: unknown = value.apply(target, args);
            return result instanceof Promise ? result.catch((error: unknown) => Promise.reject(fault(error))) : result;
          };
        },
      });
    },
  };
}

/** Rows of a hand-written statement. Column names come as SQL gives them. Cast counts with `::int`: the engines differ. */
export async function rowsOf<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(statement);
  return (result as { rows: Row[] }).rows;
}

/** The SQLSTATE and constraint behind a thrown error: drizzle wraps the driver's. */
export function sqlFault(thrown: unknown): { code?: string; constraint?: string } {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
      return { code, constraint: typeof constraint === 'string' ? constraint : undefined };
    }
  }
  return {};
}

/** Whether a unique constraint (of this name, if given) refused. */
export function isUniqueViolation(thrown: unknown, constraint?: string): boolean {
  const fault = sqlFault(thrown);
  return fault.code === '23505' && (constraint === undefined || fault.constraint === constraint);
}
