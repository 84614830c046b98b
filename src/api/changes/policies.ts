/** Policies: written, counted, submitted, signed, held and taken back; and how far they have come. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { PolicyText as PolicyBody } from '../../services/policies/desk.ts';
import type { Actor } from '../../store/audit.ts';
import { policyProgress, waitingToBeAsked } from '../../store/queries/policy-progress.ts';
import type { AudienceRule } from '../../store/schema.ts';
import { only } from '../access.ts';
import { changesOf } from '../changing.ts';
import { maybeInstant } from '../iso.ts';
import { maskName } from '../mask.ts';
import { policies } from '../nouns/policies.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, rowOf } from '../reading.ts';
import { type Called, routesOf } from '../route.ts';
import { Id, Instant, Nullable, Text } from '../schemas.ts';
import { Audience, Correction, PolicyText, Reason } from './policy-shapes.ts';

const OFFICER = ['officer'] as const;
const DAY_MS = 86_400_000;
const CHART_DAYS = 14;

const Reached = Type.Object({
  count: Type.Integer(),
  needsSecond: Type.Boolean({ description: 'a second officer has to sign' }),
  examples: Type.Array(Type.Object({ id: Id, name: Text, age: Type.Integer(), community: Text })),
  reason: Type.Object({ phrase: Text, text: Text }),
});
const Counted = Type.Array(Type.Object({ code: Text, text: Text, count: Type.Integer() }));
const Progress = Type.Object({
  run: Nullable(
    Type.Object({
      state: Text,
      stateText: Text,
      share: Type.Integer(),
      expected: Type.Integer(),
      reached: Type.Integer(),
      dueAt: Nullable(Instant),
      finishedAt: Nullable(Instant),
    }),
  ),
  states: Counted,
  channels: Counted,
  heard: Type.Array(Type.Object({ hour: Text, count: Type.Integer() })),
  onlyWhenAsked: Type.Integer({ description: 'wanted no chime, or have no speaker' }),
});

const closed = { additionalProperties: false };
const rule = { audience: Audience, sensitive: Type.Optional(Type.Boolean()) };
const Typed = Type.Object(rule, closed);
const Instead = Type.Object({ ...rule, audience: Type.Optional(Audience) }, closed);
/** As the schemas above let them through. */
interface RuleBody {
  audience?: AudienceRule;
  sensitive?: boolean;
}
const Why = Type.Object({ reason: Reason }, closed);
const Perhaps = Type.Object({ reason: Type.Optional(Reason) }, closed);
const Recall = Type.Object({ reason: Type.Optional(Reason), correction: Type.Optional(Correction) }, closed);

/** Routes of officers; how far a policy has come is a supervisor's to see too. Above ten people, or where it is sensitive, a second officer signs. */
export function policyChanges(scope: FastifyInstance, parts: ApiParts): void {
  writing(scope, parts);
  counting(scope, parts);
  signing(scope, parts);
  steering(scope, parts);
  const route = routesOf(scope, 'policies', only('policies', ['officer', 'supervisor']));
  route('GET /policies/:id/progress', 'How far it has come', { answer: Progress }, (called) => progress(parts, called));
}

function writing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.policyDesk;
  routes(scope)(
    'POST /policies',
    'A new draft',
    { body: PolicyText, answer: fullOf(policies), status: 201 },
    async ({ key, body, by, person }) => {
      const { id } = await desk.create(key, body as PolicyBody, by);
      return afterwards(parts, policies, person, id);
    },
  );
  const change = changesOf(scope, parts, policies, OFFICER);
  change('edit', 'Changes a draft', PolicyText, (key, id, body, by) => desk.edit(key, id, body as PolicyBody, by));
}

const routes = (scope: FastifyInstance) => routesOf(scope, 'policies', only('policies', OFFICER, policies.roles));

/** For a rule that is being typed, and for the one that stands. */
function counting(scope: FastifyInstance, parts: ApiParts): void {
  const route = routes(scope);
  route(
    'POST /policies/count',
    'How many a rule reaches, ten of them, and the sentence that says why',
    { body: Typed, answer: Reached },
    ({ body, by }) => {
      const { audience, sensitive = false } = body as RuleBody & { audience: AudienceRule };
      return reached(parts, by, audience, sensitive);
    },
  );
  route(
    'POST /policies/:id/count',
    'The same for a policy, or for another rule in its place',
    { body: Instead, answer: Reached },
    async ({ id, body, by, person }) => {
      const { audience, sensitive } = body as RuleBody;
      const { policy } = await rowOf(parts, policies, person, id, 'read');
      return reached(parts, by, audience ?? policy.audience, sensitive ?? policy.sensitive);
    },
  );
}

async function reached(parts: ApiParts, by: Actor, rule: AudienceRule, sensitive: boolean) {
  const { policyAudience, policyDesk } = parts.services;
  const { count, examples, reason } = await policyAudience.reach(rule, by);
  return {
    count,
    needsSecond: sensitive || count > policyDesk.secondSignatureAbove,
    examples: examples.map(({ residentId, name, ...one }) => ({ id: residentId, name: maskName(name), ...one })),
    reason: { phrase: reason.phrase, text: parts.spoken?.sentence(reason) ?? '' },
  };
}

function signing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.policyDesk;
  const change = changesOf(scope, parts, policies, OFFICER);
  const thenGo = going(parts);
  const handOn = 'Hands it on for the second signature; published with one where few are reached';
  change('submit', handOn, thenGo(desk.submit));
  change('sign', 'The second signature: published', thenGo(desk.sign));
  change('return', 'Back to whoever wrote it', Why, (key, id, { reason }, by) => desk.sendBack(key, id, reason, by));
}

function steering(scope: FastifyInstance, parts: ApiParts): void {
  const control = parts.services.policyControl;
  const change = changesOf(scope, parts, policies, OFFICER);
  const thenGo = going(parts);
  change('pause', 'Nobody is told of it until it is resumed', Perhaps, (key, id, { reason }, by) =>
    control.pause(key, id, reason, by),
  );
  change('resume', 'Goes on where it stood', thenGo(control.resume));
  change('release', 'From the hundredth part to everybody', thenGo(control.release));
  change(
    'recall',
    'Taken back for good, with a correction for those who heard it',
    Recall,
    thenGo((key, id, { reason = '', correction }, by) => control.recall(key, id, { reason, correction }, by)),
  );
}

/** After the work, the first batch at once, so that a listening speaker need not wait for a job; its chimes follow within half a second. */
function going({ services: { fanOut } }: ApiParts) {
  return <Given extends unknown[]>(work: (...given: Given) => Promise<unknown>) =>
    async (...given: Given): Promise<void> => {
      await work(...given);
      await fanOut.step().catch(() => false); // what fails here the job does again
    };
}

async function progress(parts: ApiParts, { id, person }: Called): Promise<Static<typeof Progress>> {
  const { words, clock, database } = parts;
  await rowOf(parts, policies, person, id, 'read');
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
