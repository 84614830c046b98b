import { type Static, Type } from 'typebox';
import { applications as find } from '../../store/queries/applications.ts';
import { instant, maybeInstant } from '../iso.ts';
import { masked, maskName } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const KINDS = ['first', 'renewal', 'lost', 'damaged'] as const;
const STATES = ['draft', 'submitted', 'withdrawn', 'closed'] as const;

const Application = item({
  matter: Text,
  kind: Nullable(Type.Enum(KINDS)),
  kindText: Nullable(Text),
  state: Type.Enum(STATES),
  stateText: Text,
  resident: Nullable(Person),
  proxy: Nullable(Type.Object({ id: Id, name: Text, relation: Text })),
  materials: Type.Array(Text),
  promise: Nullable(Type.Object({ kind: Text, kindText: Text, textVersion: Text, signatureDue: Nullable(Text) })),
  expiresAt: Nullable(Instant),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  kind: Type.Optional(Type.Enum(KINDS)),
  matter: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 申请. What she answered stays sealed: it is finished at the window, in the same draft. */
export const applications: Noun<Row, typeof Filter, typeof Application, typeof nothingMore> = {
  name: 'applications',
  summary: 'Applications',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Application,
  detail: nothingMore,
  find,
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words } }) =>
    rows.map(
      (row): Static<typeof Application> => ({
        id: row.id,
        createdAt: instant(row.createdAt),
        updatedAt: instant(row.updatedAt),
        matter: row.matter,
        kind: row.kind,
        kindText: words.maybe('applicationKind', row.kind),
        state: row.state,
        stateText: words.text('applicationState', row.state),
        resident: masked(row.resident),
        proxy: row.proxy && { ...row.proxy, name: maskName(row.proxy.name) },
        materials: row.materials.map((material) => material.name),
        promise: row.promise && {
          kind: row.promise.kind,
          kindText: words.text('promise', row.promise.kind),
          textVersion: row.promise.textVersion,
          signatureDue: row.promise.signatureDue ?? null,
        },
        expiresAt: maybeInstant(row.expiresAt),
      }),
    ),
};
