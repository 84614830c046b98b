/** Tables that people bring in and take along: what a file travels in, how it is read from a request and sent in an answer. */
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../errors.ts';
import { Text } from './schemas.ts';
import type { Words } from './words.ts';

export const LARGEST_FILE = 5 * 1024 * 1024;
/** Each is parsed, checked against the database and perhaps written: nobody needs more. */
export const IMPORTS = { limit: 30, windowSeconds: 60 };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
export const RAW = ['text/csv', XLSX, 'application/vnd.ms-excel', 'application/octet-stream'];

export const Fault = Type.Object({ field: Text, fieldText: Text, code: Text, text: Text });
export const Trial = Type.Object({
  dryRun: Type.Optional(Type.Boolean({ default: false, description: 'true: says what would happen, writes nothing' })),
});
export const Format = Type.Object({ format: Type.Optional(Type.Enum(['csv', 'xlsx'], { default: 'xlsx' })) });

/** A table as an answer, for the description of a route: CSV or Excel. */
export const fileOf = (description: string) => ({
  description,
  content: { 'text/csv': { schema: Type.String() }, [XLSX]: { schema: Type.String({ format: 'binary' }) } },
});

/** In a scope of its own: only there may a body be a file. */
export async function takingFiles(outer: FastifyInstance, serve: (scope: FastifyInstance) => void): Promise<void> {
  await outer.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: LARGEST_FILE, files: 1, fields: 5, parts: 6 } });
    scope.addContentTypeParser(RAW, { parseAs: 'buffer', bodyLimit: LARGEST_FILE }, (_request, body, done) =>
      done(null, body),
    );
    serve(scope);
  });
}

/** The file of a form, or the body itself. @throws Refusal BadInput without one · FileUnreadable when it is too large */
export async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) {
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new Refusal('BadInput', { field: 'file' });
    return request.body;
  }
  const part = await request.file().catch(() => undefined);
  if (!part) throw new Refusal('BadInput', { field: 'file' });
  return part.toBuffer().catch((cause: unknown) => {
    throw new Refusal('FileUnreadable', {}, { cause });
  });
}

/** What is wrong, in words of these two tables. */
export const faultsIn =
  (words: Words, { fields, codes }: { fields: string; codes: string }) =>
  ({ field, code }: { field: string; code: string }) => ({
    field,
    fieldText: words.text(fields, field),
    code,
    text: words.text(codes, code),
  });

/** Sends it as a download. `name` is without its ending and plain ASCII: it stands in a header. */
export function sendFile(reply: FastifyReply, name: string, format: 'csv' | 'xlsx', bytes: Buffer) {
  return reply
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .type(format === 'csv' ? CSV : XLSX)
    .send(bytes);
}
