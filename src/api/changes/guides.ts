/** Guides: a new version written, submitted, signed; whole sets out and in. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { GuideText as GuideBody } from '../../services/guides/desk.ts';
import { guides as find } from '../../store/queries/guides.ts';
import { only } from '../access.ts';
import { changesOf } from '../changing.ts';
import { guides } from '../nouns/guides.ts';
import type { ApiParts } from '../parts.ts';
import { afterwards, fullOf, rowOf } from '../reading.ts';
import { routesOf } from '../route.ts';
import { Text } from '../schemas.ts';
import { faultsIn, GuideFile, GuideText, GuideWithMatter } from './guide-shapes.ts';
import { Reason } from './policy-shapes.ts';

const OFFICER = ['officer'] as const;
const closed = { additionalProperties: false };
const EVERYTHING = 500;

const Report = Type.Object({
  ok: Type.Boolean(),
  drafts: Type.Integer(),
  rows: Type.Array(Type.Object({ row: Type.Integer(), matter: Text, problem: Text })),
});

const Trial = Type.Object({ dryRun: Type.Optional(Type.Boolean()) });
const ManyGuides = Type.Object(
  { items: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: EVERYTHING }) },
  closed,
);

/** Routes of officers. A guide holds only once a second officer has signed it (SecondPersonNeeded). */
export function guideChanges(scope: FastifyInstance, parts: ApiParts): void {
  writing(scope, parts);
  signing(scope, parts);
  files(scope, parts);
}

const routes = (scope: FastifyInstance) => routesOf(scope, 'guides', only('guides', OFFICER, guides.roles));

function writing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.guideDesk;
  const route = routes(scope);
  route(
    'POST /guides',
    'A matter’s first draft',
    { body: GuideWithMatter, answer: fullOf(guides), status: 201 },
    async ({ key, body, by, person }) => {
      const { matter, ...text } = body as GuideBody & { matter: string };
      const { id } = await desk.draft(key, matter, text, by);
      return afterwards(parts, guides, person, id);
    },
  );
  route(
    'POST /guides/:id/versions',
    'A draft of the next version of this matter; one that is open is changed',
    { body: GuideText, answer: fullOf(guides), status: 201 },
    async ({ key, id, body, by, person }) => {
      const { guide } = await rowOf(parts, guides, person, id);
      const made = await desk.draft(key, guide.matter, body as GuideBody, by);
      return afterwards(parts, guides, person, made.id);
    },
  );
}

function signing(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.guideDesk;
  const change = changesOf(scope, parts, guides, OFFICER);
  const why = Type.Object({ reason: Reason }, closed);
  change('submit', 'Hands a whole version on for the second signature', desk.submit);
  change('sign', 'The second signature: it holds from its day on', desk.sign);
  change('return', 'Back to whoever wrote it', why, (key, id, { reason }, by) => desk.sendBack(key, id, reason, by));
  change('withdraw', 'Not to be told any more', why, (key, id, { reason }, by) => desk.withdraw(key, id, reason, by));
  change('checked', 'Compared with the documents today', desk.checked);
}

function files(scope: FastifyInstance, parts: ApiParts): void {
  const route = routes(scope);
  route(
    'GET /guides/export',
    'All versions that hold, as one file for import',
    { answer: GuideFile },
    async ({ person }) => {
      const asked = { scope: { stations: 'all' as const, staffId: person.id }, limit: EVERYTHING, offset: 0 };
      const { rows } = await find(parts.database.db, { ...asked, filter: { state: 'effective' } });
      return { items: rows.map(({ guide }) => exported(guide)) };
    },
  );
  route(
    'POST /guides/import',
    'Each becomes a draft, all or none; `dryRun` only looks',
    { body: ManyGuides, query: Trial, answer: Report, bodyLimit: 5_000_000 },
    async ({ key, body: { items }, query: { dryRun = false }, by }) => {
      const rows = items.flatMap((item, n) =>
        faultsOf(item).map((problem) => ({ row: n + 1, matter: nameOf(item), problem })),
      );
      if (rows.length > 0 || dryRun) return { ok: rows.length === 0, drafts: 0, rows };
      const texts = items as unknown as (GuideBody & { matter: string })[];
      return { ok: true, rows, ...(await parts.services.guideDesk.bringIn(key, texts, by)) };
    },
  );
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
