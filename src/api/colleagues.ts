/** Who works at the desks one sees: to hand a visit or a call to. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { colleaguesAt } from '../store/queries/staff.ts';
import { only, personOf, scopeOf } from './access.ts';
import type { ApiParts } from './parts.ts';
import { Id, Nullable, Person, problems, Text } from './schemas.ts';

const Colleague = Type.Object({
  id: Id,
  name: Text,
  duty: Nullable(Type.Enum(['A', 'B'])),
  place: Nullable(Person),
  skills: Type.Array(Text),
});
const Colleagues = Type.Object({ items: Type.Array(Colleague) });

/** Clerks see their own desks, supervisors all; names in full, since a resident may ask who it is. */
export function colleagueRoutes(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/colleagues', {
    config: { access: only('colleagues', ['clerk', 'supervisor']) },
    schema: { tags: ['staff'], summary: 'Clerks of the desks one sees', response: { 200: Colleagues, ...problems } },
    handler: async (request): Promise<Static<typeof Colleagues>> => {
      const { stations } = await scopeOf(parts, personOf(request));
      return { items: await colleaguesAt(parts.database.db, stations) };
    },
  });
}
