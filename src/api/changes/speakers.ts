/** What the operator does to speakers. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { writeAudit } from '../../store/audit.ts';
import { only, onlyPeople, personOf } from '../access.ts';
import { keyOf, Nothing, serveChange } from '../changing.ts';
import { notTooOften } from '../limits.ts';
import { BRANDS, speakers } from '../nouns/speakers.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, IdParam, reach } from '../reading.ts';
import { Id, Nullable, problems, Text, Written } from '../schemas.ts';

const OPERATOR = ['operator'] as const;
const closed = { additionalProperties: false };
const TICKET_SECONDS = 60;

const NewSpeaker = Type.Object(
  {
    serial: Written(80, 1),
    brand: Type.Enum(BRANDS),
    deviceId: Written(200, 1),
    brandUser: Type.Optional(Written(200, 1)),
  },
  closed,
);
const Registered = Type.Object({
  id: Id,
  pairingCode: Nullable(Text),
  token: Nullable(Type.String({ description: 'our own speakers only; shown this once' })),
});
const Ticket = Type.Object({ ticket: Text, seconds: Type.Integer() });
const Home = Type.Object({ householdId: Id, room: Type.Optional(Written(40)) }, closed);
const Paired = Type.Object(
  { code: Type.String({ pattern: '^\\d{6}$' }), householdId: Id, room: Type.Optional(Written(40)) },
  closed,
);
/** A code is one of nine hundred thousand. */
const GUESSES = { limit: 20, windowSeconds: 60 };
const Hour = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Settings = Type.Object(
  {
    volume: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    pace: Type.Optional(Type.Integer({ minimum: 120, maximum: 260, description: 'characters a minute' })),
    quietFrom: Type.Optional(Hour),
    quietUntil: Type.Optional(Hour),
  },
  { ...closed, minProperties: 1 },
);
const Why = Type.Object({ reason: Type.Optional(Written(200)) }, closed);

export function speakerChanges(scope: FastifyInstance, parts: ApiParts): void {
  const { fleet, speakerSettings } = parts.services;

  scope.post('/speakers', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'Registers a speaker',
      body: NewSpeaker,
      response: { 201: Registered, ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      const key = keyOf(request, person, 'speakers.register');
      reply.code(201);
      return fleet.register(key, request.body as Static<typeof NewSpeaker>, actorOf(person));
    },
  });

  scope.post('/speakers/pair', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'Binds the speaker that reads out this code right now',
      body: Paired,
      response: { 200: fullOf(speakers), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `pair:${person.id}`, GUESSES);
      const { code, ...home } = request.body as Static<typeof Paired>;
      const { id } = await fleet.pair(keyOf(request, person, 'speakers.pair'), code, home, actorOf(person));
      return afterwards(parts, speakers, person, id);
    },
  });

  serveTicket(scope, parts);
  const change = { roles: OPERATOR };
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'bind',
    summary: 'Puts a speaker into a household',
    body: Home,
    work: ({ id, body, key, by }) => fleet.bind(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'move',
    summary: 'Takes a speaker to another household',
    body: Home,
    work: ({ id, body, key, by }) => fleet.move(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'suspend',
    summary: 'Stops a speaker from answering',
    body: Why,
    work: ({ id, body, key, by }) => fleet.suspend(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'resume',
    summary: 'Lets a suspended speaker answer again where it was',
    body: Nothing,
    work: ({ id, body, key, by }) => fleet.resume(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'settings',
    summary: 'Volume of the speaker, pace and quiet hours of the people there; told to it at once',
    body: Settings,
    work: ({ id, body, key, by }) => speakerSettings.set(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'unbind',
    summary: 'Takes a speaker out of its household',
    body: Why,
    work: ({ id, body, key, by }) => fleet.unbind(key, id, body, by),
  });
  serveChange(scope, parts, speakers, {
    ...change,
    verb: 'wipe',
    summary: 'Forgets a lost speaker for good',
    body: Why,
    work: ({ id, body, key, by }) => fleet.wipe(key, id, body, by),
  });
}

/** A page that speaks as a household's speaker: the operator's to try a device out, and the desk's in the sample community only. */
function serveTicket(scope: FastifyInstance, parts: ApiParts): void {
  scope.post('/speakers/:id/ticket', {
    config: { access: onlyPeople('speakers', speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'A ticket for the speaker in the browser: one use, 60 s',
      params: IdParam,
      body: Nothing,
      response: { 200: Ticket, ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      if (!parts.sampleData && person.role !== 'operator') throw new Refusal('Forbidden');
      const { id } = request.params as { id: string };
      const device = await reach(parts, speakers, person, id, 'change', async (row, db) => {
        if (row.brand !== 'speaker' || row.status !== 'bound') throw new Refusal('NotInThisState');
        const entry = {
          at: parts.clock.now(),
          actor: actorOf(person),
          action: 'speaker.ticket',
          subject: `speakers/${id}`,
        };
        await writeAudit(db, { ...entry, result: 'done' });
        return row.device;
      });
      return { ticket: await parts.tickets.issue(device, TICKET_SECONDS), seconds: TICKET_SECONDS };
    },
  });
}
