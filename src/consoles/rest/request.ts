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

/**
 * One call to the REST interface with a deadline of 12 s.
 * @throws RestError with the server's words
 */
export async function rest<T>(path: string, { method = 'GET', body, csrf, signal }: RequestOptions = {}): Promise<T> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const headers: Record<string, string> = { accept: 'application/json' };
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
    throw new RestError(0, 'UNREACHABLE', '连不上服务器。请看一下网络，稍后会自动再试。');
  });
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function refusalOf(response: Response): Promise<RestError> {
  const problem = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const words = [problem.detail, problem.title, problem.message].find((w): w is string => typeof w === 'string');
  const code = typeof problem.code === 'string' ? problem.code : `HTTP_${response.status}`;
  return new RestError(response.status, code, words ?? plainWords(response.status), problem);
}

function plainWords(status: number): string {
  if (status === 401) return '登录已经失效，请重新登录。';
  if (status === 403) return '您的账号没有这个权限。';
  if (status === 404) return '没有找到。可能不归您这里管，或者已经删了。';
  if (status === 409) return '刚才已经有人改过了，请看看最新的情况。';
  if (status === 429) return '操作太快了，请等一会儿再试。';
  return '服务器出了点问题，请稍后再试。';
}
