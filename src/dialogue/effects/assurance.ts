/** Who she is, as far as it is known: what every errand may ask before it tells anything sensitive. */
import type { Services } from '../../services/index.ts';
import type { PinOutcome } from '../hands.ts';
import type { Effects } from './index.ts';

/** For how long digits said once hold in a talk. */
const VERIFIED_MS = 10 * 60_000;

/** Effects that every errand may name. */
export function assuranceEffects(): Effects<unknown> {
  return {
    /** Whether the agreed digits were said, can be asked for, or were never agreed on. */
    assure: async ({ verified, home, residentId }) => {
      const hasPin = home.residents.find((one) => one.id === residentId)?.hasPin === true;
      return { type: 'ASSURED', level: verified ? 'verified' : hasPin ? 'pin' : 'none' };
    },
  };
}

/** Whether the digits are hers; they go nowhere else. */
export async function checkPin(
  { pins, clock }: Pick<Services, 'pins' | 'clock'>,
  residentId: string,
  digits: string,
): Promise<PinOutcome> {
  const by = { kind: 'resident' as const, id: residentId, role: 'resident' };
  const answer = await pins.check(residentId, digits, by);
  if (answer.answer === 'right') {
    const verifiedUntil = new Date(clock.now().getTime() + VERIFIED_MS).toISOString();
    return { type: 'PIN_RIGHT', triedBefore: answer.triedBefore > 0, tried: answer.triedBefore, verifiedUntil };
  }
  return { type: answer.answer === 'wrong' ? 'PIN_WRONG' : 'PIN_LOCKED' };
}
