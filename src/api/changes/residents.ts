/** Showing a masked field in full, for a reason that is written down; and how she is spoken to and waited for. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { REVEALABLE } from '../../services/residents/reveal.ts';
import { only } from '../access.ts';
import { notTooOften } from '../limits.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { rowOf } from '../reading.ts';
import { routesOf } from '../route.ts';
import { Nullable } from '../schemas.ts';

/** Nobody helps that many people a minute: more is somebody copying a list. */
const LIMIT = { limit: 20, windowSeconds: 60 };

const Asked = Type.Object(
  {
    field: Type.Enum(REVEALABLE),
    reason: Type.String({ minLength: 2, maxLength: 200, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' }),
  },
  { additionalProperties: false },
);

const Shown = Type.Object({
  field: Type.Enum(REVEALABLE),
  value: Nullable(Type.String()),
  seconds: Type.Integer({ description: 'mask it again after this long' }),
});

/** How the speaker talks to her: the clerk asks her, she need not know the words for it. */
const SpeechWish = Type.Object(
  {
    pace: Type.Optional(Type.Integer({ minimum: 120, maximum: 260, description: 'characters a minute' })),
    voice: Type.Optional(Nullable(Type.String({ maxLength: 40, description: "null: the language's own" }))),
    patience: Type.Optional(
      Nullable(
        Type.Integer({ minimum: 1200, maximum: 2500, description: 'ms of silence after which she has finished' }),
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** For whoever may read residents, in scope. A shown field is audited with its reason, twenty a minute at most. @throws Refusal BadInput for a voice that the speakers do not have */
export function residentChanges(scope: FastifyInstance, parts: ApiParts): void {
  const route = routesOf(scope, 'residents', only('residents', residents.roles));

  route(
    'POST /residents/:id/speech',
    'How she is spoken to and waited for',
    { body: SpeechWish, answer: SpeechWish },
    async ({ id, body: wish, by, person }) => {
      await rowOf(parts, residents, person, id);
      const known = parts.speech.voices('zh-CN').concat(parts.speech.voices('en-US'));
      if (wish.voice && !known.includes(wish.voice)) throw new Refusal('BadInput');
      await parts.services.homes.setSpeech(id, wish, by);
      return wish;
    },
  );
  route(
    'POST /residents/:id/reveal',
    'Shows one masked field, with a reason',
    { body: Asked, answer: Shown },
    async ({ id, body: { field, reason }, by, person }) => {
      await notTooOften(parts.rates, `reveal:${person.id}`, LIMIT);
      await rowOf(parts, residents, person, id);
      const shown = await parts.services.reveal({ residentId: id, field, reason }, by);
      return { field, ...shown };
    },
  );
}
