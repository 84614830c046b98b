/** The six digits of an authenticator (RFC 6238). Judged by the real clock, never by a demonstration's. */
import { verify } from 'otplib';
import type { Clock } from '../../clock.ts';

/** What staff accounts need of field encryption. */
export interface SealedFields {
  seal(plain: string, about: string): string;
  open(sealed: string, about: string): string;
}

/** Where a second factor's secret is bound to, so that it cannot be moved to another account. */
export const totpOf = (staffId: string) => `staff.totpSealed:${staffId}`;

const STEP_SECONDS = 30;
/** An authenticator may run half a minute ahead or behind. */
const TOLERANCE_SECONDS = 30;

export interface FactorParts {
  fields: SealedFields;
  realClock: Clock;
  mfa: 'required' | 'optional';
}

/**
 * The time step of a right code; `none` where no code is wanted. Without an enrolled secret nobody passes where a second
 * factor is required.
 */
export async function checkSecondFactor(
  { fields, realClock, mfa }: FactorParts,
  account: { id: string; totpSealed: string | null },
  code: string | undefined,
): Promise<number | 'none' | 'missing' | 'wrong'> {
  const required = mfa === 'required';
  if (!account.totpSealed) return required ? 'wrong' : 'none';
  if (code === undefined || code === '') return required ? 'missing' : 'none';
  if (!/^\d{6}$/.test(code)) return 'wrong';
  const secret = fields.open(account.totpSealed, totpOf(account.id));
  const epoch = Math.floor(realClock.now().getTime() / 1000);
  const checked = await verify({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS });
  return checked.valid ? Math.floor(epoch / STEP_SECONDS) + checked.delta : 'wrong';
}
