/**
 * Authenticated encryption under a key ring, for columns and for what lies in Redis.
 * `a1`: AES-256-GCM. `s1`: SM4-CBC, then HMAC-SM3 over everything (OpenSSL has no SM4-GCM); keys are derived per use.
 * The associated data binds a value to its place: copied elsewhere it does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './keys.ts';

export type Cipher = 'aes' | 'sm4';

interface Parts {
  iv: Buffer;
  tag: Buffer;
  body: Buffer;
}

interface Suite {
  mark: string;
  encrypt(key: Buffer, plain: Buffer, about: string): Parts;
  /** @throws Error when the tag does not fit. */
  decrypt(key: Buffer, parts: Parts, about: string): Buffer;
}

const aes: Suite = {
  mark: 'a1',
  encrypt(key, plain, about) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { iv, tag: cipher.getAuthTag(), body };
  },
  decrypt(key, { iv, tag, body }, about) {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  },
};

const derived = (key: Buffer, use: string, bytes: number) => Buffer.from(hkdfSync('sm3', key, '', use, bytes));

function sm3Tag(key: Buffer, iv: Buffer, body: Buffer, about: string): Buffer {
  const hmac = createHmac('sm3', derived(key, 'sm4 tag', 32));
  return hmac
    .update(`${Buffer.byteLength(about)}:`)
    .update(about)
    .update(iv)
    .update(body)
    .digest();
}

const sm4: Suite = {
  mark: 's1',
  encrypt(key, plain, about) {
    const iv = randomBytes(16);
    const cipher = createCipheriv('sm4-cbc', derived(key, 'sm4 cipher', 16), iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return { iv, tag: sm3Tag(key, iv, body, about), body };
  },
  decrypt(key, { iv, tag, body }, about) {
    const expected = sm3Tag(key, iv, body, about);
    if (tag.length !== expected.length || !timingSafeEqual(tag, expected)) throw new Error('tag');
    const decipher = createDecipheriv('sm4-cbc', derived(key, 'sm4 cipher', 16), iv);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  },
};

const SUITES: Record<Cipher, Suite> = { aes, sm4 };

/** Seals under the ring's current key: `suite:keyId:iv:tag:body`, base64url. */
export function seal(ring: KeyRing, plain: string, about: string, cipher: Cipher = 'aes'): string {
  const suite = SUITES[cipher];
  const { iv, tag, body } = suite.encrypt(keyOf(ring, ring.current), Buffer.from(plain), about);
  return [suite.mark, ring.current, ...[iv, tag, body].map((part) => part.toString('base64url'))].join(':');
}

/** Opens what any key of the ring sealed, with either suite. @throws Error 'seal broken' for anything else; never a hint why. */
export function unseal(ring: KeyRing, sealed: string, about: string): string {
  const [mark, id, iv, tag, body, ...rest] = sealed.split(':');
  const suite = Object.values(SUITES).find((known) => known.mark === mark);
  if (!suite || !id || !iv || !tag || body === undefined || rest.length > 0) throw new Error('seal broken');
  try {
    const parts = { iv: bytes(iv), tag: bytes(tag), body: bytes(body) };
    return suite.decrypt(keyOf(ring, id), parts, about).toString('utf8');
  } catch {
    throw new Error('seal broken');
  }
}

/** The id of the key a value is sealed with: what re-keying looks for. */
export function keyIdOf(sealed: string): string | undefined {
  return sealed.split(':')[1];
}

/** Base64 has spellings that decode alike; only the one that was written opens. */
function bytes(text: string): Buffer {
  const decoded = Buffer.from(text, 'base64url');
  if (decoded.toString('base64url') !== text) throw new Error('seal broken');
  return decoded;
}

function keyOf(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (!key) throw new Error('seal broken');
  return key;
}
