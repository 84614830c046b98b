import { type Static, Type } from 'typebox';
import { ratings as find } from '../../store/queries/ratings.ts';
import { instant } from '../iso.ts';
import { masked } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, item, Nullable, Person, Text } from '../schemas.ts';

const SERVICES = ['call', 'visit', 'case'] as const;

const Rating = item({
  service: Type.Enum(SERVICES),
  serviceText: Text,
  serviceId: Nullable(Id),
  level: Type.Integer({ minimum: 1, maximum: 5, description: '1 is best' }),
  levelText: Text,
  reason: Nullable(Text),
  named: Type.Boolean(),
  resident: Nullable(Person),
  ticketId: Nullable(Id),
});

const Filter = Type.Object({
  service: Type.Optional(Type.Enum(SERVICES)),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  named: Type.Optional(Type.Boolean()),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/**
 * 评价. Who rated is shown where she wanted to be named, and to the supervisor only; the rated clerk learns neither who
 * nor which service it was (GB/T 39735 protects the person who rates).
 */
export const ratings: Noun<Row, typeof Filter, typeof Rating, typeof nothingMore> = {
  name: 'ratings',
  summary: 'Ratings of services',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Rating,
  detail: nothingMore,
  find,
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words }, person }) =>
    rows.map(({ rating, resident }): Static<typeof Rating> => {
      const told = person.role === 'supervisor';
      return {
        id: rating.id,
        createdAt: instant(rating.createdAt),
        updatedAt: instant(rating.updatedAt),
        service: rating.service,
        serviceText: words.text('service', rating.service),
        serviceId: told ? rating.serviceId : null,
        level: rating.level,
        levelText: words.text('level', rating.level),
        reason: rating.reason,
        named: rating.named,
        resident: told && rating.named ? masked(resident) : null,
        ticketId: told ? rating.ticketId : null,
      };
    }),
};
