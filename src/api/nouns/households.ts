import { type Static, Type } from 'typebox';
import { households as find, speakersAt } from '../../store/queries/households.ts';
import { calledAt } from '../../store/queries/speakers.ts';
import { SPEAKER_STATES } from '../../store/schema.ts';
import { instant } from '../iso.ts';
import { named } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, item, Nullable, Person, Text, Written } from '../schemas.ts';
import { addressOf } from './speakers.ts';

const Household = item({
  name: Text,
  community: Text,
  building: Text,
  unit: Text,
  station: Nullable(Person),
  residents: Type.Array(Type.Object({ id: Id, called: Text })),
  speakers: Type.Array(
    Type.Object({ id: Id, name: Text, deviceId: Text, status: Type.Enum(SPEAKER_STATES), statusText: Text }),
  ),
});

const Filter = Type.Object({
  community: Type.Optional(Written(80)),
  building: Type.Optional(Written(80)),
  unit: Type.Optional(Written(80)),
  station: Type.Optional(Id),
  q: Type.Optional(Written(80)),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 住户. */
export const households: Noun<Row, typeof Filter, typeof Household, typeof nothingMore> = {
  name: 'households',
  summary: 'Households and the speakers in them',
  roles: ['operator', 'clerk', 'supervisor'],
  filter: Filter,
  item: Household,
  detail: nothingMore,
  find,
  resident: () => null,
  show: async (rows, { db, parts: { words } }) => {
    const ids = rows.map((row) => row.household.id);
    const homes = await calledAt(db, ids);
    const devices = await speakersAt(db, ids);
    return rows.map(
      ({ household, station }): Static<typeof Household> => ({
        id: household.id,
        createdAt: instant(household.createdAt),
        updatedAt: instant(household.updatedAt),
        name: addressOf(household),
        community: household.community,
        building: household.building,
        unit: household.unit,
        station: named(station),
        residents: (homes.get(household.id) ?? []).map(({ id, called }) => ({ id, called })),
        speakers: devices
          .filter((device) => device.householdId === household.id)
          .map(({ id, serial, device, status }) => ({
            id,
            name: serial,
            deviceId: device,
            status,
            statusText: words.text('speakerStatus', status),
          })),
      }),
    );
  },
};
