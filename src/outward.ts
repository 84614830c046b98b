/** One call to somebody else's server: it ends within its deadline, follows no redirect and reads a small answer only. */

/** What becomes of a message: taken; not wanted, now or ever; not taken yet, try again. */
export type Outcome = 'sent' | 'refused' | 'later';

export interface OutwardCall {
  method: 'POST' | 'PUT';
  headers: Record<string, string>;
  body: string;
  /** Milliseconds for all of it: connecting, sending, reading. */
  deadlineMs?: number;
}

export interface OutwardAnswer {
  status: number;
  /** The answer as JSON; undefined where it is none or too large. */
  body: unknown;
  /** Seconds after which it wants to be asked again, where it says so. */
  retryAfter?: number;
}

const DEADLINE_MS = 4_000;
const LARGEST = 64 * 1024;

/** @throws Error when nothing was answered in time: whether the message arrived is then not known. */
export async function callOut(
  url: string | URL,
  { deadlineMs = DEADLINE_MS, ...call }: OutwardCall,
): Promise<OutwardAnswer> {
  const signal = AbortSignal.timeout(deadlineMs);
  const response = await fetch(url, { ...call, signal, redirect: 'manual' });
  const retryAfter = secondsOf(response.headers.get('retry-after'));
  return { status: response.status, body: jsonOf(await start(response)), retryAfter };
}

/** Only the form in seconds: one with a date would need the other's clock. A day is the longest that is believed. */
function secondsOf(header: string | null): number | undefined {
  return header && /^\d{1,5}$/.test(header) ? Math.min(Number(header), 86_400) : undefined;
}

/** The first bytes of the answer, as text; nothing where there are more than we care to read. */
async function start(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > LARGEST) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const TEMPORARY = new Set([401, 408, 423, 425, 429]);

/** What an ordinary status means. 401 is ours to mend, so the message waits; a redirect is nobody's promise. */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'sent';
  return status < 400 || status >= 500 || TEMPORARY.has(status) ? 'later' : 'refused';
}
