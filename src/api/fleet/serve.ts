/** A route of the operator that is neither a list nor a change of one item of a list. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { actorOf, type Person } from '../../services/staff/sessions.ts';
import type { Actor } from '../../store/audit.ts';
import type { EffectKey } from '../../store/once.ts';
import { only, onlyPeople, personOf } from '../access.ts';
import { keyOf } from '../changing.ts';
import type { ApiParts } from '../parts.ts';
import { problems } from '../schemas.ts';

export interface Called<Body, Query> {
  /** What stands for `:id` in the address. */
  id: string;
  body: Body;
  query: Query;
  by: Actor;
  person: Person;
  key: EffectKey;
}

interface Route<B extends TObject, Q extends TObject, A extends TSchema> {
  noun: string;
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  summary: string;
  body?: B;
  query?: Q;
  answer: A;
  status?: 200 | 201;
  /** Not with a key of the property system. */
  peopleOnly?: boolean;
  work(called: Called<Static<B>, Static<Q>>): Promise<Static<A>>;
}

const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** Answered where there is nothing to say but that it is done. */
export const Done = Type.Object({ done: Type.Boolean() });

export function serveOperator<B extends TObject, Q extends TObject, A extends TSchema>(
  scope: FastifyInstance,
  _parts: ApiParts,
  route: Route<B, Q, A>,
): void {
  const { noun, method, url, summary, body, query, answer, status = 200 } = route;
  const access = route.peopleOnly ? onlyPeople(noun, ['operator']) : only(noun, ['operator']);
  scope.route({
    method,
    url,
    config: { access },
    schema: {
      tags: [noun],
      summary,
      ...(url.includes(':id') ? { params: Params } : {}),
      ...(body ? { body } : {}),
      ...(query ? { querystring: query } : {}),
      response: { [status]: answer, ...problems },
    },
    handler: async (request, reply) => {
      reply.code(status);
      return route.work(called(request, `${method} ${url}`));
    },
  });
}

function called<B, Q>(request: FastifyRequest, effect: string): Called<B, Q> {
  const person = personOf(request);
  const { id = '' } = (request.params ?? {}) as { id?: string };
  const key = keyOf(request, person, `${effect} ${id}`);
  return { id, body: request.body as B, query: request.query as Q, by: actorOf(person), person, key };
}
