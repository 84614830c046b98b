import { type Static, Type } from 'typebox';
import { ageOn } from '../../ages.ts';
import { shanghaiDay } from '../../clock.ts';
import { consentsOf, residents as find } from '../../store/queries/residents.ts';
import { instant } from '../iso.ts';
import { maskIdNumber, maskName, maskPhone, named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';
import { addressOf } from './speakers.ts';

const STATES = ['living', 'hospital', 'moved', 'deceased'] as const;
const LOCALES = ['zh-CN', 'en-US'] as const;

const Resident = item({
  name: Type.String({ description: 'first character and a star' }),
  called: Text,
  sex: Text,
  sexText: Text,
  age: Type.Integer(),
  household: Nullable(Person),
  station: Nullable(Person),
  state: Type.Enum(STATES),
  stateText: Text,
  locale: Type.Enum(LOCALES),
  localeText: Text,
  alone: Type.Boolean(),
});

const Detail = Type.Object({
  phone: Nullable(Type.String({ description: 'first three and last four digits' })),
  idNumber: Nullable(Type.String({ description: 'first and last character' })),
  hukou: Text,
  hukouText: Text,
  flags: Type.Record(Type.String(), Type.Unknown()),
  voice: Nullable(Type.String({ description: 'null: the usual of her language' })),
  patience: Nullable(Type.Integer({ description: 'ms of silence after which she has finished' })),
  pace: Type.Integer({ description: 'characters a minute' }),
  channel: Text,
  channelText: Text,
  quietFrom: Text,
  quietUntil: Text,
  hasPin: Type.Boolean(),
  consents: Type.Array(
    Type.Object({ purpose: Text, purposeText: Text, given: Type.Boolean(), textVersion: Text, at: Instant }),
  ),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  household: Type.Optional(Id),
  station: Type.Optional(Id),
  building: Type.Optional(Written(80)),
  locale: Type.Optional(Type.Enum(LOCALES)),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 居民. Never by name or number in the address line: what stands there is logged along the way. */
export const residents: Noun<Row, typeof Filter, typeof Resident, typeof Detail> = {
  name: 'residents',
  summary: 'Residents',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Resident,
  detail: Detail,
  find,
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words }, now }) =>
    rows.map(
      ({ resident: her, household, station }): Static<typeof Resident> => ({
        id: her.id,
        createdAt: instant(her.createdAt),
        updatedAt: instant(her.updatedAt),
        name: maskName(her.name),
        called: her.called,
        sex: her.sex,
        sexText: words.text('sex', her.sex),
        age: ageOn(her.birthDate, shanghaiDay(now)),
        household: { id: household.id, name: addressOf(household) },
        station: named(station),
        state: her.state,
        stateText: words.text('residentState', her.state),
        locale: her.locale,
        localeText: words.text('locale', her.locale),
        alone: her.flags.alone === true,
      }),
    ),
  more: async ({ resident: her }, { db, parts: { words, fields } }) => ({
    phone: her.phoneSealed && maskPhone(fields.open(her.phoneSealed, `resident.phoneSealed:${her.id}`)),
    idNumber: her.idNumberSealed && maskIdNumber(fields.open(her.idNumberSealed, `resident.idNumberSealed:${her.id}`)),
    hukou: her.hukou,
    hukouText: words.text('hukou', her.hukou),
    flags: { ...her.flags },
    pace: her.pace,
    voice: her.voice,
    patience: her.patience,
    channel: her.channel,
    channelText: words.text('channel', her.channel),
    quietFrom: her.quietFrom,
    quietUntil: her.quietUntil,
    hasPin: her.pinHash !== null,
    consents: (await consentsOf(db, her.id)).map((consent) => ({
      ...consent,
      purposeText: words.text('consent', consent.purpose),
      at: instant(consent.at),
    })),
  }),
};
