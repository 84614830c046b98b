/** What the desk does to cases, callbacks, visits and tickets. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { createCallbackRinging } from '../../services/callbacks/ringing.ts';
import { CASE_STATUSES } from '../../store/schema.ts';
import { Nothing, serveChange } from '../changing.ts';
import { callbacks } from '../nouns/callbacks.ts';
import { cases } from '../nouns/cases.ts';
import { tickets } from '../nouns/tickets.ts';
import { HALVES, visits } from '../nouns/visits.ts';
import type { ApiParts } from '../parts.ts';
import { Day, Id, Written } from '../schemas.ts';

const DESK = ['clerk', 'supervisor'] as const;
const OUTCOMES = ['solved', 'continued', 'callback', 'visit', 'transferred', 'no_contact', 'other'] as const;
const closed = { additionalProperties: false };
const Notes = Type.Optional(Written(1000));
const CaseStep = Type.Object(
  {
    status: Type.Enum(CASE_STATUSES),
    note: Notes,
    missing: Type.Optional(
      Type.Array(Written(80, 1), { maxItems: 30, description: 'with correction: what is missing' }),
    ),
    reason: Type.Optional(Written(500, 1)),
    remedy: Type.Optional(Written(500, 1)),
    delivery: Type.Optional(Type.Enum(['none', 'ready', 'mailed'], { description: 'with concluded' })),
  },
  closed,
);

export function deskChanges(scope: FastifyInstance, parts: ApiParts): void {
  const { services } = parts;

  serveChange(scope, parts, cases, {
    verb: 'steps',
    summary: 'Takes a case a step further',
    roles: DESK,
    body: CaseStep,
    work: ({ id, body, key, by }) => services.cases.step(key, id, body, by),
  });

  serveChange(scope, parts, callbacks, {
    verb: 'try',
    summary: 'Called, and nobody was reached',
    roles: DESK,
    body: Type.Object({ notes: Notes }, closed),
    work: ({ id, body, key, by }) => services.callbacks.tried(key, id, body, by),
  });

  serveChange(scope, parts, callbacks, {
    verb: 'close',
    summary: 'Called, with an outcome',
    roles: DESK,
    body: Type.Object({ outcome: Type.Enum(OUTCOMES), notes: Notes }, closed),
    work: ({ id, body, key, by }) => services.callbacks.close(key, id, body, by),
  });

  if (parts.carrier) {
    const ring = createCallbackRinging({ ...parts, carrier: parts.carrier });
    serveChange(scope, parts, callbacks, {
      verb: 'ring',
      summary: 'The carrier rings the clerk, then the resident',
      roles: DESK,
      body: Nothing,
      work: ({ id, by }) => ring(id, by),
    });
  }

  serveChange(scope, parts, visits, {
    verb: 'assign',
    summary: 'Says who goes',
    roles: DESK,
    body: Type.Object({ workerId: Id, day: Type.Optional(Day), half: Type.Optional(Type.Enum(HALVES)) }, closed),
    work: ({ id, body, key, by }) => services.visits.assign(key, id, body, by),
  });

  serveChange(scope, parts, visits, {
    verb: 'done',
    summary: 'The visit was made',
    roles: DESK,
    body: Type.Object({ notes: Notes }, closed),
    work: ({ id, body, key, by }) => services.visits.done(key, id, body, by),
  });

  serveChange(scope, parts, tickets, {
    verb: 'answer',
    summary: 'Answers a ticket',
    roles: DESK,
    body: Type.Object({ answer: Written(2000, 1) }, closed),
    work: ({ id, body, key, by }) => services.tickets.answer(key, id, body, by),
  });

  serveChange(scope, parts, tickets, {
    verb: 'close',
    summary: 'Closes an answered ticket',
    roles: DESK,
    body: Nothing,
    work: ({ id, key, by }) => services.tickets.close(key, id, by),
  });
}
