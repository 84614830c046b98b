/** Guides: a new version written, submitted, signed; whole sets out and in. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { GuideText as Text } from '../../services/guides/desk.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { guides as find } from '../../store/queries/guides.ts';
import { only, personOf } from '../access.ts';
import { keyOf, Nothing, serveChange } from '../changing.ts';
import { guides } from '../nouns/guides.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, IdParam, reach } from '../reading.ts';
import { problems, Text as Words } from '../schemas.ts';
import { faultsIn, GuideFile, GuideText, GuideWithMatter } from './guide-shapes.ts';
import { Reason } from './policy-shapes.ts';

const OFFICER = ['officer'] as const;
const tags = ['guides'];
const closed = { additionalProperties: false };
const EVERYTHING = 500;

const Report = Type.Object({
  ok: Type.Boolean(),
  drafts: Type.Integer(),
  rows: Type.Array(Type.Object({ row: Type.Integer(), matter: Words, problem: Words })),
});

export function guideChanges(scope: FastifyInstance, parts: ApiParts): void {
  writing(scope, parts);
  signing(scope, parts);
  files(scope, parts);
}

function writing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.guideDesk;
  const config = { access: only('guides', OFFICER, guides.roles) };
  scope.post('/guides', {
    config,
    schema: {
      tags,
      summary: 'A matter’s first draft',
      body: GuideWithMatter,
      response: { 201: fullOf(guides), ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      const { matter, ...text } = request.body as Text & { matter: string };
      const { id } = await desk.draft(keyOf(request, person, 'guides.create'), matter, text, actorOf(person));
      reply.code(201);
      return afterwards(parts, guides, person, id);
    },
  });
  scope.post('/guides/:id/versions', {
    config,
    schema: {
      tags,
      summary: 'A draft of the next version of this matter; one that is open is changed',
      params: IdParam,
      body: GuideText,
      response: { 201: fullOf(guides), ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      const { id } = request.params as Static<typeof IdParam>;
      const { guide } = await reach(parts, guides, person, id, 'change', async (row) => row);
      const key = keyOf(request, person, `guides.versions:${id}`);
      const made = await desk.draft(key, guide.matter, request.body as Text, actorOf(person));
      reply.code(201);
      return afterwards(parts, guides, person, made.id);
    },
  });
}

function signing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.guideDesk;
  const why = Type.Object({ reason: Reason }, closed);
  const common = { roles: OFFICER };
  serveChange(scope, parts, guides, {
    ...common,
    verb: 'submit',
    summary: 'Hands a whole version on for the second signature',
    body: Nothing,
    work: ({ id, key, by }) => desk.submit(key, id, by),
  });
  serveChange(scope, parts, guides, {
    ...common,
    verb: 'sign',
    summary: 'The second signature: it holds from its day on',
    body: Nothing,
    work: ({ id, key, by }) => desk.sign(key, id, by),
  });
  serveChange(scope, parts, guides, {
    ...common,
    verb: 'return',
    summary: 'Back to whoever wrote it',
    body: why,
    work: ({ id, body, key, by }) => desk.sendBack(key, id, body.reason, by),
  });
  serveChange(scope, parts, guides, {
    ...common,
    verb: 'withdraw',
    summary: 'Not to be told any more',
    body: why,
    work: ({ id, body, key, by }) => desk.withdraw(key, id, body.reason, by),
  });
  serveChange(scope, parts, guides, {
    ...common,
    verb: 'checked',
    summary: 'Compared with the documents today',
    body: Nothing,
    work: ({ id, key, by }) => desk.checked(key, id, by),
  });
}

function files(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/guides/export', {
    config: { access: only('guides', OFFICER, guides.roles) },
    schema: {
      tags,
      summary: 'All versions that hold, as one file for import',
      response: { 200: GuideFile, ...problems },
    },
    handler: async (request) => {
      const asked = {
        scope: { stations: 'all' as const, staffId: personOf(request).id },
        limit: EVERYTHING,
        offset: 0,
      };
      const { rows } = await find(parts.database.db, { ...asked, filter: { state: 'effective' } });
      return { items: rows.map(({ guide }) => exported(guide)) };
    },
  });
  scope.post('/guides/import', {
    config: { access: only('guides', OFFICER, guides.roles) },
    bodyLimit: 5_000_000,
    schema: {
      tags,
      summary: 'Each becomes a draft, all or none; `dryRun` only looks',
      querystring: Type.Object({ dryRun: Type.Optional(Type.Boolean()) }),
      body: Type.Object(
        { items: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: EVERYTHING }) },
        closed,
      ),
      response: { 200: Report, ...problems },
    },
    handler: async (request) => {
      const { items } = request.body as { items: Record<string, unknown>[] };
      const { dryRun = false } = request.query as { dryRun?: boolean };
      const rows = items.flatMap((item, n) =>
        faultsOf(item).map((problem) => ({ row: n + 1, matter: nameOf(item), problem })),
      );
      if (rows.length > 0 || dryRun) return { ok: rows.length === 0, drafts: 0, rows };
      const person = personOf(request);
      const key = keyOf(request, person, 'guides.import');
      const texts = items as unknown as (Text & { matter: string })[];
      return { ok: true, rows, ...(await parts.services.guideDesk.bringIn(key, texts, actorOf(person))) };
    },
  });
}

const nameOf = ({ matter }: Record<string, unknown>) => (typeof matter === 'string' ? matter.slice(0, 80) : '');

/** What is wrong with one of the file, by its place in it. */
function faultsOf(item: Record<string, unknown>): string[] {
  return [...faultsIn(item)].slice(0, 3);
}

function exported(row: Awaited<ReturnType<typeof find>>['rows'][number]['guide']) {
  const { matter, elements, department, source, checkedOn, effectiveFrom, effectiveUntil } = row;
  const until = effectiveUntil === null ? {} : { effectiveUntil };
  return { matter, department, source, checkedOn, effectiveFrom, ...until, elements: { ...elements } };
}
