import { type Static, Type } from 'typebox';
import { openSessions, staffAccounts } from '../../store/queries/staff.ts';
import { ROLES } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const Account = item({
  username: Text,
  name: Text,
  badge: Nullable(Text),
  role: Type.Enum(ROLES),
  roleText: Text,
  place: Nullable(Person),
  duty: Nullable(Type.Enum(['A', 'B'])),
  skills: Type.Array(Text),
  languages: Type.Array(Text),
  locked: Type.Boolean(),
  lockedUntil: Nullable(Instant),
  disabled: Type.Boolean(),
  disabledAt: Nullable(Instant),
  mustChangePassword: Type.Boolean(),
  secondFactor: Type.Boolean(),
});

const Detail = Type.Object({
  phone: Nullable(Type.String({ description: 'her own at work, in full: who gives it must be able to check it' })),
  sessions: Type.Array(
    Type.Object({ id: Id, createdAt: Instant, seenAt: Instant, address: Nullable(Text), agent: Nullable(Text) }),
  ),
});

const Filter = Type.Object({
  role: Type.Optional(Type.Enum(ROLES)),
  place: Type.Optional(Id),
  username: Type.Optional(Written(64)),
  disabled: Type.Optional(Type.Boolean()),
});

type Row = Awaited<ReturnType<typeof staffAccounts>>['rows'][number];

/** 账号. The security administrator's, who in turn sees nobody's affairs (三员分立). */
export const staff: Noun<Row, typeof Filter, typeof Account, typeof Detail> = {
  name: 'staff',
  summary: 'Staff accounts',
  roles: ['security'],
  filter: Filter,
  item: Account,
  detail: Detail,
  find: staffAccounts,
  show: (rows, { parts: { words }, now }) =>
    rows.map(
      (row): Static<typeof Account> => ({
        id: row.id,
        createdAt: instant(row.createdAt),
        updatedAt: instant(row.updatedAt),
        username: row.username,
        name: row.name,
        badge: row.badge,
        role: row.role,
        roleText: words.text('role', row.role),
        place: named(row.place),
        duty: row.duty,
        skills: row.skills,
        languages: row.languages,
        locked: row.lockedUntil !== null && row.lockedUntil > now,
        lockedUntil: maybeInstant(row.lockedUntil),
        disabled: row.disabledAt !== null,
        disabledAt: maybeInstant(row.disabledAt),
        mustChangePassword: row.mustChangePassword,
        secondFactor: row.totpSealed !== null,
      }),
    ),
  more: async (row, { db }) => ({
    phone: row.phone,
    sessions: (await openSessions(db, row.id)).map((session) => ({
      ...session,
      createdAt: instant(session.createdAt),
      seenAt: instant(session.seenAt),
    })),
  }),
};
