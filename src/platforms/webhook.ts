import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Delivery, deliveryOf, NotVerified } from './delivery.ts';
import { textAt } from './foreign.ts';
import type { Brand, Reply, Turn, Utterance } from './platform.ts';

const BODY_LIMIT = 128 * 1024;
/** The shortest known patience of a brand is 8 s; the turn itself is done within 1.8 s. */
const TURN_DEADLINE_MS = 6_000;

/** What every brand's plugin is given by the composition root. */
export interface BrandOptions {
  turn: Turn;
  /** Spoken when the turn fails after all: kind, and points to a person. */
  fallback: Reply;
  /** Asked once per verified request: false when this device has spoken too often. Keys are `brand:device`. */
  allow?: (key: string) => Promise<boolean>;
  /** Spoken when `allow` says no or the house is full; the fallback where it is absent. */
  busy?: Reply;
  /** Accounts of this brand can be linked to households (OAuth 2). */
  linking?: boolean;
  /** For metrics: one call per request. */
  seen?: (brand: Brand, outcome: Outcome) => void;
}

export type Outcome = 'answered' | 'refused' | 'failed';

export interface Webhook {
  brand: Brand;
  path: string;
  /** Proves the sender on the raw bytes, then parses. @throws NotVerified */
  verify(delivery: Delivery): Promise<unknown>;
  /** The brand's envelope for a verified body, whatever its shape. */
  answer(body: unknown, delivery: Delivery): Promise<object>;
  /** The brand's envelope that says nothing. */
  silent: object;
  /** The brand's body for a request that is not its own. */
  refused: object;
}

/** Mounts a webhook in its own scope: bytes in, verified, answered; HTTP 200 for all that was signed, 4xx for the rest. */
export function mountWebhook(app: FastifyInstance, webhook: Webhook, options: Pick<BrandOptions, 'seen'>): void {
  keepRawBody(app);
  const tell = (outcome: Outcome) => options.seen?.(webhook.brand, outcome);

  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    tell('refused');
    request.log.info({ brand: webhook.brand, status: error.statusCode }, 'webhook request not readable');
    return send(reply, error.statusCode === 413 ? 413 : 400, webhook.refused);
  });

  app.post(webhook.path, async (request, reply) => {
    const delivery = deliveryOf(request);
    try {
      const body = await webhook.verify(delivery);
      noteFault(webhook.brand, body, request);
      const answer = await answerOrSilence(webhook, body, delivery, request, tell);
      return send(reply, 200, answer);
    } catch (thrown) {
      tell('refused');
      return refuse(webhook, thrown, request, reply);
    }
  });
}

/** What platforms call the ends of a session that nobody wished for; anything else might be somebody's words. */
const FAULTS = new Set([
  'INVALID_RESPONSE',
  'DEVICE_COMMUNICATION_ERROR',
  'INTERNAL_ERROR',
  'INTERNAL_SERVICE_ERROR',
  'ENDPOINT_TIMEOUT',
]);

/** She hears an apology of the platform and nothing of ours: it is only seen here that an answer was refused or came too late. */
function noteFault(brand: Brand, body: unknown, request: FastifyRequest): void {
  const type = textAt(body, 'request', 'error', 'type');
  if (type && FAULTS.has(type)) request.log.warn({ brand, type }, 'a platform ended a session by an error');
}

async function answerOrSilence(
  webhook: Webhook,
  body: unknown,
  delivery: Delivery,
  request: FastifyRequest,
  tell: (outcome: Outcome) => void,
): Promise<object> {
  try {
    const answer = await webhook.answer(body, delivery);
    tell('answered');
    return answer;
  } catch (thrown) {
    tell('failed');
    request.log.error({ brand: webhook.brand, name: nameOf(thrown) }, 'webhook answer failed');
    return webhook.silent;
  }
}

function refuse(webhook: Webhook, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = thrown instanceof NotVerified;
  const reason = known ? thrown.reason : nameOf(thrown);
  request.log.warn({ brand: webhook.brand, reason }, 'webhook refused');
  return send(reply, known ? thrown.status : 400, webhook.refused);
}

function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).header('content-type', 'application/json;charset=utf-8').send(JSON.stringify(body));
}

/** Signatures cover bytes: within this scope no parser touches the body. */
function keepRawBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
}

/** The turn behind a limit, a deadline and a last kind word: what a brand calls instead of the turn itself. */
export function guardedTurn(options: BrandOptions): Turn {
  const { turn, fallback, busy = fallback } = options;
  return async (heard: Utterance) => {
    const said = { ...heard, ...shortIds(heard) };
    const instead = (reply: Reply): Reply => ({ ...reply, requestId: said.requestId });
    try {
      if (said.kind !== 'end' && !(await allowed(options, said))) return instead(busy);
      return await within(TURN_DEADLINE_MS, turn(said));
    } catch {
      return instead(fallback);
    }
  };
}

/** Ids are opaque and become keys: one that is longer than any brand's is told apart by its digest. */
const LONGEST_ID = 512;
const shortId = (id: string): string => (id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('hex'));

function shortIds({ device, user, requestId }: Utterance): Pick<Utterance, 'device' | 'user' | 'requestId'> {
  return {
    device: shortId(device),
    requestId: shortId(requestId),
    ...(user === undefined ? {} : { user: shortId(user) }),
  };
}

// A counter that is down must not silence the house.
async function allowed(options: BrandOptions, said: Utterance): Promise<boolean> {
  if (!options.allow) return true;
  return options.allow(`${said.brand}:${said.device}`).catch(() => true);
}

/** The promise's value, or a rejection after `ms`. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Only the kind of a failure may be logged: messages of parsers quote what was said. */
function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
