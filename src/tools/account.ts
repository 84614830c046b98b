/** npm run account -- add|list|password|reach|disable|enable: accounts of real staff, by whoever runs this installation. */
import { parseArgs } from 'node:util';
import { asc, eq } from 'drizzle-orm';
import { clockStartingAt, systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Locale } from '../platforms/platform.ts';
import type { Reach } from '../services/staff/accounts.ts';
import type { Role } from '../services/staff/sessions.ts';
import { createStaffService } from '../services/staff/staff.ts';
import { type Database, migrate, openDatabase } from '../store/database.ts';
import { createFields } from '../store/fields.ts';
import { openSecrets, parseKey, parseKeyRing } from '../store/keys.ts';
import { place, ROLES, staff } from '../store/schema.ts';

const HELP = `npm run account -- add --username U --name N --role ${ROLES.join('|')} [--place CODE] [--duty A|B] [--badge B] [--phone DIGITS] [--languages zh-CN,en-US]
npm run account -- reach --username U [--phone DIGITS|none] [--languages zh-CN,en-US]
npm run account -- list
npm run account -- password|disable|enable --username U`;

const BY = { kind: 'system', id: 'account-tool', role: 'system' } as const;

/** Something to tell whoever typed the command, without a stack. */
class Mistake extends Error {}

interface Given {
  username?: string;
  name?: string;
  role?: string;
  place?: string;
  duty?: string;
  badge?: string;
  phone?: string;
  languages?: string;
}

const text = { type: 'string' } as const;
const options = {
  username: text,
  name: text,
  role: text,
  place: text,
  duty: text,
  badge: text,
  phone: text,
  languages: text,
};

async function main(): Promise<string> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const run = COMMANDS[positionals[0] ?? ''];
  if (!run) throw new Mistake(HELP);
  const { database, accounts } = await open();
  try {
    return await run(values, database, accounts);
  } finally {
    await database.close();
  }
}

async function open() {
  const config = readConfig();
  const own = config.databaseUrl ? undefined : await openSecrets(config.dataDir);
  const fieldKeys = config.secrets.fieldKeys ?? own?.fieldKeys ?? '';
  const indexKey = parseKey(config.secrets.indexKey ?? own?.indexKey ?? '', 'INDEX_KEY');
  const fields = createFields({ keys: parseKeyRing(fieldKeys), indexKey, cipher: config.fieldCipher });
  const database = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDir: `${config.dataDir}/database` },
  );
  await migrate(database);
  const clock = config.demoClock ? clockStartingAt(config.demoClock) : systemClock;
  const mfa = config.mfa === 'required' ? 'required' : 'optional';
  return { database, accounts: createStaffService({ database, clock, fields, mfa }) };
}

type Accounts = ReturnType<typeof createStaffService>;

const COMMANDS: Record<string, (given: Given, database: Database, accounts: Accounts) => Promise<string>> = {
  add,
  list,
  password: async (given, database, accounts) => {
    const password = await accounts.resetPassword(await idOf(given, database), BY);
    return `one-time password  ${password}\n`;
  },
  disable: async (given, database, accounts) => {
    await accounts.disable(await idOf(given, database), BY);
    return `${given.username} is shut; her sign-ins have ended.\n`;
  },
  reach: async (given, database, accounts) => {
    const reach = reachOf(given);
    if (Object.keys(reach).length === 0) throw new Mistake(HELP);
    await accounts.setReach(await idOf(given, database), reach, BY);
    return `It is written down how ${given.username} is reached.\n`;
  },
  enable: async (given, database, accounts) => {
    await accounts.enable(await idOf(given, database), BY);
    return `${given.username} may sign in again.\n`;
  },
};

async function add(given: Given, { db }: Database, accounts: Accounts): Promise<string> {
  const { username, name, role, duty, badge } = given;
  if (!username || !name || !isRole(role)) throw new Mistake(HELP);
  if (duty !== undefined && duty !== 'A' && duty !== 'B') throw new Mistake('--duty is A or B');
  const [at] = given.place ? await db.select({ id: place.id }).from(place).where(eq(place.code, given.place)) : [];
  if (given.place && !at) throw new Mistake(`There is no place with the code ${given.place}.`);
  if (role === 'clerk' && !at) throw new Mistake('A clerk works at a place: --place CODE');
  const [taken] = await db.select({ id: staff.id }).from(staff).where(eq(staff.username, username));
  if (taken) throw new Mistake(`There is an account ${username} already.`);
  const { phone, ...reach } = reachOf(given);
  const handed = await accounts.add(
    { username, name, role, duty, badge, placeId: at?.id, phone: phone ?? undefined, ...reach },
    BY,
  );
  return [
    `username           ${username}`,
    `one-time password  ${handed.password}`,
    `authenticator      ${handed.totpUri}`,
    'Shown this once. At the first sign-in she chooses a password of her own.\n',
  ].join('\n');
}

/** What was said of telephone and languages; `none` takes the telephone away. */
function reachOf({ phone, languages }: Given): Reach {
  if (phone !== undefined && phone !== 'none' && !/^\d{5,12}$/.test(phone))
    throw new Mistake('--phone is digits, or none');
  const spoken = languages?.split(',');
  if (spoken && !spoken.every(isLocale)) throw new Mistake('--languages are zh-CN, en-US or both');
  return {
    ...(phone === undefined ? {} : { phone: phone === 'none' ? null : phone }),
    ...(spoken ? { languages: spoken.filter(isLocale) } : {}),
  };
}

const isLocale = (one: string): one is Locale => one === 'zh-CN' || one === 'en-US';

async function list(_given: Given, { db }: Database): Promise<string> {
  const rows = await db
    .select({ username: staff.username, role: staff.role, code: place.code, disabledAt: staff.disabledAt })
    .from(staff)
    .leftJoin(place, eq(place.id, staff.placeId))
    .orderBy(asc(staff.username));
  return rows
    .map((row) => `${[row.username, row.role, row.code ?? '-', row.disabledAt ? 'shut' : 'open'].join('\t')}\n`)
    .join('');
}

const isRole = (role: string | undefined): role is Role => ROLES.some((known) => known === role);

async function idOf({ username }: Given, { db }: Database): Promise<string> {
  if (!username) throw new Mistake(HELP);
  const [account] = await db.select({ id: staff.id }).from(staff).where(eq(staff.username, username));
  if (!account) throw new Mistake(`There is no account ${username}.`);
  return account.id;
}

try {
  process.stdout.write(await main());
} catch (thrown) {
  const mine = thrown instanceof Mistake || (thrown instanceof TypeError && 'code' in thrown); // parseArgs throws the latter
  process.stderr.write(`${mine ? (thrown as Error).message : String(thrown)}\n`);
  process.exitCode = 1;
}
