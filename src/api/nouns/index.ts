/** All nouns of the interface, in one list: a new one is named here. */
import type { FastifyInstance } from 'fastify';
import type { ApiParts } from '../parts.ts';
import { serveNoun } from '../reading.ts';
import { alarms } from './alarms.ts';
import { applications } from './applications.ts';
import { audit } from './audit.ts';
import { bookings } from './bookings.ts';
import { callbacks } from './callbacks.ts';
import { calls } from './calls.ts';
import { cases } from './cases.ts';
import { deliveries } from './deliveries.ts';
import { guides } from './guides.ts';
import { households } from './households.ts';
import { messages } from './messages.ts';
import { policies } from './policies.ts';
import { ratings } from './ratings.ts';
import { residents } from './residents.ts';
import { speakers } from './speakers.ts';
import { staff } from './staff.ts';
import { tickets } from './tickets.ts';
import { visits } from './visits.ts';

/** Serves each as `GET /<noun>` and `GET /<noun>/:id`, alike in scope, page, mask and audit. */
export function serveNouns(scope: FastifyInstance, parts: ApiParts): void {
  serveNoun(scope, parts, bookings);
  serveNoun(scope, parts, cases);
  serveNoun(scope, parts, applications);
  serveNoun(scope, parts, calls);
  serveNoun(scope, parts, callbacks);
  serveNoun(scope, parts, visits);
  serveNoun(scope, parts, tickets);
  serveNoun(scope, parts, speakers);
  serveNoun(scope, parts, alarms);
  serveNoun(scope, parts, messages);
  serveNoun(scope, parts, households);
  serveNoun(scope, parts, residents);
  serveNoun(scope, parts, guides);
  serveNoun(scope, parts, policies);
  serveNoun(scope, parts, deliveries);
  serveNoun(scope, parts, ratings);
  serveNoun(scope, parts, audit);
  serveNoun(scope, parts, staff);
}
