import type { Clock } from '../../clock.ts';
import type { Certificates } from '../certificates.ts';
import { type Delivery, NotVerified } from '../delivery.ts';
import { textAt } from '../foreign.ts';
import { certificateAddress, parseVerified, requireSignature, requireSkill } from '../signed.ts';

/** Rules of the platform's authentication page (dbp-deploy/authentication_markdown); its kits check less. */
const ADDRESS = { host: 'duer.bdstatic.com', pathStart: '/saiya/flow/', caseSensitiveHost: true };
const PROFILE = { name: 'dueros-api.baidu.com', toRoot: false };
const TOLERANCE_MS = 180_000;

export interface DuerosProof {
  skillId: string;
  certificates: Certificates;
  clock: Clock;
}

/** Certificate, SHA1withRSA over the raw body, time, skill: in this order. @throws NotVerified */
export async function verifyDueros(delivery: Delivery, proof: DuerosProof): Promise<unknown> {
  const signature = delivery.header('signature');
  const url = certificateAddress(delivery.header('signaturecerturl'), ADDRESS);
  requireSignature('RSA-SHA1', delivery, await proof.certificates.key(url, PROFILE), signature);
  const body = parseVerified(delivery);
  requireFresh(textAt(body, 'request', 'timestamp'), proof.clock.now().getTime());
  const who =
    textAt(body, 'context', 'System', 'device', 'deviceId') ?? textAt(body, 'context', 'System', 'user', 'userId');
  requireSkill([textAt(body, 'context', 'System', 'application', 'applicationId')], proof.skillId, who !== undefined);
  return body;
}

function requireFresh(timestamp: string | undefined, now: number): void {
  const at = instantOf(timestamp);
  if (!(Math.abs(now - at) < TOLERANCE_MS)) throw new NotVerified('timestamp out of range');
}

/** Unix seconds in a string; ISO 8601 has been seen from third parties. Milliseconds, NaN when it is neither. */
function instantOf(timestamp: string | undefined): number {
  if (timestamp === undefined) return Number.NaN;
  return /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Date.parse(timestamp);
}
