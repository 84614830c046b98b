/** docs/speaker-protocol.asyncapi.yaml as something that frames are held against. */
import { readFileSync } from 'node:fs';
import Schema from 'typebox/schema';
import { parse } from 'yaml';

type Json = Record<string, unknown>;
interface HeaderField {
  name: string;
  at: number;
  bytes: 1 | 2 | 4;
  values?: Record<number, string>;
}
interface Described {
  payload: Json & { required: string[]; properties: Record<string, { enum?: unknown[] }> };
  'x-header'?: HeaderField[];
  'x-sound-at'?: number;
}
type Listed = { messages: { $ref: string }[] };

export const described = parse(readFileSync('docs/speaker-protocol.asyncapi.yaml', 'utf8')) as {
  info: { version: string };
  channels: { speaker: { messages: Json } };
  operations: Record<'toServer' | 'toDevice', Listed>;
  components: { messages: Record<string, Described>; schemas: Record<string, Json> };
};
const { messages, schemas } = described.components;

/** The names of the frames in one direction. */
export const listed = (operation: 'toServer' | 'toDevice'): string[] =>
  described.operations[operation].messages.map(({ $ref }) => $ref.split('/').at(-1) ?? '');

/** References of the document resolved, and every member that it does not name forbidden: the document must be whole. */
export function exact(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(exact);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...rest } = schema as Json;
  if (typeof $ref === 'string') return exact(schemas[$ref.split('/').at(-1) ?? '']);
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, exact(value)]));
  return inner.properties && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}

const checks = new Map(
  Object.entries(messages).map(([type, { payload }]) => [type, Schema.Compile(exact(payload) as Json)]),
);

/** What is wrong with a frame by the document's own schema. */
export function wrongWith(frame: object): string[] {
  const type = String((frame as Json).type);
  const [fits, errors] = checks.get(type)?.Errors(frame) ?? [false, undefined];
  if (!errors) return [`${type} is not described`];
  return fits ? [] : errors.map(({ instancePath, message }) => `${type}${instancePath} ${message}`);
}

/** A binary frame taken apart as the document says, with no other knowledge of it. */
export function takenApart(bytes: Buffer): Json {
  const { 'x-header': header = [], 'x-sound-at': at = 0 } = messages.sound ?? ({} as Described);
  const fields = header.map(({ name, at: from, bytes: length, values }) => {
    const number = bytes.readUIntBE(from, length);
    return [name, values ? values[number] : number] as const;
  });
  return { ...Object.fromEntries(fields), sound: bytes.subarray(at) };
}
