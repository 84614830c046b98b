import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Session } from '../rest/records.ts';
import { RestError, rest } from '../rest/request.ts';

/** Something of the interface that is no list; `noun` is what a change to it is called by. */
export function useAsked<T>(noun: string, path: string | undefined, everyMs?: number) {
  const queries = useQueryClient();
  const asked = useQuery({
    queryKey: ['list', noun, path],
    queryFn: ({ signal }) => rest<T>(path ?? '', { signal }),
    enabled: path !== undefined,
    refetchInterval: everyMs,
  });
  const expired = asked.error instanceof RestError && asked.error.status === 401;
  useEffect(() => {
    if (expired) queries.setQueryData(['session'], null);
  }, [expired, queries]);
  return asked;
}

/** The token that every change carries. */
export function useCsrf(): string {
  return useQueryClient().getQueryData<Session>(['session'])?.csrfToken ?? '';
}
