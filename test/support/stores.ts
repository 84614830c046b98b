/** The stores a test may ask for, in one place. */
export { type FixedClock, fixedClock } from './clock.ts';
export { freshCluster, freshSentinel } from './cluster.ts';
export { freshLite } from './lite.ts';
export { emptyDatabaseUrl, freshDatabase } from './postgres.ts';
export { freshRedis, type TestRedis } from './redis.ts';
export { atEnd } from './releasing.ts';
