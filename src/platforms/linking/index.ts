/**
 * Account linking, OAuth 2 authorization code: an operator's worker signs in on the page that the brand's phone app opens,
 * chooses the household, and the brand's server is given tokens. No cookie is used, so there is nothing to forge: the
 * request lies behind a one-use ticket while the forms are filled in.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Asked, addressBack, type LinkClient, readAsked, type Values } from './asked.ts';
import { createLinkPages, type LinkPages, type Word } from './page.ts';
import { answerToken, type TokenSource } from './token.ts';

export interface LinkingOptions {
  /** None: no route. */
  clients: readonly LinkClient[];
  linking: TokenSource & {
    mayLink(staffId: string): Promise<boolean>;
    communities(): Promise<string[]>;
    householdAt(where: { community: string; building: string; unit: string }): Promise<string | undefined>;
    grant(
      asked: { brand: Asked['brand']; householdId: string; redirectUri: string; challenge?: string },
      staffId: string,
    ): Promise<string>;
  };
  /** @throws an Error with a `refusal` name when the credentials are not right. */
  prove(credentials: { username: string; password: string; code?: string }): Promise<{ staffId: string }>;
  tickets: {
    issue(value: string, seconds?: number): Promise<string>;
    take(ticket: string): Promise<string | undefined>;
  };
  /** False when this has happened more often than `limit` times in a quarter of an hour. */
  allow(key: string, limit: number): Promise<boolean>;
}

interface Pending {
  asked: Asked;
  /** Once she has proved who she is. */
  staffId?: string;
}

const PAGE_SECONDS = 600;
/** From one address; the account's own lockout stands behind the sign-ins. */
const PAGES = 300;
const SIGN_INS = 60;
const BODY_LIMIT = 16 * 1024;

/** Registered at the root, without sessions. Whatever is wrong with a token request is one of RFC 6749's own error codes. */
export async function linking(app: FastifyInstance, options: LinkingOptions): Promise<void> {
  if (options.clients.length === 0) return;
  const pages = createLinkPages();
  acceptForms(app);
  app.get('/oauth/authorize', (request, reply) => begin(request, reply, options, pages));
  app.post('/oauth/authorize', (request, reply) => signIn(request, reply, options, pages));
  app.post('/oauth/authorize/home', (request, reply) => choose(request, reply, options, pages));
  app.post('/oauth/token', async (request, reply) => {
    const values = { ...valuesIn(request.query), ...valuesIn(request.body) };
    const { status, body } = await answerToken(values, request.headers.authorization, {
      clients: options.clients,
      source: options.linking,
    });
    return reply.code(status).headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(body);
  });
}

async function begin(request: FastifyRequest, reply: FastifyReply, options: LinkingOptions, pages: LinkPages) {
  const reading = readAsked(valuesIn(request.query), options.clients);
  if (!reading) return show(reply, pages.stop('badClient'), 400);
  if (!(await options.allow(`link.page:${request.ip}`, PAGES))) return show(reply, pages.stop('tooMany'), 429);
  if ('error' in reading) return reply.redirect(addressBack(reading.asked, { error: reading.error }), 302);
  return show(reply, pages.signIn(await keep(options, { asked: reading.asked })));
}

async function signIn(request: FastifyRequest, reply: FastifyReply, options: LinkingOptions, pages: LinkPages) {
  const form = valuesIn(request.body);
  const pending = await pendingOf(options, form);
  if (!pending) return show(reply, pages.stop('expired'), 400);
  if (!(await options.allow(`link.signIn:${request.ip}`, SIGN_INS))) return show(reply, pages.stop('tooMany'), 429);
  const again = async (problem: Word) =>
    show(reply, pages.signIn(await keep(options, { asked: pending.asked }), problem), 401);
  const { username = '', password = '', code } = form;
  const proved = await options.prove({ username, password, code: code || undefined }).catch(problemOf);
  if (typeof proved === 'string') return again(proved);
  if (!(await options.linking.mayLink(proved.staffId))) return again('notOperator');
  const ticket = await keep(options, { asked: pending.asked, staffId: proved.staffId });
  return show(reply, pages.home(ticket, await options.linking.communities()), 200, pending.asked);
}

async function choose(request: FastifyRequest, reply: FastifyReply, options: LinkingOptions, pages: LinkPages) {
  const form = valuesIn(request.body);
  const pending = await pendingOf(options, form);
  if (!pending?.staffId) return show(reply, pages.stop('expired'), 400);
  const { asked, staffId } = pending;
  const where = {
    community: form.community ?? '',
    building: form.building?.trim() ?? '',
    unit: form.unit?.trim() ?? '',
  };
  const householdId = await options.linking.householdAt(where);
  if (!householdId) {
    const communities = await options.linking.communities();
    return show(reply, pages.home(await keep(options, pending), communities, 'noHome'), 404, asked);
  }
  const { brand, redirectUri, challenge } = asked;
  const code = await options.linking.grant({ brand, householdId, redirectUri, challenge }, staffId);
  return reply.headers(HEADERS).redirect(addressBack(asked, { code }), 303);
}

/** Known refusals become a word on the page; anything else is a failure. */
function problemOf(thrown: unknown): Word {
  const name = thrown instanceof Error && 'refusal' in thrown ? thrown.refusal : undefined;
  if (name === 'SecondFactorRequired') return 'codeMissing';
  if (name === 'SignInFailed') return 'failed';
  if (name === 'TooManyRequests') return 'tooMany';
  throw thrown;
}

const keep = (options: LinkingOptions, pending: Pending) =>
  options.tickets.issue(`link:${JSON.stringify(pending)}`, PAGE_SECONDS);

/** A ticket serves once, and tickets made for anything else do not serve here. */
async function pendingOf(options: LinkingOptions, { ticket = '' }: Values): Promise<Pending | undefined> {
  const value = await options.tickets.take(ticket);
  return value?.startsWith('link:') ? (JSON.parse(value.slice('link:'.length)) as Pending) : undefined;
}

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** A browser applies form-action to where a form's answer leads as well: the brand's address is let through on that page. */
function show(reply: FastifyReply, html: string, status = 200, leadsTo?: Asked): FastifyReply {
  const target = leadsTo ? ` ${new URL(leadsTo.redirectUri).origin}` : '';
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'${target}`;
  return reply
    .code(status)
    .headers({ ...HEADERS, 'content-security-policy': policy })
    .type('text/html; charset=utf-8')
    .send(html);
}

function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

/** Members that are text; a name given twice arrives as a list and counts as missing. */
function valuesIn(given: unknown): Values {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string'));
}
