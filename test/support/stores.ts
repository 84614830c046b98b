/** The stores a test may ask for, in one place. */
import { freshLite } from './lite.ts';
import { freshDatabase } from './postgres.ts';

export { type FixedClock, fixedClock } from './clock.ts';
export { freshCluster, freshSentinel } from './cluster.ts';
export { freshLite } from './lite.ts';
export { emptyDatabaseUrl, freshDatabase } from './postgres.ts';
export { freshRedis, type TestRedis } from './redis.ts';
export { atEnd } from './releasing.ts';

const POSTGRES = ['PostgreSQL', freshDatabase] as const;
/**
 * What a rule of the services is shown on. What the stores promise, bookings, calls, an installation and a sample of the conversations are
 * shown on both in every run; the rest on PGlite too where all engines are asked for (`npm run test:engines`).
 */
export const ENGINES =
  process.env.ENGINES === 'all' ? ([POSTGRES, ['PGlite', freshLite]] as const) : ([POSTGRES] as const);
