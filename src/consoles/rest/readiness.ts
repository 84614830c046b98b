import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Readiness } from './records.ts';
import { RestError, rest } from './request.ts';

/** What runs on the server; a server that is not ready yet (503) still says why. */
export function useReadiness(everyMs = 10_000) {
  return useQuery({
    queryKey: ['readiness'],
    queryFn: async ({ signal }) => ({ ...(await readiness(signal)), askedAt: Date.now() }),
    refetchInterval: everyMs,
  });
}

async function readiness(signal: AbortSignal): Promise<Readiness> {
  try {
    return await rest<Readiness>('/readyz', { signal });
  } catch (error) {
    if (error instanceof RestError && error.status === 503) return { ...error.detail, ready: false };
    throw error;
  }
}

/** Business time: the server's clock, which a demonstration may have set to another day; ticks every `everyMs`. */
export function useBusinessNow(everyMs = 15_000): Date {
  const { data } = useReadiness(60_000);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  const ahead = data?.clock ? Date.parse(data.clock.now) - data.askedAt : 0;
  return new Date(Date.now() + ahead);
}
