/** What the operator hands to its own property system: keys to call us with, and where we call it. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { SCOPES } from '../../services/fleet/api-keys.ts';
import { WEBHOOK_EVENTS } from '../../services/fleet/webhook-endpoints.ts';
import { onlyPeople } from '../access.ts';
import { instant, maybeInstant } from '../iso.ts';
import type { ApiParts } from '../parts.ts';
import { Nothing, routesOf } from '../route.ts';
import { Id, Instant, Nullable, Text, Written } from '../schemas.ts';
import { DONE, Done } from './done.ts';

const closed = { additionalProperties: false };
const Key = Type.Object({
  id: Id,
  createdAt: Instant,
  name: Text,
  scopes: Type.Array(Type.Enum(SCOPES)),
  expiresAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  revokedAt: Nullable(Instant),
});
const NewKey = Type.Object(
  {
    name: Written(60, 1),
    scopes: Type.Array(Type.Enum(SCOPES), { minItems: 1, maxItems: SCOPES.length, uniqueItems: true }),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 730, description: 'for ever without it' })),
  },
  closed,
);
const Endpoint = Type.Object({
  id: Id,
  createdAt: Instant,
  name: Text,
  url: Text,
  events: Type.Array(Text),
  lastAt: Nullable(Instant),
  lastOutcome: Nullable(Text),
  disabledAt: Nullable(Instant),
});
const NewEndpoint = Type.Object(
  {
    name: Written(60, 1),
    url: Written(500, 8),
    events: Type.Array(Type.Enum(WEBHOOK_EVENTS), { minItems: 1, maxItems: WEBHOOK_EVENTS.length, uniqueItems: true }),
  },
  closed,
);

/** For operators in person: a key cannot make keys. Keys and secrets are shown once. */
export function partnerRoutes(scope: FastifyInstance, parts: ApiParts): void {
  serveKeys(scope, parts);
  serveWebhooks(scope, parts);
}

function serveKeys(scope: FastifyInstance, parts: ApiParts): void {
  const { apiKeys } = parts.services;
  const route = routesOf(scope, 'keys', onlyPeople('keys', ['operator']));
  route(
    'GET /keys',
    'Keys of the property system; never the keys themselves',
    { answer: Type.Object({ items: Type.Array(Key) }) },
    async () => ({
      items: (await apiKeys.list()).map(({ id, name, scopes, ...key }) => ({
        id,
        name,
        scopes: scopes as (typeof SCOPES)[number][],
        createdAt: instant(key.createdAt),
        expiresAt: maybeInstant(key.expiresAt),
        lastUsedAt: maybeInstant(key.lastUsedAt),
        revokedAt: maybeInstant(key.revokedAt),
      })),
    }),
  );
  route(
    'POST /keys',
    'A new key, shown this once; sent as `Authorization: Bearer`',
    { body: NewKey, answer: Type.Object({ id: Id, key: Text }), status: 201 },
    ({ body, by }) => apiKeys.issue(body, by),
  );
  route('DELETE /keys/:id', 'Makes a key worthless', { answer: Done }, async ({ id, by }) => {
    await apiKeys.revoke(id, by);
    return DONE;
  });
}

function serveWebhooks(scope: FastifyInstance, parts: ApiParts): void {
  const { webhookEndpoints } = parts.services;
  const route = routesOf(scope, 'webhooks', onlyPeople('webhooks', ['operator']));
  route(
    'GET /webhooks',
    'Where device events are sent, and what came of the newest',
    { answer: Type.Object({ items: Type.Array(Endpoint) }) },
    async () => ({
      items: (await webhookEndpoints.list()).map(({ id, name, url, events, lastOutcome, ...one }) => ({
        ...{ id, name, url, events, lastOutcome },
        createdAt: instant(one.createdAt),
        lastAt: maybeInstant(one.lastAt),
        disabledAt: maybeInstant(one.disabledAt),
      })),
    }),
  );
  route(
    'POST /webhooks',
    'A new receiver; its secret for checking signatures is shown this once (Standard Webhooks)',
    { body: NewEndpoint, answer: Type.Object({ id: Id, secret: Text }), status: 201 },
    ({ body, by }) => webhookEndpoints.add(body, by),
  );
  route('POST /webhooks/:id/ping', 'Sends it a `ping`', { body: Nothing, answer: Done }, async ({ id }) => {
    await webhookEndpoints.ping(id);
    return DONE;
  });
  route('DELETE /webhooks/:id', 'Sends it nothing any more', { answer: Done }, async ({ id, by }) => {
    await webhookEndpoints.disable(id, by);
    return DONE;
  });
}
