/** The shapes that every route shares. */
import { type TObject, type TSchema, Type } from 'typebox';

const MAX_PAGE_SIZE = 200;

export const Id = Type.String({ format: 'uuid' });
export const Instant = Type.String({ description: 'ISO 8601, +08:00' });
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD, Shanghai' });
export const Person = Type.Object({ id: Type.String(), name: Type.String() });
/** A member that is always there and may be null: absent is another thing. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Text = Type.String();
/** Words from outside, with an end, and without the character that PostgreSQL cannot store. */
export const Written = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000]*$' });

/** What every item has. */
export const item = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object({ id: Id, createdAt: Instant, updatedAt: Instant, ...properties });

export const SpeakerRef = Nullable(Type.Object({ id: Id, name: Text, deviceId: Text }));

/** A page of items; every list answers one. */
export const listOf = <T extends TObject>(schema: T) =>
  Type.Object({ items: Type.Array(schema), page: Type.Integer(), pageSize: Type.Integer(), total: Type.Integer() });

export const Paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 50 })),
};

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: 'what a person reads' }),
    status: Type.Integer(),
    code: Type.String({ description: 'what a program reads; never reused' }),
    instance: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }))),
  },
  { title: 'Problem', description: 'application/problem+json, RFC 9457' },
);

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** What may be answered instead, on every route of the interface. */
export const problems = {
  '4xx': problem(
    'refused: sign in (401), token missing (403), not found or out of scope (404), state (409), too fast (429)',
  ),
  '5xx': problem('out of order or overloaded (503)'),
};
