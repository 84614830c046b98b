/** What a brand asks for on the authorize page, checked against what its console was given. */

export type LinkedBrand = 'dueros' | 'alexa' | 'aligenie' | 'xiaoai';

/** OAUTH_<BRAND>_CLIENT_ID, _CLIENT_SECRET, _REDIRECTS. */
export interface LinkClient {
  brand: LinkedBrand;
  id: string;
  secret: string;
  redirects: string[];
}

/** An honest request; kept behind a ticket while the operator signs in and chooses. */
export interface Asked {
  brand: LinkedBrand;
  redirectUri: string;
  state?: string;
  challenge?: string;
}

export type Values = Record<string, string | undefined>;

/** `error` may be told to the brand at its address; undefined: nobody may be sent anywhere. */
export type Reading = { asked: Asked } | { error: string; asked: Asked } | undefined;

const LONGEST = 2000;

/** RFC 6749 section 4.1.1, RFC 7636 section 4.3. */
export function readAsked(query: Values, clients: readonly LinkClient[]): Reading {
  const client = clients.find(({ id }) => id === query.client_id);
  const redirectUri = decodedOnce(query.redirect_uri ?? '');
  if (!client || redirectUri.length > LONGEST || !client.redirects.some((one) => sameAddress(one, redirectUri))) {
    return undefined;
  }
  const asked = { brand: client.brand, redirectUri, state: query.state, challenge: query.code_challenge };
  if (query.response_type !== 'code') return { error: 'unsupported_response_type', asked };
  if (asked.challenge && query.code_challenge_method !== 'S256') return { error: 'invalid_request', asked };
  return { asked };
}

/** AliGenie encodes its address twice; what is still encoded after the query was parsed is decoded once more. */
export function decodedOnce(uri: string): string {
  if (!/^https?%3A/i.test(uri)) return uri;
  try {
    return decodeURIComponent(uri);
  } catch {
    return '';
  }
}

/** Host and path to the letter. AliGenie adds `skillId` and `token` of its own, which go back as they came. */
function sameAddress(known: string, given: string): boolean {
  if (!URL.canParse(known) || !URL.canParse(given)) return false;
  const [one, other] = [new URL(known), new URL(given)];
  if (other.username || other.password || other.hash) return false;
  return one.origin === other.origin && one.pathname === other.pathname;
}

/** The brand's address with the answer added: its own query is left untouched to the byte. */
export function addressBack({ redirectUri, state }: Asked, answer: Record<string, string>): string {
  const added = new URLSearchParams(answer);
  if (state !== undefined) added.set('state', state);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${added}`;
}
