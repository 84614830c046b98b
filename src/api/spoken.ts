/** Hearing a text before residents do: how it is told, what they would stumble over, and the sound of it. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { only, personOf } from './access.ts';
import { GuideElementsShape } from './changes/guide-shapes.ts';
import { Audience } from './changes/policy-shapes.ts';
import { notTooOften } from './limits.ts';
import type { ApiParts, ToldElement } from './parts.ts';
import { Nullable, problems, Text, Written } from './schemas.ts';

const OFFICER = ['officer'] as const;
/** A sentence costs the voice some tenths of a second. */
const LIMIT = { limit: 120, windowSeconds: 60 };
const closed = { additionalProperties: false };

const Remark = Type.Object({ level: Text, kind: Text, about: Text, instead: Text });
const Told = Type.Object({
  items: Type.Array(Type.Object({ element: Text, text: Text, remarks: Type.Array(Remark) })),
});
const Draft = Type.Object(
  {
    guide: Type.Optional(GuideElementsShape),
    policy: Type.Optional(
      Type.Object(
        { title: Written(60), gist: Written(120), body: Written(1500), source: Written(200), audience: Audience },
        closed,
      ),
    ),
  },
  closed,
);

/** For officers. Nothing is kept; without a voice the text is told and its sound is null. */
export function spokenRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const config = { access: only('spoken', OFFICER) };
  const tags = ['spoken'];

  scope.post('/spoken', {
    config,
    schema: {
      tags,
      summary: 'A draft as it will be told, with remarks',
      body: Draft,
      response: { 200: Told, ...problems },
    },
    handler: async (request): Promise<Static<typeof Told>> => {
      const { spoken } = parts;
      const told = await toldOf(parts, request.body as Static<typeof Draft>);
      return { items: told.map((one) => ({ ...one, remarks: spoken?.lint(one.text) ?? [] })) };
    },
  });

  scope.post('/spoken/listen', {
    config,
    schema: {
      tags,
      summary: 'The sound of a text: a path that is good for ten minutes',
      body: Type.Object({ text: Written(600, 1) }, closed),
      response: { 200: Type.Object({ audioUrl: Nullable(Text) }), ...problems },
    },
    handler: async (request) => {
      await notTooOften(parts.rates, `listen:${personOf(request).id}`, LIMIT);
      const { text } = request.body as { text: string };
      return { audioUrl: (await parts.spoken?.listen(text)) ?? null };
    },
  });
}

async function toldOf({ spoken, services }: ApiParts, draft: Static<typeof Draft>): Promise<ToldElement[]> {
  if (!spoken) return [];
  if (draft.guide) return spoken.guide(draft.guide);
  if (!draft.policy) return [];
  const { audience, ...text } = draft.policy;
  return spoken.policy({ ...text, reason: services.policyAudience.reasonOf(audience) });
}
