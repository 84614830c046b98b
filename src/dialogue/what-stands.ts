/** What she has going on is what she talks of, before anything was said: the topic with which a talk begins, and what it may be about. Pure. */
import { addDays, shanghaiInstant } from '../clock.ts';
import type { WhatStands } from '../services/residents/what-stands.ts';
import type { Slots } from '../understanding/meaning.ts';
import type { Topic } from './talk.ts';

/** What may stand, as `_openings.yaml` names it. */
export type Stands =
  | 'booked'
  | 'sent'
  | 'bringing'
  | 'proxied'
  | 'ready'
  | 'bothReady'
  | 'going'
  | 'missing'
  | 'late'
  | 'visit'
  | 'call'
  | 'draft'
  | 'visited'
  | 'rated'
  | 'nothing';

/** All that stands at once; `nothing` where nothing does. That she is visited, and that she may say how she was served, stands beside it. */
export function standsOf({ booking, ready, going, visit, callback, draft, visited, rated }: WhatStands): Stands[] {
  const holds: [Stands, boolean][] = [
    ['booked', booking?.direction === 'collect'],
    ['sent', booking?.mode === 'courier'],
    ['bringing', booking?.direction === 'hand_in'],
    ['proxied', booking?.mode === 'proxy'],
    ['ready', ready.length > 0],
    ['bothReady', ready.length > 1],
    ['going', going.length > 0],
    ['missing', going.some(({ status }) => status === 'correction')],
    ['late', going.some(({ late }) => late)],
    ['visit', visit !== undefined],
    ['call', callback !== undefined],
    ['draft', draft !== undefined],
  ];
  const found = holds.filter(([, so]) => so).map(([name]) => name);
  const beside: Stands[] = [...(visited ? (['visited'] as const) : []), ...(rated ? (['rated'] as const) : [])];
  return [...(found.length > 0 ? found : (['nothing'] as const)), ...beside];
}

/** The nearest thing: an appointment, what lies ready, a visit, what is under way, what was begun, a call. */
export function topicOf(stands: WhatStands, now: Date): Topic | undefined {
  const { booking, ready, visit, going, draft, callback } = stands;
  if (booking)
    return begins('pickup', { phrase: 'pickup.booked', item: booking.matter, slots: bookedSlots(booking, now) });
  if (ready.length > 0) return begins('progress', { phrase: 'progress.ready', ...theOne(ready), slots: COLLECTS });
  if (visit) return begins('visit', { phrase: 'visit.noted', item: visit });
  if (going.length > 0) return { stands: true, errand: 'progress', ...theOne(going.map(({ matter }) => matter)) };
  if (draft) return { stands: true, errand: 'apply', item: draft };
  if (callback) return begins('agent', { phrase: 'agent.callbackNoted', slots: { callback } });
  return undefined;
}

const COLLECTS = { direction: 'collect' };
const EVENING = '19:00';

const begins = (errand: string, done: NonNullable<Topic['done']>): Topic => ({
  stands: true,
  errand,
  ...(done.item ? { item: done.item } : {}),
  done,
});

/** Of several none is meant by itself. */
const theOne = (matters: string[]) => (matters.length === 1 ? { item: matters[0] } : {});

/** How it is to be collected, by whom, and that she is reminded where that evening is still to come. */
function bookedSlots({ mode, direction, collector, day }: NonNullable<WhatStands['booking']>, now: Date): Slots {
  const reminds = shanghaiInstant(addDays(day, -1), EVENING) > now;
  return { mode, direction, ...(collector ? { name: collector } : {}), ...(reminds ? { remind: 'evening' } : {}) };
}
