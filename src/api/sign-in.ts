/** `/api/session`: signing in and out, and what belongs to one's own account. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Refusal } from '../errors.ts';
import { actorOf, type Person as SignedIn } from '../services/staff/sessions.ts';
import { ROLES } from '../store/schema.ts';
import { anybody, personOf, signedIn } from './access.ts';
import { instant, maybeInstant } from './iso.ts';
import { notTooOften } from './limits.ts';
import type { ApiParts } from './parts.ts';
import { Id, Instant, Nullable, Person, problems, Text, Written } from './schemas.ts';
import { COOKIE } from './sessions.ts';

const Session = Type.Object({
  person: Person,
  role: Type.Enum(ROLES),
  roleText: Text,
  csrfToken: Type.String({ description: 'wanted in the header x-csrf-token on every change' }),
  place: Nullable(Person),
  duty: Nullable(Type.Enum(['A', 'B'])),
  mustChangePassword: Type.Boolean(),
});

const Credentials = Type.Object(
  {
    username: Written(64, 1),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Type.String({ maxLength: 12, description: 'six digits of the authenticator' })),
  },
  { description: 'Unknown members are ignored.' },
);

const NewPassword = Type.Object(
  { current: Type.String({ maxLength: 200 }), next: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);

const OwnSession = Type.Object({
  id: Id,
  createdAt: Instant,
  seenAt: Nullable(Instant),
  agent: Nullable(Text),
  current: Type.Boolean(),
});

const tags = ['session'];
/** Before a hash is spent: whoever guesses is stopped cheaply. Passing is no reason to forget. */
const PER_ADDRESS = { limit: 120, windowSeconds: 60 };
const PER_USER = { limit: 30, windowSeconds: 60 };

/** One's own account and no other. Wrong name, wrong password and locked are the same answer; tries are counted by address and by name before a hash is spent. */
export async function signInRoutes(scope: FastifyInstance, parts: ApiParts): Promise<void> {
  inAndOut(scope, parts);
  ownPassword(scope, parts);
  ownSessions(scope, parts);
}

function inAndOut(scope: FastifyInstance, parts: ApiParts): void {
  const { services, words } = parts;

  const bodyOf = (person: SignedIn, reply: FastifyReply): Static<typeof Session> => ({
    person: { id: person.id, name: person.name },
    role: person.role,
    roleText: words.text('role', person.role),
    csrfToken: reply.generateCsrf(),
    place: person.place && { id: person.place.id, name: person.place.name },
    duty: person.duty,
    mustChangePassword: person.mustChangePassword,
  });

  async function signIn(request: FastifyRequest<{ Body: Static<typeof Credentials> }>, reply: FastifyReply) {
    const { username, password, code } = request.body;
    await notTooOften(parts.rates, `signin:address:${request.ip}`, PER_ADDRESS);
    await notTooOften(parts.rates, `signin:user:${username.toLowerCase()}`, PER_USER);
    const { staffId } = await services.staff.prove({ username, password, code: code?.trim() });
    await request.session.regenerate(); // a cookie from before never becomes a signed-in one
    request.session.cookie.sameSite = 'strict'; // `secure: auto` makes it lax without TLS
    const cookie = request.session.sessionId;
    const agent = request.headers['user-agent'];
    const sessionId = await services.staff.open({ staffId, cookie, address: request.ip, agent });
    request.session.staffSession = sessionId;
    const person = await services.staff.resume(sessionId);
    if (!person) throw new Refusal('SignInFailed');
    return bodyOf(person, reply);
  }

  scope.post('/session', {
    config: { access: anybody },
    schema: { tags, summary: 'Signs in', body: Credentials, response: { 200: Session, ...problems } },
    handler: signIn,
  });

  scope.get('/session', {
    config: { access: signedIn },
    schema: { tags, summary: 'Who is signed in', response: { 200: Session, ...problems } },
    handler: async (request, reply) => bodyOf(personOf(request), reply),
  });

  scope.delete('/session', {
    config: { access: signedIn },
    schema: { tags, summary: 'Signs out', response: { 204: Type.Null(), ...problems } },
    handler: async (request, reply) => {
      const person = personOf(request);
      await services.staff.end(person.sessionId, person.id, actorOf(person));
      await request.session.destroy();
      return reply.clearCookie(COOKIE, { path: '/' }).code(204).send(null);
    },
  });
}

function ownPassword(scope: FastifyInstance, parts: ApiParts): void {
  scope.post<{ Body: Static<typeof NewPassword> }>('/session/password', {
    config: { access: signedIn },
    schema: {
      tags,
      summary: 'Sets one’s own password',
      body: NewPassword,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `password:${person.id}`, PER_USER);
      await parts.services.staff.changePassword(person, request.body.current, request.body.next);
      return reply.code(204).send(null);
    },
  });
}

function ownSessions(scope: FastifyInstance, { services }: ApiParts): void {
  scope.get('/sessions', {
    config: { access: signedIn },
    schema: {
      tags,
      summary: 'Where one is signed in',
      response: { 200: Type.Object({ items: Type.Array(OwnSession) }), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const rows = await services.staff.sessionsOf(person.id);
      const items = rows.map(({ id, createdAt, seenAt, agent }) => ({
        id,
        createdAt: instant(createdAt),
        seenAt: maybeInstant(seenAt),
        agent,
        current: id === person.sessionId,
      }));
      return { items };
    },
  });

  scope.delete<{ Params: { id: string } }>('/sessions/:id', {
    config: { access: signedIn },
    schema: {
      tags,
      summary: 'Ends one of one’s own sign-ins',
      params: Type.Object({ id: Id }),
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      const ended = await services.staff.end(request.params.id, person.id, actorOf(person));
      if (!ended) throw new Refusal('NotFound');
      return reply.code(204).send(null);
    },
  });
}
