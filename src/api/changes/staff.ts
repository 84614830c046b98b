/** What the security administrator does to accounts. Not to her own: nobody lets herself in or out. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { ROLES } from '../../store/schema.ts';
import { only, personOf } from '../access.ts';
import { Nothing, serveChange } from '../changing.ts';
import { staff } from '../nouns/staff.ts';
import type { ApiParts } from '../parts.ts';
import { IdParam } from '../reading.ts';
import { Id, problems, Text, Written } from '../schemas.ts';

const SECURITY = ['security'] as const;

const NewAccount = Type.Object(
  {
    username: Type.String({ pattern: '^[A-Za-z0-9._-]{2,64}$' }),
    name: Written(40, 1),
    role: Type.Enum(ROLES),
    placeId: Type.Optional(Id),
    duty: Type.Optional(Type.Enum(['A', 'B'])),
    badge: Type.Optional(Written(40, 1)),
  },
  { additionalProperties: false },
);
const Handed = Type.Object({ id: Id, password: Text, totpUri: Text }, { description: 'shown this once' });
const SessionParams = Type.Object({ id: Id, session: Id });

export function staffChanges(scope: FastifyInstance, parts: ApiParts): void {
  const accounts = parts.services.staff;
  const access = only('staff', SECURITY);
  const tags = ['staff'];

  scope.post('/staff', {
    config: { access },
    schema: { tags, summary: 'A new account', body: NewAccount, response: { 201: Handed, ...problems } },
    handler: async (request, reply) => {
      const account = request.body as Static<typeof NewAccount>;
      const { staffId, ...handed } = await accounts.add(account, actorOf(personOf(request)));
      reply.code(201);
      return { id: staffId, ...handed };
    },
  });

  scope.post('/staff/:id/password', {
    config: { access },
    schema: {
      tags,
      summary: 'A new one-time password',
      params: IdParam,
      body: Nothing,
      response: { 200: Type.Object({ password: Text }), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const { id } = request.params as Static<typeof IdParam>;
      notHerOwn(id, person.id);
      return { password: await accounts.resetPassword(id, actorOf(person)) };
    },
  });

  scope.post('/staff/:id/factor', {
    config: { access },
    schema: {
      tags,
      summary: 'A new second factor, for a lost one',
      params: IdParam,
      body: Nothing,
      response: { 200: Type.Object({ password: Text, totpUri: Text }), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const { id } = request.params as Static<typeof IdParam>;
      notHerOwn(id, person.id);
      return { password: '', totpUri: await accounts.resetFactor(id, actorOf(person)) };
    },
  });

  scope.delete('/staff/:id/sessions/:session', {
    config: { access },
    schema: {
      tags,
      summary: 'Ends somebody’s sign-in',
      params: SessionParams,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, session } = request.params as Static<typeof SessionParams>;
      const ended = await accounts.end(session, id, actorOf(personOf(request)));
      if (!ended) throw new Refusal('NotFound');
      return reply.code(204).send(null);
    },
  });

  serveChange(scope, parts, staff, {
    verb: 'disable',
    summary: 'Shuts an account and ends its sign-ins',
    roles: SECURITY,
    body: Nothing,
    work: ({ id, by, person }) => {
      notHerOwn(id, person.id);
      return accounts.disable(id, by);
    },
  });

  serveChange(scope, parts, staff, {
    verb: 'enable',
    summary: 'Opens an account again, and a locked one at once',
    roles: SECURITY,
    body: Nothing,
    work: ({ id, by, person }) => {
      notHerOwn(id, person.id);
      return accounts.enable(id, by);
    },
  });
}

function notHerOwn(id: string, own: string): void {
  if (id === own) throw new Refusal('Forbidden');
}
