/** Cookies, the session behind them, the token against forged requests, and the person they stand for. */
import { hkdfSync } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session from '@fastify/session';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import { IDLE_MS, type Person } from '../services/staff/sessions.ts';
import { parseKeyRing } from '../store/keys.ts';
import { notTooOften } from './limits.ts';
import type { ApiParts } from './parts.ts';
import { createSessionStore } from './session-store.ts';

export const COOKIE = 'jialiban';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const MINUTE = 60_000;

declare module 'fastify' {
  interface Session {
    /** The row of staff_session. */
    staffSession?: string;
    /** The minute in which she was last seen: changes, and is written, once a minute at most. */
    minute?: number;
  }
}

/**
 * Sessions for this scope and below: opaque id, server-side, SameSite=Strict, HttpOnly, Secure behind TLS (trustProxy).
 * The cookie has no date of its own: the server decides when it ends.
 */
export async function addSessions(scope: FastifyInstance, parts: ApiParts): Promise<void> {
  await scope.register(cookie);
  await scope.register(session, {
    cookieName: COOKIE,
    secret: cookieSecrets(parts.secrets.secretKeys),
    store: createSessionStore(parts.redis, IDLE_MS + MINUTE),
    saveUninitialized: false,
    rolling: false,
    cookie: { path: '/', httpOnly: true, sameSite: 'strict', secure: 'auto' },
  });
  await scope.register(csrf, { sessionPlugin: '@fastify/session', getToken: tokenOf });
  scope.decorateRequest('person', null);
  scope.addHook('onRequest', (request) => recognise(request, parts));
  scope.addHook('onRequest', (request, reply, done) => {
    if (needsToken(request)) scope.csrfProtection(request, reply, done);
    else done();
  });
}

/** One header and no other way in, so that a form of another site cannot carry it. */
function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.headers['x-csrf-token'];
  return typeof token === 'string' ? token : undefined;
}

function needsToken(request: FastifyRequest): boolean {
  const rule = request.routeOptions.config.access;
  return rule !== undefined && rule.kind !== 'anybody' && !READS.has(request.method) && !request.person?.key;
}

/** The person of the cookie, asked of PostgreSQL at every request: a revoked or disabled account is out at once, on every instance. */
async function recognise(request: FastifyRequest, parts: ApiParts): Promise<void> {
  const { services, clock } = parts;
  const rule = request.routeOptions.config.access;
  if (!rule || rule.kind === 'anybody') return;
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    request.person = await partnerOf(parts, bearer);
    return;
  }
  const { staffSession } = request.session;
  const person = staffSession ? await services.staff.resume(staffSession) : undefined;
  if (!person) throw new Refusal('SignInRequired');
  request.person = person;
  request.session.minute = Math.floor(clock.now().getTime() / MINUTE);
}

const BEARER = /^Bearer +(\S+)$/i;
/** A property system that asks ten times a second is a loop. */
const PER_KEY = { limit: 600, windowSeconds: 60 };

/** The operator's property system: a header that no browser adds by itself, so it needs no token against forged requests. */
async function partnerOf({ services, rates }: ApiParts, bearer: string): Promise<Person> {
  const key = await services.apiKeys.prove(bearer);
  if (!key) throw new Refusal('SignInRequired');
  await notTooOften(rates, `key:${key.id}`, PER_KEY);
  const { id, name, scopes } = key;
  const nobody = { sessionId: '', username: '', place: null, duty: null, mustChangePassword: false };
  return { ...nobody, id, name, role: 'operator', key: { scopes } };
}

/** A signing secret of its own from every key of the ring, the current one first. */
function cookieSecrets(secretKeys: string): string[] {
  const { current, keys } = parseKeyRing(secretKeys);
  const ids = [current, ...[...keys.keys()].filter((id) => id !== current)];
  return ids.map((id) => Buffer.from(hkdfSync('sha256', keys.get(id) ?? '', '', 'staff cookie', 32)).toString('hex'));
}
