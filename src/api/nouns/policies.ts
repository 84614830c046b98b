import { type Static, Type } from 'typebox';
import { policies as find } from '../../store/queries/policies.ts';
import { instant, maybeInstant } from '../iso.ts';
import { named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Day, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const STATES = ['draft', 'submitted', 'published', 'paused', 'recalled'] as const;

const Policy = item({
  code: Text,
  title: Text,
  gist: Text,
  source: Text,
  matter: Nullable(Text),
  validFrom: Day,
  validUntil: Nullable(Day),
  sensitive: Type.Boolean(),
  version: Type.Integer(),
  state: Type.Enum(STATES),
  stateText: Text,
  submittedBy: Nullable(Person),
  signedBy: Nullable(Person),
  sample: Type.Boolean(),
});

const Detail = Type.Object({
  body: Text,
  titleEn: Nullable(Text),
  gistEn: Nullable(Text),
  expected: Nullable(Type.Integer({ description: 'people reached when it was submitted' })),
  canary: Type.Boolean(),
  startsAt: Nullable(Instant),
  remark: Nullable(Text),
  correctedBy: Nullable(Text),
  audience: Type.Record(Type.String(), Type.Unknown()),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  matter: Type.Optional(Written(80)),
  code: Type.Optional(Written(80)),
  sensitive: Type.Optional(Type.Boolean()),
  on: Type.Optional(Day),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 政策. */
export const policies: Noun<Row, typeof Filter, typeof Policy, typeof Detail> = {
  name: 'policies',
  summary: 'Policies',
  roles: ['officer', 'clerk', 'supervisor'],
  filter: Filter,
  item: Policy,
  detail: Detail,
  find,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ policy, ...row }): Static<typeof Policy> => ({
        id: policy.id,
        createdAt: instant(policy.createdAt),
        updatedAt: instant(policy.updatedAt),
        code: policy.code,
        title: policy.title,
        gist: policy.gist,
        source: policy.source,
        matter: policy.matter,
        validFrom: policy.validFrom,
        validUntil: policy.validUntil,
        sensitive: policy.sensitive,
        version: policy.version,
        state: policy.state,
        stateText: words.text('policyState', policy.state),
        submittedBy: named(row.submittedBy),
        signedBy: named(row.signedBy),
        sample: policy.sample,
      }),
    ),
  more: ({ policy }) => ({
    body: policy.body,
    titleEn: policy.titleEn,
    gistEn: policy.gistEn,
    expected: policy.expected,
    canary: policy.canary,
    startsAt: maybeInstant(policy.startsAt),
    remark: policy.remark,
    correctedBy: policy.correctedBy,
    audience: { ...policy.audience },
  }),
};
