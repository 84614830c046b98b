/** Lists and single items, the same way for every noun: scope, filter, page, mask, audit. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { Refusal } from '../errors.ts';
import { actorOf, type Person, type Role } from '../services/staff/sessions.ts';
import { writeAudit } from '../store/audit.ts';
import type { Db } from '../store/database.ts';
import type { Asked, Found, Scope } from '../store/queries/page.ts';
import { only, personOf, scopeOf } from './access.ts';
import type { ApiParts } from './parts.ts';
import { listOf, Paging, problems } from './schemas.ts';

/** What a row needs to become an item. */
export interface View {
  parts: ApiParts;
  db: Db;
  person: Person;
  now: Date;
}

/** One noun of the interface. `Item` is what lists show, `detail` what is added for one. */
export interface Noun<Row, Filter extends TObject, Item extends TObject, Detail extends TObject> {
  name: string;
  summary: string;
  /** Who may read it; a clerk within her stations. */
  roles: readonly Role[];
  filter: Filter;
  item: Item;
  detail: Detail;
  /** Filters as the query wants them; `now` for those that mean a moment. */
  find(db: Db, asked: Asked<Static<Filter>>, now: Date): Promise<Found<Row>>;
  /** Rows as items, in the same order. */
  show(rows: Row[], view: View): Promise<Static<Item>[]> | Static<Item>[];
  more?(row: Row, view: View): Promise<Static<Detail>> | Static<Detail>;
  /** Whose record an item shows (null: several people's or unknown); absent where it shows nobody's and reading is not audited. */
  resident?(row: Row): string | null;
}

export const nothingMore = Type.Object({});
const IdParam = Type.Object({ id: Type.String({ maxLength: 64, description: 'uuid' }) });

const PAGE_SIZE = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `GET /<name>` and `GET /<name>/:id`. */
export function serveNoun<Row, F extends TObject, I extends TObject, D extends TObject>(
  scope: FastifyInstance,
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
): void {
  const config = { access: only(noun.name, noun.roles) };
  const tags = [noun.name];
  const querystring = Type.Object({ ...Paging, ...noun.filter.properties });

  scope.get(`/${noun.name}`, {
    config,
    schema: {
      tags,
      summary: `${noun.summary}: a page`,
      querystring,
      response: { 200: listOf(noun.item), ...problems },
    },
    handler: (request) => list(parts, noun, request),
  });

  scope.get(`/${noun.name}/:id`, {
    config,
    schema: { tags, summary: `${noun.summary}: one`, params: IdParam, response: { 200: fullOf(noun), ...problems } },
    handler: (request) => read(parts, noun, personOf(request), (request.params as { id: string }).id),
  });
}

/** Item and detail together: what one item answers. */
export function fullOf<Row, F extends TObject, I extends TObject, D extends TObject>(
  noun: Noun<Row, F, I, D>,
): TSchema {
  return Type.Object({ ...noun.item.properties, ...noun.detail.properties });
}

async function list<Row, F extends TObject, I extends TObject, D extends TObject>(
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  request: FastifyRequest,
) {
  const person = personOf(request);
  const {
    page = 1,
    pageSize = PAGE_SIZE,
    ...filter
  } = request.query as Static<F> & { page?: number; pageSize?: number };
  const scope = await scopeOf(parts, person);
  const now = parts.clock.now();
  return parts.database.transaction(async (db) => {
    const asked = { scope, filter, limit: pageSize, offset: (page - 1) * pageSize } as Asked<Static<F>>;
    const { rows, total } = await noun.find(db, asked, now);
    const items = await noun.show(rows, { parts, db, person, now });
    if (noun.resident) {
      const fields = [`count:${rows.length}`];
      await writeAudit(db, {
        at: now,
        actor: actorOf(person),
        action: 'read',
        subject: noun.name,
        fields,
        result: 'done',
      });
    }
    return { items, page, pageSize, total };
  });
}

/** One item in her scope, and the audit row of having seen it. @throws Refusal NotFound */
async function read<Row, F extends TObject, I extends TObject, D extends TObject>(
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  person: Person,
  id: string,
) {
  const now = parts.clock.now();
  return reach(parts, noun, person, id, 'read', async (row, db) => {
    const full = await wholly(noun, row, { parts, db, person, now });
    if (!noun.resident) return full;
    const residentId = noun.resident(row) ?? undefined;
    const subject = `${noun.name}/${id}`;
    const fields = Object.keys(full);
    await writeAudit(db, {
      at: now,
      actor: actorOf(person),
      action: 'read',
      subject,
      residentId,
      fields,
      result: 'done',
    });
    return full;
  });
}

/** One item as it stands after a change whose own audit row says who saw it. */
export async function afterwards<Row, F extends TObject, I extends TObject, D extends TObject>(
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  person: Person,
  id: string,
) {
  const now = parts.clock.now();
  return reach(parts, noun, person, id, 'read', (row, db) => wholly(noun, row, { parts, db, person, now }));
}

async function wholly<Row, F extends TObject, I extends TObject, D extends TObject>(
  noun: Noun<Row, F, I, D>,
  row: Row,
  view: View,
): Promise<object> {
  const [item] = await noun.show([row], view);
  return { ...(item as object), ...((await noun.more?.(row, view)) as object | undefined) };
}

/**
 * Works with one row, if it is in her scope. One that exists beyond it looks as if it did not, and the attempt is
 * written down.
 * @throws Refusal NotFound
 */
export async function reach<Row, F extends TObject, I extends TObject, D extends TObject, T>(
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  person: Person,
  id: string,
  action: 'read' | 'change',
  work: (row: Row, db: Db) => Promise<T>,
): Promise<T> {
  if (!UUID.test(id)) throw new Refusal('NotFound');
  const scope = await scopeOf(parts, person);
  const now = parts.clock.now();
  const reached = await parts.database.transaction(async (db) => {
    const row = await byId(db, noun, scope, id, now);
    if (row) return { value: await work(row, db) };
    const beyond = await byId(db, noun, { stations: 'all', staffId: person.id }, id, now);
    if (!beyond) return undefined;
    const residentId = noun.resident?.(beyond) ?? undefined;
    const subject = `${noun.name}/${id}`;
    await writeAudit(db, { at: now, actor: actorOf(person), action, subject, residentId, result: 'denied' });
    return undefined;
  });
  if (!reached) throw new Refusal('NotFound');
  return reached.value;
}

/** The row, for a change that its service makes. @throws Refusal NotFound as `reach` does */
export function rowOf<Row, F extends TObject, I extends TObject, D extends TObject>(
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  person: Person,
  id: string,
  action: 'read' | 'change' = 'change',
): Promise<Row> {
  return reach(parts, noun, person, id, action, async (row) => row);
}

async function byId<Row, F extends TObject, I extends TObject, D extends TObject>(
  db: Db,
  noun: Noun<Row, F, I, D>,
  scope: Scope,
  id: string,
  now: Date,
): Promise<Row | undefined> {
  const filter = { id } as Asked<Static<F>>['filter'];
  const { rows } = await noun.find(db, { scope, filter, limit: 1, offset: 0 }, now);
  return rows[0];
}
