/** What a clerk does for a resident who is on the line: bookings, drafts, visits and guides, made from the desk. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { only } from '../access.ts';
import { changesOf } from '../changing.ts';
import { applications } from '../nouns/applications.ts';
import { bookings } from '../nouns/bookings.ts';
import { guides } from '../nouns/guides.ts';
import { residents } from '../nouns/residents.ts';
import { HALVES, visits } from '../nouns/visits.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, rowOf } from '../reading.ts';
import { Nothing, routesOf } from '../route.ts';
import { Day, Id, Nullable, Person, Text, Written } from '../schemas.ts';

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
    Type.Object({ slotId: Id, place: Person, day: Day, start: Text, end: Text, exact: Type.Boolean() }),
  ),
});
const NewBooking = Type.Object(
  { residentId: Id, matter: Matter, direction: Type.Enum(DIRECTIONS), slotId: Id },
  closed,
);
const NewVisit = Type.Object({ residentId: Id, matter: Matter, day: Day, half: Type.Enum(HALVES) }, closed);
const NewDraft = Type.Object({ residentId: Id, matter: Matter }, closed);
const Whose = Type.Object({ residentId: Id }, closed);

/** Clerks and supervisors, for residents in their scope. What is made is hers, the audit names the clerk. */
export function helpingRoutes(scope: FastifyInstance, parts: ApiParts): void {
  bookingRoutes(scope, parts);
  draftRoutes(scope, parts);
  visitRoutes(scope, parts);
  guideRoutes(scope, parts);
}

function visitRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const route = routesOf(scope, 'visits', only('visits', DESK));
  route(
    'POST /visits',
    'Asks for a visit, for a resident on the line',
    { body: NewVisit, answer: fullOf(visits) },
    async ({ key, body, by, person }) => {
      await rowOf(parts, residents, person, body.residentId);
      const { id } = await parts.services.helping.visit(key, body, by);
      return afterwards(parts, visits, person, id);
    },
  );
}

function guideRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const route = routesOf(scope, 'guides', only('guides', DESK, guides.roles));
  route(
    'POST /guides/:id/send',
    'Sends the list to her phone',
    { body: Whose, answer: Nothing },
    async ({ key, id: guideId, body: { residentId }, by, person }) => {
      await rowOf(parts, residents, person, residentId);
      await parts.services.helping.sendGuide(key, { guideId, residentId }, by);
      return {};
    },
  );
}

function bookingRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { helping } = parts.services;
  routesOf(scope, 'bookings', only('residents', DESK, residents.roles))(
    'GET /residents/:id/offers',
    'Free times for a resident',
    { query: TimesWish, answer: Times },
    async ({ id, query: { matter, direction = 'collect', ...wish }, person }) => {
      await rowOf(parts, residents, person, id, 'read');
      return { items: matter ? await helping.times({ residentId: id, matter, direction, ...wish }) : [] };
    },
  );
  routesOf(scope, 'bookings', only('bookings', DESK))(
    'POST /bookings',
    'Books a time, for a resident on the line',
    { body: NewBooking, answer: fullOf(bookings) },
    async ({ key, body, by, person }) => {
      await rowOf(parts, residents, person, body.residentId);
      const { id } = await helping.book(key, body, by);
      return afterwards(parts, bookings, person, id);
    },
  );
}

function draftRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { helping } = parts.services;
  const route = routesOf(scope, 'applications', only('applications', DESK));
  const change = changesOf(scope, parts, applications, DESK);

  route(
    'GET /applications/matters',
    'What can be applied for from home today',
    { answer: Type.Object({ items: Type.Array(Text) }) },
    async () => ({ items: await helping.matters() }),
  );
  route(
    'POST /applications',
    'Begins a draft, for a resident on the line',
    { body: NewDraft, answer: fullOf(applications) },
    async ({ key, body, by, person }) => {
      await rowOf(parts, residents, person, body.residentId);
      const id = await helping.begin(key, body, by);
      return afterwards(parts, applications, person, id);
    },
  );
  route(
    'GET /applications/:id/draft',
    'What she has answered so far',
    { answer: Draft },
    async ({ id, by, person }) => {
      await rowOf(parts, applications, person, id, 'read');
      return helping.draft(id, by);
    },
  );
  change('keep', 'Writes down what she says now', DraftChange, helping.keep);
  change('submit', 'Hands the draft in', helping.submit);
  change('withdraw', 'Takes it back', helping.withdraw);
}
