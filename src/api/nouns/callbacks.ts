import { type Static, Type } from 'typebox';
import { wishesIn } from '../../services/callbacks/hers.ts';
import { callbacks as find } from '../../store/queries/callbacks.ts';
import { WISHES } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { masked, maskPhone, named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, SpeakerRef, Text, Written } from '../schemas.ts';
import { speakerRef } from './speaker-ref.ts';

const STATES = ['open', 'closed'] as const;

const CARRIER = ['ringing', 'talked', 'no_answer', 'busy', 'failed'] as const;

const Callback = item({
  station: Nullable(Person),
  resident: Nullable(Person),
  speaker: SpeakerRef,
  clerk: Nullable(Person),
  callId: Nullable(Id),
  reason: Text,
  reasonText: Text,
  matter: Nullable(Text),
  wanted: Nullable(Type.String({ description: 'HH:MM, AM or PM, where she named a time' })),
  dueAt: Instant,
  overdue: Type.Boolean(),
  tries: Type.Integer(),
  rings: Type.Boolean({ description: 'a carrier can be asked to ring the clerk and the resident' }),
  carrier: Nullable(
    Type.Object(
      { state: Type.Enum(CARRIER), stateText: Text, at: Instant },
      {
        description:
          'what the carrier told last of its two-way call; `ringing`: it was asked, and has told nothing yet',
      },
    ),
  ),
  state: Type.Enum(STATES),
  stateText: Text,
  outcome: Nullable(Text),
  outcomeText: Nullable(Text),
  wishes: Type.Array(Type.Enum(WISHES), { description: 'what whoever rings is to know, said by her' }),
  wishesText: Type.Array(Text),
  notes: Nullable(Text),
  closedAt: Nullable(Instant),
});

const Detail = Type.Object({
  brief: Type.Record(Type.String(), Type.Unknown()),
  phone: Nullable(Type.String({ description: 'first three and last four digits' })),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  reason: Type.Optional(Written(80)),
  matter: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
  speaker: Type.Optional(Id),
  station: Type.Optional(Id),
  clerk: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 回电. */
export const callbacks: Noun<Row, typeof Filter, typeof Callback, typeof Detail> = {
  name: 'callbacks',
  summary: 'Callbacks that are owed',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Callback,
  detail: Detail,
  find: (db, { filter: { overdue, ...filter }, ...asked }, now) =>
    find(db, { ...asked, filter: { ...filter, overdueAt: overdue ? now : undefined } }),
  resident: (row) => row.resident?.id ?? null,
  show: (rows, { parts: { words, carrier }, now }) =>
    rows.map(
      ({ callback, ...row }): Static<typeof Callback> => ({
        id: callback.id,
        createdAt: instant(callback.createdAt),
        updatedAt: instant(callback.updatedAt),
        station: named(row.station),
        resident: masked(row.resident),
        speaker: speakerRef(row.speaker),
        clerk: named(row.clerk),
        callId: callback.callId,
        reason: callback.reason,
        reasonText: words.text('reason', callback.reason),
        matter: callback.matter,
        wanted: callback.wanted,
        dueAt: instant(callback.dueAt),
        overdue: callback.state === 'open' && callback.dueAt < now,
        tries: callback.tries,
        rings: carrier !== undefined && callback.state === 'open' && (callback.phoneSealed ?? row.resident) !== null,
        carrier: callback.carrierState &&
          callback.carrierAt && {
            state: callback.carrierState,
            stateText: words.text('carrierState', callback.carrierState),
            at: instant(callback.carrierAt),
          },
        state: callback.state,
        stateText: words.text('callbackState', callback.state),
        outcome: callback.outcome,
        outcomeText: words.maybe('outcome', callback.outcome),
        wishes: wishesIn(callback.brief),
        wishesText: wishesIn(callback.brief).map((one) => words.text('wish', one)),
        notes: callback.notes,
        closedAt: maybeInstant(callback.closedAt),
      }),
    ),
  more: ({ callback }, { parts: { fields } }) => ({
    brief: callback.brief,
    phone: callback.phoneSealed && maskPhone(fields.open(callback.phoneSealed, `callback.phoneSealed:${callback.id}`)),
  }),
};
