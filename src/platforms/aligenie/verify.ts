import { createHash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Delivery, NotVerified } from '../delivery.ts';
import { textAt } from '../foreign.ts';
import { parseVerified } from '../signed.ts';
import { openSealed } from './sealed.ts';

export interface AligenieProof {
  skillId: string;
  /** Name and value of the header that the console sends with every request: the platform signs nothing. */
  secretHeader: string;
  secret: string;
  /** For the console's optional body encryption. */
  privateKey?: KeyObject;
}

/** Secret header first, then the skill. @throws NotVerified */
export function verifyAligenie(delivery: Delivery, proof: AligenieProof): unknown {
  const given = delivery.header(proof.secretHeader.toLowerCase());
  if (!timingSafeEqual(digest(given), digest(proof.secret))) throw new NotVerified('secret wrong');
  const body = openSealed(parseVerified(delivery), proof.privateKey);
  const skill = textAt(body, 'skillId') ?? textAt(body, 'context', 'system', 'application', 'skillId');
  if (skill !== proof.skillId) throw new NotVerified('another skill');
  return body;
}

// Equal lengths, whatever was sent.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `20250311143452004-1277958919`: Shanghai time to the millisecond, as captures have it; the form is not documented. */
const STAMPED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}-/;

/**
 * Minutes between a request id's own time and now; undefined where it names none. The platform has neither signature nor timestamp, so
 * this is the only sign of a request that was kept and sent again: it is told in the log, and no reason to refuse anybody.
 */
export function minutesOff(requestId: string | undefined, now: Date): number | undefined {
  const [, year, month, day, hour, minute, second] = STAMPED.exec(requestId ?? '') ?? [];
  const stamped = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(stamped) ? undefined : Math.round(Math.abs(now.getTime() - stamped) / 60_000);
}
