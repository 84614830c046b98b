/** What the operator does to speakers. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { writeAudit } from '../../store/audit.ts';
import { only, onlyPeople } from '../access.ts';
import { changesOf } from '../changing.ts';
import { notTooOften } from '../limits.ts';
import { BRANDS, speakers } from '../nouns/speakers.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, reach } from '../reading.ts';
import { Nothing, routesOf } from '../route.ts';
import { Id, Nullable, Text, Written } from '../schemas.ts';

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

/** Operators and their property system. Pairing is kept to twenty tries a minute; a token is in the first answer and never again. */
export function speakerChanges(scope: FastifyInstance, parts: ApiParts): void {
  const { fleet, speakerSettings } = parts.services;
  const route = routesOf(scope, 'speakers', only('speakers', OPERATOR, speakers.roles));
  const change = changesOf(scope, parts, speakers, OPERATOR);

  route(
    'POST /speakers',
    'Registers a speaker',
    { body: NewSpeaker, answer: Registered, status: 201 },
    ({ key, body, by }) => fleet.register(key, body, by),
  );
  route(
    'POST /speakers/pair',
    'Binds the speaker that reads out this code right now',
    { body: Paired, answer: fullOf(speakers) },
    async ({ key, body: { code, ...home }, by, person }) => {
      await notTooOften(parts.rates, `pair:${person.id}`, GUESSES);
      const { id } = await fleet.pair(key, code, home, by);
      return afterwards(parts, speakers, person, id);
    },
  );
  change('bind', 'Puts a speaker into a household', Home, fleet.bind);
  change('move', 'Takes a speaker to another household', Home, fleet.move);
  change('suspend', 'Stops a speaker from answering', Why, fleet.suspend);
  change('resume', 'Lets a suspended speaker answer again where it was', Nothing, fleet.resume);
  change(
    'settings',
    'Volume of the speaker, pace and quiet hours of the people there; told to it at once',
    Settings,
    speakerSettings.set,
  );
  change('unbind', 'Takes a speaker out of its household', Why, fleet.unbind);
  change('wipe', 'Forgets a lost speaker for good', Why, fleet.wipe);
  serveTicket(scope, parts);
}

/** A page that speaks as a household's speaker: the operator's to try a device out, and the desk's in the sample community only. */
function serveTicket(scope: FastifyInstance, parts: ApiParts): void {
  const route = routesOf(scope, 'speakers', onlyPeople('speakers', speakers.roles));
  route(
    'POST /speakers/:id/ticket',
    'A ticket for the speaker in the browser: one use, 60 s',
    { body: Nothing, answer: Ticket },
    async ({ id, person, by }) => {
      if (!parts.sampleData && person.role !== 'operator') throw new Refusal('Forbidden');
      const device = await reach(parts, speakers, person, id, 'change', async (row, db) => {
        if (row.brand !== 'speaker' || row.status !== 'bound') throw new Refusal('NotInThisState');
        const entry = { at: parts.clock.now(), actor: by, action: 'speaker.ticket', subject: `speakers/${id}` };
        await writeAudit(db, { ...entry, result: 'done' });
        return row.device;
      });
      return { ticket: await parts.tickets.issue(device, TICKET_SECONDS), seconds: TICKET_SECONDS };
    },
  );
}
