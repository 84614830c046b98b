import { useCallback, useState } from 'react';

/** Filters kept in the address, so that a reload or a link shows the same rows. Empty values are left out. */
export function useQueryState<K extends string>(
  names: readonly K[],
): [Partial<Record<K, string>>, (change: Partial<Record<K, string>>) => void] {
  const [values, setValues] = useState(() => {
    const query = new URLSearchParams(location.search);
    return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as Partial<
      Record<K, string>
    >;
  });
  const change = useCallback((part: Partial<Record<K, string>>) => {
    setValues((before) => {
      const after = Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value)) as Partial<
        Record<K, string>
      >;
      const query = new URLSearchParams(after as Record<string, string>).toString();
      history.replaceState(null, '', `${location.pathname}${query ? `?${query}` : ''}${location.hash}`);
      return after;
    });
  }, []);
  return [values, change];
}
