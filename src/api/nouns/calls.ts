import { type Static, Type } from 'typebox';
import { calls as find } from '../../store/queries/calls.ts';
import { CALL_STATES } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { masked, named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, SpeakerRef, Text, Written } from '../schemas.ts';
import { moments, period } from './period.ts';
import { speakerRef } from './speaker-ref.ts';

const Call = item({
  resident: Nullable(Person),
  speaker: SpeakerRef,
  clerk: Nullable(Person),
  reason: Text,
  reasonText: Text,
  state: Type.Enum(CALL_STATES),
  stateText: Text,
  offeredAt: Nullable(Instant),
  talkingAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  outcome: Nullable(Text),
  outcomeText: Nullable(Text),
});

const Detail = Type.Object({
  brief: Type.Record(Type.String(), Type.Unknown(), {
    description: 'what the resident had said before she was connected',
  }),
  route: Type.Array(Type.Object({ staffId: Text, at: Text, outcome: Text })),
  notes: Nullable(Text),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(CALL_STATES)),
  outcome: Type.Optional(Written(40)),
  reason: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
  speaker: Type.Optional(Id),
  clerk: Type.Optional(Id),
  ...period,
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 通话. */
export const calls: Noun<Row, typeof Filter, typeof Call, typeof Detail> = {
  name: 'calls',
  summary: 'Live calls',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Call,
  detail: Detail,
  find: (db, { filter: { from, until, ...filter }, ...asked }) =>
    find(db, { ...asked, filter: { ...filter, ...moments(from, until) } }),
  resident: (row) => row.resident?.id ?? null,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ call, ...row }): Static<typeof Call> => ({
        id: call.id,
        createdAt: instant(call.createdAt),
        updatedAt: instant(call.updatedAt),
        resident: masked(row.resident),
        speaker: speakerRef(row.speaker),
        clerk: named(row.clerk),
        reason: call.reason,
        reasonText: words.text('reason', call.reason),
        state: call.state,
        stateText: words.text('callState', call.state),
        offeredAt: maybeInstant(call.offeredAt),
        talkingAt: maybeInstant(call.talkingAt),
        endedAt: maybeInstant(call.endedAt),
        outcome: call.outcome,
        outcomeText: words.maybe('outcome', call.outcome),
      }),
    ),
  more: ({ call }) => ({ brief: call.brief, route: call.route, notes: call.notes }),
};
