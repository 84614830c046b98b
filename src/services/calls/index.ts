/** Live calls: from 「我要找人」 to the outcome. The row in PostgreSQL is the truth; whoever is told hears of it after the commit. */
import type { Clock } from '../../clock.ts';
import type { Bus } from '../../store/bus.ts';
import type { Database } from '../../store/database.ts';
import type { Presence } from '../../store/presence.ts';
import type { Calendar } from '../calendar.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import { createAsking } from './asking.ts';
import { createCaptionConsents } from './captions.ts';
import { createDesks } from './desks.ts';
import { createDialling } from './dialling.ts';
import { createLegs } from './legs.ts';
import { createPapers } from './papers.ts';
import { createResults } from './results.ts';
import { createRinging } from './ringing.ts';
import { type CallRow, createCallRows } from './rows.ts';
import { createSweeping } from './sweeping.ts';
import { createTalking } from './talking.ts';
import { createViews } from './view.ts';
import { createWaiting } from './waiting.ts';

export interface CallParts {
  database: Database;
  clock: Clock;
  presence: Presence;
  calendar: Calendar;
  callbacks: Pick<Callbacks, 'requestIn' | 'missedIn'>;
  /** Absent: whatever the directory says is believed. */
  bus?: Pick<Bus, 'toDevice'>;
}

/** Sent to see whether anybody takes it; devices are not shown it. */
const STILL_THERE = { type: 'call.stillThere' };

/** One whole, made once a process: its parts know each other, nobody else knows its parts. `sweep` is to be called each second. */
export function createCalls(parts: CallParts) {
  const rows = createCallRows(parts);
  const desks = createDesks(parts);
  const ringing = createRinging({ ...parts, rows, desks });
  const waiting = createWaiting({ ...parts, desks });
  const talking = createTalking({ ...parts, rows, ringing });
  const legs = createLegs({ ...parts, rows, talking, ringing });
  const asking = createAsking({ ...parts, rows, ringing, waiting });
  const waits = new Set<(row: CallRow) => Promise<void>>();
  const { bus } = parts;
  const { sweep } = createSweeping({
    ...parts,
    reaches: async (device) => !bus || (await bus.toDevice(device, STILL_THERE)),
    rows,
    ringing,
    talking,
    tell: async (row) => {
      for (const tell of waits) await tell(row);
    },
  });
  return {
    ...createViews({ ...parts, rows }),
    ...createPapers(parts),
    ...asking,
    ...createResults({ ...parts, rows }),
    ...createDialling({ ...parts, rows }),
    ...createCaptionConsents({ rows }),
    accept: talking.accept,
    decline: talking.decline,
    hold: talking.hold,
    transfer: talking.transfer,
    hangUp: talking.hangUp,
    wrapUp: talking.wrapUp,
    resume: talking.resume,
    ...legs,
    waitOf: waiting.of,
    dispatch: ringing.dispatch,
    sweep,
    /** Hears of every committed change of a call. @returns ends it */
    onChange: rows.onChange,
    /** She is to be told where she stands. @returns ends it */
    onWait: (tell: (row: CallRow) => Promise<void>) => {
      waits.add(tell);
      return () => waits.delete(tell);
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;
