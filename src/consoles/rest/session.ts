import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from './records.ts';
import { RestError, rest } from './request.ts';

const KEY = ['session'];

/** Who is signed in; `null` when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => rest<Session>('/api/session', { signal }).catch(nobodyWhenRefused),
    staleTime: 60_000,
    initialData: cameWithoutCookie() ? null : undefined,
  });
}

/** The server saw no cookie with the page: nobody is signed in, and there is nothing to ask. */
function cameWithoutCookie(): boolean {
  return document.querySelector<HTMLMetaElement>('meta[name="session"]')?.content === 'none';
}

function nobodyWhenRefused(error: unknown): null {
  if (error instanceof RestError && error.status === 401) return null;
  throw error;
}

export interface Credentials {
  username: string;
  password: string;
  code?: string;
}

/** Signs in; the answer is the session, and every list read before is forgotten. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => rest<Session>('/api/session', { method: 'POST', body }),
    onSuccess: (session) => {
      queries.removeQueries({ queryKey: ['list'] });
      queries.setQueryData(KEY, session);
    },
  });
}

/** Signs out here even when the server cannot be told. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      rest<void>('/api/session', { method: 'DELETE', csrf: csrfOf(queries.getQueryData<Session>(KEY)) }),
    onSettled: () => {
      queries.removeQueries({ queryKey: ['list'] });
      queries.setQueryData(KEY, null);
    },
  });
}

/** A change on the server with the session's token; a 401 on the way brings the sign-in page back. */
export function useChange<T, V>(
  request: (values: V) => { path: string; body?: unknown; method?: 'POST' | 'DELETE' },
  stale: string[],
) {
  const queries = useQueryClient();
  return useMutation<T, Error, V>({
    mutationFn: (values) => {
      const { path, body, method = 'POST' } = request(values);
      return rest<T>(path, { method, body: body ?? {}, csrf: csrfOf(queries.getQueryData<Session>(KEY)) });
    },
    onError: (error) => {
      if (error instanceof RestError && error.status === 401) queries.setQueryData(KEY, null);
    },
    // Not waited for: what is read again may take away the part that asked, and with it the word that it is done.
    onSettled: () => {
      for (const noun of stale) void queries.invalidateQueries({ queryKey: ['list', noun] });
    },
  });
}

function csrfOf(session: Session | null | undefined): string | undefined {
  return session?.csrfToken;
}
