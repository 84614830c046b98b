/** What the desk knows of the moment: a pure fold of the socket's frames, so that every picture can be had from a list of them. */
import type {
  AudioState,
  CallFrame,
  LegState,
  Named,
  OfferFrame,
  OutFrame,
  Presence,
  QueueFrame,
} from '../../calls/wire.ts';
import type { LinkState } from './line.ts';

export interface Caption {
  id: number;
  /** The clerk's own words, or hers. */
  who: 'clerk' | 'resident';
  text: string;
  final: boolean;
}

export interface Ringing extends OfferFrame {
  /** `performance.now()` at which it stops by itself. */
  until: number;
}

/** With why she wanted somebody, as it was told when it rang. */
export interface OwnCall extends CallFrame {
  reason?: string;
}

export interface Live {
  link: LinkState;
  me: Named | undefined;
  role: string | undefined;
  presence: Presence | undefined;
  queue: QueueFrame | undefined;
  ringing: Ringing[];
  /** The call that this person has, listens to, or is to wrap up. */
  call: OwnCall | undefined;
  /** `audio`: what arrives here; `heard`: what arrives at the far end. */
  leg: { state?: LegState; audio?: AudioState; heard?: AudioState };
  captions: Caption[];
  microphone: 'closed' | 'open' | 'refused';
  /** Speakers that have come or gone since the page was opened: whether they can be rung. */
  speakers: Readonly<Record<string, boolean>>;
}

export const still: Live = {
  link: 'connecting',
  me: undefined,
  role: undefined,
  presence: undefined,
  queue: undefined,
  ringing: [],
  call: undefined,
  leg: {},
  captions: [],
  microphone: 'closed',
  speakers: {},
};

export type LiveEvent =
  | { type: 'link'; link: LinkState }
  | { type: 'frame'; frame: OutFrame; at: number }
  | { type: 'leg'; state?: LegState; audio?: AudioState }
  | { type: 'microphone'; microphone: Live['microphone'] }
  | { type: 'presence'; presence: Presence }
  | { type: 'quiet'; call: string }
  | { type: 'tick'; at: number }
  | { type: 'left' }
  | { type: 'over'; call: string };

const OVER: ReadonlySet<CallFrame['state']> = new Set(['ended', 'callback']);
const WATCHING: ReadonlySet<CallFrame['role']> = new Set(['listen', 'coach', 'barge']);
const CAPTIONS = 80;

/** The next picture; the same object where nothing changed. Rings are forgotten with the line: the greeting tells of those that still ring. */
export function fold(live: Live, event: LiveEvent): Live {
  switch (event.type) {
    case 'link':
      return event.link === 'open' ? { ...live, link: 'open' } : { ...live, link: event.link, ringing: [] };
    case 'frame':
      return hear(live, event.frame, event.at);
    case 'leg':
      return {
        ...live,
        leg: {
          ...live.leg,
          ...(event.state ? { state: event.state } : {}),
          ...(event.audio ? { audio: event.audio } : {}),
        },
      };
    case 'microphone':
      return { ...live, microphone: event.microphone };
    case 'presence':
      return { ...live, presence: event.presence };
    case 'quiet':
      return { ...live, ringing: live.ringing.filter(({ call }) => call !== event.call) };
    case 'tick':
      return live.ringing.some(({ until }) => until <= event.at)
        ? { ...live, ringing: live.ringing.filter(({ until }) => until > event.at) }
        : live;
    case 'left':
      return still;
    case 'over':
      return live.call?.call === event.call ? ended(live) : live;
  }
}

function hear(live: Live, frame: OutFrame, at: number): Live {
  switch (frame.type) {
    case 'hello':
      return { ...live, me: frame.me, role: frame.role, presence: frame.presence };
    case 'presence':
      return { ...live, presence: { state: frame.state, reason: frame.reason } };
    case 'queue':
      return withQueue(live, frame);
    case 'offer':
      return { ...live, ringing: [...others(live, frame.call), { ...frame, until: at + frame.rings * 1000 }] };
    case 'call':
      return hearCall(live, frame);
    case 'leg':
      return live.call?.call === frame.call && live.call.leg === frame.leg && frame.audio
        ? { ...live, leg: { ...live.leg, heard: frame.audio } }
        : live;
    case 'speaker':
      return { ...live, speakers: { ...live.speakers, [frame.id]: frame.online } };
    case 'caption':
      return live.call?.call === frame.call ? { ...live, captions: withCaption(live, frame) } : live;
    default:
      return live;
  }
}

/** Whoever listens is not told that the call is over: it stands on the board no longer. */
function withQueue(live: Live, queue: QueueFrame): Live {
  const { call } = live;
  const listens = call && WATCHING.has(call.role) && queue.going;
  const goes = listens && queue.going?.some((one) => one.call === call.call && one.state !== 'wrapping');
  return listens && !goes ? { ...ended(live), queue } : { ...live, queue };
}

const others = ({ ringing }: Live, call: string) => ringing.filter((one) => one.call !== call);

function hearCall(live: Live, frame: CallFrame): Live {
  const quiet = frame.state === 'offered' && !frame.elsewhere ? live.ringing : others(live, frame.call);
  const mine = live.call?.call === frame.call;
  if (isOthers(live, frame) || OVER.has(frame.state))
    return mine ? { ...ended(live), ringing: quiet } : { ...live, ringing: quiet };
  const ringsAtHome = frame.state === 'offered' && frame.direction === 'out';
  if (frame.state === 'queued' || (frame.state === 'offered' && !ringsAtHome)) return { ...live, ringing: quiet };
  const known = mine ? live.call : live.ringing.find((one) => one.call === frame.call);
  const call = { ...frame, brief: frame.brief ?? known?.brief, reason: known?.reason };
  const fresh = mine ? {} : { captions: [], leg: still.leg };
  return { ...live, ...fresh, ringing: quiet, call };
}

/** A colleague has it; one that is on another page of hers is still hers. */
const isOthers = ({ me }: Live, { elsewhere, clerk }: CallFrame) => elsewhere === true && clerk?.id !== me?.id;

const ended = (live: Live): Live => ({ ...live, call: undefined, captions: [], leg: still.leg });

function withCaption(live: Live, { leg, text, final }: Extract<OutFrame, { type: 'caption' }>): Caption[] {
  const who = leg === 'clerk' ? 'clerk' : 'resident';
  const last = live.captions.findLast((one) => one.who === who);
  const growing = last && !last.final;
  const one: Caption = { id: growing ? last.id : (live.captions.at(-1)?.id ?? 0) + 1, who, text, final };
  const rest = growing ? live.captions.filter(({ id }) => id !== last.id) : live.captions;
  return [...rest, one].slice(-CAPTIONS);
}
