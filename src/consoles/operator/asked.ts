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

/** Hands the browser a file of ours; the session's cookie goes with it. */
export function download(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}

/** Hands the browser a text that exists here only. */
export function saveText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
