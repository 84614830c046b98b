/** How long a sign-in lasts, who is signed in, and how it is ended from elsewhere. The cookie's content lies in Redis; what counts is here. */
import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Actor } from '../../store/audit.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { openSessions } from '../../store/queries/staff.ts';
import { place, type ROLES, staff, staffSession } from '../../store/schema.ts';

export type Role = (typeof ROLES)[number];

export const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3600_000;
/** Being seen is written down at most this often. */
const TOUCH_MS = 60_000;
const DAY_MS = 86_400_000;

/** Who is signed in, with what a request may need to know of her. */
export interface Person {
  id: string;
  /** The row of staff_session. */
  sessionId: string;
  name: string;
  username: string;
  role: Role;
  place: { id: string; name: string; kind: string } | null;
  duty: 'A' | 'B' | null;
  mustChangePassword: boolean;
  /** Not a person but the property system, with the scopes of its key. */
  key?: { scopes: readonly string[] };
}

/** The actor of whatever a person does, or the property system with its key. */
export function actorOf(person: Pick<Person, 'id' | 'role' | 'key'>): Actor {
  if (person.key) return { kind: 'system', id: person.id, role: 'partner' };
  return { kind: 'staff', id: person.id, role: person.role };
}

interface SessionParts {
  database: Database;
  clock: Clock;
  /** Days after which a password has to be changed; 0: never. */
  passwordDays?: number;
}

/** Sign-ins as rows: opened, resumed at every request, ended. */
export function createStaffSessions({ database, clock, passwordDays = 0 }: SessionParts) {
  /** Opens a session for a proved account; `cookie` is kept as a hash only. Writes the audit row of the sign-in. */
  async function open(from: { staffId: string; cookie: string; address?: string; agent?: string }): Promise<string> {
    const now = clock.now();
    return database.transaction(async (tx) => {
      const [row] = await tx
        .insert(staffSession)
        .values({
          staffId: from.staffId,
          sessionHash: createHash('sha256').update(from.cookie).digest('hex'),
          address: from.address,
          agent: from.agent?.slice(0, 200),
          seenAt: now,
          createdAt: now,
          updatedAt: now,
        })
        .returning({ id: staffSession.id });
      const [account] = await tx.select({ role: staff.role }).from(staff).where(eq(staff.id, from.staffId));
      if (!row || !account) throw new Error('the session was not written');
      await writeAudit(tx, {
        at: now,
        actor: { kind: 'staff', id: from.staffId, role: account.role },
        action: 'staff.signIn',
        subject: `staff/${from.staffId}`,
        result: 'done',
      });
      return row.id;
    });
  }

  /** The person of a session that still lasts: not ended, not idle for 30 minutes, not older than 12 hours, account not disabled. */
  async function resume(sessionId: string): Promise<Person | undefined> {
    const found = await personOf(database.db, sessionId);
    if (!found) return undefined;
    const now = clock.now();
    const idle = now.getTime() - found.seenAt.getTime();
    const tooLong = idle > IDLE_MS || now.getTime() - found.createdAt.getTime() > LONGEST_MS;
    if (tooLong) {
      await close(database.db, sessionId, now);
      return undefined;
    }
    if (Math.abs(idle) >= TOUCH_MS) await touch(database.db, sessionId, now);
    return { ...found.person, mustChangePassword: found.person.mustChangePassword || hasExpired(found.changedAt, now) };
  }

  /** A password of long ago lets her in, and to nothing but choosing another one. */
  const hasExpired = (changedAt: Date, now: Date) =>
    passwordDays > 0 && now.getTime() - changedAt.getTime() > passwordDays * DAY_MS;

  /** Ends one session; ending it again changes nothing. `staffId` keeps people from ending others' by a guessed id. */
  async function end(sessionId: string, staffId: string, by: Actor): Promise<boolean> {
    return database.transaction(async (tx) => {
      const now = clock.now();
      const ended = await close(tx, sessionId, now, staffId);
      if (ended)
        await writeAudit(tx, {
          at: now,
          actor: by,
          action: 'staff.signOut',
          subject: `staff/${staffId}`,
          result: 'done',
        });
      return ended;
    });
  }

  /** The sessions of one account that have not been ended, newest first. */
  const sessionsOf = (staffId: string) => openSessions(database.db, staffId);

  return { open, resume, end, sessionsOf };
}

async function personOf(db: Db, sessionId: string) {
  const [row] = await db
    .select({ session: staffSession, account: staff, at: { id: place.id, name: place.name, kind: place.kind } })
    .from(staffSession)
    .innerJoin(staff, eq(staff.id, staffSession.staffId))
    .leftJoin(place, eq(place.id, staff.placeId))
    .where(and(eq(staffSession.id, sessionId), isNull(staffSession.endedAt), isNull(staff.disabledAt)))
    .limit(1);
  if (!row) return undefined;
  const { id, name, username, role, duty, mustChangePassword } = row.account;
  const person: Person = { id, sessionId, name, username, role, place: row.at, duty, mustChangePassword };
  return { person, ...row.session, changedAt: row.account.passwordChangedAt };
}

async function touch(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.update(staffSession).set({ seenAt: now, updatedAt: now }).where(eq(staffSession.id, sessionId));
}

async function close(db: Db, sessionId: string, now: Date, staffId?: string): Promise<boolean> {
  const ended = await db
    .update(staffSession)
    .set({ endedAt: now, updatedAt: now })
    .where(
      and(
        eq(staffSession.id, sessionId),
        isNull(staffSession.endedAt),
        staffId === undefined ? undefined : eq(staffSession.staffId, staffId),
      ),
    )
    .returning({ id: staffSession.id });
  return ended.length > 0;
}
