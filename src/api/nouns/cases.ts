import { type Static, Type } from 'typebox';
import { daysBetween } from '../../ages.ts';
import { shanghaiDay } from '../../clock.ts';
import { cases as find, stepsOfCase } from '../../store/queries/cases.ts';
import { CASE_STATUSES } from '../../store/schema.ts';
import { instant } from '../iso.ts';
import { masked, named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Day, Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const DELIVERIES = ['none', 'ready', 'collected', 'mailed'] as const;
const KINDS = ['instant', 'promised'] as const;
const ENDED = new Set(['concluded', 'rejected', 'denied', 'withdrawn']);

const Case = item({
  number: Text,
  shortNumber: Text,
  matter: Text,
  resident: Nullable(Person),
  applicationId: Nullable(Id),
  source: Type.Integer(),
  sourceText: Text,
  status: Type.Enum(CASE_STATUSES),
  statusText: Text,
  delivery: Type.Enum(DELIVERIES),
  deliveryText: Text,
  kind: Type.Enum(KINDS),
  kindText: Text,
  limitDays: Nullable(Type.Integer()),
  limitUnit: Nullable(Text),
  limitUnitText: Nullable(Text),
  startsOn: Nullable(Day),
  promisedOn: Nullable(Day),
  overdueDays: Type.Integer({ minimum: 0 }),
  missing: Type.Array(Text),
  reason: Nullable(Text),
  remedy: Nullable(Text),
  askedTwice: Type.Boolean({ description: 'materials were asked for a second time' }),
  sensitive: Type.Boolean(),
  firstOwner: Nullable(Person),
  handler: Nullable(Person),
});

const Detail = Type.Object({
  steps: Type.Array(
    Type.Object({
      at: Instant,
      status: Type.Enum(CASE_STATUSES),
      statusText: Text,
      note: Nullable(Text),
      by: Nullable(Person),
    }),
  ),
  stopped: Type.Array(Type.Object({ from: Text, until: Type.Optional(Text), why: Text })),
  told: Type.Array(Type.Object({ guideVersion: Type.Integer(), at: Text, materials: Type.Array(Text) })),
});

const Filter = Type.Object({
  status: Type.Optional(Type.Enum(CASE_STATUSES)),
  delivery: Type.Optional(Type.Enum(DELIVERIES)),
  kind: Type.Optional(Type.Enum(KINDS)),
  matter: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
  number: Type.Optional(Written(64)),
  handler: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean({ description: 'promised for a day that is over, and not ended' })),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 办件. */
export const cases: Noun<Row, typeof Filter, typeof Case, typeof Detail> = {
  name: 'cases',
  summary: 'Cases',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Case,
  detail: Detail,
  find: (db, { filter: { overdue, ...filter }, ...asked }, now) =>
    find(db, { ...asked, filter: { ...filter, overdueOn: overdue ? shanghaiDay(now) : undefined } }),
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words }, now }) =>
    rows.map(({ file, ...row }): Static<typeof Case> => {
      const { createdAt, updatedAt, stopped, told, residentId, firstOwnerId, handlerId, sample, ...plain } = file;
      return {
        ...plain,
        createdAt: instant(createdAt),
        updatedAt: instant(updatedAt),
        resident: masked(row.resident),
        sourceText: words.text('caseSource', file.source),
        statusText: words.text('caseStatus', file.status),
        deliveryText: words.text('delivery', file.delivery),
        kindText: words.text('caseKind', file.kind),
        limitUnitText: words.maybe('limitUnit', file.limitUnit),
        overdueDays: ENDED.has(file.status) ? 0 : daysAfter(file.promisedOn, shanghaiDay(now)),
        firstOwner: named(row.firstOwner),
        handler: named(row.handler),
      };
    }),
  more: async ({ file }, { db, parts: { words } }) => ({
    steps: (await stepsOfCase(db, file.id)).map((step) => ({
      at: instant(step.at),
      status: step.status,
      statusText: words.text('caseStatus', step.status),
      note: step.note,
      by: named(step.by),
    })),
    stopped: file.stopped,
    told: file.told,
  }),
};

/** Whole days from `promised` to `today`, never negative. */
function daysAfter(promised: string | null, today: string): number {
  return promised === null ? 0 : Math.max(0, daysBetween(promised, today));
}
