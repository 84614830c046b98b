import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a device's token. Tokens are random and long: one pass of SHA-256 is enough. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether the token is the one whose hash is kept. */
export function tokenMatches(token: string, hash: string | null): boolean {
  const given = Buffer.from(hashOfToken(token));
  return hash !== null && hash.length === given.length && timingSafeEqual(given, Buffer.from(hash));
}
