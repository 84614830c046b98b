/** Everything that a request could leave behind, as digests: two equal ones mean that nothing has happened. */
import { type SQL, sql } from 'drizzle-orm';
import { rowsOf } from '../../../src/store/database.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import type { BuiltApp } from '../../support/app.ts';

/**
 * Table or key → what it holds. Counters of how often a speaker spoke end by themselves and are left out, and so is when a connected
 * speaker was last seen. `redis`: a connection that waits.
 */
export async function tracesOf(core: BuiltApp['core'], redis: RedisClient): Promise<Record<string, string>> {
  const [tables, keys] = await Promise.all([tablesOf(core), keysOf(redis)]);
  return Object.fromEntries([...tables, ...keys]);
}

/** The same once nothing changes any more: what a turn writes after its answer has been written. */
export async function tracesAtRest(core: BuiltApp['core'], redis: RedisClient): Promise<Record<string, string>> {
  for (let before = await tracesOf(core, redis); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await tracesOf(core, redis);
    if (happenedBetween(before, after).length === 0) return after;
    before = after;
  }
}

/** All tables in one statement: a moment, and one way there and back. */
async function tablesOf({ database: { db } }: BuiltApp['core']): Promise<[string, string][]> {
  const listed = sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const tables = await rowsOf<{ name: string }>(db, listed);
  const looks = tables.map(({ name }) => lookAt(name));
  const rows = await rowsOf<{ name: string; held: string }>(db, sql.join(looks, sql` union all `));
  return rows.map(({ name, held }) => [name, held]);
}

function lookAt(table: string): SQL {
  const row = table === 'speaker' ? sql`(to_jsonb(t) - 'last_seen_at' - 'updated_at')::text` : sql`t::text`;
  const digest = sql`count(*) || ':' || coalesce(md5(string_agg(${row}, ',' order by ${row})), '')`;
  return sql`select ${table}::text as name, ${digest} as held from ${sql.identifier(table)} t`;
}

async function keysOf(redis: RedisClient): Promise<[string, string][]> {
  const keys = (await redis.keys('*')).filter((one) => !one.startsWith('rate:'));
  return Promise.all(
    keys.map(async (key): Promise<[string, string]> => [key, (await redis.dumpBuffer(key))?.toString('base64') ?? '']),
  );
}

/**
 * What has happened between two looks: tables and keys that differ. A key that ended by itself (every key of a talk does, in its time) is
 * nothing that anybody did.
 */
export function happenedBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const ended = (name: string) => name.includes(':') && !(name in after);
  return [...names].filter((name) => before[name] !== after[name] && !ended(name)).map((name) => name.slice(0, 100));
}
