/** Whose rows a route reaches: read off the routes as they were registered. A name that nobody has placed here fails the test. */
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/store/database.ts';
import type { Fields } from '../../src/store/fields.ts';
import * as t from '../../src/store/schema.ts';
import { PLACES, type World } from './world.ts';

/** Of the clerk's own station, of another station of her centre, of another centre, of no home at all. */
export const OWNERS = [...PLACES, 'nobody'] as const;
export type Owner = (typeof OWNERS)[number];

/** Nouns in an address. `home`: a row belongs to a household's station; `all`: one for everybody; `role`: the role alone opens it, or it is the person's own. */
const NOUNS: Record<string, 'home' | 'all' | 'role'> = {
  ...kinds('home', 'bookings', 'cases', 'applications', 'calls', 'callbacks', 'visits', 'tickets', 'residents'),
  ...kinds('home', 'speakers', 'households', 'deliveries', 'ratings', 'proxies', 'relatives', 'wishes'),
  ...kinds('all', 'guides', 'policies', 'sentences', 'blockages'),
  ...kinds('role', 'audit', 'staff', 'sessions', 'alarms', 'messages', 'firmware', 'keys', 'webhooks', 'installations'),
};

/** Names in a body or a query that hold an id, and the noun it is of; null: of nobody's home. */
const NAMES: Record<string, string | null> = {
  residentId: 'residents',
  resident: 'residents',
  householdId: 'households',
  household: 'households',
  speakerId: 'speakers',
  speaker: 'speakers',
  case: 'cases',
  ...Object.fromEntries(
    [
      'slotId',
      'placeId',
      'place',
      'stationId',
      'station',
      'workerId',
      'worker',
      'ownerId',
      'owner',
      'clerk',
      'policy',
      'officer',
      'staff',
      'handler',
      'heard',
    ].map((name) => [name, null]),
  ),
};

/** What speakers out of the box read out: one may be paired for each. */
export const CODES: Record<Owner, string> = { near: '482913', sister: '482914', far: '482915', nobody: '482916' };

export interface Registered {
  method: string;
  url: string;
  schema?: unknown;
}

export interface Reference {
  at: 'path' | 'body' | 'query';
  name: string;
  /** Whose rows it names; null: it names no home. Undefined: nobody has said. */
  noun: string | null | undefined;
}

/** Everything in a route's address, body and query that holds an id. */
export function referencesOf({ url, schema }: Registered): Reference[] {
  const { body, querystring } = (schema ?? {}) as { body?: Shape; querystring?: Shape };
  const steps = url.split('/');
  const path = steps.flatMap((step, n): Reference[] =>
    step.startsWith(':') ? [{ at: 'path', name: step, noun: homely(steps[n - 1] ?? '') }] : [],
  );
  const within = (at: 'body' | 'query', shape?: Shape): Reference[] =>
    idsIn(shape).map((name) => ({ at, name, noun: NAMES[name] }));
  return [...path, ...within('body', body), ...within('query', querystring)];
}

const homely = (noun: string) => {
  const kind = NOUNS[noun];
  if (kind === undefined) return undefined;
  return kind === 'home' ? noun : null;
};

interface Shape {
  format?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
}

function idsIn(shape: Shape | undefined, name = ''): string[] {
  if (!shape) return [];
  if (shape.format === 'uuid') return [name];
  const below = Object.entries(shape.properties ?? {}).flatMap(([key, one]) => idsIn(one, key));
  return [...below, ...idsIn(shape.items, name), ...(shape.anyOf ?? []).flatMap((one) => idsIn(one, name))];
}

function kinds<K extends string>(kind: K, ...nouns: string[]): Record<string, K> {
  return Object.fromEntries(nouns.map((noun) => [noun, kind]));
}

export type Rows = Record<string, Partial<Record<Owner, string>>>;

/** The world's rows, with those near each resident, and with what stands in no home: a speaker out of the box, its call, a nameless complaint. */
export async function rowsOfAll({ db }: Database, { rows }: World, fields: Fields): Promise<Rows> {
  const all: Rows = { ...rows, proxies: {}, relatives: {}, wishes: {} };
  for (const where of PLACES) {
    const near = await writeNear(db, rows.residents?.[where] ?? '', fields);
    for (const [noun, id] of Object.entries(near)) all[noun] = { ...all[noun], [where]: id };
  }
  for (const [noun, id] of Object.entries(await writeHomeless(db))) all[noun] = { ...all[noun], nobody: id };
  return all;
}

async function writeNear(db: Database['db'], residentId: string, fields: Fields) {
  const id = crypto.randomUUID();
  const her = { residentId, name: '小周', relation: '女儿' };
  const phone = {
    phoneSealed: fields.seal('13802150000', `relative.phoneSealed:${id}`),
    phoneIndex: fields.index('13802150000'),
  };
  const [proxy] = await db
    .insert(t.proxy)
    .values({ ...her, kind: 'collect', validFrom: new Date(0) })
    .returning();
  await db.insert(t.relative).values({ id, ...her, ...phone });
  const [wish] = await db.insert(t.dataRequest).values({ residentId, kind: 'lookers' }).returning();
  return { proxies: proxy?.id ?? '', relatives: id, wishes: wish?.id ?? '' };
}

async function writeHomeless(db: Database['db']) {
  const device = (name: string) => ({ serial: `SN-${name}`, brand: 'speaker' as const, brandDevice: `device-${name}` });
  const [speaker] = await db.insert(t.speaker).values(device('nobody')).returning();
  for (const pairingCode of Object.values(CODES))
    await db.insert(t.speaker).values({ ...device(pairingCode), pairingCode });
  const speakerId = speaker?.id ?? '';
  const [call] = await db.insert(t.call).values({ speakerId, reason: 'agent', state: 'ended' }).returning();
  const complaint = { number: 'T-nobody', kind: 'complaint' as const, dueAt: new Date('2026-11-23T10:00:00+08:00') };
  const [ticket] = await db.insert(t.ticket).values(complaint).returning();
  return { speakers: speakerId, calls: call?.id ?? '', tickets: ticket?.id ?? '' };
}

/** Written by the reading itself, whoever reads. */
const KEPT_OF_READING = new Set(['audit', 'audit_pending', 'staff_session', 'effect']);

/** What every table holds, as one digest a table: equal as long as nothing was changed. */
export async function heldIn({ db }: Database): Promise<Record<string, string>> {
  const tables = Object.values(t).flatMap((one) => (is(one, PgTable) ? [getTableName(one)] : []));
  const held: Record<string, string> = {};
  for (const name of tables.filter((one) => !KEPT_OF_READING.has(one))) {
    const rows = sql`select coalesce(md5(string_agg(one::text, '|' order by one::text)), '') as digest from ${sql.identifier(name)} one`;
    const answered = (await db.execute(rows)) as unknown as { rows: { digest: string }[] };
    held[name] = answered.rows[0]?.digest ?? '';
  }
  return held;
}
