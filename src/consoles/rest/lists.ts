import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAttention } from './attention.ts';
import type { Page } from './records.ts';
import { RestError, rest } from './request.ts';

export type Filter = Record<string, string | number | boolean | undefined>;

/** A page of `/api/<noun>`, read again every `everyMs` while the page is looked at. */
export function useList<T>(noun: string, filter: Filter = {}, everyMs?: number) {
  const awake = useAttention();
  const list = useQuery({
    queryKey: ['list', noun, filter],
    queryFn: ({ signal }) => rest<Page<T>>(`/api/${noun}${queryOf(filter)}`, { signal }),
    refetchInterval: awake ? everyMs : false,
    placeholderData: keepPreviousData,
  });
  useSignInAgain(list.error);
  return list;
}

/** One row of `/api/<noun>/:id`, or what stands at `path`, with all that belongs to it; nothing is asked without an id. */
export function useRow<T>(noun: string, id: string | undefined, path = `/api/${noun}/${id}`) {
  const row = useQuery({
    queryKey: ['list', noun, 'row', id],
    queryFn: ({ signal }) => rest<T>(path, { signal }),
    enabled: id !== undefined,
  });
  useSignInAgain(row.error);
  return row;
}

function useSignInAgain(error: Error | null) {
  const queries = useQueryClient();
  const expired = error instanceof RestError && error.status === 401;
  useEffect(() => {
    if (expired) queries.setQueryData(['session'], null);
  }, [expired, queries]);
}

function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.size ? `?${query}` : '';
}
