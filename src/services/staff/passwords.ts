/** Passwords and other secrets that are only ever compared. Hashing is slow on purpose, so that it must be rationed. */
import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../../errors.ts';

export interface Passwords {
  /** @throws Refusal TooManyRequests when too many are waiting for a hash already */
  hash(password: string): Promise<string>;
  /** Takes as long for nobody (`undefined`) as for somebody. @throws Refusal TooManyRequests as above */
  matches(hashed: string | undefined, password: string): Promise<boolean>;
}

/** At most `atOnce` hashes run (argon2id, 19 MiB, 2 passes: some 30 ms of a core each), at most `waiting` wait for their turn. */
export function createPasswords({ atOnce = 2, waiting = 20 } = {}): Passwords {
  const inTurn = createGate(atOnce, waiting);
  let nobody: Promise<string> | undefined;
  const hashOfNobody = () => {
    nobody ??= hash(randomBytes(16));
    return nobody;
  };
  return {
    hash: (password) => inTurn(() => hash(password)),
    matches: (hashed, password) =>
      inTurn(async () => {
        const same = await verify(hashed ?? (await hashOfNobody()), password).catch(() => false);
        return same && hashed !== undefined;
      }),
  };
}

function createGate(atOnce: number, waiting: number) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new Refusal('TooManyRequests');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next)
        next(); // the place is handed on, so `running` stays
      else running -= 1;
    }
  };
}

/** GB/T 22239 asks for complexity at level three; length does more, so both: ten characters, letters and digits, not the user's name. */
export function isStrong(password: string, username: string): boolean {
  const mixed = /\p{L}/u.test(password) && /\d/.test(password);
  return password.length >= 10 && mixed && !password.toLowerCase().includes(username.toLowerCase());
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'; // without l, o, 0 and 1: it is read out and typed

/** A password to be used once: 16 characters in groups of four, 80 bits. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}
