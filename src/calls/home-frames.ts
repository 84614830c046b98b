/** What the speaker is told of its call. Words that are the dialogue's own (what came of it, whether she takes it) are asked of the turn. */
import type { Reply } from '../platforms/platform.ts';
import type { CallView } from '../services/calls/view.ts';
import type { Say } from '../speech/speech.ts';
import type { Ice, SpeakerEnd, SpeakerOffer, SpeakerState, SpokenAlong } from './wire.ts';

export type HomeFrame = SpeakerOffer | SpeakerState | SpeakerEnd;

export interface HomeFrameParts {
  ice: (leg: string) => Ice;
  /** Words for this call's speaker. */
  speak: (says: Say[], view: CallView) => SpokenAlong;
  now: () => Date;
}

type Leg = CallView['legs'][number];
const HOMEWARD = ['clerk', 'transfer'];

/** The leg that the speaker is to open, and the one it stands in for. */
function legsAtHome({ legs }: CallView): { next?: Leg; standing?: Leg } {
  const hers = legs.filter((leg) => HOMEWARD.includes(leg.role));
  return { next: hers.findLast((leg) => !leg.connectedAt), standing: hers.find((leg) => leg.connectedAt !== null) };
}

export function createHomeFrames({ ice, speak, now }: HomeFrameParts) {
  /** `announce`: the leg is new to her, and who it is is said before its track is opened. `again`: after a reconnection. */
  function state(view: CallView, { announce = false, again = false } = {}): SpeakerState {
    const { row, station, names } = view;
    const { next, standing } = legsAtHome(view);
    const who = names.get(next?.staffId ?? row.clerkId ?? '');
    return {
      type: 'call.state',
      call: row.id,
      state: row.state,
      version: row.version,
      ...(who ? { who, station: view.clerk?.place ?? station?.name, topic: row.matter ?? undefined } : {}),
      ...(next ? { leg: next.id, ice: ice(next.id), replaces: standing?.id } : standing ? { leg: standing.id } : {}),
      ...(again && standing ? { renew: ice(standing.id) } : {}),
      music: row.state === 'held' || row.state === 'queued' || row.state === 'offered',
      lost: row.clerkLostAt ? 'clerk' : null,
      ...(announce && next ? speak([announcement(view, next)], view) : {}),
    };
  }

  function announcement(view: CallView, leg: Leg): Say {
    const values = {
      station: leg.role === 'clerk' ? (view.clerk?.place ?? view.station?.name) : undefined,
      clerk: view.names.get(leg.staffId),
      item: view.row.matter ?? undefined,
    };
    return { phrase: leg.role === 'transfer' ? 'agent.handedOver' : 'agent.through', values };
  }

  function offer(view: CallView, reply: Reply): SpeakerOffer {
    const { row, clerk, station, resident } = view;
    return {
      type: 'call.offer',
      call: row.id,
      who: clerk?.name ?? '',
      station: clerk?.place ?? station?.name ?? '',
      topic: row.matter ?? '',
      ...(resident?.codeWord ? { code: resident.codeWord } : {}),
      rings: Math.max(0, Math.round(((row.dueAt?.getTime() ?? 0) - now().getTime()) / 1000)),
      ...along(reply),
    };
  }

  /** With the dialogue's next words, where there are any. */
  function end(view: CallView, reply?: Reply): SpeakerEnd {
    const { row } = view;
    const frame: SpeakerEnd = { type: 'call.end', call: row.id, ...(row.outcome ? { outcome: row.outcome } : {}) };
    if (!reply?.text) return frame;
    const { errand, phrase, asking, choices, end: over } = reply;
    return { ...frame, ...along(reply), end: over, errand, phrase, asking, ...(choices?.length ? { choices } : {}) };
  }

  return { state, offer, end };
}

function along({ text, markup, pace, listen }: Reply): SpokenAlong {
  return { text, ...(markup ? { ssml: markup } : {}), pace, listen };
}
