import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** A webhook request as it came over the wire: signatures are checked on this, before anything is parsed. */
export interface Delivery {
  raw: Buffer;
  method: string;
  /** As received, with a trailing slash if there was one. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** The header's only value. @throws NotVerified when it is missing, empty or sent twice. */
  header(name: string): string;
}

/** The sender could not prove that it is the brand. The reason is for the log: a word, nothing of the request. */
export class NotVerified extends Error {
  constructor(
    readonly reason: string,
    readonly status = 400,
    options?: ErrorOptions,
  ) {
    super(`not verified: ${reason}`, options);
    this.name = 'NotVerified';
  }
}

/** Takes what verification needs out of a request whose body was kept as bytes. */
export function deliveryOf(request: FastifyRequest): Delivery {
  const [path = '', query = ''] = splitOnce(request.raw.url ?? '', '?');
  return {
    raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    method: request.method,
    path,
    query,
    header: (name) => onlyValue(request.raw.rawHeaders, name),
  };
}

/** A stand-in for a request id that a brand left out: the same bytes sent again are the same request. */
export function digestOf(delivery: Pick<Delivery, 'raw'>): string {
  return createHash('sha256').update(delivery.raw).digest('hex').slice(0, 32);
}

// Node joins or drops repeated headers, each kind in its own way: only the raw list shows that there were two.
function onlyValue(rawHeaders: string[], name: string): string {
  const values = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
  if (values.length > 1) throw new NotVerified(`${name} sent twice`);
  if (!values[0]) throw new NotVerified(`${name} missing`);
  return values[0];
}

function splitOnce(text: string, mark: string): string[] {
  const i = text.indexOf(mark);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}
