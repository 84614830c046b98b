/** A receiver of messages that keeps their idempotency keys: the service platform and the text message gateway alike. */
import { type Asked, type StandIn, standIn, type Told } from './server.ts';

export interface Kept {
  id: string;
  path: string;
  body: Record<string, unknown>;
}

export interface Inbox extends StandIn {
  /** Each message once, oldest first. */
  kept(): Kept[];
}

/** An installation of the sample community may run for weeks. */
const MOST = 1000;

/** @param key what `Authorization: Bearer` must carry; undefined: nothing is asked for */
export async function startInbox({ key }: { key?: string } = {}): Promise<Inbox> {
  const messages = new Map<string, Kept>();
  const server = await standIn((asked) => take(asked, key, messages));
  return { ...server, kept: () => [...messages.values()] };
}

function take({ method, path, headers, body }: Asked, key: string | undefined, messages: Map<string, Kept>): Told {
  if (key && headers.authorization !== `Bearer ${key}`) return { status: 401 };
  const id = headers['idempotency-key'];
  if (method !== 'POST' || typeof id !== 'string') return { status: 400 };
  if (messages.has(id)) return { status: 200, body: { id, repeated: true } };
  messages.set(id, { id, path, body: JSON.parse(body) as Record<string, unknown> });
  const [oldest] = messages.keys();
  if (messages.size > MOST && oldest) messages.delete(oldest);
  return { status: 202, body: { id } };
}
