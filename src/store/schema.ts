/**
 * Every durable record. One schema, two engines: PostgreSQL and PGlite.
 * Names follow GB/T 39046—2020 where it has one. What a drizzle table cannot say (partial indexes on expressions,
 * append-only triggers) stands in the custom migrations beside the generated ones.
 * Suffix `Sealed`: AES-GCM with a key id, see fields.ts; suffix `Index`: blind index for exact search.
 */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const id = () => uuid().primaryKey().defaultRandom();
const instant = () => timestamp({ withTimezone: true, mode: 'date' });
const times = {
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true, mode: 'date' })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};
const sample = () => boolean().notNull().default(false);
const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`);

// ---- places and people of the service -------------------------------------------------------------------------------

export const PLACE_KINDS = ['centre', 'station', 'locker', 'kiosk', 'mobile'] as const;

export const place = pgTable(
  'place',
  {
    id: id(),
    code: text().notNull().unique(),
    kind: text({ enum: PLACE_KINDS }).notNull(),
    status: text({ enum: ['operating', 'preparing', 'closed'] }).notNull(),
    name: text().notNull(),
    address: text().notNull(),
    route: text(),
    longitude: text(),
    latitude: text(),
    /** Opening intervals by ISO weekday: `{"1":[["09:00","12:00"],["13:30","17:00"]],…}` */
    hours: jsonb().$type<Record<string, [string, string][]>>().notNull(),
    phone: text(),
    /** Official names of the matters done there; empty: all. */
    matters: jsonb().$type<string[]>().notNull(),
    parentId: uuid().references((): AnyPgColumn => place.id),
    bookable: boolean().notNull().default(true),
    sample: sample(),
    ...times,
  },
  (t) => [
    oneOf('place_kind', t.kind, PLACE_KINDS),
    check('place_station_has_centre', sql`${t.kind} <> 'station' or ${t.parentId} is not null`),
  ],
);

export const serviceWindow = pgTable(
  'service_window',
  {
    id: id(),
    placeId: uuid()
      .notNull()
      .references(() => place.id),
    number: integer().notNull(),
    name: text().notNull(),
    matters: jsonb().$type<string[]>().notNull(),
    capacity: integer().notNull().default(1),
    ...times,
  },
  (t) => [unique('window_number').on(t.placeId, t.number)],
);

export const ROLES = ['clerk', 'supervisor', 'operator', 'officer', 'auditor', 'security'] as const;

export const staff = pgTable(
  'staff',
  {
    id: id(),
    username: text().notNull().unique(),
    name: text().notNull(),
    badge: text(),
    role: text({ enum: ROLES }).notNull(),
    placeId: uuid().references(() => place.id),
    duty: text({ enum: ['A', 'B'] }),
    skills: jsonb().$type<string[]>().notNull().default([]),
    languages: jsonb().$type<string[]>().notNull().default(['zh-CN']),
    phone: text(),
    passwordHash: text().notNull(),
    passwordChangedAt: instant().notNull(),
    mustChangePassword: boolean().notNull().default(true),
    totpSealed: text(),
    failures: integer().notNull().default(0),
    lockedUntil: instant(),
    disabledAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [oneOf('staff_role', t.role, ROLES)],
);

/** Sign-ins; the cookie's session lives in Redis, its list and revocation here. */
export const staffSession = pgTable(
  'staff_session',
  {
    id: id(),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    sessionHash: text().notNull().unique(),
    address: text(),
    agent: text(),
    seenAt: instant().notNull(),
    endedAt: instant(),
    ...times,
  },
  (t) => [index('staff_session_staff').on(t.staffId)],
);

// ---- homes ----------------------------------------------------------------------------------------------------------

export const household = pgTable('household', {
  id: id(),
  community: text().notNull(),
  building: text().notNull(),
  unit: text().notNull(),
  /** The station responsible for it. */
  stationId: uuid()
    .notNull()
    .references(() => place.id),
  sample: sample(),
  ...times,
});

export const resident = pgTable(
  'resident',
  {
    id: id(),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    name: text().notNull(),
    /** How she wants to be called. */
    called: text().notNull(),
    sex: text({ enum: ['female', 'male'] }).notNull(),
    birthDate: date({ mode: 'string' }).notNull(),
    hukou: text({ enum: ['binhai', 'tianjin', 'outside'] }).notNull(),
    phoneSealed: text(),
    phoneIndex: text(),
    idNumberSealed: text(),
    idNumberIndex: text(),
    /** 低保 dibao, 边缘 edge, 特困 tekun, disability {kind, grade}, alone, special {grade}, mobility, hearing, widow, unregisteredCare */
    flags: jsonb().$type<ResidentFlags>().notNull().default({}),
    state: text({ enum: ['living', 'hospital', 'moved', 'deceased'] })
      .notNull()
      .default('living'),
    pace: integer().notNull().default(190),
    volume: integer(),
    /** A name of locales/<locale>/_voices.yaml; null: the language's own. */
    voice: text(),
    /** Milliseconds of silence after which she has finished speaking, 1200 to 2500; null: the usual. */
    patience: integer(),
    locale: text({ enum: ['zh-CN', 'en-US'] })
      .notNull()
      .default('zh-CN'),
    channel: text({ enum: ['voice', 'paper', 'sms', 'relative'] })
      .notNull()
      .default('voice'),
    /** argon2 over an HMAC of the four digits with a server key. */
    pinHash: text(),
    pinFailures: smallint().notNull().default(0),
    pinLockedUntil: instant(),
    quietFrom: text().notNull().default('21:00'),
    quietUntil: text().notNull().default('08:00'),
    codeWord: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('resident_household').on(t.householdId),
    index('resident_phone').on(t.phoneIndex),
    index('resident_id_number').on(t.idNumberIndex),
  ],
);

export interface ResidentFlags {
  dibao?: boolean;
  edge?: boolean;
  tekun?: boolean;
  disability?: { kind: string; grade: number };
  alone?: boolean;
  special?: { grade: number };
  mobility?: boolean;
  hearing?: boolean;
  widow?: boolean;
  unregisteredCare?: boolean;
}

export const proxy = pgTable('proxy', {
  id: id(),
  residentId: uuid()
    .notNull()
    .references(() => resident.id),
  name: text().notNull(),
  relation: text().notNull(),
  phoneSealed: text(),
  phoneIndex: text(),
  kind: text({ enum: ['collect', 'act', 'guardian'] }).notNull(),
  scope: jsonb().$type<string[]>().notNull().default([]),
  authority: text({ enum: ['written', 'clerk'] }),
  /** 24 hours after it was set. */
  validFrom: instant().notNull(),
  validUntil: instant(),
  /** She herself has said that this is her wish, and when she was last asked. */
  agreedAt: instant(),
  askedAt: instant(),
  ...times,
});

export const SPEAKER_STATES = ['new', 'bound', 'suspended', 'wiped'] as const;

export const speaker = pgTable(
  'speaker',
  {
    id: id(),
    serial: text().notNull().unique(),
    brand: text({ enum: ['speaker', 'dueros', 'alexa', 'aligenie', 'xiaoai'] }).notNull(),
    /** The brand's device id; our own speaker's deviceId. */
    brandDevice: text().notNull(),
    brandUser: text(),
    tokenHash: text(),
    /** Six digits, spoken at a speaker that belongs to nobody yet. */
    pairingCode: text(),
    /** The code is of no use from here on; null where it was given at registration. */
    pairingUntil: instant(),
    status: text({ enum: SPEAKER_STATES }).notNull().default('new'),
    householdId: uuid().references(() => household.id),
    room: text(),
    firmware: text(),
    settings: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    lastSeenAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    unique('speaker_brand_device').on(t.brand, t.brandDevice),
    index('speaker_household').on(t.householdId),
    oneOf('speaker_status', t.status, SPEAKER_STATES),
    check('speaker_bound_has_household', sql`${t.status} <> 'bound' or ${t.householdId} is not null`),
  ],
);

export const speakerHistory = pgTable('speaker_history', {
  id: id(),
  speakerId: uuid()
    .notNull()
    .references(() => speaker.id),
  householdId: uuid().references(() => household.id),
  what: text().notNull(),
  byStaff: uuid().references(() => staff.id),
  ...times,
});

/** A household linked to an account of a brand by OAuth 2. Codes and tokens are kept as hashes only. */
export const accountLink = pgTable(
  'account_link',
  {
    id: id(),
    brand: text({ enum: ['dueros', 'alexa', 'aligenie', 'xiaoai'] }).notNull(),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    linkedBy: uuid()
      .notNull()
      .references(() => staff.id),
    codeHash: text().notNull().unique(),
    codeUntil: instant().notNull(),
    codeUsedAt: instant(),
    redirectUri: text().notNull(),
    /** PKCE, S256; null where the brand sent none. */
    challenge: text(),
    accessHash: text().unique(),
    accessUntil: instant(),
    refreshHash: text().unique(),
    revokedAt: instant(),
    ...times,
  },
  (t) => [index('account_link_household').on(t.householdId)],
);

// ---- the fleet of speakers ------------------------------------------------------------------------------------------

export const ALARM_KINDS = ['silent', 'failing'] as const;

/** Something an operator must look at: a speaker that has been silent for days, or fails again and again. */
export const speakerAlarm = pgTable(
  'speaker_alarm',
  {
    id: id(),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    kind: text({ enum: ALARM_KINDS }).notNull(),
    /** When it was last well. */
    since: instant().notNull(),
    note: text(),
    notedBy: uuid().references(() => staff.id),
    notedAt: instant(),
    closedAt: instant(),
    ...times,
  },
  (t) => [
    uniqueIndex('speaker_alarm_one_open').on(t.speakerId, t.kind).where(sql`${t.closedAt} is null`),
    oneOf('speaker_alarm_kind', t.kind, ALARM_KINDS),
  ],
);

/** What a speaker did on a day, in numbers: no word, no hour. */
export const speakerDay = pgTable(
  'speaker_day',
  {
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    day: date({ mode: 'string' }).notNull(),
    turns: integer().notNull().default(0),
    /** Turns that ended in a fault of ours. */
    failures: integer().notNull().default(0),
    /** Times it connected anew. */
    connects: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.speakerId, t.day] }), index('speaker_day_day').on(t.day)],
);

/** How many speakers of a building were there, every quarter of an hour. */
export const fleetPulse = pgTable(
  'fleet_pulse',
  {
    at: instant().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    bound: integer().notNull(),
    online: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.at, t.community, t.building] })],
);

/** Firmware of our own speakers that they are told of. */
export const firmwareRelease = pgTable('firmware_release', {
  id: id(),
  version: text().notNull().unique(),
  url: text().notNull(),
  sha256: text().notNull(),
  notes: text(),
  /** Not to be fetched before. */
  notBefore: instant().notNull(),
  publishedBy: uuid().references(() => staff.id),
  withdrawnAt: instant(),
  ...times,
});

/** A key of the operator's own property system; the key itself is kept as a hash. */
export const apiKey = pgTable('api_key', {
  id: id(),
  name: text().notNull(),
  keyHash: text().notNull().unique(),
  scopes: jsonb().$type<string[]>().notNull(),
  createdBy: uuid()
    .notNull()
    .references(() => staff.id),
  expiresAt: instant(),
  lastUsedAt: instant(),
  revokedAt: instant(),
  ...times,
});

/** Where device events are posted to; signed with the secret. */
export const webhookEndpoint = pgTable('webhook_endpoint', {
  id: id(),
  name: text().notNull(),
  url: text().notNull(),
  secretSealed: text().notNull(),
  events: jsonb().$type<string[]>().notNull(),
  createdBy: uuid()
    .notNull()
    .references(() => staff.id),
  lastAt: instant(),
  /** What came of the newest delivery: a status, never a body. */
  lastOutcome: text(),
  disabledAt: instant(),
  ...times,
});

/** Somebody near her: told in an emergency, with her consent. No authority to act; that is `proxy`. */
export const relative = pgTable(
  'relative',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    name: text().notNull(),
    relation: text().notNull(),
    phoneSealed: text().notNull(),
    phoneIndex: text().notNull(),
    emergency: boolean().notNull().default(true),
    endedAt: instant(),
    ...times,
  },
  (t) => [index('relative_resident').on(t.residentId), index('relative_phone').on(t.phoneIndex)],
);

/** An installation that a worker goes through at somebody's home: which steps are done, never what was said. */
export const installing = pgTable(
  'installing',
  {
    id: id(),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    householdId: uuid()
      .notNull()
      .references(() => household.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    /** Step → when it was done. */
    steps: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** Until then hearing, language and emergency contact may be seen; afterwards nobody of the operator does. */
    openUntil: instant().notNull(),
    finishedAt: instant(),
    ...times,
  },
  (t) => [
    index('installing_speaker').on(t.speakerId),
    uniqueIndex('installing_one_open').on(t.residentId, t.speakerId).where(sql`${t.finishedAt} is null`),
  ],
);

export const consent = pgTable(
  'consent',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    /** data, push, sms, captions, relatives */
    purpose: text().notNull(),
    textVersion: text().notNull(),
    turn: text(),
    given: boolean().notNull(),
    ...times,
  },
  (t) => [index('consent_resident').on(t.residentId, t.purpose, t.createdAt)],
);

// ---- what is known: guides and policies -----------------------------------------------------------------------------

export const guide = pgTable(
  'guide',
  {
    id: id(),
    /** Official name of the matter, as in intents/items.yaml. */
    matter: text().notNull(),
    version: integer().notNull(),
    effectiveFrom: date({ mode: 'string' }).notNull(),
    effectiveUntil: date({ mode: 'string' }),
    /** The thirteen elements of 津滨政办发〔2017〕40号 and the spoken extras: see catalogue/guides/README.md. */
    elements: jsonb().$type<GuideElements>().notNull(),
    department: text().notNull(),
    source: text().notNull(),
    checkedOn: date({ mode: 'string' }).notNull(),
    state: text({ enum: ['draft', 'submitted', 'effective', 'withdrawn'] })
      .notNull()
      .default('effective'),
    /** Who wrote this version, and the other one who signed it. */
    submittedBy: uuid().references(() => staff.id),
    signedBy: uuid().references(() => staff.id),
    /** Why it was sent back, or what the next editor should know. */
    remark: text(),
    sample: sample(),
    ...times,
  },
  (t) => [unique('guide_version').on(t.matter, t.version)],
);

export interface GuideMaterial {
  name: string;
  original?: number;
  copies?: number;
  note?: string;
  /** Already held by the system: need not be brought. */
  onFile?: boolean;
}

export interface GuideElements {
  /** 一句话: what it is, in plain words. */
  gist: string;
  acceptedBy: string;
  category: string;
  basis: string;
  audience: string;
  conditions: string;
  materials: GuideMaterial[];
  commonMistakes: string;
  steps: string;
  fee: string;
  timeLimit: string;
  enquiry: string;
  supervision: string;
  place: string;
  hours: string;
  phone?: string;
  channels: string;
  trips: string;
  amount?: string;
  /** Said after the materials when the list is not known to be whole. */
  materialsNote?: string;
  /** Who may have it, where a rule of age and hukou is known. */
  rule?: EligibilityRule;
  /** Can be applied for at the speaker. */
  byVoice?: boolean;
  /** The documents that the facts rest on. */
  sources?: GuideSource[];
  /** Not to be named aloud while others may listen. */
  sensitive?: boolean;
  standard?: GuideStandard;
  gistEn?: string;
  materialsEn?: string[];
  conditionsEn?: string;
  amountEn?: string;
  feeEn?: string;
  timeLimitEn?: string;
  placeEn?: string;
  hoursEn?: string;
}

/** Fields of GB/T 39046—2020 (事项管理) beside the elements; codes are the standard's. */
export interface GuideStandard {
  /** 基本编码, 实施编码. */
  basicCode?: string;
  implementationCode?: string;
  /** 事项类型, table A.1. */
  matterType?: string;
  /** 服务对象, table A.4. */
  servedCode?: string;
  /** 办理形式, table A.5. */
  formCode?: string;
  /** 办件类型, table A.6: 1 at once, 2 promised. */
  caseType?: string;
  legalLimit?: string;
  promisedLimit?: string;
  resultName?: string;
  charged?: boolean;
  bookable?: boolean;
  courier?: boolean;
  online?: boolean;
  complaintPhone?: string;
}

export interface GuideSource {
  document: string;
  /** 文号. */
  number?: string;
  /** When it was issued or says it holds: a year, a month or a day. */
  date?: string;
  link?: string;
  /** H official text read, M official text by a mirror or the press, L content page, K own knowledge, A assumption. */
  confidence: 'H' | 'M' | 'L' | 'K' | 'A';
  /** The elements that it covers. */
  covers: string[];
}

export interface EligibilityRule {
  ageFrom: number;
  /** May be applied for so many months before that birthday. */
  earlyMonths?: number;
  hukou?: ('binhai' | 'tianjin' | 'outside')[];
  /** What holds for another hukou: `unknown` goes to a person, never a refusal. */
  otherHukou?: 'no' | 'unknown';
}

export const policy = pgTable('policy', {
  id: id(),
  code: text().notNull().unique(),
  title: text().notNull(),
  gist: text().notNull(),
  body: text().notNull(),
  titleEn: text(),
  gistEn: text(),
  source: text().notNull(),
  matter: text(),
  audience: jsonb().$type<AudienceRule>().notNull(),
  validFrom: date({ mode: 'string' }).notNull(),
  validUntil: date({ mode: 'string' }),
  sensitive: boolean().notNull().default(false),
  version: integer().notNull().default(1),
  state: text({ enum: ['draft', 'submitted', 'published', 'paused', 'recalled'] })
    .notNull()
    .default('draft'),
  submittedBy: uuid().references(() => staff.id),
  signedBy: uuid().references(() => staff.id),
  /** Not to be told before this instant. */
  startsAt: instant(),
  /** First to one in a hundred; to everybody when an officer says so. */
  canary: boolean().notNull().default(false),
  /** How many it reached when it was submitted: decides whether one signature is enough. */
  expected: integer(),
  /** Why it was sent back, paused or recalled. */
  remark: text(),
  /** The policy that is told to those who heard this one, after it was recalled. */
  correctedBy: uuid().references((): AnyPgColumn => policy.id),
  sample: sample(),
  ...times,
});

/** What may be asked of a person. All conditions that are given must hold. Ages in full years on the day of the question. */
export interface AudienceCondition {
  ageFrom?: number;
  ageTo?: number;
  /** Turns this age within the coming days. */
  turns?: { age: number; withinDays: number };
  sex?: 'female' | 'male';
  hukou?: ('binhai' | 'tianjin' | 'outside')[];
  community?: string[];
  building?: string[];
  flags?: (keyof ResidentFlags)[];
  /** At least one of these. */
  anyFlags?: (keyof ResidentFlags)[];
  /** None of these. */
  notFlags?: (keyof ResidentFlags)[];
  disability?: { kinds?: string[]; grades?: number[] };
  /** Has a case like this. */
  cases?: { matter?: string; statuses?: string[]; delivery?: 'none' | 'ready' | 'collected' | 'mailed' };
  /** Heard this policy before it was recalled. */
  heard?: string;
}

/** A condition, and others combined with it: at least one of `any`, none of `none`. */
export interface AudienceRule extends AudienceCondition {
  any?: AudienceCondition[];
  none?: AudienceCondition[];
  /** Spoken reason, with the place for her age: a phrase key of locales/<locale>/policy. */
  reason: string;
}

export const DELIVERY_STATES = ['planned', 'sent', 'announced', 'heard', 'partly', 'refused', 'expired'] as const;

export const delivery = pgTable(
  'delivery',
  {
    id: id(),
    policyId: uuid()
      .notNull()
      .references(() => policy.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    reason: text().notNull(),
    channel: text(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('planned'),
    /** A planned one becomes a notice from here on; null: it is one already, or is told only when she asks. */
    dueAt: instant(),
    /** The notice it went out with: several policies may share one. */
    noticeId: uuid(),
    sentAt: instant(),
    announcedAt: instant(),
    heardAt: instant(),
    ...times,
  },
  (t) => [
    unique('delivery_once').on(t.policyId, t.residentId),
    index('delivery_resident').on(t.residentId, t.state),
    index('delivery_policy').on(t.policyId, t.state),
    index('delivery_due').on(t.dueAt).where(sql`${t.state} = 'planned'`),
    index('delivery_notice').on(t.noticeId),
    oneOf('delivery_state', t.state, DELIVERY_STATES),
  ],
);

export const NOTICE_KINDS = ['policy', 'progress', 'reminder', 'system'] as const;

/**
 * One thing that one resident is to hear of by herself, once. What it says is never kept here: the subject names the
 * record that is told when she asks (`policy:<id>`, `booking:<id>`, `case:<id>:<status>`).
 */
export const notice = pgTable(
  'notice',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    kind: text({ enum: NOTICE_KINDS }).notNull(),
    subject: text().notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('planned'),
    /** Looked at again from here on: not yet due, quiet hours, the day's share used up, nobody reachable. */
    nextAt: instant().notNull(),
    /** Of no use afterwards. */
    expiresAt: instant().notNull(),
    /** The message of the outbox that chimes for it, perhaps for others of the home as well. */
    chimeId: uuid(),
    /** Shanghai day of that chime: a home hears two a day. */
    chimedOn: date({ mode: 'string' }),
    /** The brand that chimed, `sms`, or `opening` where only the next opening tells. */
    channel: text(),
    /** Brands that could not deliver it. */
    failed: jsonb().$type<string[]>().notNull().default([]),
    textedAt: instant(),
    sentAt: instant(),
    announcedAt: instant(),
    heardAt: instant(),
    ...times,
  },
  (t) => [
    unique('notice_once').on(t.residentId, t.subject),
    index('notice_due').on(t.nextAt).where(sql`${t.state} = 'planned' and ${t.chimeId} is null`),
    index('notice_chime').on(t.chimeId),
    index('notice_open').on(t.expiresAt).where(sql`${t.state} in ('planned', 'sent', 'announced')`),
    oneOf('notice_state', t.state, DELIVERY_STATES),
    oneOf('notice_kind', t.kind, NOTICE_KINDS),
  ],
);

// ---- errands --------------------------------------------------------------------------------------------------------

export const application = pgTable(
  'application',
  {
    id: id(),
    matter: text().notNull(),
    kind: text({ enum: ['first', 'renewal', 'lost', 'damaged'] }),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    proxyId: uuid().references(() => proxy.id),
    answersSealed: text(),
    materials: jsonb().$type<{ name: string; path: string }[]>().notNull().default([]),
    promise: jsonb().$type<{ kind: 'commitment' | 'later'; textVersion: string; signatureDue?: string }>(),
    /** `closed`: its case has come to an end, another may be made. */
    state: text({ enum: ['draft', 'submitted', 'withdrawn', 'closed'] })
      .notNull()
      .default('draft'),
    expiresAt: instant(),
    ...times,
  },
  (t) => [
    uniqueIndex('application_one_live').on(t.residentId, t.matter).where(sql`${t.state} in ('draft', 'submitted')`),
  ],
);

export const CASE_STATUSES = [
  'submitted',
  'received',
  'correction',
  'accepted',
  'reviewing',
  'producing',
  'concluded',
  'rejected',
  'denied',
  'withdrawn',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** 办件. Table `case_file`: `case` is a reserved word. */
export const caseFile = pgTable(
  'case_file',
  {
    id: id(),
    number: text().notNull().unique(),
    shortNumber: text().notNull().unique(),
    matter: text().notNull(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    applicationId: uuid().references(() => application.id),
    /** GB/T 39046 A.5: 1 window, 2 computer, 3 mobile, 4 courier, 9 other (voice). */
    source: smallint().notNull(),
    status: text({ enum: CASE_STATUSES }).notNull(),
    reason: text(),
    remedy: text(),
    /** Whether the document can be collected: waiting, ready, collected, mailed. */
    delivery: text({ enum: ['none', 'ready', 'collected', 'mailed'] })
      .notNull()
      .default('none'),
    kind: text({ enum: ['instant', 'promised'] }).notNull(),
    limitDays: integer(),
    limitUnit: text({ enum: ['workday', 'day'] }),
    startsOn: date({ mode: 'string' }),
    promisedOn: date({ mode: 'string' }),
    stopped: jsonb().$type<{ from: string; until?: string; why: string }[]>().notNull().default([]),
    missing: jsonb().$type<string[]>().notNull().default([]),
    /** What was told as materials: list version and time. */
    told: jsonb().$type<{ guideVersion: number; at: string; materials: string[] }[]>().notNull().default([]),
    askedTwice: boolean().notNull().default(false),
    firstOwnerId: uuid().references(() => staff.id),
    handlerId: uuid().references(() => staff.id),
    sensitive: boolean().notNull().default(false),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('case_resident').on(t.residentId, t.createdAt),
    index('case_promised').on(t.promisedOn),
    oneOf('case_status', t.status, CASE_STATUSES),
  ],
);

/** Append-only. */
export const caseStep = pgTable(
  'case_step',
  {
    id: id(),
    caseId: uuid()
      .notNull()
      .references(() => caseFile.id),
    status: text({ enum: CASE_STATUSES }).notNull(),
    note: text(),
    byStaff: uuid().references(() => staff.id),
    at: instant().notNull(),
    ...times,
  },
  (t) => [index('case_step_case').on(t.caseId, t.at)],
);

export const slot = pgTable(
  'slot',
  {
    id: id(),
    windowId: uuid()
      .notNull()
      .references(() => serviceWindow.id),
    placeId: uuid()
      .notNull()
      .references(() => place.id),
    day: date({ mode: 'string' }).notNull(),
    /** `HH:MM`, Shanghai. */
    start: text().notNull(),
    minutes: integer().notNull(),
    sample: sample(),
    ...times,
  },
  (t) => [unique('slot_once').on(t.windowId, t.day, t.start), index('slot_place_day').on(t.placeId, t.day)],
);

/** A place in a slot: made beforehand, taken by one UPDATE. */
export const seat = pgTable(
  'seat',
  {
    id: id(),
    slotId: uuid()
      .notNull()
      .references(() => slot.id),
    number: integer().notNull(),
    state: text({ enum: ['free', 'held', 'booked'] })
      .notNull()
      .default('free'),
    /** The conversation that holds it. */
    heldBy: text(),
    heldUntil: instant(),
    ...times,
  },
  (t) => [
    unique('seat_once').on(t.slotId, t.number),
    uniqueIndex('seat_one_hold').on(t.heldBy).where(sql`${t.state} = 'held'`),
    index('seat_open').on(t.slotId).where(sql`${t.state} <> 'booked'`),
    check('seat_held_has_until', sql`${t.state} <> 'held' or (${t.heldUntil} is not null and ${t.heldBy} is not null)`),
  ],
);

export const booking = pgTable(
  'booking',
  {
    id: id(),
    seatId: uuid()
      .notNull()
      .references(() => seat.id),
    slotId: uuid()
      .notNull()
      .references(() => slot.id),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    speakerId: uuid().references(() => speaker.id),
    caseId: uuid().references(() => caseFile.id),
    matter: text().notNull(),
    direction: text({ enum: ['collect', 'hand_in'] }).notNull(),
    mode: text({ enum: ['window', 'locker', 'courier', 'home', 'proxy'] })
      .notNull()
      .default('window'),
    collector: text(),
    state: text({ enum: ['booked', 'attended', 'missed', 'cancelled'] })
      .notNull()
      .default('booked'),
    closedAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    uniqueIndex('booking_one_per_seat').on(t.seatId).where(sql`${t.state} = 'booked'`),
    uniqueIndex('booking_one_live').on(t.residentId, t.matter, t.direction).where(sql`${t.state} = 'booked'`),
    index('booking_slot').on(t.slotId),
  ],
);

export const visit = pgTable(
  'visit',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    matter: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    half: text({ enum: ['AM', 'PM'] }).notNull(),
    workerId: uuid().references(() => staff.id),
    state: text({ enum: ['requested', 'planned', 'done', 'cancelled'] })
      .notNull()
      .default('requested'),
    notes: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    uniqueIndex('visit_worker_free').on(t.workerId, t.day, t.half).where(sql`${t.state} = 'planned'`),
    index('visit_resident').on(t.residentId, t.day),
  ],
);

export const CALL_STATES = [
  'queued',
  'offered',
  'connecting',
  'talking',
  'held',
  'transferring',
  'wrapping',
  'ended',
  'callback',
] as const;

/** In these a speaker, and the clerk who has it, are taken. */
const LIVE_CALL = sql`state in ('queued', 'offered', 'connecting', 'talking', 'held', 'transferring')`;

export const call = pgTable(
  'call',
  {
    id: id(),
    residentId: uuid().references(() => resident.id),
    speakerId: uuid()
      .notNull()
      .references(() => speaker.id),
    /** `in`: she asked for a person. `out`: a clerk calls, with an open callback or case. */
    direction: text({ enum: ['in', 'out'] })
      .notNull()
      .default('in'),
    /** Responsible for her household. */
    stationId: uuid().references(() => place.id),
    reason: text().notNull(),
    matter: text(),
    locale: text({ enum: ['zh-CN', 'en-US'] })
      .notNull()
      .default('zh-CN'),
    /** 0 usual, 1 the special list, 2 an emergency. */
    priority: smallint().notNull().default(0),
    brief: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    route: jsonb().$type<{ staffId: string; at: string; outcome: string }[]>().notNull().default([]),
    state: text({ enum: CALL_STATES }).notNull(),
    /** Counts the transitions: each compares and sets it. */
    version: integer().notNull().default(0),
    clerkId: uuid().references(() => staff.id),
    /** When the state ends by itself; swept each second. */
    dueAt: instant(),
    /** Until when she waits for somebody at most. */
    giveUpAt: instant(),
    /** When she is next told how long it may take. */
    tellAt: instant(),
    /** How often it has rung. */
    rings: smallint().notNull().default(0),
    offeredAt: instant(),
    talkingAt: instant(),
    endedAt: instant(),
    /** Since when an end's socket is gone. */
    speakerLostAt: instant(),
    clerkLostAt: instant(),
    /** When the clerk gave the outcome; null: the timer did. */
    wrappedAt: instant(),
    /** What an outgoing call is about. */
    callbackId: uuid().references((): AnyPgColumn => callback.id),
    caseId: uuid().references(() => caseFile.id),
    outcome: text(),
    notes: text(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('call_due').on(t.dueAt),
    index('call_state').on(t.state),
    index('call_ended').on(t.endedAt),
    uniqueIndex('call_one_per_speaker').on(t.speakerId).where(LIVE_CALL),
    uniqueIndex('call_one_per_clerk').on(t.clerkId).where(LIVE_CALL),
    oneOf('call_state_known', t.state, CALL_STATES),
  ],
);

/** It rings at a clerk. One at a time for each, and one who takes it. */
export const callOffer = pgTable(
  'call_offer',
  {
    id: id(),
    callId: uuid()
      .notNull()
      .references(() => call.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    kind: text({ enum: ['call', 'transfer'] }).notNull(),
    offeredAt: instant().notNull(),
    closedAt: instant(),
    outcome: text({ enum: ['accepted', 'declined', 'rang_out', 'withdrawn', 'gone'] }),
    ...times,
  },
  (t) => [
    index('call_offer_call').on(t.callId),
    uniqueIndex('call_offer_one_ring').on(t.staffId).where(sql`${t.closedAt} is null`),
    uniqueIndex('call_offer_one_taker')
      .on(t.callId, t.kind)
      .where(sql`${t.outcome} = 'accepted' and ${t.kind} = 'call'`),
  ],
);

/** One peer connection of a call: between the speaker and a clerk, or between the clerk and a supervisor. */
export const callLeg = pgTable(
  'call_leg',
  {
    id: id(),
    callId: uuid()
      .notNull()
      .references(() => call.id),
    staffId: uuid()
      .notNull()
      .references(() => staff.id),
    role: text({ enum: ['clerk', 'transfer', 'listen', 'coach', 'barge'] }).notNull(),
    /** The socket that this person uses for it. */
    seat: text().notNull(),
    openedAt: instant().notNull(),
    /** The first description went out from either end. */
    offeredAt: instant(),
    answeredAt: instant(),
    /** An end reports by itself: without that, an answered leg counts as connected. */
    reporting: boolean().notNull().default(false),
    announcedAt: instant(),
    connectedAt: instant(),
    closedAt: instant(),
    ...times,
  },
  (t) => [index('call_leg_call').on(t.callId), index('call_leg_open').on(t.staffId).where(sql`${t.closedAt} is null`)],
);

export const callback = pgTable(
  'callback',
  {
    id: id(),
    residentId: uuid().references(() => resident.id),
    speakerId: uuid().references(() => speaker.id),
    callId: uuid().references(() => call.id),
    stationId: uuid()
      .notNull()
      .references(() => place.id),
    reason: text().notNull(),
    matter: text(),
    brief: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    phoneSealed: text(),
    /** She may name a time: `HH:MM`, AM or PM. */
    wanted: text(),
    /** To be called before this instant. */
    dueAt: instant().notNull(),
    tries: smallint().notNull().default(0),
    clerkId: uuid().references(() => staff.id),
    state: text({ enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    outcome: text(),
    notes: text(),
    closedAt: instant(),
    sample: sample(),
    ...times,
  },
  (t) => [
    index('callback_station').on(t.stationId, t.state, t.dueAt),
    uniqueIndex('callback_one_open').on(t.residentId, t.reason).where(sql`${t.state} = 'open'`),
  ],
);

export const ticket = pgTable('ticket', {
  id: id(),
  number: text().notNull().unique(),
  kind: text({ enum: ['complaint', 'cannot_get_done', 'suggestion', 'bad_rating'] }).notNull(),
  residentId: uuid().references(() => resident.id),
  textSealed: text(),
  department: text(),
  ownerId: uuid().references(() => staff.id),
  dueAt: instant().notNull(),
  answer: text(),
  toldAt: instant(),
  state: text({ enum: ['open', 'answered', 'closed'] })
    .notNull()
    .default('open'),
  sample: sample(),
  ...times,
});

export const rating = pgTable(
  'rating',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    service: text({ enum: ['call', 'visit', 'case'] }).notNull(),
    serviceId: uuid().notNull(),
    /** GB/T 39046 A.8: 1 非常满意 … 5 非常不满意. */
    level: smallint().notNull(),
    reason: text(),
    named: boolean().notNull().default(false),
    ticketId: uuid().references(() => ticket.id),
    sample: sample(),
    ...times,
  },
  (t) => [unique('rating_once').on(t.service, t.serviceId), check('rating_level', sql`${t.level} between 1 and 5`)],
);

// ---- promises and proof ---------------------------------------------------------------------------------------------

/** An effect that has happened: the key decides, the outcome is told again to a retry. */
export const effect = pgTable('effect', {
  /** platform:device:request:effect:ordinal */
  key: text().primaryKey(),
  /** `json`, not `jsonb`: told again it is the same to the byte. */
  outcome: json().$type<unknown>().notNull(),
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});

export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    destination: text().notNull(),
    topic: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    dueAt: instant().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    sentAt: instant(),
    deadAt: instant(),
    ...times,
  },
  (t) => [index('outbox_due').on(t.destination, t.dueAt).where(sql`${t.sentAt} is null and ${t.deadAt} is null`)],
);

/** Who did what to whose record, and why. Ids only, never names. Append-only by role and by trigger. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: instant().notNull(),
    /** staff, resident, system */
    actorKind: text({ enum: ['staff', 'resident', 'system'] }).notNull(),
    actorId: text().notNull(),
    role: text().notNull(),
    action: text().notNull(),
    residentId: uuid(),
    subject: text(),
    fields: jsonb().$type<string[]>().notNull().default([]),
    reason: text(),
    result: text({ enum: ['done', 'denied', 'failed'] }).notNull(),
    /** sha256 over the row as canonical JSON: see audit.ts. */
    digest: text().notNull(),
    /** The database's own time: tells how long the row has waited for its seal. */
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [index('audit_resident').on(t.residentId, t.at), index('audit_at').on(t.at)],
);

/** Written by a trigger with each audit row, taken away by the sealer: what is not in the chain yet. */
export const auditPending = pgTable('audit_pending', { auditId: uuid().primaryKey() });

export const auditChain = pgTable('audit_chain', {
  sequence: integer().primaryKey(),
  auditId: uuid().notNull().unique(),
  digest: text().notNull(),
  previous: text().notNull(),
  link: text().notNull(),
  sealedAt: instant().notNull(),
});

/** The newest link, signed; a checkpoint lets retention cut what lies before it. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: id(),
    sequence: integer().notNull(),
    link: text().notNull(),
    keyId: text().notNull(),
    signature: text().notNull(),
    checkpoint: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [unique('audit_head_once').on(t.sequence, t.checkpoint)],
);

/** Sentences no rule understood, redacted, for authors to label into tests. */
export const unmatched = pgTable('unmatched', {
  id: id(),
  redacted: text().notNull(),
  locale: text().notNull(),
  errand: text(),
  asking: text(),
  count: integer().notNull().default(1),
  /** The intent it should have been, or `none`; then it is a line of the authors' tests. */
  label: text(),
  labelledBy: uuid().references(() => staff.id),
  ...times,
});

/** What a conversation holds beyond a day: references to drafts, for 「上次办到……」. */
export const talkNote = pgTable(
  'talk_note',
  {
    id: id(),
    residentId: uuid()
      .notNull()
      .references(() => resident.id),
    errand: text().notNull(),
    note: jsonb().$type<Record<string, unknown>>().notNull(),
    expiresAt: instant().notNull(),
    ...times,
  },
  (t) => [unique('talk_note_once').on(t.residentId, t.errand)],
);

/** Facts about this installation: seeded, sample, schema of the content. */
export const installation = pgTable('installation', {
  key: text().primaryKey(),
  value: jsonb().$type<unknown>().notNull(),
  ...times,
});
