/** The door to durable data: everything else in the product imports the database from here. */
import { type Database, DEADLINES, type Deadlines } from './db.ts';
import { openLite } from './lite.ts';
import { openPostgres } from './postgres.ts';

export { type Database, type Db, DEADLINES, type Deadlines, isUniqueViolation, rowsOf, sqlFault } from './db.ts';
export { migrate } from './migrate.ts';

export interface DatabaseOptions {
  /** PostgreSQL; without it PGlite. */
  url?: string;
  /** PGlite's directory; without it in memory. */
  dataDir?: string;
  poolSize?: number;
  deadlines?: Partial<Deadlines>;
}

const LONGEST_LITE_TRANSACTION_MS = 10_000;

/** Opens PostgreSQL (lazily) or PGlite. Whoever opens it closes it. */
export async function openDatabase({ url, dataDir, poolSize = 10, deadlines }: DatabaseOptions): Promise<Database> {
  if (url !== undefined) return openPostgres({ url, poolSize, deadlines: { ...DEADLINES, ...deadlines } });
  return openLite({ dataDir, longestTransaction: LONGEST_LITE_TRANSACTION_MS });
}
