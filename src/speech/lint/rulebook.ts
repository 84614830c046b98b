import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';

const WordList = Type.Record(Type.String(), Type.String());
const Limits = Type.Object({
  unit: Type.Union([Type.Literal('characters'), Type.Literal('words')]),
  advised: Type.Integer({ minimum: 1 }),
  most: Type.Integer({ minimum: 1 }),
});
const LocaleRules = Type.Object({
  sentence: Limits,
  forbidden: WordList,
  jargon: WordList,
  only: Type.Record(Type.String(), Type.Array(Type.String())),
  enumeration: Type.Array(Type.String()),
  figures: Type.Boolean(),
});
const Rulebook = Type.Object({
  statementsBeforeQuestion: Type.Integer(),
  statements: Type.Integer(),
  locales: Type.Object({ 'zh-CN': LocaleRules, 'en-US': LocaleRules }),
  allowed: Type.Record(Type.String(), Type.Array(Type.String())),
});
/** locales/_lint.yaml. */
export type Rulebook = Type.Static<typeof Rulebook>;
export type LocaleRules = Type.Static<typeof LocaleRules>;

const ValueNote = Type.Object({
  means: Type.String({ minLength: 1 }),
  example: Type.Union([Type.String(), Type.Number(), Type.Array(Type.String())]),
  official: Type.Optional(Type.Boolean()),
});
const ValueNotes = Type.Record(Type.String(), ValueNote);
/** locales/_values.yaml: by the value's name, or `pickup.place` where one errand means something else by it. */
export type ValueNotes = Type.Static<typeof ValueNotes>;

/** @throws Error naming what is wrong with the file. */
export const loadRulebook = (root: string): Rulebook => load(root, '_lint.yaml', Rulebook);

/** @throws Error naming what is wrong with the file. */
export const loadValueNotes = (root: string): ValueNotes => load(root, '_values.yaml', ValueNotes);

function load<T extends Type.TSchema>(root: string, file: string, schema: T): Type.Static<T> {
  const read: unknown = parse(readFileSync(join(root, file), 'utf8'));
  if (Value.Check(schema, read)) return read;
  const faults = [...Value.Errors(schema, read)].map((error) => `${error.instancePath} ${error.message}`);
  throw new Error(`locales/${file}: ${faults.join('; ')}`);
}
