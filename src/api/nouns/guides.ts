import { type Static, Type } from 'typebox';
import { addDays, shanghaiDay } from '../../clock.ts';
import { STALE_DAYS } from '../../services/guides/desk.ts';
import { guides as find } from '../../store/queries/guides.ts';
import { instant } from '../iso.ts';
import { named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Day, item, Nullable, Person, Text, Written } from '../schemas.ts';

const STATES = ['draft', 'submitted', 'effective', 'withdrawn'] as const;

const Guide = item({
  matter: Text,
  version: Type.Integer(),
  effectiveFrom: Day,
  effectiveUntil: Nullable(Day),
  department: Text,
  source: Text,
  checkedOn: Day,
  state: Type.Enum(STATES),
  stateText: Text,
  stale: Type.Boolean({ description: 'compared with the documents too long ago' }),
  submittedBy: Nullable(Person),
  signedBy: Nullable(Person),
  remark: Nullable(Text),
  sample: Type.Boolean(),
});

const Detail = Type.Object({
  elements: Type.Record(Type.String(), Type.Unknown(), {
    description: 'the thirteen elements of the official guide',
  }),
});

const Filter = Type.Object({
  matter: Type.Optional(Written(80)),
  state: Type.Optional(Type.Enum(STATES)),
  department: Type.Optional(Written(80)),
  on: Type.Optional(Day),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 办事指南. */
export const guides: Noun<Row, typeof Filter, typeof Guide, typeof Detail> = {
  name: 'guides',
  summary: 'Guides to matters, by version',
  roles: ['officer', 'clerk', 'supervisor'],
  filter: Filter,
  item: Guide,
  detail: Detail,
  find,
  show: (rows, { parts: { words }, now }) =>
    rows.map(
      ({ guide, ...row }): Static<typeof Guide> => ({
        id: guide.id,
        createdAt: instant(guide.createdAt),
        updatedAt: instant(guide.updatedAt),
        matter: guide.matter,
        version: guide.version,
        effectiveFrom: guide.effectiveFrom,
        effectiveUntil: guide.effectiveUntil,
        department: guide.department,
        source: guide.source,
        checkedOn: guide.checkedOn,
        state: guide.state,
        stateText: words.text('guideState', guide.state),
        stale: guide.state === 'effective' && guide.checkedOn < addDays(shanghaiDay(now), -STALE_DAYS),
        submittedBy: named(row.submittedBy),
        signedBy: named(row.signedBy),
        remark: guide.remark,
        sample: guide.sample,
      }),
    ),
  more: ({ guide }) => ({ elements: { ...guide.elements } }),
};
