import { type Static, Type } from 'typebox';
import { visits as find } from '../../store/queries/visits.ts';
import { WISHES } from '../../store/schema.ts';
import { instant } from '../iso.ts';
import { masked, named } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Day, Id, item, Nullable, Person, Text, Written } from '../schemas.ts';

export const HALVES = ['AM', 'PM'] as const;
const STATES = ['requested', 'planned', 'done', 'cancelled'] as const;

const Visit = item({
  resident: Nullable(Person),
  matter: Text,
  day: Day,
  half: Type.Enum(HALVES),
  halfText: Text,
  worker: Nullable(Person),
  state: Type.Enum(STATES),
  stateText: Text,
  wishes: Type.Array(Type.Enum(WISHES), { description: 'what whoever comes is to know, said by her' }),
  wishesText: Type.Array(Text),
  notes: Nullable(Text),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  half: Type.Optional(Type.Enum(HALVES)),
  matter: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
  worker: Type.Optional(Id),
  day: Type.Optional(Day),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 上门. */
export const visits: Noun<Row, typeof Filter, typeof Visit, typeof nothingMore> = {
  name: 'visits',
  summary: 'Home visits',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Visit,
  detail: nothingMore,
  find,
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ visit, ...row }): Static<typeof Visit> => ({
        id: visit.id,
        createdAt: instant(visit.createdAt),
        updatedAt: instant(visit.updatedAt),
        resident: masked(row.resident),
        matter: visit.matter,
        day: visit.day,
        half: visit.half,
        halfText: words.text('half', visit.half),
        worker: named(row.worker),
        state: visit.state,
        stateText: words.text('visitState', visit.state),
        wishes: visit.wishes,
        wishesText: visit.wishes.map((one) => words.text('wish', one)),
        notes: visit.notes,
      }),
    ),
};
