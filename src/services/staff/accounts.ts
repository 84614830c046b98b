/** Accounts of staff: made, shut, opened again, given a new password. What the security administrator does, and the account tool. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { generateSecret, generateURI } from 'otplib';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Locale } from '../../platforms/platform.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import { place, staff, staffSession } from '../../store/schema.ts';
import { isStrong, oneTimePassword, type Passwords } from './passwords.ts';
import { type SealedFields, totpOf } from './second-factor.ts';
import type { Person, Role } from './sessions.ts';

interface Parts {
  database: Database;
  clock: Clock;
  fields: SealedFields;
  passwords: Passwords;
}

export interface NewAccount {
  username: string;
  name: string;
  role: Role;
  placeId?: string;
  duty?: 'A' | 'B';
  badge?: string;
  phone?: string;
  languages?: Locale[];
}

/** How she is reached, and by whom: what is left out stays as it is. */
export interface Reach {
  /** Her own at work, digits: a carrier rings it first, and messages on duty go there. `null`: none any more. */
  phone?: string | null;
  /** Calls ring at her only in these. */
  languages?: Locale[];
}

/** What the new colleague is handed, once: nothing of it can be read again. */
export interface Handed {
  staffId: string;
  password: string;
  /** For the authenticator. */
  totpUri: string;
}

/** Passwords and factors leave here once, as the answer; kept are a hash and a sealed secret. */
export function createStaffAccounts({ database, clock, fields, passwords }: Parts) {
  /** A new account with a one-time password and a second factor. @throws Refusal BadInput when the username is taken */
  async function add(account: NewAccount, by: Actor): Promise<Handed> {
    const staffId = randomUUID();
    const password = oneTimePassword();
    const secret = generateSecret();
    const row = {
      ...account,
      id: staffId,
      passwordHash: await passwords.hash(password),
      passwordChangedAt: clock.now(),
      mustChangePassword: true,
      totpSealed: fields.seal(secret, totpOf(staffId)),
    };
    await recorded(by, 'staff.add', staffId, (tx) => tx.insert(staff).values(row)).catch((error: unknown) => {
      throw isUniqueViolation(error, 'staff_username_unique') ? new Refusal('BadInput', { field: 'username' }) : error;
    });
    return { staffId, password, totpUri: generateURI({ issuer: 'jialiban', label: account.username, secret }) };
  }

  /** Where a clerk may work: centres and stations, a centre before its own. */
  const workplaces = () =>
    database.db
      .select({ id: place.id, name: place.name })
      .from(place)
      .where(inArray(place.kind, ['centre', 'station']))
      .orderBy(asc(place.kind), asc(place.code));

  /** A forgotten password: a new one-time one, and everybody signed in with the old one is out. */
  async function resetPassword(staffId: string, by: Actor): Promise<string> {
    const password = oneTimePassword();
    const passwordHash = await passwords.hash(password);
    const now = clock.now();
    await recorded(by, 'staff.resetPassword', staffId, async (tx) => {
      const set = { passwordHash, passwordChangedAt: now, mustChangePassword: true, failures: 0, lockedUntil: null };
      await change(tx, staffId, set);
      await endSessions(tx, staffId, now);
    });
    return password;
  }

  /** A lost authenticator: a new secret, and everybody signed in is out. @returns for the authenticator */
  async function resetFactor(staffId: string, by: Actor): Promise<string> {
    const secret = generateSecret();
    const now = clock.now();
    let label = '';
    await recorded(by, 'staff.resetFactor', staffId, async (tx) => {
      const [row] = await tx.select({ username: staff.username }).from(staff).where(eq(staff.id, staffId));
      label = row?.username ?? '';
      await change(tx, staffId, { totpSealed: fields.seal(secret, totpOf(staffId)) });
      await endSessions(tx, staffId, now);
    });
    return generateURI({ issuer: 'jialiban', label, secret });
  }

  /**
   * Her own new password; her other sessions end.
   * @throws Refusal SignInFailed when the current one is wrong
   * @throws Refusal PasswordTooWeak
   */
  async function changePassword(person: Person, current: string, next: string): Promise<void> {
    const [account] = await database.db.select({ hash: staff.passwordHash }).from(staff).where(eq(staff.id, person.id));
    if (!(await passwords.matches(account?.hash, current))) throw new Refusal('SignInFailed');
    if (!isStrong(next, person.username) || next === current) throw new Refusal('PasswordTooWeak');
    const passwordHash = await passwords.hash(next);
    const now = clock.now();
    const by: Actor = { kind: 'staff', id: person.id, role: person.role };
    await recorded(by, 'staff.changePassword', person.id, async (tx) => {
      await change(tx, person.id, { passwordHash, passwordChangedAt: now, mustChangePassword: false });
      await endSessions(tx, person.id, now, person.sessionId);
    });
  }

  /** Shuts an account: its sessions end with it. */
  async function disable(staffId: string, by: Actor): Promise<void> {
    const now = clock.now();
    await recorded(by, 'staff.disable', staffId, async (tx) => {
      await change(tx, staffId, { disabledAt: now });
      await endSessions(tx, staffId, now);
    });
  }

  /** Opens a shut account again, and a locked one at once. */
  async function enable(staffId: string, by: Actor): Promise<void> {
    await recorded(by, 'staff.enable', staffId, (tx) =>
      change(tx, staffId, { disabledAt: null, lockedUntil: null, failures: 0 }),
    );
  }

  /** Her telephone at work and the languages in which calls ring at her. @throws Refusal NotFound */
  async function setReach(staffId: string, reach: Reach, by: Actor): Promise<void> {
    await recorded(by, 'staff.reach', staffId, (tx) => change(tx, staffId, reach));
  }

  /** The change and its audit row, together or not at all. */
  async function recorded(by: Actor, action: string, staffId: string, work: (tx: Db) => Promise<unknown>) {
    await database.transaction(async (tx) => {
      await work(tx);
      await writeAudit(tx, { at: clock.now(), actor: by, action, subject: `staff/${staffId}`, result: 'done' });
    });
  }

  return { add, workplaces, resetPassword, resetFactor, changePassword, disable, enable, setReach };
}

async function change(tx: Db, staffId: string, set: Partial<typeof staff.$inferInsert>): Promise<void> {
  const changed = await tx.update(staff).set(set).where(eq(staff.id, staffId)).returning({ id: staff.id });
  if (changed.length === 0) throw new Refusal('NotFound');
}

async function endSessions(tx: Db, staffId: string, now: Date, except?: string): Promise<void> {
  await tx
    .update(staffSession)
    .set({ endedAt: now })
    .where(
      and(
        eq(staffSession.staffId, staffId),
        isNull(staffSession.endedAt),
        except === undefined ? undefined : ne(staffSession.id, except),
      ),
    );
}
