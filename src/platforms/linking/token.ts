/** POST /oauth/token: a brand's server changes a code or a refresh token for an access token. RFC 6749 sections 4.1.3 and 6. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { decodedOnce, type LinkClient, type LinkedBrand, type Values } from './asked.ts';

export interface Tokens {
  access: string;
  refresh: string;
  /** Seconds. */
  expiresIn: number;
}

/** What gives out tokens: src/services/fleet/linking.ts. */
export interface TokenSource {
  exchange(given: {
    brand: LinkedBrand;
    code: string;
    redirectUri?: string;
    verifier?: string;
  }): Promise<Tokens | undefined>;
  refresh(given: { brand: LinkedBrand; refreshToken: string }): Promise<Tokens | undefined>;
}

export interface TokenAnswer {
  status: 200 | 400 | 401;
  body: object;
}

/** XiaoAI names no grant type and no redirect address; AliGenie writes its parameters into the query. */
export async function answerToken(
  values: Values,
  authorization: string | undefined,
  { clients, source }: { clients: readonly LinkClient[]; source: TokenSource },
): Promise<TokenAnswer> {
  const client = clientOf(values, authorization, clients);
  if (!client) return { status: 401, body: { error: 'invalid_client' } };
  const grant = values.grant_type ?? (values.code ? 'authorization_code' : undefined);
  if (grant !== 'authorization_code' && grant !== 'refresh_token') {
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  }
  const tokens = await tokensFor(grant, client.brand, values, source);
  if (!tokens) return { status: 400, body: { error: 'invalid_grant' } };
  const { access, refresh, expiresIn } = tokens;
  return {
    status: 200,
    body: { access_token: access, refresh_token: refresh, token_type: 'bearer', expires_in: expiresIn },
  };
}

function tokensFor(grant: string, brand: LinkedBrand, values: Values, source: TokenSource) {
  if (grant === 'refresh_token') return source.refresh({ brand, refreshToken: values.refresh_token ?? '' });
  const redirectUri = values.redirect_uri === undefined ? undefined : decodedOnce(values.redirect_uri);
  return source.exchange({ brand, code: values.code ?? '', redirectUri, verifier: values.code_verifier });
}

function clientOf(values: Values, authorization: string | undefined, clients: readonly LinkClient[]) {
  const [id, secret] = basic(authorization) ?? [values.client_id, values.client_secret];
  const client = clients.find((one) => one.id === id);
  return client && timingSafeEqual(digest(client.secret), digest(secret ?? '')) ? client : undefined;
}

function basic(authorization: string | undefined): [string, string] | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : [formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1))];
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();
