/** POST /webhooks/carrier: what became of a call that the carrier was asked to make. Only where the carrier has a key of ours. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { asRefusal } from '../errors.ts';
import type { CarrierNews } from '../services/callbacks/rung.ts';

export interface CarrierNewsOptions {
  /** What `Authorization: Bearer` must carry. Undefined: there is no such route. */
  key?: string;
  heard: (news: CarrierNews) => Promise<void>;
}

const Body = Type.Object({
  key: Type.String({ maxLength: 128 }),
  state: Type.Enum(['talked', 'no_answer', 'busy', 'failed']),
});

/** Registered at the root, without sessions. A wrong key is 401; a refusal is told by its status alone, since the carrier reads no words. */
export async function carrierNews(scope: FastifyInstance, { key, heard }: CarrierNewsOptions): Promise<void> {
  if (!key) return;
  scope.post<{ Body: Static<typeof Body> }>('/webhooks/carrier', {
    schema: { hide: true, body: Body },
    onRequest: async (request, reply) => {
      if (!same(request.headers.authorization ?? '', `Bearer ${key}`)) return reply.code(401).send();
    },
    handler: async ({ body }, reply) => {
      try {
        await heard(body);
      } catch (thrown) {
        return reply.code(asRefusal(thrown).status).send();
      }
      return reply.code(204).send();
    },
  });
}

/** Takes as long whatever is wrong with it. */
function same(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
