/** Changes to one item: in scope, once per key, answered with the item as it stands afterwards. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, Type } from 'typebox';
import { actorOf, type Person, type Role } from '../services/staff/sessions.ts';
import type { Actor } from '../store/audit.ts';
import { type EffectKey, effectKey } from '../store/once.ts';
import { only, personOf } from './access.ts';
import type { ApiParts } from './parts.ts';
import { afterwards, fullOf, IdParam, type Noun, reach } from './reading.ts';
import { problems } from './schemas.ts';

/** What a change is handed: the row as the reader sees it, the body, and a key that makes it happen once. */
export interface Doing<Row, Body> {
  row: Row;
  id: string;
  body: Body;
  key: EffectKey;
  by: Actor;
  person: Person;
}

export interface Change<Row, Body extends TObject> {
  verb: string;
  summary: string;
  roles: readonly Role[];
  body: Body;
  work(doing: Doing<Row, Static<Body>>): Promise<unknown>;
}

/** A body with no members. */
export const Nothing = Type.Object({}, { additionalProperties: false });

const Headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'the same key again: the first outcome again' }),
  ),
});

/** `POST /<noun>/:id/<verb>`. Whoever may read the noun but not change it is told 403, everybody else 404. */
export function serveChange<Row, F extends TObject, I extends TObject, D extends TObject, B extends TObject>(
  scope: FastifyInstance,
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  change: Change<Row, B>,
): void {
  scope.post(`/${noun.name}/:id/${change.verb}`, {
    config: { access: only(noun.name, change.roles, noun.roles) },
    schema: {
      tags: [noun.name],
      summary: change.summary,
      params: IdParam,
      headers: Headers,
      body: change.body,
      response: { 200: fullOf(noun), ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const { id } = request.params as { id: string };
      const row = await reach(parts, noun, person, id, 'change', async (found) => found);
      const key = keyOf(request, person, `${noun.name}.${change.verb}:${id}`);
      await change.work({ row, id, body: request.body as Static<B>, key, by: actorOf(person), person });
      return afterwards(parts, noun, person, id);
    },
  });
}

/** The caller's own key where she sent one, so that a repeated click or a lost answer changes nothing twice. */
export function keyOf(request: FastifyRequest, person: Person, effect: string): EffectKey {
  const sent = request.headers['idempotency-key'];
  const requestId = typeof sent === 'string' && sent !== '' ? sent : randomUUID();
  return effectKey({ brand: 'desk', device: person.id, requestId, effect, ordinal: 0 });
}
