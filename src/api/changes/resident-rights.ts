/** Looking for a resident by what she says on the telephone, where she is now, and what she may ask of her data. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { CORRECTABLE, type Correctable } from '../../services/residents/data-rights.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { residents as find } from '../../store/queries/residents.ts';
import { only, personOf, scopeOf } from '../access.ts';
import { keyOf } from '../changing.ts';
import { instant } from '../iso.ts';
import { notTooOften } from '../limits.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { IdParam, reach } from '../reading.ts';
import { Instant, Nullable, problems, Text, Written } from '../schemas.ts';
import { Reason } from './policy-shapes.ts';

const SUPERVISOR = ['supervisor'] as const;
const tags = ['residents'];
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
const Stopped = Type.Object({
  bookings: Type.Integer(),
  visits: Type.Integer(),
  notices: Type.Integer(),
  applications: Type.Integer(),
  proxies: Type.Integer(),
});
const Kept = Type.Object({ kept: Type.Array(Type.Object({ what: Text, whatText: Text, until: Text })) });
const Report = Type.Object({
  ok: Type.Boolean(),
  changed: Type.Integer(),
  rows: Type.Array(Type.Object({ row: Type.Integer(), problem: Text, text: Text })),
});

export function residentRights(scope: FastifyInstance, parts: ApiParts): void {
  searching(scope, parts);
  standing(scope, parts);
  rights(scope, parts);
  listing(scope, parts);
}

function searching(scope: FastifyInstance, parts: ApiParts): void {
  scope.post('/residents/search', {
    config: { access: only('residents', residents.roles) },
    schema: {
      tags,
      summary: 'By a whole number that she says herself; in the body, since addresses are logged along the way',
      body: Search,
      response: { 200: Type.Object({ items: Type.Array(residents.item) }), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `search:${person.id}`, SEARCHES);
      const { number, reason } = request.body as Static<typeof Search>;
      const index = parts.fields.index(number.toUpperCase());
      const filter = number.length > 12 ? { idNumberIndex: index } : { phoneIndex: index };
      const within = await scopeOf(parts, person);
      const now = parts.clock.now();
      return parts.database.transaction(async (db) => {
        const { rows } = await find(db, { scope: within, filter, limit: FOUND, offset: 0 });
        await parts.services.dataRights.searched(
          db,
          rows.map((row) => row.resident.id),
          reason,
          actorOf(person),
        );
        return { items: await residents.show(rows, { parts, db, person, now }) };
      });
    },
  });
}

/** Within her scope, then the work. */
async function inScope(parts: ApiParts, request: FastifyRequest, effect: string) {
  const person = personOf(request);
  const { id } = request.params as Static<typeof IdParam>;
  await reach(parts, residents, person, id, 'change', async () => undefined);
  return { id, by: actorOf(person), key: keyOf(request, person, `residents.${effect}:${id}`) };
}

function standing(scope: FastifyInstance, parts: ApiParts): void {
  const State = Type.Object({ state: Type.Enum(['living', 'hospital', 'moved', 'deceased']), reason: Reason }, closed);
  scope.post('/residents/:id/state', {
    config: { access: only('residents', residents.roles) },
    schema: {
      tags,
      summary: 'Where she is now; what would still reach for her stops',
      params: IdParam,
      body: State,
      response: { 200: Stopped, ...problems },
    },
    handler: async (request) => {
      const { id, by, key } = await inScope(parts, request, 'state');
      return parts.services.residentStates.change(key, id, request.body as Static<typeof State>, by);
    },
  });
  scope.post('/residents/:id/pin/reset', {
    config: { access: only('residents', residents.roles) },
    schema: {
      tags,
      summary: 'Forgets the spoken code; a new one is agreed in private',
      params: IdParam,
      body: Type.Object({ reason: Reason }, closed),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, by, key } = await inScope(parts, request, 'pin');
      await parts.services.dataRights.forgetPin(key, id, (request.body as { reason: string }).reason, by);
      return reply.code(204).send(null);
    },
  });
}

function rights(scope: FastifyInstance, parts: ApiParts): void {
  const { dataRights } = parts.services;
  const config = { access: only('residents', SUPERVISOR, residents.roles) };
  const reasoned = Type.Object({ reason: Reason }, closed);
  scope.get('/residents/:id/lookers', {
    config,
    schema: { tags, summary: 'Who looked at her record', params: IdParam, response: { 200: Lookers, ...problems } },
    handler: async (request) => {
      const { id, by } = await inScope(parts, request, 'lookers');
      const rows = await dataRights.lookers(id, by);
      const { words } = parts;
      return {
        items: rows.map((row) => ({
          at: instant(row.at),
          who: row.name ?? words.text('actorKind', row.kind),
          role: words.text('role', row.role),
          what: words.text('auditAction', row.action),
          fields: row.fields,
          reason: row.reason,
        })),
      };
    },
  });
  scope.post('/residents/:id/export', {
    config,
    schema: {
      tags,
      summary: 'A copy of everything that is kept of her',
      params: IdParam,
      body: reasoned,
      response: { 200: Type.Record(Type.String(), Type.Unknown()), ...problems },
    },
    handler: async (request) => {
      const { id, by, key } = await inScope(parts, request, 'export');
      return dataRights.copy(key, id, (request.body as { reason: string }).reason, by);
    },
  });
  const Correction = Type.Object({ field: Type.Enum(CORRECTABLE), value: Written(60, 1), reason: Reason }, closed);
  scope.post('/residents/:id/correct', {
    config,
    schema: {
      tags,
      summary: 'Sets one thing right',
      params: IdParam,
      body: Correction,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, by, key } = await inScope(parts, request, 'correct');
      await dataRights.correct(key, id, request.body as { field: Correctable; value: string; reason: string }, by);
      return reply.code(204).send(null);
    },
  });
  scope.post('/residents/:id/forget', {
    config,
    schema: {
      tags,
      summary: 'Forgets her, as far as the law lets us; says what stays and until when',
      params: IdParam,
      body: reasoned,
      response: { 200: Kept, ...problems },
    },
    handler: async (request) => {
      const { id, by, key } = await inScope(parts, request, 'forget');
      const { kept } = await dataRights.forget(key, id, (request.body as { reason: string }).reason, by);
      return { kept: kept.map((one) => ({ ...one, whatText: parts.words.text('kept', one.what) })) };
    },
  });
}

function listing(scope: FastifyInstance, parts: ApiParts): void {
  const Table = Type.Object(
    { csv: Written(200_000, 1), dryRun: Type.Optional(Type.Boolean()), whole: Type.Optional(Type.Boolean()) },
    closed,
  );
  scope.post('/residents/special/import', {
    config: { access: only('residents', SUPERVISOR, residents.roles) },
    schema: {
      tags,
      summary: 'The special list as a table: number and grade; all or none',
      body: Table,
      response: { 200: Report, ...problems },
    },
    handler: async (request) => {
      const { csv, dryRun = false, whole = false } = request.body as Static<typeof Table>;
      const by = actorOf(personOf(request));
      const report = await parts.services.specialList.bringIn(csv, { dryRun, whole }, by);
      const rows = report.rows.map((row) => ({ ...row, text: parts.words.text('listFault', row.problem) }));
      return { ...report, rows };
    },
  });
}
