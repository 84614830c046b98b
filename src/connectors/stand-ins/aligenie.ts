/** AliGenie's OpenAPI as far as notifications go. The signature is computed anew from what arrived, by code of its own. */
import { createHash, createHmac } from 'node:crypto';
import { type Asked, type StandIn, standIn, type Told } from './server.ts';

export interface AligenieStandIn extends StandIn {
  /** Bodies of accepted notifications. */
  notifications(): Record<string, unknown>[];
  /** Why the last request was refused. */
  refusal(): string | undefined;
}

interface Account {
  accessKey: string;
  secretKey: string;
}

const FORM = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;
const SIGNED = ['content-type', 'host', 'x-acs-action', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];
const TOLERANCE_MS = 15 * 60_000;

/** Listens on a free port of this machine until `close()`. A nonce that was seen before and a date a quarter of an hour off are refused. */
export async function startAligenie(account: Account, now: () => Date = () => new Date()): Promise<AligenieStandIn> {
  const accepted: Record<string, unknown>[] = [];
  const nonces = new Set<string>();
  let refused: string | undefined;
  const server = await standIn((asked): Told => {
    refused = problemOf(asked, account, nonces, now());
    if (refused) return { status: 403, body: { code: refused } };
    accepted.push(JSON.parse(asked.body) as Record<string, unknown>);
    return { status: 200, body: { code: 200, message: 'success' } };
  });
  return { ...server, notifications: () => accepted, refusal: () => refused };
}

function problemOf(asked: Asked, account: Account, nonces: Set<string>, now: Date): string | undefined {
  const header = (name: string) => String(asked.headers[name] ?? '');
  const [, credential, names = '', signature] = FORM.exec(header('authorization')) ?? [];
  if (!signature) return 'MissingSignature';
  if (credential !== account.accessKey) return 'InvalidAccessKeyId.NotFound';
  if (asked.method !== 'PUT' || asked.path !== '/v1.0/iap/notifications') return 'InvalidAction.NotFound';
  if (header('x-acs-action') !== 'PushNotifications' || header('x-acs-version') !== 'iap_1.0') return 'InvalidVersion';
  const signed = names.split(';');
  if (SIGNED.some((name) => !signed.includes(name))) return 'IncompleteSignature';
  if (signatureOf(asked, signed, account.secretKey) !== signature) return 'SignatureDoesNotMatch';
  if (!(Math.abs(Date.parse(header('x-acs-date')) - now.getTime()) < TOLERANCE_MS)) return 'InvalidTimeStamp.Expired';
  const nonce = header('x-acs-signature-nonce');
  if (nonces.has(nonce)) return 'SignatureNonceUsed';
  nonces.add(nonce);
  return undefined;
}

function signatureOf({ method, path, headers, body }: Asked, signed: string[], secretKey: string): string {
  const [uri, query = ''] = path.split('?');
  const lines = signed.map((name) => `${name}:${String(headers[name] ?? '').trim()}`);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = [method, uri, query, ...lines, '', signed.join(';'), hash(body)].join('\n');
  return createHmac('sha256', secretKey)
    .update(`ACS3-HMAC-SHA256\n${hash(canonical)}`)
    .digest('hex');
}
