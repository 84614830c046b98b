/** What must differ from installation to installation: never from a seed number. */
import { randomBytes, randomInt } from 'node:crypto';

export interface Secrets {
  /** Four digits, none of them the kind people guess first. */
  pin(): string;
  /** For our own speakers: 256 bits. */
  token(): string;
  /** For demonstration accounts: 96 bits, letters and digits. */
  password(): string;
  /** So many random bytes, in hex. */
  hex(bytes: number): string;
}

const TOO_COMMON = /^(\d)\1{3}$|^1234$|^4321$|^19\d\d$|^20[0-2]\d$/;

/** Secrets from the system's own randomness. */
export function createSecrets(): Secrets {
  const pin = (): string => {
    const digits = String(randomInt(10_000)).padStart(4, '0');
    return TOO_COMMON.test(digits) ? pin() : digits;
  };
  return {
    pin,
    token: () => randomBytes(32).toString('base64url'),
    password: () =>
      `${randomBytes(12)
        .toString('hex')
        .replace(/(.{6})(?=.)/g, '$1-')}`,
    hex: (bytes) => randomBytes(bytes).toString('hex'),
  };
}
