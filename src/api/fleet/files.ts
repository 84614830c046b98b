/** Speakers as files: the import with its trial, its template, the export, and what is printed on labels. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Report } from '../../services/fleet/speaker-import/index.ts';
import { writeCsv, writeExcel } from '../../services/spreadsheets/spreadsheet.ts';
import { actorOf } from '../../services/staff/sessions.ts';
import { writeAudit } from '../../store/audit.ts';
import { speakers as find } from '../../store/queries/speakers.ts';
import { only, personOf, scopeOf } from '../access.ts';
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
import { maybeInstant } from '../iso.ts';
import { notTooOften } from '../limits.ts';
import { speakers } from '../nouns/speakers.ts';
import type { ApiParts } from '../parts.ts';
import { keyOf } from '../route.ts';
import { Id, Nullable, Problem, problems, Text } from '../schemas.ts';
import { labelsOf } from './labels.ts';

const OPERATOR = ['operator'] as const;
const MOST_EXPORTED = 20_000;
const MOST_LABELS = 200;
const EXPORTS = { limit: 10, windowSeconds: 60 };

const ImportReport = Type.Object(
  {
    applied: Type.Boolean({ description: 'all of them were written; else none was' }),
    dryRun: Type.Boolean(),
    total: Type.Integer(),
    wrong: Type.Integer({ description: 'rows with a fault' }),
    faults: Type.Array(Fault, { description: 'of the file as a whole' }),
    rows: Type.Array(
      Type.Object({
        row: Type.Integer({ description: 'as the spreadsheet counts; the heading is 1' }),
        serial: Text,
        deviceId: Text,
        brand: Text,
        brandText: Text,
        address: Text,
        faults: Type.Array(Fault),
        token: Nullable(Type.String({ description: 'our own speakers only; shown this once' })),
      }),
    ),
  },
  { title: 'ImportReport' },
);
const Wanted = Type.Object({ ...Format.properties, ...speakers.filter.properties });
const LabelsWanted = Type.Object({
  ids: Type.Optional(Type.String({ maxLength: 40 * MOST_LABELS, description: 'with commas' })),
});
const Labels = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      serial: Text,
      brandText: Text,
      address: Nullable(Text),
      room: Nullable(Text),
      phone: Nullable(Type.String({ description: 'of the station: whom to call when the speaker is dead' })),
      station: Nullable(Text),
      link: Text,
      qr: Type.String({ description: 'SVG' }),
    }),
  ),
});
/** The report where rows are wrong, a problem where the file is none. */
const REFUSED = {
  description: 'nothing was written',
  content: { 'application/json': { schema: ImportReport }, 'application/problem+json': { schema: Problem } },
};

/** Routes of operators, in a scope of their own, where a body may be a file (5 MB). All rows are written or none; tokens of our own speakers are in that one answer. */
export function fleetFiles(outer: FastifyInstance, parts: ApiParts): Promise<void> {
  return takingFiles(outer, (scope) => {
    serveImport(scope, parts);
    serveTemplate(scope, parts);
    serveExport(scope, parts);
    serveLabels(scope, parts);
  });
}

function serveImport(scope: FastifyInstance, parts: ApiParts): void {
  scope.post('/speakers/import', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    bodyLimit: LARGEST_FILE,
    schema: {
      tags: ['speakers'],
      summary: 'Registers all speakers of a file, or none: CSV (UTF-8, GBK) or Excel',
      consumes: ['multipart/form-data', ...RAW],
      querystring: Trial,
      response: { 200: ImportReport, 422: REFUSED, ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `import:${person.id}`, IMPORTS);
      const bytes = await bytesOf(request);
      const { dryRun = false } = request.query as Static<typeof Trial>;
      const { speakerImport } = parts.services;
      const key = keyOf(request, person, 'speakers.import');
      const report = dryRun
        ? await speakerImport.tryOut(bytes)
        : await speakerImport.apply(key, bytes, actorOf(person));
      reply.code(dryRun || report.applied ? 200 : 422).type('application/json; charset=utf-8');
      return shown(parts, report, dryRun);
    },
  });
}

function shown({ words }: ApiParts, report: Report, dryRun: boolean): Static<typeof ImportReport> {
  const worded = faultsIn(words, { fields: 'importField', codes: 'importFault' });
  const rows = report.rows.map((row) => ({
    ...row,
    brandText: words.text('brand', row.brand),
    faults: row.faults.map(worded),
  }));
  return { ...report, dryRun, faults: report.faults.map(worded), rows };
}

function serveTemplate(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/speakers/import/template', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'The table to fill in',
      querystring: Format,
      response: { 200: fileOf('an empty table with two examples'), ...problems },
    },
    handler: async (request, reply) => {
      const { format = 'xlsx' } = request.query as Static<typeof Format>;
      return sendFile(reply, 'speakers-template', format, await parts.services.speakerImport.template(format));
    },
  });
}

function serveExport(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/speakers/export', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'The table as a file, with the same filters; no names, and nothing that a spreadsheet would compute',
      querystring: Wanted,
      response: { 200: fileOf('the speakers'), ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      await notTooOften(parts.rates, `export:${person.id}`, EXPORTS);
      const { format = 'xlsx', ...filter } = request.query as Static<typeof Wanted>;
      const table = await exported(parts, request, filter);
      const { sheet } = parts.services.speakerImport.words;
      const bytes = format === 'csv' ? writeCsv(table) : await writeExcel(table, sheet);
      return sendFile(reply, 'speakers', format, bytes);
    },
  });
}

async function exported(parts: ApiParts, request: FastifyRequest, filter: object): Promise<string[][]> {
  const person = personOf(request);
  const scope = await scopeOf(parts, person);
  const { words, services, clock } = parts;
  const now = clock.now();
  const { rows } = await parts.database.transaction(async (db) => {
    const found = await find(db, { scope, filter, limit: MOST_EXPORTED, offset: 0 }, now);
    const fields = [`count:${found.rows.length}`];
    const entry = { at: now, actor: actorOf(person), action: 'speaker.exported', subject: 'speakers', fields };
    await writeAudit(db, { ...entry, result: 'done' });
    return found;
  });
  const columns = Object.keys(services.speakerImport.words.export);
  const cellsOf = (row: (typeof rows)[number]): Record<string, string | null> => ({
    serial: row.serial,
    brand: words.text('brand', row.brand),
    deviceId: row.device,
    status: words.text('speakerStatus', row.status),
    community: row.household?.community ?? '',
    building: row.household?.building ?? '',
    unit: row.household?.unit ?? '',
    room: row.room,
    firmware: row.firmware,
    lastSeenAt: maybeInstant(row.lastSeenAt),
    registered: maybeInstant(row.createdAt),
  });
  const body = rows.map((row) => columns.map((column) => cellsOf(row)[column] ?? ''));
  return [Object.values(services.speakerImport.words.export), ...body];
}

function serveLabels(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/speakers/labels', {
    config: { access: only('speakers', OPERATOR, speakers.roles) },
    schema: {
      tags: ['speakers'],
      summary: 'What is printed on the stickers of up to 200 speakers',
      querystring: LabelsWanted,
      response: { 200: Labels, ...problems },
    },
    handler: async (request): Promise<Static<typeof Labels>> => {
      const { ids = '' } = request.query as Static<typeof LabelsWanted>;
      const wanted = [...new Set(ids.split(','))].filter((id) => UUID.test(id)).slice(0, MOST_LABELS);
      const base = parts.publicUrl ?? `${request.protocol}://${request.host}`;
      const rows = await labelsOf(parts.database.db, wanted, base);
      return {
        items: rows.map(({ brand, ...row }) => ({ ...row, brandText: parts.words.text('brand', brand) })),
      };
    },
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
