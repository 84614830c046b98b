import { createVerify, type KeyObject } from 'node:crypto';
import { type Delivery, NotVerified } from './delivery.ts';
import { parseForeign } from './foreign.ts';

/** How a certificate address must look, after normalisation. */
export interface AddressRule {
  host: string;
  pathStart: string;
  /** The host as written must be lower case already. */
  caseSensitiveHost: boolean;
}

/**
 * The certificate's address, if the brand could have sent it: HTTPS, exact host, port 443, the brand's path, nothing else.
 * No socket is opened for any other. @throws NotVerified
 */
export function certificateAddress(header: string, rule: AddressRule): URL {
  const plain = header.length <= 512 && /^[\x21-\x7e]+$/.test(header) && !/[@\\]/.test(header);
  if (!plain || !URL.canParse(header)) throw new NotVerified('certificate address unreadable');
  const url = new URL(header);
  const ours =
    url.protocol === 'https:' &&
    url.hostname === rule.host &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    url.pathname.startsWith(rule.pathStart) &&
    (!rule.caseSensitiveHost ||
      header.startsWith(`https://${rule.host}/`) ||
      header.startsWith(`https://${rule.host}:443/`));
  if (!ours) throw new NotVerified('certificate address not allowed');
  return url;
}

/** @throws NotVerified unless `signature` is the canonical base64 of the key's signature over the raw body. */
export function requireSignature(
  algorithm: 'RSA-SHA1' | 'RSA-SHA256',
  delivery: Delivery,
  key: KeyObject,
  signature: string,
): void {
  const bytes = Buffer.from(signature, 'base64');
  // Node skips what is not base64: only one spelling of a signature is accepted.
  const canonical = bytes.length > 0 && bytes.toString('base64') === signature;
  if (!canonical || !createVerify(algorithm).update(delivery.raw).verify(key, bytes)) {
    throw new NotVerified('signature wrong');
  }
}

/** The verified bytes as JSON. @throws NotVerified when they are none */
export function parseVerified(delivery: Delivery): unknown {
  try {
    return parseForeign(delivery.raw);
  } catch (cause) {
    throw new NotVerified('body is not JSON', 400, { cause });
  }
}

/**
 * The skill that the request names must be ours. One that names no skill and nobody either (a console's trial) passes:
 * it meets an unknown speaker and hears nothing personal. @throws NotVerified
 */
export function requireSkill(named: (string | undefined)[], ours: string, somebody: boolean): void {
  const given = named.filter((name) => name !== undefined);
  const fits = given.length > 0 ? given.every((name) => name === ours) : !somebody;
  if (!fits) throw new NotVerified('another skill');
}
