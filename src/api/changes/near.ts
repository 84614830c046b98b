/** Those near a resident, as her office sees them: who may act for her, who is told in an emergency; seen and ended with a reason. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { only } from '../access.ts';
import { instant, maybeInstant } from '../iso.ts';
import { maskName, maskPhone } from '../mask.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { rowOf } from '../reading.ts';
import { routesOf } from '../route.ts';
import { Id, Instant, Nullable, Text } from '../schemas.ts';
import { Reason } from './policy-shapes.ts';

const Somebody = {
  id: Id,
  createdAt: Instant,
  name: Type.String({ description: 'masked' }),
  relation: Text,
  phone: Nullable(Type.String({ description: 'masked' })),
};
const Near = Type.Object({
  proxies: Type.Array(
    Type.Object({
      ...Somebody,
      kind: Text,
      kindText: Text,
      scope: Type.Array(Text, { description: 'matters' }),
      validFrom: Instant,
      validUntil: Nullable(Instant),
      agreedAt: Nullable(Type.String({ description: 'when she herself said that this is her wish' })),
    }),
  ),
  relatives: Type.Array(Type.Object({ ...Somebody, emergency: Type.Boolean() })),
});
const Why = Type.Object({ reason: Reason }, { additionalProperties: false });

/** Supervisors alone; names and numbers leave masked. Ending needs a reason, which is kept with the audit row. */
export function nearRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { near } = parts.services;
  const route = routesOf(scope, 'residents', only('residents', ['supervisor'], residents.roles));

  route('GET /residents/:id/near', 'Who acts for her and who is told', { answer: Near }, async ({ id, by, person }) => {
    await rowOf(parts, residents, person, id, 'read');
    const { proxies, relatives } = await near.of(id, by);
    return { proxies: proxies.map((one) => proxyOf(parts, one)), relatives: relatives.map(somebody) };
  });
  route(
    'POST /residents/:id/proxies/:proxy/end',
    'Ends somebody’s acting for her; what was booked for that person goes back to her',
    { body: Why },
    async ({ key, id: residentId, params, body, by, person }) => {
      await rowOf(parts, residents, person, residentId);
      await near.endProxy(key, { residentId, id: params.proxy ?? '', ...body }, by);
    },
  );
  route(
    'POST /residents/:id/relatives/:relative/end',
    'Somebody is not told in an emergency any more',
    { body: Why },
    async ({ key, id: residentId, params, body, by, person }) => {
      await rowOf(parts, residents, person, residentId);
      await near.endRelative(key, { residentId, id: params.relative ?? '', ...body }, by);
    },
  );
}

type All = Awaited<ReturnType<ApiParts['services']['near']['of']>>;

const somebody = <P extends All['relatives'][number] | All['proxies'][number]>(one: P) => ({
  id: one.id,
  createdAt: instant(one.createdAt),
  name: maskName(one.name),
  relation: one.relation,
  phone: one.phone === null ? null : maskPhone(one.phone),
  emergency: 'emergency' in one && one.emergency,
});

function proxyOf({ words }: ApiParts, one: All['proxies'][number]) {
  const { emergency: _emergency, ...who } = somebody(one);
  return {
    ...who,
    kind: one.kind,
    kindText: words.text('proxyKind', one.kind),
    scope: one.scope,
    validFrom: instant(one.validFrom),
    validUntil: maybeInstant(one.validUntil),
    agreedAt: maybeInstant(one.agreedAt),
  };
}
