/** Policies: written, counted, submitted, signed, held and taken back; and how far they have come. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { PolicyText as Text } from '../../services/policies/desk.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { policyProgress, waitingToBeAsked } from '../../store/queries/policy-progress.ts';
import type { AudienceRule } from '../../store/schema.ts';
import { only, personOf } from '../access.ts';
import { keyOf, Nothing, serveChange } from '../changing.ts';
import { maybeInstant } from '../iso.ts';
import { maskName } from '../mask.ts';
import { policies } from '../nouns/policies.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, IdParam, reach } from '../reading.ts';
import { Id, Instant, Nullable, problems, Text as Words } from '../schemas.ts';
import { Audience, Correction, PolicyText, Reason } from './policy-shapes.ts';

const OFFICER = ['officer'] as const;
const tags = ['policies'];
const DAY_MS = 86_400_000;
const CHART_DAYS = 14;

const Reached = Type.Object({
  count: Type.Integer(),
  needsSecond: Type.Boolean({ description: 'a second officer has to sign' }),
  examples: Type.Array(Type.Object({ id: Id, name: Words, age: Type.Integer(), community: Words })),
  reason: Type.Object({ phrase: Words, text: Words }),
});
const Counted = Type.Array(Type.Object({ code: Words, text: Words, count: Type.Integer() }));
const Progress = Type.Object({
  run: Nullable(
    Type.Object({
      state: Words,
      stateText: Words,
      share: Type.Integer(),
      expected: Type.Integer(),
      reached: Type.Integer(),
      dueAt: Nullable(Instant),
      finishedAt: Nullable(Instant),
    }),
  ),
  states: Counted,
  channels: Counted,
  heard: Type.Array(Type.Object({ hour: Words, count: Type.Integer() })),
  onlyWhenAsked: Type.Integer({ description: 'wanted no chime, or have no speaker' }),
});

export function policyChanges(scope: FastifyInstance, parts: ApiParts): void {
  writing(scope, parts);
  counting(scope, parts);
  signing(scope, parts);
  steering(scope, parts);
  scope.get('/policies/:id/progress', {
    config: { access: only('policies', ['officer', 'supervisor']) },
    schema: { tags, summary: 'How far it has come', params: IdParam, response: { 200: Progress, ...problems } },
    handler: (request) => progress(parts, request),
  });
}

function writing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.policyDesk;
  scope.post('/policies', {
    config: { access: only('policies', OFFICER, policies.roles) },
    schema: { tags, summary: 'A new draft', body: PolicyText, response: { 201: fullOf(policies), ...problems } },
    handler: async (request, reply) => {
      const person = personOf(request);
      const key = keyOf(request, person, 'policies.create');
      const { id } = await desk.create(key, request.body as Text, actorOf(person));
      reply.code(201);
      return afterwards(parts, policies, person, id);
    },
  });
  serveChange(scope, parts, policies, {
    verb: 'edit',
    summary: 'Changes a draft',
    roles: OFFICER,
    body: PolicyText,
    work: ({ id, body, key, by }) => desk.edit(key, id, body as Text, by),
  });
}

/** For a rule that is being typed, and for the one that stands. */
function counting(scope: FastifyInstance, parts: ApiParts): void {
  const schema = { tags, response: { 200: Reached, ...problems } };
  const config = { access: only('policies', OFFICER, policies.roles) };
  const typed = { audience: Audience, sensitive: Type.Optional(Type.Boolean()) };
  const closed = { additionalProperties: false };
  scope.post('/policies/count', {
    config,
    schema: {
      ...schema,
      summary: 'How many a rule reaches, ten of them, and the sentence that says why',
      body: Type.Object(typed, closed),
    },
    handler: (request) => {
      const { audience, sensitive } = request.body as { audience: AudienceRule; sensitive?: boolean };
      return reached(parts, request, audience, sensitive ?? false);
    },
  });
  scope.post('/policies/:id/count', {
    config,
    schema: {
      ...schema,
      summary: 'The same for a policy, or for another rule in its place',
      params: IdParam,
      body: Type.Object({ ...typed, audience: Type.Optional(Audience) }, closed),
    },
    handler: async (request) => {
      const { id } = request.params as Static<typeof IdParam>;
      const { audience, sensitive } = request.body as { audience?: AudienceRule; sensitive?: boolean };
      const { policy } = await reach(parts, policies, personOf(request), id, 'read', async (row) => row);
      return reached(parts, request, audience ?? policy.audience, sensitive ?? policy.sensitive);
    },
  });
}

async function reached(parts: ApiParts, request: FastifyRequest, rule: AudienceRule, sensitive: boolean) {
  const { policyAudience, policyDesk } = parts.services;
  const { count, examples, reason } = await policyAudience.reach(rule, actorOf(personOf(request)));
  return {
    count,
    needsSecond: sensitive || count > policyDesk.secondSignatureAbove,
    examples: examples.map(({ residentId, name, ...one }) => ({ id: residentId, name: maskName(name), ...one })),
    reason: { phrase: reason.phrase, text: parts.spoken?.sentence(reason) ?? '' },
  };
}

function signing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.policyDesk;
  const change = { roles: OFFICER, body: Nothing };
  serveChange(scope, parts, policies, {
    ...change,
    verb: 'submit',
    summary: 'Hands it on for the second signature; published with one where few are reached',
    work: async ({ id, key, by }) => {
      await desk.submit(key, id, by);
      await go(parts);
    },
  });
  serveChange(scope, parts, policies, {
    ...change,
    verb: 'sign',
    summary: 'The second signature: published',
    work: async ({ id, key, by }) => {
      await desk.sign(key, id, by);
      await go(parts);
    },
  });
  serveChange(scope, parts, policies, {
    roles: OFFICER,
    verb: 'return',
    summary: 'Back to whoever wrote it',
    body: Type.Object({ reason: Reason }, { additionalProperties: false }),
    work: ({ id, body, key, by }) => desk.sendBack(key, id, body.reason, by),
  });
}

function steering(scope: FastifyInstance, parts: ApiParts): void {
  const control = parts.services.policyControl;
  const closed = { additionalProperties: false };
  serveChange(scope, parts, policies, {
    verb: 'pause',
    summary: 'Nobody is told of it until it is resumed',
    roles: OFFICER,
    body: Type.Object({ reason: Type.Optional(Reason) }, closed),
    work: ({ id, body, key, by }) => control.pause(key, id, body.reason, by),
  });
  serveChange(scope, parts, policies, {
    verb: 'resume',
    summary: 'Goes on where it stood',
    roles: OFFICER,
    body: Nothing,
    work: async ({ id, key, by }) => {
      await control.resume(key, id, by);
      await go(parts);
    },
  });
  serveChange(scope, parts, policies, {
    verb: 'release',
    summary: 'From the hundredth part to everybody',
    roles: OFFICER,
    body: Nothing,
    work: async ({ id, key, by }) => {
      await control.release(key, id, by);
      await go(parts);
    },
  });
  serveChange(scope, parts, policies, {
    verb: 'recall',
    summary: 'Taken back for good, with a correction for those who heard it',
    roles: OFFICER,
    body: Type.Object({ reason: Type.Optional(Reason), correction: Type.Optional(Correction) }, closed),
    work: async ({ id, body, key, by }) => {
      await control.recall(key, id, { reason: body.reason ?? '', correction: body.correction }, by);
      await go(parts);
    },
  });
}

/** The first batch at once, so that a listening speaker need not wait for a job; its chimes follow within half a second. */
async function go({ services: { fanOut } }: ApiParts): Promise<void> {
  await fanOut.step().catch(() => false); // what fails here the job does again
}

async function progress(parts: ApiParts, request: FastifyRequest): Promise<Static<typeof Progress>> {
  const { id } = request.params as Static<typeof IdParam>;
  const { words, clock, database } = parts;
  await reach(parts, policies, personOf(request), id, 'read', async () => undefined);
  const since = new Date(clock.now().getTime() - CHART_DAYS * DAY_MS);
  const found = await policyProgress(database.db, id, since);
  const onlyWhenAsked = await waitingToBeAsked(database.db, id);
  const { run } = found;
  return {
    run: run
      ? {
          state: run.state,
          stateText: words.text('fanOutState', run.state),
          share: run.share,
          expected: run.expected,
          reached: run.reached,
          dueAt: maybeInstant(run.dueAt),
          finishedAt: maybeInstant(run.finishedAt),
        }
      : null,
    states: found.states.map(({ state, count }) => ({ code: state, text: words.text('deliveryState', state), count })),
    channels: found.channels.map(({ channel, count }) => ({
      code: channel,
      text: words.text('deliveryChannel', channel),
      count,
    })),
    heard: found.heard,
    onlyWhenAsked,
  };
}
