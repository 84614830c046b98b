import type { Clock } from '../../clock.ts';
import type { Certificates } from '../certificates.ts';
import { type Delivery, NotVerified } from '../delivery.ts';
import { at, textAt } from '../foreign.ts';
import { certificateAddress, parseVerified, requireSignature, requireSkill } from '../signed.ts';

/** "Manually verify that the request was sent by Alexa": host in any case, path in exactly this one. */
const ADDRESS = { host: 's3.amazonaws.com', pathStart: '/echo.api/', caseSensitiveHost: false };
const PROFILE = { name: 'echo-api.amazon.com', toRoot: true };
const TOLERANCE_MS = 150_000;
/** Skill events may be delivered late. */
const EVENT_TOLERANCE_MS = 3_600_000;
const LATE_EVENT = /^AlexaSkillEvent\.Skill(Enabled|Disabled|PermissionChanged|PermissionAccepted|AccountLinked)$/;

export interface AlexaProof {
  skillId: string;
  certificates: Certificates;
  clock: Clock;
}

/** Certificate chain, SHA256withRSA over the raw body, time, skill: in this order. @throws NotVerified */
export async function verifyAlexa(delivery: Delivery, proof: AlexaProof): Promise<unknown> {
  const signature = delivery.header('signature-256');
  const url = certificateAddress(delivery.header('signaturecertchainurl'), ADDRESS);
  requireSignature('RSA-SHA256', delivery, await proof.certificates.key(url, PROFILE), signature);
  const body = parseVerified(delivery);
  requireFresh(body, proof.clock.now().getTime());
  requireSkill(skillsIn(body), proof.skillId, somebodyIn(body));
  return body;
}

// The kit takes stamps of the future; we do not.
function requireFresh(body: unknown, now: number): void {
  const age = now - instantOf(at(body, 'request', 'timestamp'));
  const oldest = LATE_EVENT.test(textAt(body, 'request', 'type') ?? '') ? EVENT_TOLERANCE_MS : TOLERANCE_MS;
  if (!(age <= oldest && age >= -TOLERANCE_MS)) throw new NotVerified('timestamp out of range');
}

/** ISO 8601; epoch milliseconds as a number have been seen. Milliseconds, NaN when it is neither. */
function instantOf(timestamp: unknown): number {
  if (typeof timestamp === 'number') return timestamp;
  return typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
}

function skillsIn(body: unknown): (string | undefined)[] {
  return [
    textAt(body, 'context', 'System', 'application', 'applicationId'),
    textAt(body, 'session', 'application', 'applicationId'),
  ];
}

function somebodyIn(body: unknown): boolean {
  const system = at(body, 'context', 'System');
  return [
    textAt(system, 'device', 'deviceId'),
    textAt(system, 'user', 'userId'),
    textAt(body, 'session', 'user', 'userId'),
  ].some((id) => id !== undefined);
}
