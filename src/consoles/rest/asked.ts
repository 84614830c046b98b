import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Session } from './records.ts';
import { rest } from './request.ts';

/** What a POST that changes nothing answers, asked again whenever the body changes; nothing without a body. */
export function useAsked<T>(path: string, body: unknown) {
  const queries = useQueryClient();
  const settled = useSettled(body);
  return useQuery({
    queryKey: ['asked', path, settled],
    queryFn: ({ signal }) => {
      const csrf = queries.getQueryData<Session | null>(['session'])?.csrfToken;
      return rest<T>(path, { method: 'POST', body: settled, csrf, signal });
    },
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** A read beside the lists: figures, progress; again every `everyMs`. */
export function useFacts<T>(path: string | undefined, everyMs?: number) {
  return useQuery({
    queryKey: ['list', 'facts', path],
    queryFn: ({ signal }) => rest<T>(path ?? '', { signal }),
    enabled: path !== undefined,
    refetchInterval: everyMs ?? false,
    placeholderData: keepPreviousData,
  });
}

const PAUSE_MS = 350;

/** The value once it has stood still for a moment: nobody is asked at every key. */
function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled === undefined ? (undefined as T) : (JSON.parse(settled) as T);
}
