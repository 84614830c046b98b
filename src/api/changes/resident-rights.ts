/** Looking for a resident by what she says on the telephone, where she is now, and what she may ask of her data. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { CORRECTABLE, type DataRights } from '../../services/residents/data-rights.ts';
import { residents as find } from '../../store/queries/residents.ts';
import { only, scopeOf } from '../access.ts';
import { instant } from '../iso.ts';
import { notTooOften } from '../limits.ts';
import { maskName } from '../mask.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { rowOf } from '../reading.ts';
import { routesOf } from '../route.ts';
import { Day, Id, Instant, Nullable, Person, Text, Written } from '../schemas.ts';
import { Reason } from './policy-shapes.ts';

const SUPERVISOR = ['supervisor'] as const;
const closed = { additionalProperties: false };
/** Nobody looks for that many people a minute: more is somebody trying numbers. */
const SEARCHES = { limit: 30, windowSeconds: 60 };
const FOUND = 20;

const Search = Type.Object(
  {
    number: Type.String({ pattern: '^(\\d{7,12}|\\d{17}[\\dXx])$', description: 'telephone or ID number, whole' }),
    reason: Reason,
  },
  closed,
);
const Lookers = Type.Object({
  items: Type.Array(
    Type.Object({ at: Instant, who: Text, role: Text, what: Text, fields: Type.Array(Text), reason: Nullable(Text) }),
  ),
});
const Wishes = Type.Object({
  items: Type.Array(
    Type.Object({ id: Id, resident: Person, called: Text, kind: Text, kindText: Text, at: Instant, dueOn: Day }),
  ),
});
const Stopped = Type.Object({
  bookings: Type.Integer(),
  visits: Type.Integer(),
  notices: Type.Integer(),
  applications: Type.Integer(),
  proxies: Type.Integer(),
});
const Kept = Type.Object({ kept: Type.Array(Type.Object({ what: Text, whatText: Text, until: Text })) });

const State = Type.Object({ state: Type.Enum(['living', 'hospital', 'moved', 'deceased']), reason: Reason }, closed);
const Reasoned = Type.Object({ reason: Reason }, closed);
const Correction = Type.Object({ field: Type.Enum(CORRECTABLE), value: Written(60, 1), reason: Reason }, closed);
const Copy = Type.Record(Type.String(), Type.Unknown());

/** Searching, where she is and her spoken code: for whoever reads residents, in scope. A copy, a correction and forgetting: for supervisors. Each with a reason that is kept. */
export function residentRights(scope: FastifyInstance, parts: ApiParts): void {
  searching(scope, parts);
  standing(scope, parts);
  rights(scope, parts);
  wishes(scope, parts);
}

const mayRead = only('residents', residents.roles);
const mayRule = only('residents', SUPERVISOR, residents.roles);

function searching(scope: FastifyInstance, parts: ApiParts): void {
  routesOf(scope, 'residents', mayRead)(
    'POST /residents/search',
    'By a whole number that she says herself; in the body, since addresses are logged along the way',
    { body: Search, answer: Type.Object({ items: Type.Array(residents.item) }) },
    async ({ body: { number, reason }, by, person }) => {
      await notTooOften(parts.rates, `search:${person.id}`, SEARCHES);
      const index = parts.fields.index(number.toUpperCase());
      const filter = number.length > 12 ? { idNumberIndex: index } : { phoneIndex: index };
      const within = await scopeOf(parts, person);
      const now = parts.clock.now();
      return parts.database.transaction(async (db) => {
        const { rows } = await find(db, { scope: within, filter, limit: FOUND, offset: 0 });
        const ids = rows.map((row) => row.resident.id);
        await parts.services.dataRights.searched(db, ids, reason, by);
        return { items: await residents.show(rows, { parts, db, person, now }) };
      });
    },
  );
}

function standing(scope: FastifyInstance, parts: ApiParts): void {
  const route = routesOf(scope, 'residents', mayRead);
  route(
    'POST /residents/:id/state',
    'Where she is now; what would still reach for her stops',
    { body: State, answer: Stopped },
    async ({ key, id, body, by, person }) => {
      await rowOf(parts, residents, person, id);
      return parts.services.residentStates.change(key, id, body, by);
    },
  );
  route(
    'POST /residents/:id/pin/reset',
    'Forgets the spoken code; a new one is agreed in private',
    { body: Reasoned },
    async ({ key, id, body: { reason }, by, person }) => {
      await rowOf(parts, residents, person, id);
      await parts.services.dataRights.forgetPin(key, id, reason, by);
    },
  );
}

function rights(scope: FastifyInstance, parts: ApiParts): void {
  const { dataRights } = parts.services;
  const route = routesOf(scope, 'residents', mayRule);
  route('GET /residents/:id/lookers', 'Who looked at her record', { answer: Lookers }, async ({ id, by, person }) => {
    await rowOf(parts, residents, person, id);
    return { items: (await dataRights.lookers(id, by)).map((row) => lookerOf(parts, row)) };
  });
  route(
    'POST /residents/:id/export',
    'A copy of everything that is kept of her',
    { body: Reasoned, answer: Copy },
    async ({ key, id, body: { reason }, by, person }) => {
      await rowOf(parts, residents, person, id);
      return dataRights.copy(key, id, reason, by);
    },
  );
  route(
    'POST /residents/:id/correct',
    'Sets one thing right',
    { body: Correction },
    async ({ key, id, body, by, person }) => {
      await rowOf(parts, residents, person, id);
      await dataRights.correct(key, id, body, by);
    },
  );
  route(
    'POST /residents/:id/forget',
    'Forgets her, as far as the law lets us; says what stays and until when',
    { body: Reasoned, answer: Kept },
    async ({ key, id, body: { reason }, by, person }) => {
      await rowOf(parts, residents, person, id);
      const { kept } = await dataRights.forget(key, id, reason, by);
      return { kept: kept.map((one) => ({ ...one, whatText: parts.words.text('kept', one.what) })) };
    },
  );
}

function wishes(scope: FastifyInstance, parts: ApiParts): void {
  const { dataRights } = parts.services;
  const route = routesOf(scope, 'residents', mayRule);
  route(
    'GET /residents/wishes',
    'What residents asked of their data by voice, and is owed',
    { answer: Wishes },
    async ({ by }) => ({
      items: (await dataRights.wishes(by)).map(({ id, kind, at, dueOn, residentId, name, called }) => ({
        id,
        resident: { id: residentId, name: maskName(name) },
        called,
        kind,
        kindText: parts.words.text('dataRight', kind),
        at: instant(at),
        dueOn,
      })),
    }),
  );
  route(
    'POST /residents/:id/wishes/:wish/refuse',
    'It is not done, and why',
    { body: Reasoned },
    async ({ key, id, params, body: { reason }, by, person }) => {
      await rowOf(parts, residents, person, id);
      await dataRights.refuse(key, id, params.wish ?? '', reason, by);
    },
  );
}

function lookerOf({ words }: ApiParts, row: Awaited<ReturnType<DataRights['lookers']>>[number]) {
  return {
    at: instant(row.at),
    who: row.name ?? words.text('actorKind', row.kind),
    role: words.text('role', row.role),
    what: words.text('auditAction', row.action),
    fields: row.fields,
    reason: row.reason,
  };
}
