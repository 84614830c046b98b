import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type Delivery, NotVerified } from '../delivery.ts';
import { textAt } from '../foreign.ts';
import { parseVerified, requireSkill } from '../signed.ts';

const SCHEME = /^MIAI-HmacSHA256-V1 ([^:\s]+):([^:]*):([0-9a-f]{64})$/;
/** Ours: the platform documents none. */
const TOLERANCE_MS = 300_000;
/** A request of this brand that fails; one that is not of this brand at all is a bad request like everywhere else. */
const UNAUTHORIZED = 401;

export interface XiaoaiProof {
  appId: string;
  keyId: string;
  /** Base64, as Xiaomi gives it. */
  secret: string;
  /** The host that was signed, where a proxy writes another into the header. */
  publicHost?: string;
  clock: Clock;
}

/** What is signed: each field followed by a line feed, an empty field being an empty line. */
export interface SignedFields {
  method: string;
  path: string;
  query: string;
  date: string;
  host: string;
  contentType: string;
  contentMd5: string;
}

/** Lower-case hexadecimal HMAC-SHA256 under the decoded secret. */
export function xiaoaiSignature(fields: SignedFields, secret: string): string {
  const { method, path, query, date, host, contentType, contentMd5 } = fields;
  const text = [method, path, query, date, host, contentType, contentMd5, ''].join('\n');
  return createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('hex');
}

/** Digest of the body, signature over it, time, skill: in this order. @throws NotVerified */
export function verifyXiaoai(delivery: Delivery, proof: XiaoaiProof): unknown {
  const [, keyId, , given = ''] = SCHEME.exec(delivery.header('authorization')) ?? [];
  if (keyId === undefined) throw new NotVerified('authorization unreadable');
  if (keyId !== proof.keyId) throw new NotVerified('another key', UNAUTHORIZED);
  const fields = fieldsOf(delivery, proof.publicHost);
  // The signature binds the body through this digest only, so it has to be computed and not believed.
  const md5 = createHash('md5').update(delivery.raw).digest('base64');
  if (md5 !== fields.contentMd5) throw new NotVerified('body digest wrong', UNAUTHORIZED);
  const expected = xiaoaiSignature(fields, proof.secret);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected)))
    throw new NotVerified('signature wrong', UNAUTHORIZED);
  const age = proof.clock.now().getTime() - Date.parse(fields.date);
  if (!(Math.abs(age) <= TOLERANCE_MS)) throw new NotVerified('date out of range', UNAUTHORIZED);
  const body = parseVerified(delivery);
  requireSkill([textAt(body, 'session', 'application', 'app_id')], proof.appId, somebodyIn(body));
  return body;
}

function fieldsOf(delivery: Delivery, publicHost?: string): SignedFields {
  return {
    method: delivery.method,
    path: delivery.path,
    query: delivery.query,
    date: delivery.header('x-xiaomi-date'),
    host: publicHost ?? delivery.header('host'),
    contentType: delivery.header('content-type'),
    contentMd5: delivery.header('content-md5'),
  };
}

function somebodyIn(body: unknown): boolean {
  return (textAt(body, 'context', 'device_id') ?? textAt(body, 'session', 'user', 'user_id')) !== undefined;
}
