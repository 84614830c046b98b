/** The environment, read once: every variable, its rule and its default. Nothing else reads `process.env`. */
import { resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

const KEY = '[A-Za-z0-9+/]{43}='; // base64 of 32 bytes
const NAMED_KEY = `[A-Za-z0-9_.-]+:${KEY}`;
const INSTANT = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?$';

/** GB/T 22239 level three asks that passwords be changed regularly (8.1.4.1) and leaves open how often: a quarter. */
const PASSWORD_DAYS = 90;
/** 个人信息保护法 第五十六条: records of handling personal information are kept three years. */
const AUDIT_KEPT_DAYS = 1096;

/** A variable with the sentence that is shown when its value does not match. */
const variable = (pattern: string, message: string) => Type.Optional(Type.String({ pattern, message }));
const oneOf = <const V extends string>(...values: V[]) =>
  Type.Optional(Type.Unsafe<V>(Type.Enum(values, { message: `must be ${values.join(' or ')}` })));
const text = () => Type.Optional(Type.String());
const url = () => variable('^https?://\\S+$', 'must be a URL that begins with http:// or https://');
const urls = () => variable('^https?://[^\\s,]+(,https?://[^\\s,]+)*$', 'must be URLs, several with commas');
const count = () => variable('^[1-9]\\d{0,6}$', 'must be a number from 1 to 9999999');
const keys = () => variable(`^${NAMED_KEY}(,${NAMED_KEY})*$`, 'must be id:base64 of 32 bytes, several with commas');

/** All variables of the product. `.env.example` names the same ones; a test compares them. */
export const Environment = Type.Object({
  PORT: variable(
    '^([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])$',
    'must be 0 to 65535',
  ),
  HOST: text(),
  PUBLIC_URL: url(),
  DATA_DIR: text(),
  DATABASE_URL: variable('^postgres(ql)?://\\S+$', 'must begin with postgres:// or postgresql://'),
  REDIS_URL: variable('^(rediss?://\\S+|unix:///\\S+)$', 'must begin with redis://, rediss:// or unix:///'),
  REDIS_CLUSTER_URLS: variable('^rediss?://[^\\s,]+(,rediss?://[^\\s,]+)*$', 'must be redis:// URLs with commas'),
  REDIS_SENTINELS: variable(
    '^[^\\s,]+:\\d+(,[^\\s,]+:\\d+)*$',
    'must be host:port or redis://:password@host:port, several with commas',
  ),
  REDIS_SENTINEL_NAME: text(),
  SAMPLE_DATA: oneOf('true', 'false'),
  DEMO_CLOCK: variable(INSTANT, 'must be an ISO instant such as 2026-11-23T09:30:00+08:00'),
  SECRET_KEYS: keys(),
  FIELD_KEYS: keys(),
  INDEX_KEY: variable(`^([A-Za-z0-9_.-]+:)?${KEY}$`, 'must be base64 of 32 bytes'),
  ALEXA_SKILL_ID: text(),
  ALEXA_CLIENT_ID: text(),
  ALEXA_CLIENT_SECRET: text(),
  ALEXA_API_URL: url(),
  ALEXA_TOKEN_URL: url(),
  ALEXA_STAGE: oneOf('live', 'development'),
  ALEXA_PUSHES_PER_MINUTE: count(),
  ALEXA_PUSHES_PER_DAY: count(),
  DUEROS_SKILL_ID: text(),
  DUEROS_API_URL: url(),
  ALIGENIE_SKILL_ID: text(),
  ALIGENIE_SECRET_HEADER: variable('^[A-Za-z0-9-]+$', 'must be the name of an HTTP header'),
  ALIGENIE_SECRET: text(),
  ALIGENIE_AK: text(),
  ALIGENIE_SK: text(),
  ALIGENIE_API_URL: url(),
  ALIGENIE_TEMPLATE_ID: text(),
  ALIGENIE_ORGANIZATION_ID: text(),
  ALIGENIE_PUSHES_PER_MINUTE: count(),
  ALIGENIE_PUSHES_PER_DAY: count(),
  ALIGENIE_FILES_DIR: text(),
  XIAOAI_APP_ID: text(),
  XIAOAI_KEY_ID: text(),
  XIAOAI_SECRET: variable('^[A-Za-z0-9+/_-]+={0,2}$', 'must be base64, as Xiaomi gives it'),
  OAUTH_DUEROS_CLIENT_ID: text(),
  OAUTH_DUEROS_CLIENT_SECRET: text(),
  OAUTH_DUEROS_REDIRECTS: urls(),
  OAUTH_ALIGENIE_CLIENT_ID: text(),
  OAUTH_ALIGENIE_CLIENT_SECRET: text(),
  OAUTH_ALIGENIE_REDIRECTS: urls(),
  OAUTH_XIAOAI_CLIENT_ID: text(),
  OAUTH_XIAOAI_CLIENT_SECRET: text(),
  OAUTH_XIAOAI_REDIRECTS: urls(),
  OAUTH_ALEXA_CLIENT_ID: text(),
  OAUTH_ALEXA_CLIENT_SECRET: text(),
  OAUTH_ALEXA_REDIRECTS: urls(),
  PLATFORM_CERTS_DIR: text(),
  EXTRA_CA_CERTS: text(),
  AZURE_SPEECH_KEY: text(),
  AZURE_SPEECH_REGION: variable('^[a-z0-9]+$', 'must be a region such as chinaeast2'),
  AZURE_SPEECH_HOST_STT: variable('^(wss?|https?)://\\S+$', 'must be a ws://, wss://, http:// or https:// URL'),
  AZURE_SPEECH_HOST_TTS: variable('^(wss?|https?)://\\S+$', 'must be a ws://, wss://, http:// or https:// URL'),
  SHERPA_MODEL_DIR: text(),
  TURN_URLS: variable('^turns?:[^\\s,]+(,turns?:[^\\s,]+)*$', 'must be turn: or turns: URLs with commas'),
  TURN_SECRET: text(),
  SMS_URL: url(),
  SMS_KEY: text(),
  CARRIER_URL: url(),
  CARRIER_KEY: text(),
  BINHAI_URL: url(),
  BINHAI_KEY: text(),
  MFA: oneOf('required', 'optional'),
  PASSWORD_DAYS: variable('^\\d{1,4}$', 'must be a number of days; 0 for passwords that do not expire'),
  AUDIT_KEPT_DAYS: variable(
    '^(18[5-9]|19\\d|[2-9]\\d\\d|[1-9]\\d{3,4})$',
    'must be 185 days or more: the law asks for six months at least',
  ),
  DIGEST: oneOf('sha256', 'sm3'),
  FIELD_CIPHER: oneOf('aes', 'sm4'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
  LAUNCHER_PID: variable('^[1-9]\\d*$', 'is set by the launcher: leave it out'),
});
type Variables = Static<typeof Environment>;
type Name = keyof Variables;

/** What src/store/redis.ts connects to. */
export type RedisTarget =
  | { url: string }
  | { cluster: string[]; password?: string }
  | { sentinels: string[]; name: string; password?: string };

/** Thrown with every problem of the environment in one readable message; never shows a value. */
export class ConfigProblems extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigProblems';
  }
}

export type Config = ReturnType<typeof read>;

/** The typed configuration. An empty variable counts as unset. @throws ConfigProblems naming all that is wrong at once. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const names = Object.keys(Environment.properties) as Name[];
  const set = Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : []))) as Variables;
  const problems = [...malformed(set), ...contradictions(set)];
  if (problems.length > 0) throw new ConfigProblems(problems);
  return read(set);
}

/** The environment of a program that we start, with something added. */
export const environmentWith = (more: Record<string, string>): NodeJS.ProcessEnv => ({ ...process.env, ...more });

function malformed(set: Variables): string[] {
  const named = new Set(Value.Errors(Environment, set).map((error) => error.instancePath.split('/')[1] as Name));
  return [...named].map((name) => `${name} ${(Environment.properties[name] as { message?: string }).message}`);
}

/** Brands whose accounts can be linked to a household. */
const LINKED = ['DUEROS', 'ALIGENIE', 'XIAOAI', 'ALEXA'] as const;

/** Pairs that only make sense together. */
const PAIRS: [Name, Name][] = [
  ['REDIS_SENTINELS', 'REDIS_SENTINEL_NAME'],
  ['TURN_URLS', 'TURN_SECRET'],
  ['ALEXA_CLIENT_ID', 'ALEXA_CLIENT_SECRET'],
  ['ALIGENIE_AK', 'ALIGENIE_SK'],
  ...LINKED.flatMap((name): [Name, Name][] => [
    [`OAUTH_${name}_CLIENT_ID`, `OAUTH_${name}_CLIENT_SECRET`],
    [`OAUTH_${name}_CLIENT_ID`, `OAUTH_${name}_REDIRECTS`],
  ]),
];

function contradictions(set: Variables): string[] {
  const problems: string[] = [];
  for (const [one, other] of PAIRS) {
    if (set[one] && !set[other]) problems.push(`${other} is missing: ${one} needs it`);
    if (set[other] && !set[one]) problems.push(`${one} is missing: ${other} needs it`);
  }
  const redis = (['REDIS_URL', 'REDIS_CLUSTER_URLS', 'REDIS_SENTINELS'] as const).filter((name) => set[name]);
  if (redis.length > 1) problems.push(`${redis.join(' and ')} are both set: choose one`);
  if (set.DATABASE_URL) {
    const secrets = (['SECRET_KEYS', 'FIELD_KEYS', 'INDEX_KEY'] as const).filter((name) => !set[name]);
    for (const name of secrets) problems.push(`${name} is missing: with DATABASE_URL the secrets are yours to give`);
  }
  if (set.DEMO_CLOCK && !hasSampleData(set)) problems.push('DEMO_CLOCK is for the sample community only: unset it');
  if (set.DEMO_CLOCK && Number.isNaN(instant(set.DEMO_CLOCK).getTime())) problems.push('DEMO_CLOCK is no real date');
  return problems;
}

/** The sample community is loaded unless a database is named; with one it must be asked for. */
function hasSampleData(set: Variables): boolean {
  return set.SAMPLE_DATA ? set.SAMPLE_DATA === 'true' : !set.DATABASE_URL;
}

/** An instant without an offset is Shanghai's. */
function instant(iso: string): Date {
  return new Date(/(Z|[+-]\d{2}:\d{2})$/.test(iso) ? iso : `${iso}+08:00`);
}

function read(set: Variables) {
  const sampleData = hasSampleData(set);
  return {
    port: Number(set.PORT ?? 8080),
    host: set.HOST ?? '127.0.0.1',
    /** Without a slash at its end. */
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, ''),
    /** Absolute. */
    dataDir: resolve(set.DATA_DIR ?? '.data'),
    /** Undefined: PGlite in the data directory. */
    databaseUrl: set.DATABASE_URL,
    /** Undefined only where the process was started without the launcher and without a Redis of its own. */
    redis: redisTarget(set),
    sampleData,
    demoClock: set.DEMO_CLOCK ? instant(set.DEMO_CLOCK) : undefined,
    /** What the environment gives; what it leaves out is made once into the data directory (embedded only). */
    secrets: { secretKeys: set.SECRET_KEYS, fieldKeys: set.FIELD_KEYS, indexKey: set.INDEX_KEY?.replace(/^.*:/, '') },
    ...brands(set),
    linkClients: linkClients(set),
    /** Variables that each brand still lacks, for the start-up lines; a brand with none is open. */
    brandsLack: lacking(set),
    platformCertsDir: set.PLATFORM_CERTS_DIR && resolve(set.PLATFORM_CERTS_DIR),
    extraCaCerts: set.EXTRA_CA_CERTS && resolve(set.EXTRA_CA_CERTS),
    azure: azure(set),
    sherpaModelDir: set.SHERPA_MODEL_DIR && resolve(set.SHERPA_MODEL_DIR),
    turn: set.TURN_URLS && set.TURN_SECRET ? { urls: set.TURN_URLS.split(','), secret: set.TURN_SECRET } : undefined,
    sms: set.SMS_URL ? { url: set.SMS_URL, key: set.SMS_KEY } : undefined,
    carrier: set.CARRIER_URL ? { url: set.CARRIER_URL, key: set.CARRIER_KEY } : undefined,
    binhai: set.BINHAI_URL ? { url: set.BINHAI_URL, key: set.BINHAI_KEY } : undefined,
    mfa: set.MFA ?? (sampleData ? 'optional' : 'required'),
    /** After so many days a password has to be changed; 0: never. The demonstration's accounts keep theirs. */
    passwordDays: Number(set.PASSWORD_DAYS ?? (sampleData ? 0 : PASSWORD_DAYS)),
    /** So long who looked at what is kept. */
    auditKeptDays: Number(set.AUDIT_KEPT_DAYS ?? AUDIT_KEPT_DAYS),
    digest: set.DIGEST ?? 'sha256',
    fieldCipher: set.FIELD_CIPHER ?? 'aes',
    logLevel: set.LOG_LEVEL ?? 'info',
    /** The launcher that started this process: src/parent.ts ends the process when it is gone. */
    launcherPid: set.LAUNCHER_PID ? Number(set.LAUNCHER_PID) : undefined,
  };
}

/** A cluster's password stands in the address of its first node; REDIS_URL may also be the launcher's `unix:///path?password=…`. */
function redisTarget(set: Variables): RedisTarget | undefined {
  if (set.REDIS_CLUSTER_URLS) {
    const cluster = set.REDIS_CLUSTER_URLS.split(',');
    return { cluster, password: passwordIn(cluster[0]) };
  }
  if (set.REDIS_SENTINELS) {
    const sentinels = set.REDIS_SENTINELS.split(',');
    return { sentinels, name: set.REDIS_SENTINEL_NAME ?? '', password: passwordIn(sentinels[0]) };
  }
  return set.REDIS_URL ? { url: set.REDIS_URL } : undefined;
}

function passwordIn(address = ''): string | undefined {
  return (address.includes('://') && decodeURIComponent(new URL(address).password)) || undefined;
}

/** What opens each brand's route; without all of them it is 404. */
const BRAND_NEEDS = {
  alexa: ['ALEXA_SKILL_ID'],
  dueros: ['DUEROS_SKILL_ID'],
  aligenie: ['ALIGENIE_SKILL_ID', 'ALIGENIE_SECRET'],
  xiaoai: ['XIAOAI_APP_ID', 'XIAOAI_KEY_ID', 'XIAOAI_SECRET'],
} as const satisfies Record<string, Name[]>;

function lacking(set: Variables): Record<keyof typeof BRAND_NEEDS, string[]> {
  const lack = (names: readonly Name[]) => names.filter((name) => !set[name]);
  const { alexa, dueros, aligenie, xiaoai } = BRAND_NEEDS;
  return { alexa: lack(alexa), dueros: lack(dueros), aligenie: lack(aligenie), xiaoai: lack(xiaoai) };
}

/** Each brand's settings, or undefined where its id or secret is missing. */
function brands(set: Variables) {
  return {
    alexa: set.ALEXA_SKILL_ID
      ? {
          skillId: set.ALEXA_SKILL_ID,
          clientId: set.ALEXA_CLIENT_ID,
          clientSecret: set.ALEXA_CLIENT_SECRET,
          apiUrl: set.ALEXA_API_URL ?? 'https://api.amazonalexa.com',
          tokenUrl: set.ALEXA_TOKEN_URL ?? 'https://api.amazon.com/auth/o2/token',
          stage: set.ALEXA_STAGE ?? ('live' as const),
          limits: limits(set.ALEXA_PUSHES_PER_MINUTE, set.ALEXA_PUSHES_PER_DAY),
        }
      : undefined,
    dueros: set.DUEROS_SKILL_ID ? { skillId: set.DUEROS_SKILL_ID, apiUrl: set.DUEROS_API_URL } : undefined,
    aligenie: aligenie(set),
    xiaoai:
      set.XIAOAI_APP_ID && set.XIAOAI_KEY_ID && set.XIAOAI_SECRET
        ? { appId: set.XIAOAI_APP_ID, keyId: set.XIAOAI_KEY_ID, secret: set.XIAOAI_SECRET }
        : undefined,
  };
}

/** The OAuth clients that may ask for a household: what each brand's console was told. */
function linkClients(set: Variables) {
  return LINKED.flatMap((name) => {
    const id = set[`OAUTH_${name}_CLIENT_ID`];
    const secret = set[`OAUTH_${name}_CLIENT_SECRET`];
    const redirects = set[`OAUTH_${name}_REDIRECTS`]?.split(',') ?? [];
    const brand = name.toLowerCase() as Lowercase<typeof name>;
    return id && secret ? [{ brand, id, secret, redirects }] : [];
  });
}

/** What a vendor's approval says that it takes; where it says nothing, the push's own caution. */
const limits = (perMinute?: string, perDay?: string) => ({
  perMinute: perMinute ? Number(perMinute) : undefined,
  perDay: perDay ? Number(perDay) : undefined,
});

function aligenie(set: Variables) {
  if (!set.ALIGENIE_SKILL_ID || !set.ALIGENIE_SECRET) return undefined;
  return {
    skillId: set.ALIGENIE_SKILL_ID,
    /** Lower-case, as Node names headers. */
    secretHeader: (set.ALIGENIE_SECRET_HEADER ?? 'x-jialiban-secret').toLowerCase(),
    secret: set.ALIGENIE_SECRET,
    accessKey: set.ALIGENIE_AK,
    secretKey: set.ALIGENIE_SK,
    apiUrl: set.ALIGENIE_API_URL ?? 'https://openapi.aligenie.com',
    /** The approved template of a notification; without it nothing is pushed. */
    templateId: set.ALIGENIE_TEMPLATE_ID,
    organizationId: set.ALIGENIE_ORGANIZATION_ID,
    limits: limits(set.ALIGENIE_PUSHES_PER_MINUTE, set.ALIGENIE_PUSHES_PER_DAY),
    filesDir: set.ALIGENIE_FILES_DIR && resolve(set.ALIGENIE_FILES_DIR),
  };
}

/** A region's key, or the hosts of containers on our own premises (which need no key). */
function azure(set: Variables) {
  const { AZURE_SPEECH_KEY: key, AZURE_SPEECH_REGION: region } = set;
  const stt = set.AZURE_SPEECH_HOST_STT;
  const tts = set.AZURE_SPEECH_HOST_TTS;
  if (!(key && region) && !stt && !tts) return undefined;
  return { key, region, hostStt: stt, hostTts: tts };
}
