/** The people who work here: how they sign in, how long that lasts, and their accounts. */
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import type { Database } from '../../store/database.ts';
import { createStaffAccounts } from './accounts.ts';
import { createPasswords } from './passwords.ts';
import type { SealedFields } from './second-factor.ts';
import { createStaffSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';

export interface StaffParts {
  database: Database;
  /** Business time, which a demonstration may have moved. */
  clock: Clock;
  fields: SealedFields;
  /** `required`: nobody signs in without a second factor (`MFA` of .env.example). */
  mfa: 'required' | 'optional';
  /** Days after which a password has to be changed; 0: never. */
  passwordDays?: number;
  /** The time that authenticators show: never the demonstration's. */
  realClock?: Clock;
}

export type StaffService = ReturnType<typeof createStaffService>;

/** Signing in, sessions and accounts of staff, over one store. */
export function createStaffService({ realClock = systemClock, ...parts }: StaffParts) {
  const passwords = createPasswords();
  const sessions = createStaffSessions(parts);
  return {
    ...createSignIn({ ...parts, realClock, passwords }),
    ...sessions,
    ...createStaffAccounts({ ...parts, passwords }),
  };
}
