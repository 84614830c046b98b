import { type Static, Type } from 'typebox';
import { alarms as find } from '../../store/queries/alarms.ts';
import { ALARM_KINDS } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { named } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, SpeakerRef, Text } from '../schemas.ts';
import { addressOf } from './speakers.ts';

const Alarm = item({
  kind: Type.Enum(ALARM_KINDS),
  kindText: Text,
  speaker: SpeakerRef,
  household: Nullable(Person),
  since: Instant,
  lastSeenAt: Nullable(Instant),
  note: Nullable(Text),
  notedBy: Nullable(Person),
  notedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
});

const Filter = Type.Object({
  open: Type.Optional(Type.Boolean()),
  kind: Type.Optional(Type.Enum(ALARM_KINDS)),
  speaker: Type.Optional(Id),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 告警: speakers that somebody should look at. */
export const alarms: Noun<Row, typeof Filter, typeof Alarm, typeof nothingMore> = {
  name: 'alarms',
  summary: 'Speakers that somebody should look at',
  roles: ['operator'],
  filter: Filter,
  item: Alarm,
  detail: nothingMore,
  find,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ alarm, speaker, household, noted }): Static<typeof Alarm> => ({
        id: alarm.id,
        createdAt: instant(alarm.createdAt),
        updatedAt: instant(alarm.updatedAt),
        kind: alarm.kind,
        kindText: words.text('alarmKind', alarm.kind),
        speaker: { id: speaker.id, name: speaker.serial, deviceId: speaker.device },
        household: household && { id: household.id, name: addressOf(household) },
        since: instant(alarm.since),
        lastSeenAt: maybeInstant(speaker.lastSeenAt),
        note: alarm.note,
        notedBy: named(noted),
        notedAt: maybeInstant(alarm.notedAt),
        closedAt: maybeInstant(alarm.closedAt),
      }),
    ),
};
