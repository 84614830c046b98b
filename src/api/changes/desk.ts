/** What the desk does to cases, callbacks, visits and tickets. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { createCallbackRinging } from '../../services/callbacks/ringing.ts';
import { CASE_STATUSES } from '../../store/schema.ts';
import { changesOf } from '../changing.ts';
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
const Noted = Type.Object({ notes: Notes }, closed);
const Outcome = Type.Object({ outcome: Type.Enum(OUTCOMES), notes: Notes }, closed);
const Worker = Type.Object({ workerId: Id, day: Type.Optional(Day), half: Type.Optional(Type.Enum(HALVES)) }, closed);
const Answer = Type.Object({ answer: Written(2000, 1) }, closed);

/** Clerks and supervisors, in their scope. `ring` is there only where a carrier is connected. */
export function deskChanges(scope: FastifyInstance, parts: ApiParts): void {
  const { services } = parts;

  changesOf(scope, parts, cases, DESK)('steps', 'Takes a case a step further', CaseStep, services.cases.step);

  const callback = changesOf(scope, parts, callbacks, DESK);
  callback('try', 'Called, and nobody was reached', Noted, services.callbacks.tried);
  callback('close', 'Called, with an outcome', Outcome, services.callbacks.close);
  if (parts.carrier) {
    const ring = createCallbackRinging({ ...parts, carrier: parts.carrier });
    callback('ring', 'The carrier rings the clerk, then the resident', (_key, id, by) => ring(id, by));
  }

  const visit = changesOf(scope, parts, visits, DESK);
  visit('assign', 'Says who goes', Worker, services.visits.assign);
  visit('done', 'The visit was made', Noted, services.visits.done);

  const ticket = changesOf(scope, parts, tickets, DESK);
  ticket('answer', 'Answers a ticket', Answer, services.tickets.answer);
  ticket('close', 'Closes an answered ticket', services.tickets.close);
}
