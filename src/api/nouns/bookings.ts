import { type Static, Type } from 'typebox';
import { type BookingFilter, bookings as find } from '../../store/queries/bookings.ts';
import { instant, span } from '../iso.ts';
import { masked, maskName, named } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Day, Id, Instant, item, Nullable, Person, SpeakerRef, Text, Written } from '../schemas.ts';
import { speakerRef } from './speaker-ref.ts';

const DIRECTIONS = ['collect', 'hand_in'] as const;
const MODES = ['window', 'locker', 'courier', 'home', 'proxy'] as const;
const STATES = ['booked', 'attended', 'missed', 'cancelled'] as const;

const Booking = item({
  matter: Text,
  direction: Type.Enum(DIRECTIONS),
  directionText: Text,
  mode: Type.Enum(MODES),
  modeText: Text,
  place: Nullable(Person),
  day: Day,
  start: Instant,
  end: Instant,
  state: Type.Enum(STATES),
  stateText: Text,
  resident: Nullable(Person),
  speaker: SpeakerRef,
  collector: Nullable(Text),
  caseId: Nullable(Id),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  direction: Type.Optional(Type.Enum(DIRECTIONS)),
  mode: Type.Optional(Type.Enum(MODES)),
  matter: Type.Optional(Written(80)),
  resident: Type.Optional(Id),
  speaker: Type.Optional(Id),
  case: Type.Optional(Id),
  place: Type.Optional(Id),
  day: Type.Optional(Day),
  from: Type.Optional(Day),
  until: Type.Optional(Day),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 预约. */
export const bookings: Noun<Row, typeof Filter, typeof Booking, typeof nothingMore> = {
  name: 'bookings',
  summary: 'Bookings to hand in or collect a document',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Booking,
  detail: nothingMore,
  find: (db, asked) => find(db, asked satisfies { filter: BookingFilter }),
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words } }) =>
    rows.map(
      (row): Static<typeof Booking> => ({
        id: row.id,
        createdAt: instant(row.createdAt),
        updatedAt: instant(row.updatedAt),
        matter: row.matter,
        direction: row.direction,
        directionText: words.text('direction', row.direction),
        mode: row.mode,
        modeText: words.text('mode', row.mode),
        place: named(row.place),
        day: row.day,
        ...span(row.day, row.start, row.minutes),
        state: row.state,
        stateText: words.text('bookingState', row.state),
        resident: masked(row.resident),
        speaker: speakerRef(row.speaker),
        collector: row.collector === null ? null : maskName(row.collector),
        caseId: row.caseId,
      }),
    ),
};
