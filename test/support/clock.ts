import { type Clock, shanghaiInstant } from '../../src/clock.ts';

export interface FixedClock extends Clock {
  /** `2026-11-23T09:30`, Shanghai. */
  set(time: string): void;
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** A clock that stands still until a test moves it. `2026-11-23T09:30` is Shanghai time. */
export function fixedClock(time: string): FixedClock {
  const at = (text: string) => shanghaiInstant(text.slice(0, 10), text.slice(11, 16) || '00:00');
  let now = at(time);
  return {
    now: () => new Date(now),
    set: (text) => {
      now = at(text);
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      now = new Date(now.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
    },
  };
}
