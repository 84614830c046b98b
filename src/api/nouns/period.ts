/** `from` and `until`, both days inclusive, as instants. */
import { Type } from 'typebox';
import { addDays, shanghaiInstant } from '../../clock.ts';
import { Day } from '../schemas.ts';

export const period = { from: Type.Optional(Day), until: Type.Optional(Day) };

/** Half-open: `until` becomes the first instant after that day, in Shanghai. */
export function moments(from?: string, until?: string): { from?: Date; until?: Date } {
  return {
    from: from === undefined ? undefined : shanghaiInstant(from),
    until: until === undefined ? undefined : shanghaiInstant(addDays(until, 1)),
  };
}
