import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rest } from '../rest/request.ts';
import { useCsrf } from './asked.ts';

const AT_ONCE = 4;

export interface Step {
  done: number;
  of: number;
}

/** Posts to one address after the other, a few at once: one that cannot does not hold up the others. */
export function useEach() {
  const queries = useQueryClient();
  const csrf = useCsrf();
  const [progress, setProgress] = useState<Step>();

  /** @returns those for which it could not be done */
  async function each<T>(all: readonly T[], addressOf: (one: T) => string): Promise<T[]> {
    const waiting = [...all];
    const failed: T[] = [];
    let done = 0;
    setProgress({ done, of: all.length });
    const worker = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const mine = one;
        await rest(addressOf(mine), { method: 'POST', body: {}, csrf }).catch(() => failed.push(mine));
        done += 1;
        setProgress({ done, of: all.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    setProgress(undefined);
    void queries.invalidateQueries({ queryKey: ['list'] });
    return failed;
  }
  return { each, progress };
}
