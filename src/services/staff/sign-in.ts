/** Proving who one is: password, lockout, second factor. Every failure gives the same answer after the same work. */
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { effect, staff } from '../../store/schema.ts';
import type { Passwords } from './passwords.ts';
import { checkSecondFactor, type FactorParts } from './second-factor.ts';

/** 等保 level three (GB/T 22239) asks for a limit without naming one; five and fifteen minutes are ours. */
const FAILURES = 5;
const LOCKED_MS = 15 * 60_000;
const NOBODY = '00000000-0000-0000-0000-000000000000';

interface Parts extends FactorParts {
  database: Database;
  clock: Clock;
  passwords: Passwords;
}

export interface Credentials {
  username: string;
  password: string;
  /** Six digits of the authenticator. */
  code?: string;
}

type Account = typeof staff.$inferSelect;

/** Signing in. The session itself is opened afterwards, when its cookie is known: sessions.ts. */
export function createSignIn(parts: Parts) {
  const { database, clock, passwords } = parts;

  /**
   * The account these credentials belong to.
   * @throws Refusal SignInFailed for an unknown user, a wrong password or code, and a locked or disabled account alike
   * @throws Refusal SecondFactorRequired when the password is right and the code was left out
   * @throws Refusal TooManyRequests when too many wait for their password to be checked
   */
  async function prove({ username, password, code }: Credentials): Promise<{ staffId: string }> {
    const [account] = await database.db.select().from(staff).where(eq(staff.username, username)).limit(1);
    const right = await passwords.matches(account?.passwordHash, password);
    if (!account || !right || isShut(account, clock.now())) return failed(account, 'password');
    const factor = await checkSecondFactor(parts, account, code);
    if (factor === 'missing') throw new Refusal('SecondFactorRequired');
    if (factor === 'wrong') return failed(account, 'code');
    const stillOpen = await database.transaction((tx) => forgetFailures(tx, account.id, factor, clock.now()));
    return stillOpen ? { staffId: account.id } : failed(account, 'locked');
  }

  /** Counts and records the failure. An unknown user costs the same statements as a known one. */
  async function failed(account: Account | undefined, reason: string): Promise<never> {
    await database.transaction(async (tx) => {
      const at = clock.now();
      await countFailure(tx, account?.id ?? NOBODY, at);
      await writeAudit(tx, {
        at,
        actor: { kind: 'staff', id: account?.id ?? 'unknown', role: account?.role ?? 'none' },
        action: 'staff.signIn',
        subject: account ? `staff/${account.id}` : 'staff/unknown',
        reason,
        result: 'failed',
      });
    });
    throw new Refusal('SignInFailed');
  }

  return { prove };
}

function isShut(account: Account, now: Date): boolean {
  return account.disabledAt !== null || (account.lockedUntil !== null && account.lockedUntil > now);
}

/** One statement decides, so that guesses sent at once are all counted. A failure while locked does not lengthen the lock. */
async function countFailure(tx: Db, staffId: string, now: Date): Promise<void> {
  const until = new Date(now.getTime() + LOCKED_MS).toISOString();
  const last = sql`${staff.failures} + 1 >= ${FAILURES}`;
  await tx
    .update(staff)
    .set({
      failures: sql`case when ${last} then 0 else ${staff.failures} + 1 end`,
      lockedUntil: sql`case when ${last} then ${until}::timestamptz else null end`,
      updatedAt: now,
    })
    .where(and(eq(staff.id, staffId), notLocked(now)));
}

const notLocked = (now: Date) => or(isNull(staff.lockedUntil), lte(staff.lockedUntil, now));

/** Whether the account was still open when everything had been proved. A code is used up: one account, one time step, once. */
async function forgetFailures(tx: Db, staffId: string, step: number | 'none', now: Date): Promise<boolean> {
  const open = await tx
    .update(staff)
    .set({ failures: 0, lockedUntil: null, updatedAt: now })
    .where(and(eq(staff.id, staffId), isNull(staff.disabledAt), notLocked(now)))
    .returning({ id: staff.id });
  if (open.length === 0) return false;
  if (step === 'none') return true;
  const used = await tx
    .insert(effect)
    .values({ key: `totp:${staffId}:${step}`, outcome: true })
    .onConflictDoNothing()
    .returning({ key: effect.key });
  return used.length === 1;
}
