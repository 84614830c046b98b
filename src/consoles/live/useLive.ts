import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type Dispatch,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import type { CallFrame, CallOutcome, OutFrame, Presence } from '../../calls/wire.ts';
import { askForMicrophone } from '../sound/microphone.ts';
import { captionsSetting } from './captions-setting.ts';
import { heldHere } from './held.ts';
import { type Ask, createLiveLine, type LiveLine } from './line.ts';
import { fold, type Live, type LiveEvent, still } from './live.ts';
import { createPhone, type Phone } from './phone.ts';
import { createSoundFrames } from './sound-frames.ts';

export interface Desk {
  live: Live;
  /** Asks the browser for the microphone while nobody waits, and lets go of it again. */
  prepare(): void;
  say(presence: Presence): Promise<void>;
  accept(call: string): Promise<void>;
  decline(call: string): Promise<void>;
  hold(on: boolean): Promise<void>;
  transfer(to: string): Promise<void>;
  hangup(): Promise<void>;
  wrapup(outcome: CallOutcome, notes: string): Promise<void>;
  /** Takes the call over from another page of hers. */
  resume(): Promise<void>;
  /** Calls her speaker, for an open callback or case. */
  dial(about: { callback: string } | { case: string }): Promise<void>;
  /** Her answer, when she was asked whether what is said may be written along. */
  agreeToCaptions(on: boolean): Promise<void>;
  /** This clerk's own wish: captions at her desk or none. */
  wantCaptions(on: boolean): void;
  /** Stops listening. */
  leave(): Promise<void>;
  /** Any other frame whose outcome is told. */
  ask(frame: Ask): Promise<void>;
}

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

/** The desk's live side, below a `DeskProvider`. */
export function useDeskLine(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no DeskProvider above');
  return desk;
}

interface Joined {
  line: LiveLine;
  phone: Phone;
}

/** One socket and one telephone for the page, from the moment at which somebody is signed in. */
export function useLive(personId: string | undefined): Desk {
  const queries = useQueryClient();
  const [live, tell] = useReducer(fold, still);
  const joined = useRef<Joined>(undefined);
  useEffect(() => {
    if (personId === undefined) return;
    const { line, phone } = join(tell, queries);
    joined.current = { line, phone };
    return () => {
      joined.current = undefined;
      line.close();
      phone.close();
      tell({ type: 'left' });
    };
  }, [personId, queries]);
  useTicking(live.ringing.length > 0, tell);
  const call = live.call?.call ?? '';
  return useMemo(() => ({ live, ...acts(joined, tell, call) }), [live, call]);
}

/** Connects socket and telephone: what the one hears the other does. */
function join(tell: Dispatch<LiveEvent>, queries: QueryClient): Joined {
  const phone = createPhone({
    tell: (frame) => line.tell(frame),
    onLeg: (state) => tell({ type: 'leg', state }),
    onAudio: (audio) => tell({ type: 'leg', audio }),
    onMicrophone: (microphone) => tell({ type: 'microphone', microphone }),
    onSamples: createSoundFrames((frame) => line.audio(frame)),
    writesAlong: captionsSetting.wanted,
  });
  const seat = crypto.randomUUID(); // the page's own, kept over reconnections: its legs stay its own
  const takenUp = new Set<string>();
  const hear = (frame: OutFrame) => {
    if (frame.type === 'call' && !frame.leg) takeUp(frame);
    tell({ type: 'frame', frame, at: performance.now() });
    phone.hear(frame);
    if (frame.type === 'call') heldHere.note(frame);
    if (frame.type === 'changed') {
      for (const noun of frame.nouns) void queries.invalidateQueries({ queryKey: ['list', noun] });
    }
  };
  /** The page was loaded anew: its call is taken up again, once. What was taken from it by another page is not taken back. */
  const takeUp = (frame: CallFrame) => {
    if (frame.elsewhere && phone.has(frame.call)) return heldHere.forget(frame.call);
    if (!wasHere(frame) || takenUp.has(frame.call)) return;
    takenUp.add(frame.call);
    void line.ask({ type: 'resume', call: frame.call }).catch(() => takenUp.delete(frame.call));
  };
  let opened = 0;
  const line: LiveLine = createLiveLine({
    connect: () => openSocket(seat),
    onFrame: hear,
    onLink(link) {
      tell({ type: 'link', link });
      if (link !== 'open' || opened++ === 0) return;
      void queries.invalidateQueries({ queryKey: ['list'] }); // what changed meanwhile was not told
    },
    onRefused: () => void queries.invalidateQueries({ queryKey: ['session'] }),
  });
  return { line, phone };
}

const GOES_ON: ReadonlySet<CallFrame['state']> = new Set(['connecting', 'talking', 'held', 'transferring']);

/** A call that this tab has had, and that still goes on without a leg here. */
const wasHere = ({ call, state, role }: CallFrame) => role === 'clerk' && GOES_ON.has(state) && heldHere.has(call);

function openSocket(seat: string): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}/api/live?seat=${seat}`);
}

/** What rings stops by itself when its seconds are over. */
function useTicking(on: boolean, tell: Dispatch<LiveEvent>): void {
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => tell({ type: 'tick', at: performance.now() }), 500);
    return () => clearInterval(timer);
  }, [on, tell]);
}

function acts(joined: RefObject<Joined | undefined>, tell: Dispatch<LiveEvent>, call: string): Omit<Desk, 'live'> {
  const ask = async (frame: Ask) => joined.current?.line.ask(frame);
  const prepare = () => void joined.current?.phone.prepare();
  return {
    ask,
    prepare: () => void askForMicrophone(),
    /** Shown once it is so: who believes that she is there and is not, is never rung. */
    async say(presence) {
      await ask({ type: 'presence', ...presence });
      tell({ type: 'presence', presence });
    },
    async accept(id) {
      prepare();
      heldHere.take(id);
      await ask({ type: 'accept', call: id });
    },
    async decline(id) {
      tell({ type: 'quiet', call: id });
      await ask({ type: 'decline', call: id });
    },
    hold: (on) => ask({ type: 'hold', call, on }),
    transfer: (to) => ask({ type: 'transfer', call, to }),
    hangup: () => ask({ type: 'hangup', call }),
    wrapup: (outcome, notes) => ask({ type: 'wrapup', call, outcome, notes: notes || undefined }),
    async resume() {
      heldHere.take(call);
      prepare();
      await ask({ type: 'resume', call });
    },
    agreeToCaptions: (on) => ask({ type: 'captions', call, on }),
    wantCaptions(on) {
      captionsSetting.keep(on);
      joined.current?.phone.reconsider();
    },
    async leave() {
      await ask({ type: 'leave', call });
      joined.current?.phone.close();
      tell({ type: 'over', call });
    },
    async dial(about) {
      prepare();
      await ask({ type: 'dial', ...about });
    },
  };
}
