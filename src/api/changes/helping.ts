/** What a clerk does for a resident who is on the line: bookings, drafts, visits and guides, made from the desk. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { actorOf, type Person } from '../../services/staff/sessions.ts';
import { only, personOf } from '../access.ts';
import { keyOf, Nothing, serveChange } from '../changing.ts';
import { applications } from '../nouns/applications.ts';
import { bookings } from '../nouns/bookings.ts';
import { guides } from '../nouns/guides.ts';
import { residents } from '../nouns/residents.ts';
import { HALVES, visits } from '../nouns/visits.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, IdParam, reach } from '../reading.ts';
import { Day, Id, Nullable, Person as PersonRef, problems, Text, Written } from '../schemas.ts';

const DESK = ['clerk', 'supervisor'] as const;
const closed = { additionalProperties: false };
const DIRECTIONS = ['collect', 'hand_in'] as const;
const KINDS = ['first', 'renewal', 'lost', 'damaged'] as const;
const Kind = Nullable(Type.Enum(KINDS));
const Materials = Nullable(Type.Enum(['pickup', 'home', 'file']));
const Promised = Nullable(Type.Enum(['yes', 'no']));
const Matter = Written(80, 1);

const Draft = Type.Object({ kind: Kind, materials: Materials, promise: Promised, phone: Nullable(Text) });
const DraftChange = Type.Object(
  { kind: Type.Optional(Kind), materials: Type.Optional(Materials), promise: Type.Optional(Promised) },
  closed,
);
const TimesWish = Type.Object({
  matter: Type.Optional(Matter),
  direction: Type.Optional(Type.Enum(DIRECTIONS)),
  day: Type.Optional(Day),
  half: Type.Optional(Type.Enum(HALVES)),
  placeId: Type.Optional(Id),
});
const Times = Type.Object({
  items: Type.Array(
    Type.Object({ slotId: Id, place: PersonRef, day: Day, start: Text, end: Text, exact: Type.Boolean() }),
  ),
});
const NewBooking = Type.Object(
  { residentId: Id, matter: Matter, direction: Type.Enum(DIRECTIONS), slotId: Id },
  closed,
);
const NewVisit = Type.Object({ residentId: Id, matter: Matter, day: Day, half: Type.Enum(HALVES) }, closed);
const NewDraft = Type.Object({ residentId: Id, matter: Matter }, closed);
const Whose = Type.Object({ residentId: Id }, closed);

export function helpingRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { helping } = parts.services;
  bookingRoutes(scope, parts);
  draftRoutes(scope, parts);

  scope.post('/visits', {
    config: { access: only('visits', DESK) },
    schema: make('visits', 'Asks for a visit, for a resident on the line', NewVisit, fullOf(visits)),
    handler: async (request) => {
      const wish = request.body as Static<typeof NewVisit>;
      const person = await forHer(parts, request, wish.residentId);
      const { id } = await helping.visit(keyOf(request, person, 'visits.make'), wish, actorOf(person));
      return afterwards(parts, visits, person, id);
    },
  });

  scope.post('/guides/:id/send', {
    config: { access: only('guides', DESK, guides.roles) },
    schema: { ...make('guides', 'Sends the list to her phone', Whose, Nothing), params: IdParam },
    handler: async (request) => {
      const { id } = request.params as { id: string };
      const { residentId } = request.body as Static<typeof Whose>;
      const person = await forHer(parts, request, residentId);
      await helping.sendGuide(
        keyOf(request, person, `guides.send:${id}`),
        { guideId: id, residentId },
        actorOf(person),
      );
      return {};
    },
  });
}

function bookingRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { helping } = parts.services;

  scope.get('/residents/:id/offers', {
    config: { access: only('residents', DESK, residents.roles) },
    schema: {
      tags: ['bookings'],
      summary: 'Free times for a resident',
      params: IdParam,
      querystring: TimesWish,
      response: { 200: Times, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params as { id: string };
      await forHer(parts, request, id, 'read');
      const { matter, direction = 'collect', ...wish } = request.query as Static<typeof TimesWish>;
      return { items: matter ? await helping.times({ residentId: id, matter, direction, ...wish }) : [] };
    },
  });

  scope.post('/bookings', {
    config: { access: only('bookings', DESK) },
    schema: make('bookings', 'Books a time, for a resident on the line', NewBooking, fullOf(bookings)),
    handler: async (request) => {
      const wish = request.body as Static<typeof NewBooking>;
      const person = await forHer(parts, request, wish.residentId);
      const { id } = await helping.book(keyOf(request, person, 'bookings.make'), wish, actorOf(person));
      return afterwards(parts, bookings, person, id);
    },
  });
}

function draftRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { helping } = parts.services;
  const access = only('applications', DESK);

  scope.get('/applications/matters', {
    config: { access },
    schema: {
      tags: ['applications'],
      summary: 'What can be applied for from home today',
      response: { 200: Type.Object({ items: Type.Array(Text) }), ...problems },
    },
    handler: async () => ({ items: await helping.matters() }),
  });

  scope.post('/applications', {
    config: { access },
    schema: make('applications', 'Begins a draft, for a resident on the line', NewDraft, fullOf(applications)),
    handler: async (request) => {
      const wish = request.body as Static<typeof NewDraft>;
      const person = await forHer(parts, request, wish.residentId);
      const id = await helping.begin(keyOf(request, person, 'applications.begin'), wish, actorOf(person));
      return afterwards(parts, applications, person, id);
    },
  });

  scope.get('/applications/:id/draft', {
    config: { access },
    schema: {
      tags: ['applications'],
      summary: 'What she has answered so far',
      params: IdParam,
      response: { 200: Draft, ...problems },
    },
    handler: async (request) => {
      const { id } = request.params as { id: string };
      const person = personOf(request);
      await reach(parts, applications, person, id, 'read', async () => undefined);
      return helping.draft(id, actorOf(person));
    },
  });

  serveChange(scope, parts, applications, {
    verb: 'keep',
    summary: 'Writes down what she says now',
    roles: DESK,
    body: DraftChange,
    work: ({ id, body, key, by }) => helping.keep(key, id, body, by),
  });
  serveChange(scope, parts, applications, {
    verb: 'submit',
    summary: 'Hands the draft in',
    roles: DESK,
    body: Nothing,
    work: ({ id, key, by }) => helping.submit(key, id, by),
  });
  serveChange(scope, parts, applications, {
    verb: 'withdraw',
    summary: 'Takes it back',
    roles: DESK,
    body: Nothing,
    work: ({ id, key, by }) => helping.withdraw(key, id, by),
  });
}

const make = (tag: string, summary: string, body: TSchema, answer: TSchema) => ({
  tags: [tag],
  summary,
  body,
  response: { 200: answer, ...problems },
});

/** Whoever acts for her must be allowed to see her. @throws Refusal NotFound */
async function forHer(
  parts: ApiParts,
  request: FastifyRequest,
  residentId: string,
  action: 'read' | 'change' = 'change',
): Promise<Person> {
  const person = personOf(request);
  await reach(parts, residents, person, residentId, action, async () => undefined);
  return person;
}
