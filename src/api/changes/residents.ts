/** Showing a masked field in full, for a reason that is written down; and how she is spoken to and waited for. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { REVEALABLE } from '../../services/residents/reveal.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { only, personOf } from '../access.ts';
import { notTooOften } from '../limits.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { IdParam, reach } from '../reading.ts';
import { Nullable, problems } from '../schemas.ts';

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

/** How the speaker talks to her: the clerk asks her, she need not know the words for it. */
function speechRoute(scope: FastifyInstance, parts: ApiParts): void {
  scope.post('/residents/:id/speech', {
    config: { access: only('residents', residents.roles) },
    schema: {
      tags: ['residents'],
      summary: 'How she is spoken to and waited for',
      params: IdParam,
      body: SpeechWish,
      response: { 200: SpeechWish, ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const { id } = request.params as { id: string };
      const wish = request.body as Static<typeof SpeechWish>;
      await reach(parts, residents, person, id, 'change', async () => undefined);
      const known = parts.speech.voices('zh-CN').concat(parts.speech.voices('en-US'));
      if (wish.voice && !known.includes(wish.voice)) throw new Refusal('BadInput');
      await parts.services.homes.setSpeech(id, wish, actorOf(person));
      return wish;
    },
  });
}

export function residentChanges(scope: FastifyInstance, parts: ApiParts): void {
  speechRoute(scope, parts);
  scope.post('/residents/:id/reveal', {
    config: { access: only('residents', residents.roles) },
    schema: {
      tags: ['residents'],
      summary: 'Shows one masked field, with a reason',
      params: IdParam,
      body: Asked,
      response: { 200: Shown, ...problems },
    },
    handler: async (request) => {
      const person = personOf(request);
      const { id } = request.params as { id: string };
      const { field, reason } = request.body as Static<typeof Asked>;
      await notTooOften(parts.rates, `reveal:${person.id}`, LIMIT);
      await reach(parts, residents, person, id, 'change', async () => undefined);
      const shown = await parts.services.reveal({ residentId: id, field, reason }, actorOf(person));
      return { field, ...shown };
    },
  });
}
