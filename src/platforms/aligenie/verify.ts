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
