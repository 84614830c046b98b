/** Personal columns: sealed under the field keys, found again through a blind index under a key of its own. */
import { createHmac } from 'node:crypto';
import type { KeyRing } from './keys.ts';
import { type Cipher, keyIdOf, seal, unseal } from './sealing.ts';

export interface Fields {
  /** `about` is `table.column:rowId`: a value copied to another row does not open there. */
  seal(plain: string, about: string): string;
  /** @throws Error 'seal broken'. */
  open(sealed: string, about: string): string;
  /** The same for the same value, and nothing else can be told from it. Spaces and letter case do not count. */
  index(plain: string): string;
  /** Whether it is sealed with the current key. */
  isCurrent(sealed: string): boolean;
}

export interface FieldsOptions {
  keys: KeyRing;
  indexKey: Buffer;
  cipher?: Cipher;
}

/** Sealing and searching of ID numbers, phones, answers and notes. */
export function createFields({ keys, indexKey, cipher = 'aes' }: FieldsOptions): Fields {
  return {
    seal: (plain, about) => seal(keys, plain, about, cipher),
    open: (sealed, about) => unseal(keys, sealed, about),
    index: (plain) => createHmac('sha256', indexKey).update(normalised(plain)).digest('base64url'),
    isCurrent: (sealed) => keyIdOf(sealed) === keys.current,
  };
}

const normalised = (plain: string) => plain.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
