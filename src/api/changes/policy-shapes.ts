/** What an officer sends of a policy: its text, whom it concerns, when. */
import { Type } from 'typebox';
import { CASE_STATUSES } from '../../store/schema.ts';
import { Day, Id, Written } from '../schemas.ts';

const closed = { additionalProperties: false };
const FLAGS = [
  'dibao',
  'edge',
  'tekun',
  'disability',
  'alone',
  'special',
  'mobility',
  'hearing',
  'widow',
  'unregisteredCare',
] as const;

const Age = Type.Integer({ minimum: 0, maximum: 130 });
const Names = Type.Array(Written(80, 1), { minItems: 1, maxItems: 50 });
const Flags = Type.Array(Type.Enum(FLAGS), { minItems: 1, maxItems: FLAGS.length });

const condition = {
  ageFrom: Type.Optional(Age),
  ageTo: Type.Optional(Age),
  turns: Type.Optional(Type.Object({ age: Age, withinDays: Type.Integer({ minimum: 1, maximum: 400 }) }, closed)),
  sex: Type.Optional(Type.Enum(['female', 'male'])),
  hukou: Type.Optional(Type.Array(Type.Enum(['binhai', 'tianjin', 'outside']), { minItems: 1, maxItems: 3 })),
  community: Type.Optional(Names),
  building: Type.Optional(Names),
  flags: Type.Optional(Flags),
  anyFlags: Type.Optional(Flags),
  notFlags: Type.Optional(Flags),
  disability: Type.Optional(
    Type.Object(
      {
        kinds: Type.Optional(Names),
        grades: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), { minItems: 1, maxItems: 4 })),
      },
      closed,
    ),
  ),
  cases: Type.Optional(
    Type.Object(
      {
        matter: Type.Optional(Written(80, 1)),
        statuses: Type.Optional(Type.Array(Type.Enum(CASE_STATUSES), { minItems: 1, maxItems: CASE_STATUSES.length })),
        delivery: Type.Optional(Type.Enum(['none', 'ready', 'collected', 'mailed'])),
      },
      closed,
    ),
  ),
  heard: Type.Optional(Id),
};
const Condition = Type.Object(condition, closed);

/** All conditions hold, at least one of `any`, none of `none`. */
export const Audience = Type.Object(
  {
    ...condition,
    any: Type.Optional(Type.Array(Condition, { maxItems: 10 })),
    none: Type.Optional(Type.Array(Condition, { maxItems: 10 })),
    reason: Type.Optional(
      Type.String({
        pattern: '^policy\\.reason_[a-z]+$',
        description: 'a phrase; without it the one that follows from the rule',
      }),
    ),
  },
  closed,
);

export const PolicyText = Type.Object(
  {
    title: Written(60, 1),
    gist: Written(120, 1),
    body: Written(1500, 1),
    titleEn: Type.Optional(Written(120)),
    gistEn: Type.Optional(Written(240)),
    source: Written(200, 1),
    matter: Type.Optional(Written(80, 1)),
    audience: Audience,
    validFrom: Day,
    validUntil: Type.Optional(Day),
    sensitive: Type.Optional(
      Type.Boolean({ description: 'she is asked whether she can talk freely before it is named' }),
    ),
    startsAt: Type.Optional(Type.String({ format: 'date-time', description: 'not told before this instant' })),
    canary: Type.Optional(Type.Boolean({ description: 'to one in a hundred first' })),
  },
  closed,
);

export const Reason = Written(500, 2);
export const Correction = Type.Object({ title: Written(60, 1), gist: Written(120, 1), body: Written(1500, 1) }, closed);
