import { type Static, Type } from 'typebox';
import { auditRows } from '../../store/queries/audit.ts';
import { instant } from '../iso.ts';
import { maskName } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';
import { moments, period } from './period.ts';

const RESULTS = ['done', 'denied', 'failed'] as const;

const Row = item({
  at: Instant,
  actor: Type.Object({ id: Text, name: Text, kind: Text, kindText: Text }),
  role: Text,
  roleText: Text,
  action: Text,
  actionText: Text,
  resident: Nullable(Person),
  residentId: Nullable(Id),
  subject: Nullable(Text),
  fields: Type.Array(Text),
  reason: Nullable(Text),
  result: Type.Enum(RESULTS),
  resultText: Text,
  sealed: Type.Boolean({ description: 'already part of the signed chain' }),
});

const Filter = Type.Object({
  action: Type.Optional(Written(80)),
  actor: Type.Optional(Written(80)),
  role: Type.Optional(Written(40)),
  resident: Type.Optional(Id),
  result: Type.Optional(Type.Enum(RESULTS)),
  ...period,
});

type Found = Awaited<ReturnType<typeof auditRows>>['rows'][number];

/** 审计. Reading it is written down too. */
export const audit: Noun<Found, typeof Filter, typeof Row, typeof nothingMore> = {
  name: 'audit',
  summary: 'Who saw and did what',
  roles: ['auditor'],
  filter: Filter,
  item: Row,
  detail: nothingMore,
  find: (db, { filter: { from, until, ...filter }, ...asked }) =>
    auditRows(db, { ...asked, filter: { ...filter, ...moments(from, until) } }),
  resident: () => null,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ audit: row, ...joined }): Static<typeof Row> => ({
        id: row.id,
        createdAt: instant(row.at),
        updatedAt: instant(row.at),
        at: instant(row.at),
        actor: {
          id: row.actorId,
          name: joined.actorName ?? words.text('actorKind', row.actorKind),
          kind: row.actorKind,
          kindText: words.text('actorKind', row.actorKind),
        },
        role: row.role,
        roleText: words.text('role', row.role),
        action: row.action,
        actionText: words.text('auditAction', row.action),
        resident: row.residentId === null ? null : { id: row.residentId, name: maskName(joined.residentName ?? '') },
        residentId: row.residentId,
        subject: row.subject,
        fields: row.fields,
        reason: row.reason,
        result: row.result,
        resultText: words.text('auditResult', row.result),
        sealed: joined.sequence !== null,
      }),
    ),
};
