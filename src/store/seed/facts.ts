/** The community's public facts as `catalogue/` states them: what may be loaded into the database, and in what form. */
import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false };
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = Type.String({ minLength: 1 });
const Confidence = Type.Enum(['H', 'M', 'L', 'K', 'A']);
const Hukou = Type.Enum(['binhai', 'tianjin', 'outside']);
const Flag = Type.Enum([
  'dibao',
  'edge',
  'tekun',
  'disability',
  'alone',
  'special',
  'mobility',
  'hearing',
  'widow',
  'unregisteredCare',
]);
const ClockTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' });
const Hours = Type.Record(
  Type.String({ pattern: '^[1-7]$' }),
  Type.Array(Type.Tuple([ClockTime, ClockTime]), { minItems: 1 }),
);

const Material = Type.Object(
  {
    name: Words,
    original: Type.Optional(Type.Integer({ minimum: 0 })),
    copies: Type.Optional(Type.Integer({ minimum: 0 })),
    note: Type.Optional(Words),
    onFile: Type.Optional(Type.Boolean()),
  },
  closed,
);

const Source = Type.Object(
  {
    document: Words,
    number: Type.Optional(Words),
    date: Type.Optional(Words),
    link: Type.Optional(Words),
    confidence: Confidence,
    covers: Type.Array(Words, { minItems: 1 }),
  },
  closed,
);

const Rule = Type.Object(
  {
    ageFrom: Type.Integer({ minimum: 1, maximum: 120 }),
    earlyMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 12 })),
    hukou: Type.Optional(Type.Array(Hukou, { minItems: 1 })),
    otherHukou: Type.Optional(Type.Enum(['no', 'unknown'])),
  },
  closed,
);

const Elements = Type.Object(
  {
    gist: Words,
    acceptedBy: Words,
    category: Words,
    basis: Words,
    audience: Words,
    conditions: Words,
    materials: Type.Array(Material, { minItems: 1 }),
    materialsNote: Type.Optional(Words),
    materialsPartial: Type.Optional(Type.Boolean()),
    commonMistakes: Words,
    steps: Words,
    fee: Words,
    timeLimit: Words,
    enquiry: Words,
    supervision: Words,
    place: Words,
    hours: Words,
    phone: Type.Optional(Type.String({ pattern: '^\\d{5,12}$' })),
    channels: Words,
    trips: Words,
    amount: Type.Optional(Words),
    amounts: Type.Optional(
      Type.Array(Type.Object({ ageFrom: Type.Integer({ minimum: 1, maximum: 120 }), text: Words }, closed), {
        minItems: 1,
      }),
    ),
    arrears: Type.Optional(Words),
    rule: Type.Optional(Rule),
    byVoice: Type.Optional(Type.Boolean()),
    gistEn: Words,
    materialsEn: Type.Array(Words, { minItems: 1 }),
    conditionsEn: Type.Optional(Words),
    amountEn: Type.Optional(Words),
    arrearsEn: Type.Optional(Words),
    feeEn: Type.Optional(Words),
    timeLimitEn: Type.Optional(Words),
    placeEn: Type.Optional(Words),
    hoursEn: Type.Optional(Words),
  },
  closed,
);

/** `guides/<matter>.yaml`: one version of one matter. */
export const GuideFact = Type.Object(
  {
    matter: Words,
    version: Type.Integer({ minimum: 1 }),
    effectiveFrom: Day,
    effectiveUntil: Type.Optional(Day),
    department: Words,
    source: Words,
    checkedOn: Day,
    sample: Type.Boolean(),
    /** Not to be named aloud while others may listen. */
    sensitive: Type.Boolean(),
    sources: Type.Array(Source, { minItems: 1 }),
    elements: Elements,
  },
  closed,
);
export type GuideFact = Static<typeof GuideFact>;

const Audience = Type.Object(
  {
    ageFrom: Type.Optional(Type.Integer()),
    ageTo: Type.Optional(Type.Integer()),
    turns: Type.Optional(
      Type.Object({ age: Type.Integer(), withinDays: Type.Integer({ minimum: 0, maximum: 366 }) }, closed),
    ),
    hukou: Type.Optional(Type.Array(Hukou, { minItems: 1 })),
    community: Type.Optional(Type.Array(Words, { minItems: 1 })),
    flags: Type.Optional(Type.Array(Flag, { minItems: 1 })),
    anyFlags: Type.Optional(Type.Array(Flag, { minItems: 1 })),
    reason: Type.String({ pattern: '^policy\\.reason_[a-z]+$' }),
  },
  closed,
);

/** `policies/<code>.yaml`. */
export const PolicyFact = Type.Object(
  {
    code: Words,
    version: Type.Integer({ minimum: 1 }),
    title: Words,
    gist: Words,
    body: Words,
    titleEn: Words,
    gistEn: Words,
    /** As it is spoken. */
    source: Words,
    /** The documents with their numbers, as they are written. */
    documents: Words,
    confidence: Confidence,
    checkedOn: Day,
    matter: Type.Optional(Words),
    validFrom: Day,
    validUntil: Type.Optional(Day),
    sensitive: Type.Boolean(),
    sample: Type.Boolean(),
    audience: Audience,
  },
  closed,
);
export type PolicyFact = Static<typeof PolicyFact>;

const Kind = Type.Enum(['centre', 'station', 'locker', 'kiosk', 'mobile']);

const PlaceFact = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z0-9-]+$' }),
    kind: Kind,
    status: Type.Enum(['operating', 'preparing', 'closed']),
    name: Words,
    /** What residents call it. */
    folk: Type.Array(Words),
    address: Words,
    route: Type.Optional(Words),
    longitude: Type.Optional(Words),
    latitude: Type.Optional(Words),
    hours: Hours,
    /** Why it is open for less than seven hours a day. */
    shortHours: Type.Optional(Words),
    phone: Type.Optional(Type.String({ pattern: '^\\d{5,12}$' })),
    parent: Type.Optional(Words),
    bookable: Type.Boolean(),
    matters: Type.Array(Words),
    sample: Type.Boolean(),
  },
  closed,
);
export type PlaceFact = Static<typeof PlaceFact>;

/** `places.yaml`; `hours` at the top holds the week plans that places refer to. */
export const PlacesFile = Type.Object(
  { hours: Type.Record(Type.String(), Hours), places: Type.Array(PlaceFact) },
  closed,
);

const WindowFact = Type.Object(
  {
    place: Words,
    number: Type.Integer({ minimum: 1 }),
    name: Words,
    capacity: Type.Integer({ minimum: 1, maximum: 50 }),
    matters: Type.Array(Words),
  },
  closed,
);
export type WindowFact = Static<typeof WindowFact>;

/** `windows.yaml`. */
export const WindowsFile = Type.Object({ windows: Type.Array(WindowFact) }, closed);

const DaysOff = Type.Object({ name: Words, from: Day, to: Day }, closed);
const Year = Type.String({ pattern: '^\\d{4}$' });

/** `holidays.yaml`: announced years with their make-up workdays, and what the law alone says of years that are not. */
export const HolidayFacts = Type.Object(
  {
    checkedOn: Day,
    years: Type.Record(
      Year,
      Type.Object({ notice: Words, issuedOn: Day, off: Type.Array(DaysOff), work: Type.Array(Day) }, closed),
    ),
    unannounced: Type.Record(Year, Type.Array(DaysOff)),
  },
  closed,
);
export type HolidayFacts = Static<typeof HolidayFacts>;
