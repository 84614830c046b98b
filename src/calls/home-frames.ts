/** What the speaker is told of its call. Words that are the dialogue's own (what came of it, whether she takes it) are asked of the turn. */
import type { Reply } from '../platforms/platform.ts';
import type { CallView } from '../services/calls/view.ts';
import type { Say } from '../speech/speech.ts';
import type { Ice, SpeakerEnd, SpeakerOffer, SpeakerState, SpokenAlong } from './wire.ts';

/** `ahead`: what may be said next, for its sound to be made meanwhile; the device is not shown it. */
export type StateFrame = SpeakerState & { ahead?: SpokenAlong[] };

export interface HomeFrameParts {
  ice: (leg: string) => Ice;
  /** A recogniser runs that can write calls along. */
  hears: boolean;
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

/** Her own call, while it rings at a desk. */
const ringsFor = ({ row }: CallView): boolean => row.direction === 'in' && row.state === 'offered';

/** The one at whom it rang last; undefined where any of several may take it. */
const soleOf = ({ lastRing }: CallView): string | undefined => (lastRing.length === 1 ? lastRing[0] : undefined);

/** It rang at once: her answer has named whom. */
const AT_ONCE_MS = 2_000;
const ringsSinceAsked = ({ row }: CallView): boolean =>
  row.rings === 1 && (row.offeredAt?.getTime() ?? 0) - row.createdAt.getTime() < AT_ONCE_MS;

const whom = ({ names, desks, station, row }: CallView, staffId: string) => ({
  clerk: names.get(staffId),
  station: desks.get(staffId) ?? station?.name,
  item: row.matter ?? undefined,
});

/** Frames only: nothing is sent or read here, so what a speaker is told follows from the view alone. */
export function createHomeFrames({ ice, hears, speak, now }: HomeFrameParts) {
  /** `announce`: the leg is new to her, and who it is is said before its track is opened. `again`: after a reconnection. `rung`: just now. */
  function state(view: CallView, { announce = false, again = false, rung = false } = {}): StateFrame {
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
      captions: hears && view.captions && row.talkingAt !== null,
      ...(announce && next ? speak([announcement(view, next)], view) : {}),
      ...(ringsFor(view) ? whileItRings(view, rung) : {}),
    };
  }

  /** The way and the words are made ready; whom it rings at now is said where her own answer could not say it. */
  function whileItRings(view: CallView, rung: boolean): Partial<StateFrame> {
    const one = soleOf(view);
    const said =
      rung && one && !ringsSinceAsked(view) ? speak([{ phrase: 'agent.ringing', values: whom(view, one) }], view) : {};
    const ahead = view.lastRing.map((staffId) => speak([taken(view, staffId)], view));
    return { prepare: ice(view.row.id), ahead, ...said };
  }

  function announcement(view: CallView, leg: Leg): Say {
    if (leg.role === 'transfer') return { phrase: 'agent.handedOver', values: { clerk: view.names.get(leg.staffId) } };
    return taken(view, leg.staffId);
  }

  /** Of one whom she was told of while it rang, the name is enough: each word more is a word later that she is heard. */
  const taken = (view: CallView, staffId: string): Say =>
    soleOf(view) === staffId
      ? { phrase: 'agent.taken', values: { clerk: view.names.get(staffId) } }
      : { phrase: 'agent.through', values: whom(view, staffId) };

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
