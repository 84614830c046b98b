/** The one shape of a route: who may, what comes in, what is done (once, under its key), what goes out. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { Refusal } from '../errors.ts';
import { actorOf, type Person } from '../services/staff/sessions.ts';
import type { Actor } from '../store/audit.ts';
import { type EffectKey, effectKey } from '../store/once.ts';
import { type Access, personOf } from './access.ts';
import { problems } from './schemas.ts';

/** What the work of a route is handed. */
export interface Called<Body = unknown, Query = unknown> {
  /** What stands for `:id` in the address. */
  id: string;
  /** Everything that stands for something in the address. */
  params: Record<string, string>;
  body: Body;
  query: Query;
  person: Person;
  by: Actor;
  /** Makes it happen once. */
  key: EffectKey;
}

export interface Shape<B extends TObject, Q extends TObject, A extends TSchema> {
  body?: B;
  query?: Q;
  /** Nothing is answered (204) without. */
  answer?: A;
  status?: 200 | 201;
  /** Bytes; the server's own limit without. */
  bodyLimit?: number;
}

/** Work whose route answers nothing may end without a value: then its `A` was never named. */
type Answered<A extends TSchema> = TSchema extends A ? unknown : Static<A>;

type Address = `${'GET' | 'POST' | 'DELETE'} /${string}`;

/** A body with no members. */
export const Nothing = Type.Object({}, { additionalProperties: false });

const Headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'the same key again: the first outcome again' }),
  ),
});
const Name = Type.String({ maxLength: 64, description: 'uuid' });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PLACEHOLDER = /:(\w+)/g;

/** Routes of one noun under one rule: `route('POST /staff', 'A new account', { body, answer }, work)`. */
export function routesOf(scope: FastifyInstance, tag: string, access: Access) {
  return function route<A extends TSchema, B extends TObject = TObject, Q extends TObject = TObject>(
    address: Address,
    summary: string,
    shape: Shape<B, Q, A>,
    work: (called: Called<Static<B>, Static<Q>>) => Promise<Answered<A>>,
  ): void {
    const [method = '', url = ''] = address.split(' ');
    const { answer, bodyLimit } = shape;
    const status = answer ? (shape.status ?? 200) : 204;
    const response = { [status]: answer ?? Type.Null(), ...problems };
    scope.route({
      method,
      url,
      bodyLimit,
      config: { access },
      schema: { tags: [tag], summary, ...takes(method, url, shape), response },
      handler: async (request, reply) => {
        const answered = await work(calledBy(request, address));
        return reply.code(status).send(answer ? answered : null);
      },
    });
  };
}

/** What a route takes in, for the check and the description. */
function takes(method: string, url: string, { body, query }: Shape<TObject, TObject, TSchema>) {
  const names = [...url.matchAll(PLACEHOLDER)].map(([, name = '']) => [name, Name]);
  return {
    ...(names.length > 0 ? { params: Type.Object(Object.fromEntries(names)) } : {}),
    ...(method === 'GET' ? {} : { headers: Headers }),
    ...(body ? { body } : {}),
    ...(query ? { querystring: query } : {}),
  };
}

/** @throws Refusal NotFound where something in the address cannot be an id */
function calledBy<B, Q>(request: FastifyRequest, address: string): Called<B, Q> {
  const person = personOf(request);
  const params = (request.params ?? {}) as Record<string, string>;
  if (!Object.values(params).every((id) => UUID.test(id))) throw new Refusal('NotFound');
  const effect = address.replace(PLACEHOLDER, (_all, name: string) => params[name] ?? '');
  return {
    id: params.id ?? '',
    params,
    body: request.body as B,
    query: request.query as Q,
    person,
    by: actorOf(person),
    key: keyOf(request, person, effect),
  };
}

/** The caller's own key where she sent one, so that a repeated click or a lost answer changes nothing twice. */
export function keyOf(request: FastifyRequest, person: Person, effect: string): EffectKey {
  const sent = request.headers['idempotency-key'];
  const requestId = typeof sent === 'string' && sent !== '' ? sent : randomUUID();
  return effectKey({ brand: 'desk', device: person.id, requestId, effect, ordinal: 0 });
}
