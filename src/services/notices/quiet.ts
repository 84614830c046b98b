import { addDays, shanghaiDay, shanghaiInstant, shanghaiTime } from '../../clock.ts';

/** When she wants to hear nothing by itself: `HH:MM` in Shanghai, usually over midnight. */
export interface Quiet {
  from: string;
  until: string;
}

/** The end of the quiet time that `now` lies in; undefined when a chime may sound. */
function quietEnds(now: Date, { from, until }: Quiet): Date | undefined {
  const [day, time] = [shanghaiDay(now), shanghaiTime(now)];
  const overnight = from > until;
  const within = overnight ? time >= from || time < until : time >= from && time < until;
  if (!within) return undefined;
  return shanghaiInstant(overnight && time >= from ? addDays(day, 1) : day, until);
}

/** Until when somebody of a home wants it quiet: the last of them to wake. Undefined when a chime disturbs nobody. */
export function quietUntil(now: Date, people: readonly Quiet[]): Date | undefined {
  const ends = people.flatMap((quiet) => quietEnds(now, quiet)?.getTime() ?? []);
  return ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
}
