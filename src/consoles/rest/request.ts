import { language } from '../words/language.ts';
import { t } from '../words/staff.ts';

/** What the server refused, in its own words (RFC 9457), or that it could not be reached (status 0). */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'RestError';
  }
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'PUT';
  body?: unknown;
  csrf?: string;
  signal?: AbortSignal;
}

const DEADLINE_MS = 12_000;
const PATIENCE = { attempts: 4, pauseMs: 1500 };

/**
 * One call to the REST interface; each attempt has a deadline of 12 s.
 * @throws RestError with the server's words
 */
export function rest<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return patiently(() => once<T>(path, options));
}

/**
 * What a server with too much to do refuses is refused before anything was done: it is asked again, so that whoever pressed need not.
 * @throws what the last attempt threw
 */
export async function patiently<T>(ask: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await ask();
  } catch (refused) {
    const overloaded = refused instanceof RestError && refused.code === 'OVERLOADED';
    if (!overloaded || attempt >= PATIENCE.attempts) throw refused;
    await new Promise((over) => setTimeout(over, attempt * PATIENCE.pauseMs));
    return patiently(ask, attempt + 1);
  }
}

async function once<T>(path: string, { method = 'GET', body, csrf, signal }: RequestOptions): Promise<T> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const headers: Record<string, string> = { accept: 'application/json', 'x-language': language };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (csrf) headers['x-csrf-token'] = csrf;
  const response = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new RestError(0, 'UNREACHABLE', t.serverCannotBeReached);
  });
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** What a response that is no success says, in the server's words. */
export async function refusalOf(response: Response): Promise<RestError> {
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const words = [problem.detail, problem.title, problem.message].find((w): w is string => typeof w === 'string');
  const code = typeof problem.code === 'string' ? problem.code : `HTTP_${response.status}`;
  return new RestError(response.status, code, words ?? plainWords(response.status), problem);
}

function plainWords(status: number): string {
  if (status === 401) return t.yourSignHasEnded;
  if (status === 403) return t.yourAccountMayNot;
  if (status === 404) return t.notFoundMayBe;
  if (status === 409) return t.somebodyHasChangedThis;
  if (status === 429) return t.tooFastPleaseWait;
  return t.serverTroublePleaseTry;
}
