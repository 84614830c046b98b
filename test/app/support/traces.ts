/** Everything that a request could leave behind, as digests: two equal ones mean that nothing has happened. */
import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../src/store/database.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import type { BuiltApp } from '../../support/app.ts';

/** Table or key → what it holds. Counters of how often a speaker spoke end by themselves and are left out. `redis`: a connection that waits. */
export async function tracesOf(core: BuiltApp['core'], redis: RedisClient): Promise<Record<string, string>> {
  const traces: Record<string, string> = {};
  for (const table of await tables(core)) {
    const name = sql.identifier(table);
    const text = sql`select count(*) || ':' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as held from ${name} t`;
    const [row] = await rowsOf<{ held: string }>(core.database.db, text);
    traces[table] = row?.held ?? '';
  }
  for (const key of (await redis.keys('*')).filter((one) => !one.startsWith('rate:'))) {
    traces[key] = (await redis.dumpBuffer(key))?.toString('base64') ?? '';
  }
  return traces;
}

async function tables(core: BuiltApp['core']): Promise<string[]> {
  const listed = sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  return (await rowsOf<{ name: string }>(core.database.db, listed)).map(({ name }) => name);
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
