import { type Static, Type } from 'typebox';
import { firstAt, settingsFor } from '../../services/fleet/speaker-settings.ts';
import { calledAt, speakers as find, historyOfSpeaker } from '../../store/queries/speakers.ts';
import { SPEAKER_STATES } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

export const BRANDS = ['speaker', 'dueros', 'alexa', 'aligenie', 'xiaoai'] as const;

const Speaker = item({
  serial: Text,
  brand: Type.Enum(BRANDS),
  brandText: Text,
  deviceId: Text,
  status: Type.Enum(SPEAKER_STATES),
  statusText: Text,
  household: Nullable(Type.Object({ id: Id, name: Text, community: Text, building: Text, unit: Text })),
  residents: Type.Array(Type.Object({ id: Id, called: Text }), {
    description: 'how those who live there want to be called',
  }),
  room: Nullable(Text),
  firmware: Nullable(Text),
  online: Type.Boolean(),
  lastSeenAt: Nullable(Instant),
});

const Detail = Type.Object({
  settings: Type.Object({
    volume: Type.Integer({ description: '0 to 100' }),
    pace: Type.Integer({ description: 'characters a minute' }),
    quietFrom: Text,
    quietUntil: Text,
    reportedVolume: Nullable(Type.Integer({ description: 'as the speaker itself last said' })),
  }),
  waitsForCode: Type.Boolean({ description: 'reads out a pairing code' }),
  history: Type.Array(
    Type.Object({ at: Instant, what: Text, whatText: Text, householdId: Nullable(Id), by: Nullable(Person) }),
  ),
});

const Filter = Type.Object({
  status: Type.Optional(Type.Enum(SPEAKER_STATES)),
  brand: Type.Optional(Type.Enum(BRANDS)),
  serial: Type.Optional(Written(80)),
  device: Type.Optional(Written(200)),
  household: Type.Optional(Id),
  station: Type.Optional(Id),
  community: Type.Optional(Written(80)),
  building: Type.Optional(Written(80)),
  room: Type.Optional(Written(40)),
  firmware: Type.Optional(Written(40)),
  silent: Type.Optional(Type.Boolean({ description: 'not heard of for days' })),
  q: Type.Optional(Written(80)),
  code: Type.Optional(Written(6)),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 音箱. The operator's view is everybody's: building, unit, what she is called, the device, and nothing of her affairs. */
export const speakers: Noun<Row, typeof Filter, typeof Speaker, typeof Detail> = {
  name: 'speakers',
  summary: 'Speakers',
  roles: ['operator', 'clerk', 'supervisor'],
  filter: Filter,
  item: Speaker,
  detail: Detail,
  find,
  resident: () => null,
  show: async (rows, { db, parts }) => {
    const homes = await calledAt(
      db,
      rows.flatMap((row) => (row.household ? [row.household.id] : [])),
    );
    const online = await Promise.all(rows.map((row) => isOnline(parts.presence, row.device)));
    return rows.map(
      (row, n): Static<typeof Speaker> => ({
        id: row.id,
        createdAt: instant(row.createdAt),
        updatedAt: instant(row.updatedAt),
        serial: row.serial,
        brand: row.brand,
        brandText: parts.words.text('brand', row.brand),
        deviceId: row.device,
        status: row.status,
        statusText: parts.words.text('speakerStatus', row.status),
        household: row.household && { ...row.household, name: addressOf(row.household) },
        residents: (homes.get(row.household?.id ?? '') ?? []).map(({ id, called }) => ({ id, called })),
        room: row.room,
        firmware: row.firmware,
        online: online[n] ?? false,
        lastSeenAt: maybeInstant(row.lastSeenAt),
      }),
    );
  },
  more: async (row, { db, parts: { words } }) => ({
    settings: {
      ...settingsFor(row.settings, await firstAt(db, row.household?.id ?? null)),
      reportedVolume: typeof row.settings.reportedVolume === 'number' ? row.settings.reportedVolume : null,
    },
    waitsForCode: row.status === 'new' && row.waits,
    history: (await historyOfSpeaker(db, row.id)).map((event) => ({
      at: instant(event.at),
      what: event.what,
      whatText: words.text('speakerEvent', event.what),
      householdId: event.householdId,
      by: named(event.by),
    })),
  }),
};

/** Presence is a courtesy: a list is shown without it rather than not at all. */
async function isOnline(
  presence: { where(device: string): Promise<string | undefined> },
  device: string,
): Promise<boolean> {
  return presence.where(device).then(
    (instance) => instance !== undefined,
    () => false,
  );
}

/** Community, building and unit in one line. */
export function addressOf(home: { community: string; building: string; unit: string }): string {
  return `${home.community}${home.building}${home.unit}`;
}
