import { createHash } from 'node:crypto';

/** A city as a brand tells it (with or without the word for city at its end), made opaque: of use for nothing but to be compared with the one before. */
export const cityDigest = (city: string | undefined): string | undefined =>
  city &&
  createHash('sha256')
    .update(`city:${city.trim().replace(/\u5e02$/, '')}`)
    .digest('base64url');
