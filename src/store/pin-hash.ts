/** The spoken four digits (口令) as they are kept: argon2id over an HMAC under the index key. */
import { hash, verify } from '@node-rs/argon2';

/** Four digits fall to trying, whatever a hash costs: the HMAC's key is what protects them, so the hash may be quick. */
const COST = { memoryCost: 4096, timeCost: 1, parallelism: 1 };

interface Keyed {
  index(plain: string): string;
}

const keyed = (fields: Keyed, residentId: string, digits: string) => fields.index(`pin:${residentId}:${digits}`);

/** What is kept of a resident's digits; it is worth nothing for another resident, nor without the key. */
export function hashPin(fields: Keyed, residentId: string, digits: string): Promise<string> {
  return hash(keyed(fields, residentId, digits), COST);
}

/** Whether these are her digits. */
export function pinMatches(fields: Keyed, residentId: string, digits: string, kept: string): Promise<boolean> {
  return verify(kept, keyed(fields, residentId, digits)).catch(() => false);
}
