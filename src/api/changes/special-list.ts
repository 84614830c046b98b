/** 特殊困难人员名单 as a file: its trial, the list itself, the table to fill in. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ListReport } from '../../services/residents/special-list/index.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { only, personOf } from '../access.ts';
import {
  bytesOf,
  Fault,
  Format,
  faultsIn,
  fileOf,
  IMPORTS,
  LARGEST_FILE,
  RAW,
  sendFile,
  Trial,
  takingFiles,
} from '../files.ts';
import { notTooOften } from '../limits.ts';
import { masked } from '../mask.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { keyOf } from '../route.ts';
import { Id, Nullable, Problem, problems, Text, Written } from '../schemas.ts';

const ADDRESS = '/residents/special/import';
const access = only('residents', ['supervisor'], residents.roles);

const Report = Type.Object(
  {
    ok: Type.Boolean({ description: 'no line has a fault' }),
    applied: Type.Boolean({ description: 'all of them were written; else none was' }),
    dryRun: Type.Boolean(),
    total: Type.Integer(),
    wrong: Type.Integer({ description: 'lines with a fault' }),
    changed: Type.Integer({ description: 'who comes onto the list or changes the grade' }),
    leaving: Type.Integer({ description: 'who leaves the list, where the table is the whole of it' }),
    faults: Type.Array(Fault, { description: 'of the file as a whole' }),
    rows: Type.Array(
      Type.Object({
        row: Type.Integer({ description: 'as the spreadsheet counts; the heading is 1' }),
        resident: Nullable(Type.Object({ id: Id, name: Text })),
        grade: Nullable(Type.Integer()),
        was: Nullable(Type.Integer({ description: 'her grade so far' })),
        changeText: Nullable(Text),
        faults: Type.Array(Fault),
      }),
    ),
  },
  { title: 'SpecialListReport' },
);
const Whole = {
  whole: Type.Optional(Type.Boolean({ default: false, description: 'who is not in it leaves the list' })),
};
const Asked = Type.Object({ ...Trial.properties, ...Whole });
const Table = Type.Object(
  { csv: Written(200_000, 1), ...Asked.properties },
  { additionalProperties: false, description: 'the table as text, where there is no file' },
);
const REFUSED = {
  description: 'nothing was written',
  content: { 'application/json': { schema: Report }, 'application/problem+json': { schema: Problem } },
};

/** Routes of supervisors, in a scope of their own, where a body may be a file (5 MB). A table with a fault is answered with its report, and nothing is written. */
export function specialListFiles(outer: FastifyInstance, parts: ApiParts): Promise<void> {
  return takingFiles(outer, (scope) => {
    serveImport(scope, parts);
    serveTemplate(scope, parts);
  });
}

function serveImport(scope: FastifyInstance, parts: ApiParts): void {
  scope.post(ADDRESS, {
    config: { access },
    bodyLimit: LARGEST_FILE,
    schema: {
      tags: ['residents'],
      summary: 'The special list of a file, all or none: CSV (UTF-8, GBK) or Excel; ID number or telephone, and grade',
      consumes: ['application/json', 'multipart/form-data', ...RAW],
      querystring: Asked,
      body: { content: { 'application/json': { schema: Table } } },
      response: { 200: Report, 422: REFUSED, ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `import:${person.id}`, IMPORTS);
      const { bytes, dryRun, whole } = await askedOf(request);
      const { specialList } = parts.services;
      const by = actorOf(person);
      const report = dryRun
        ? await specialList.tryOut(bytes, { whole }, by)
        : await specialList.apply(keyOf(request, person, 'special.import'), bytes, { whole }, by);
      reply.code(dryRun || report.applied ? 200 : 422).type('application/json; charset=utf-8');
      return shown(parts, report, dryRun);
    },
  });
}

/** A file with its wishes in the address, or a table as text that says them itself. */
async function askedOf(request: FastifyRequest): Promise<{ bytes: Buffer; dryRun: boolean; whole: boolean }> {
  const asked = { dryRun: false, whole: false, ...(request.query as Static<typeof Asked>) };
  if (!String(request.headers['content-type']).startsWith('application/json'))
    return { bytes: await bytesOf(request), ...asked };
  const { csv, ...own } = request.body as Static<typeof Table>;
  return { ...asked, ...own, bytes: Buffer.from(csv, 'utf8') };
}

function shown({ words }: ApiParts, report: ListReport, dryRun: boolean): Static<typeof Report> {
  const worded = faultsIn(words, { fields: 'listField', codes: 'listFault' });
  const rows = report.rows.map(({ who, ...row }) => ({
    ...row,
    resident: masked(who),
    changeText: who && words.text('listChange', changeOf(row)),
    faults: row.faults.map(worded),
  }));
  const ok = report.wrong === 0 && report.faults.length === 0;
  return { ...report, ok, dryRun, faults: report.faults.map(worded), rows };
}

function changeOf({ was, grade }: { was: number | null; grade: number | null }): 'listed' | 'regraded' | 'same' {
  if (was === null) return 'listed';
  return was === grade ? 'same' : 'regraded';
}

function serveTemplate(scope: FastifyInstance, parts: ApiParts): void {
  scope.get(`${ADDRESS}/template`, {
    config: { access },
    schema: {
      tags: ['residents'],
      summary: 'The table of the special list to fill in',
      querystring: Format,
      response: { 200: fileOf('an empty table with two examples'), ...problems },
    },
    handler: async (request, reply) => {
      const { format = 'xlsx' } = request.query as Static<typeof Format>;
      return sendFile(reply, 'special-list-template', format, await parts.services.specialList.template(format));
    },
  });
}
