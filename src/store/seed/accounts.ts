/** Staff of the sample community: A and B at every station, the centres' windows, and one of each office. */
import { hash } from '@node-rs/argon2';
import { generateSecret } from 'otplib';
import type { Fields } from '../fields.ts';
import type { ROLES, staff } from '../schema.ts';
import type { PlaceFact } from './facts.ts';
import type { Random } from './random.ts';
import type { SampleFacts } from './sample-facts.ts';
import type { Secrets } from './secrets.ts';

export type StaffRow = typeof staff.$inferInsert & { id: string };
type Role = (typeof ROLES)[number];

export interface DemoAccount {
  role: Role;
  username: string;
  password: string;
  station?: string;
  duty?: 'A' | 'B';
  totpSecret?: string;
}

interface Post {
  username: string;
  title: string;
  role: Role;
  place?: PlaceFact;
  duty?: 'A' | 'B';
  languages?: string[];
  /** Has an account in demo.json; the others only stand in the duty lists and cannot sign in. */
  demo?: boolean;
}

interface Parts {
  facts: SampleFacts;
  places: PlaceFact[];
  placeIds: Map<string, string>;
  random: Random;
  secrets: Secrets;
  fields: Pick<Fields, 'seal'>;
  now: Date;
}

/** @returns the rows, and the accounts that testers may sign in with */
export async function buildStaff(parts: Parts): Promise<{ rows: StaffRow[]; accounts: DemoAccount[] }> {
  const nobody = await hash(parts.secrets.hex(32)); // of a password that nobody was told
  const rows: StaffRow[] = [];
  const accounts: DemoAccount[] = [];
  for (const [n, post] of postsOf(parts).entries()) {
    const password = post.demo ? parts.secrets.password() : undefined;
    const row = staffRow(parts, post, n, password ? await hash(password) : nobody);
    rows.push(row);
    if (password) accounts.push({ ...accountOf(post, password), totpSecret: enrol(parts, row) });
  }
  return { rows, accounts };
}

const accountOf = ({ role, username, place, duty }: Post, password: string): DemoAccount => ({
  role,
  username,
  password,
  station: place?.name,
  duty,
});

/** A second factor is enrolled from the first day: where `MFA=required` is set later, nobody is locked out. */
function enrol({ fields }: Parts, row: StaffRow): string {
  const secret = generateSecret();
  row.totpSealed = fields.seal(secret, `staff.totpSealed:${row.id}`);
  return secret;
}

function staffRow({ facts, random, placeIds, now }: Parts, post: Post, n: number, passwordHash: string): StaffRow {
  const { surnames } = facts.names;
  return {
    id: random.id(`staff ${post.username}`),
    username: post.username,
    name: post.title.replace('{surname}', surnames[n % surnames.length] as string),
    badge: `S${String(n + 1).padStart(3, '0')}`,
    role: post.role,
    placeId: post.place && placeIds.get(post.place.code),
    duty: post.duty,
    languages: post.languages ?? ['zh-CN'],
    passwordHash,
    passwordChangedAt: now,
    mustChangePassword: false,
    sample: true,
  };
}

function postsOf({ facts, places }: Parts): Post[] {
  const { titles, clerks, unstaffed, languages } = facts.staff;
  const stations = places.filter(
    ({ kind, status, code }) => kind === 'station' && status === 'operating' && !unstaffed.includes(code),
  );
  const centres = places.filter(({ kind }) => kind === 'centre');
  const [first, ...others] = stations;
  const pair = (place: PlaceFact, name: (duty: 'A' | 'B') => string, demo: boolean): Post[] =>
    (['A', 'B'] as const).map((duty) => ({ username: name(duty), title: clerks, role: 'clerk', place, duty, demo }));
  const window = (place: PlaceFact, n: number, demo: boolean): Post => ({
    username: demo ? 'window' : `window-${place.code}-${n}`,
    title: titles.window,
    role: 'clerk',
    place,
    languages: languages.window,
    demo,
  });
  const office = (role: Exclude<Role, 'clerk'>, username: string): Post => ({
    username,
    title: titles[role],
    role,
    demo: true,
  });
  return [
    ...(first ? pair(first, (duty) => `clerk-${duty.toLowerCase()}`, true) : []),
    ...centres.flatMap((place, n) => [window(place, 1, n === 0), window(place, 2, false)]), // two at each of three centres: six
    office('supervisor', 'supervisor'),
    office('operator', 'operator'),
    office('officer', 'officer-1'),
    office('officer', 'officer-2'),
    office('auditor', 'auditor'),
    office('security', 'security'),
    ...others.flatMap((place) => pair(place, (duty) => `${place.code}-${duty.toLowerCase()}`, false)),
  ];
}
