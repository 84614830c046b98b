/** The REST interface: everything below /api. Its parts are handed in; src/app.ts registers it. */
import helmet from '@fastify/helmet';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';
import { requireRoles, requireRules } from './access.ts';
import { auditProof } from './audit-proof.ts';
import { callFigureRoutes } from './call-figures.ts';
import { bookingChanges } from './changes/bookings.ts';
import { deskChanges } from './changes/desk.ts';
import { guideChanges } from './changes/guides.ts';
import { helpingRoutes } from './changes/helping.ts';
import { nearRoutes } from './changes/near.ts';
import { policyChanges } from './changes/policies.ts';
import { residentRegister } from './changes/resident-register.ts';
import { residentRights } from './changes/resident-rights.ts';
import { residentChanges } from './changes/residents.ts';
import { speakerChanges } from './changes/speakers.ts';
import { specialListFiles } from './changes/special-list.ts';
import { staffChanges } from './changes/staff.ts';
import { colleagueRoutes } from './colleagues.ts';
import { demoRoutes } from './demo.ts';
import { describe, showDescription } from './docs.ts';
import { fleetFiles } from './fleet/files.ts';
import { installationRoutes } from './fleet/installations.ts';
import { messageRoutes } from './fleet/messages.ts';
import { fleetOverview } from './fleet/overview.ts';
import { partnerRoutes } from './fleet/partners.ts';
import { serveNouns } from './nouns/index.ts';
import { oversightRoutes } from './oversight.ts';
import type { ApiOptions, ApiParts } from './parts.ts';
import { answerProblems } from './problems.ts';
import { wordsForReaders } from './readers-language.ts';
import { addSessions } from './sessions.ts';
import { signInRoutes } from './sign-in.ts';
import { spokenRoutes } from './spoken.ts';
import { readWords } from './words.ts';

export type { ApiOptions } from './parts.ts';

/**
 * `app.register(api, { prefix: '/api', ...options })`. Sessions, tokens, headers and load shedding hold here and nowhere
 * else: not for webhooks, sockets or health.
 */
export async function api(scope: FastifyInstance, options: ApiOptions): Promise<void> {
  const parts: ApiParts = { ...options, words: wordsForReaders(scope, options.words ?? readWords()) };
  answerProblems(scope, parts.words);
  await sendHeaders(scope);
  await describe(scope);
  await scope.register((inner) => guarded(inner, parts));
  await showDescription(scope);
}

/** The routes behind sign-in, token and role. */
async function guarded(scope: FastifyInstance, parts: ApiParts): Promise<void> {
  scope.setValidatorCompiler(TypeBoxValidatorCompiler);
  requireRules(scope);
  await shedLoad(scope, parts.longestDelayMs);
  await addSessions(scope, parts);
  requireRoles(scope, parts);
  acceptEmptyBodies(scope);
  await signInRoutes(scope, parts);
  serveNouns(scope, parts);
  bookingChanges(scope, parts);
  deskChanges(scope, parts);
  helpingRoutes(scope, parts);
  callFigureRoutes(scope, parts);
  speakerChanges(scope, parts);
  await fleetFiles(scope, parts);
  fleetOverview(scope, parts);
  messageRoutes(scope, parts);
  partnerRoutes(scope, parts);
  installationRoutes(scope, parts);
  residentChanges(scope, parts);
  staffChanges(scope, parts);
  policyChanges(scope, parts);
  guideChanges(scope, parts);
  spokenRoutes(scope, parts);
  oversightRoutes(scope, parts);
  auditProof(scope, parts);
  residentRegister(scope, parts);
  residentRights(scope, parts);
  await specialListFiles(scope, parts);
  nearRoutes(scope, parts);
  colleagueRoutes(scope, parts);
  demoRoutes(scope, parts);
  if (parts.live) await scope.register(parts.live);
}

/**
 * A page that answers slowly is worse than one that says so: 503 while the event loop is that late. The plugin takes a
 * second without a sample (one long pause, as at start) for infinitely late; that alone is no reason to send people away.
 */
async function shedLoad(scope: FastifyInstance, maxEventLoopDelay = 1000): Promise<void> {
  await scope.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async (_request, _reply, _type, delay) => {
      if (Number.isFinite(delay)) throw new Refusal('Overloaded');
    },
  });
}

/** Nothing of the interface is kept by a browser, shown in a frame or allowed to run what is not ours. */
async function sendHeaders(scope: FastifyInstance): Promise<void> {
  if (!scope.hasReplyDecorator('helmet')) {
    await scope.register(helmet, { contentSecurityPolicy: false, strictTransportSecurity: false });
  }
  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'content-security-policy': POLICY });
  });
}

/** The page of the documentation styles itself inline; nothing else here is a page. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A change without members may be sent without a body. */
function acceptEmptyBodies(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {});
    else parse(request, String(body), done);
  });
  scope.addHook('preValidation', async (request) => {
    if (request.method === 'POST' && (request.body === undefined || request.body === null)) request.body = {};
  });
}
