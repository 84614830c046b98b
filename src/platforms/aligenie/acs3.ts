import { createHash, createHmac } from 'node:crypto';

export interface Signable {
  method: string;
  path: string;
  /** Without the question mark, sorted and encoded; empty for none. */
  query: string;
  /** Lower-case names, `host` among them. */
  headers: Record<string, string>;
  body: string;
}

export interface AccessKey {
  accessKey: string;
  secretKey: string;
}

/** The Authorization header of Alibaba's signature version 3 (ACS3-HMAC-SHA256): host, content-type and x-acs-* are signed. */
export function signAcs3(
  { method, path, query, headers, body }: Signable,
  { accessKey, secretKey }: AccessKey,
): string {
  const names = Object.keys(headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort();
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = [method, path, query, canonicalHeaders, names.join(';'), sha256(body)].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  const signature = createHmac('sha256', secretKey).update(toSign).digest('hex');
  return `ACS3-HMAC-SHA256 Credential=${accessKey},SignedHeaders=${names.join(';')},Signature=${signature}`;
}

/** Lower-case hexadecimal over UTF-8, as the signature wants it; also for an empty body. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
