/** How our own connectors hand over a message: JSON, a bearer key, and an idempotency key, so that a repeat is dropped there. */
import { callOut, type Outcome, outcomeOf } from '../outward.ts';

export interface Receiver {
  url: string;
  /** Sent as `Authorization: Bearer`; some test systems want none. */
  key?: string;
  /** Milliseconds. */
  deadlineMs?: number;
}

/** What came of it, and for whoever looks at a dead letter: why. Never anything of the message. */
export interface Handed {
  outcome: Outcome;
  why: string;
}

/** Posts `body` below the receiver's address. Never throws: no answer is `later`, under the same key. */
export async function hand(
  { url, key, deadlineMs }: Receiver,
  path: string,
  id: string,
  body: object,
): Promise<Handed> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'idempotency-key': id,
    ...(key ? { authorization: `Bearer ${key}` } : {}),
  };
  try {
    const { status } = await callOut(`${url.replace(/\/+$/, '')}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      deadlineMs,
    });
    return { outcome: outcomeOf(status), why: `status ${status}` };
  } catch (thrown) {
    return { outcome: 'later', why: `no answer: ${thrown instanceof Error ? thrown.name : typeof thrown}` };
  }
}
