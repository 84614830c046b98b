/**
 * Tells both ends what has become of a call, after the commit, wherever their sockets hang. What is told is the call as it
 * stands, so that a frame that was lost is made good by the next, or by the greeting of a socket that comes back.
 */
import type { Log } from '../log.ts';
import type { Reply, Turn, Utterance } from '../platforms/platform.ts';
import type { Calls } from '../services/calls/index.ts';
import type { CallRow, Changed, Happened } from '../services/calls/rows.ts';
import type { CallView } from '../services/calls/view.ts';
import type { Say } from '../speech/speech.ts';
import { callFrame, concerned, offerFrame } from './desk-frames.ts';
import { createHomeFrames } from './home-frames.ts';
import type { Brief, Ice, OutFrame, SpokenAlong } from './wire.ts';

export interface SwitchboardBus {
  publish(channel: string, message: unknown): Promise<unknown>;
  toDevice(device: string, message: unknown): Promise<boolean>;
  on(channel: string, hear: (message: unknown) => void): () => void;
}

export interface SwitchboardParts {
  calls: Calls;
  bus: SwitchboardBus;
  turn: Turn;
  /** Words for a speaker, in her language and at her pace. */
  render: (says: Say[], her: { locale: 'zh-CN' | 'en-US'; pace: number }) => { text: string; markup?: string };
  medium: Utterance['medium'];
  briefFor: (view: CallView, staffId: string) => Promise<Brief>;
  ice: (leg: string) => Ice;
  /** A recogniser runs that can write calls along. */
  hears: boolean;
  now: () => Date;
  log: Log;
}

/** To all sockets of one person; `seat`: the one that is meant, the others may be told differently. */
export interface ToStaff {
  frame: OutFrame;
  seat?: string;
  /** For her other sockets. */
  others?: OutFrame;
}

/** The channel on the bus that reaches every open page of one person. */
export const staffChannel = (staffId: string) => `staff:${staffId}`;
/** Somebody came, went, waits or is served: boards are read again. */
export const BOARD = 'calls:board';

const OVER: Happened[] = ['hangUp', 'giveUp', 'force'];
const USUAL_PACE = 190;

export type Switchboard = ReturnType<typeof createSwitchboard>;

/** Listens to the calls from the moment it is made until `close()`. A change that cannot be told is logged and never undoes the change. */
export function createSwitchboard(parts: SwitchboardParts) {
  const { calls, bus, turn, render, briefFor, ice, now, log } = parts;
  const speak = (says: Say[], { row, resident }: CallView): SpokenAlong => {
    const pace = resident?.pace ?? USUAL_PACE;
    const { text, markup } = render(says, { locale: row.locale, pace });
    return { text, ...(markup ? { ssml: markup } : {}), pace };
  };
  const home = createHomeFrames({ ice, speak, now, hears: parts.hears });
  const frameParts = { ice, hears: parts.hears };
  /** The changes of one call are told in their order. */
  const telling = new Map<string, Promise<void>>();

  function changed({ callId, events }: Changed): void {
    const before = telling.get(callId) ?? Promise.resolve();
    const next = before
      .then(() => tell(callId, events))
      .catch((thrown: unknown) => log.warn({ err: thrown }, 'a change of a call was not told'))
      .finally(() => {
        if (telling.get(callId) === next) telling.delete(callId);
      });
    telling.set(callId, next);
  }

  async function tell(callId: string, events: Happened[]): Promise<void> {
    const view = await calls.view(callId);
    if (!view) return;
    await Promise.all([
      ...concerned(view).map((staffId) => tellStaff(view, staffId)),
      tellHome(view, events),
      bus.publish(BOARD, {}),
    ]);
  }

  // ---- the desk

  async function tellStaff(view: CallView, staffId: string): Promise<void> {
    await bus.publish(staffChannel(staffId), await toStaff(view, staffId));
  }

  async function toStaff(view: CallView, staffId: string): Promise<ToStaff> {
    const rings = view.offers.some((one) => one.staffId === staffId);
    const offer = rings ? offerFrame(view, staffId, await briefFor(view, staffId), now()) : undefined;
    if (offer) return { frame: offer };
    const seat = view.legs.findLast((leg) => leg.staffId === staffId)?.seat;
    const frame = callFrame(view, staffId, frameParts, seat);
    const fresh = frame.ice !== undefined || view.row.state === 'wrapping';
    const brief = fresh && view.row.clerkId === staffId ? { brief: await briefFor(view, staffId) } : {};
    return {
      frame: { ...frame, ...brief },
      seat,
      ...(seat ? { others: callFrame(view, staffId, frameParts, '') } : {}),
    };
  }

  /** What a socket is told when it opens: whatever rings at her, is hers, or is hers to wrap up. */
  async function standing(staffId: string, seat: string): Promise<OutFrame[]> {
    const frames: OutFrame[] = [];
    for (const id of await calls.concerning(staffId)) {
      const view = await calls.view(id);
      if (view) frames.push(await standingOf(view, staffId, seat));
    }
    return frames;
  }

  async function standingOf(view: CallView, staffId: string, seat: string): Promise<OutFrame> {
    const brief = await briefFor(view, staffId);
    const offer = offerFrame(view, staffId, brief, now());
    if (offer) return offer;
    const { elsewhere, ...frame } = callFrame(view, staffId, frameParts, seat);
    // Whether her other page still lives is not known here: one that was loaded anew says `resume` by itself.
    const lost = elsewhere && view.row.clerkId !== staffId ? { elsewhere } : {};
    return { ...frame, ...lost, brief, ...(frame.leg && !frame.ice ? { renew: ice(frame.leg) } : {}) };
  }

  // ---- the home

  async function tellHome(view: CallView, events: Happened[]): Promise<void> {
    const { row, device } = view;
    const frame = await homeFrame(view, events);
    if (frame) await bus.toDevice(device, frame);
    else if (row.state !== 'ended' && row.state !== 'wrapping' && row.state !== 'callback')
      await bus.toDevice(
        device,
        home.state(view, { announce: announces(view, events), rung: events.includes('ring') }),
      );
  }

  async function homeFrame(view: CallView, events: Happened[]) {
    const { row } = view;
    if (events.some((event) => OVER.includes(event))) return home.end(view, await afterwards(view));
    const ringsAtHome = row.direction === 'out' && row.state === 'offered' && events.includes('ring');
    return ringsAtHome ? home.offer(view, await words(view, 'call-offer', { incoming: row.id })) : undefined;
  }

  /** Nothing is said where she gave up herself before anybody was there. */
  async function afterwards(view: CallView): Promise<Reply | undefined> {
    const { row } = view;
    const told = row.talkingAt !== null || row.state === 'callback' || row.outcome === 'unanswered';
    if (!told) return undefined;
    return words(view, 'call-end', { ended: row.id });
  }

  /** A call that she has taken herself was announced when it rang. */
  const announces = (view: CallView, events: Happened[]) =>
    (events.includes('take') && view.row.direction === 'in') ||
    (events.includes('leg') && view.legs.some((leg) => leg.role === 'transfer'));

  /** The dialogue goes on at her speaker without her having spoken: once per call and occasion, by the request's id. */
  function words(view: CallView, occasion: string, slots: Record<string, string>): Promise<Reply> {
    return turn({
      brand: 'speaker',
      device: view.device,
      requestId: `${occasion}:${view.row.id}`,
      kind: 'intent',
      intent: { name: 'agent.call', slots },
      locale: view.row.locale,
      medium: parts.medium,
      newSession: false,
    });
  }

  /** What a speaker is told right after its greeting: the call that it is in. */
  async function atHome(device: string): Promise<unknown[]> {
    const callId = await calls.atDevice(device);
    const view = callId ? await calls.view(callId) : undefined;
    if (!view) return [];
    if (view.row.direction === 'out' && view.row.state === 'offered')
      return [home.offer(view, await words(view, 'call-offer', { incoming: view.row.id }))];
    return [home.state(view, { announce: view.row.state === 'connecting', again: true })];
  }

  async function tellWait(row: CallRow): Promise<void> {
    const [view, { position, wait }] = [await calls.view(row.id), await calls.waitOf(row)];
    if (!view) return;
    const [least, most] = wait.map((seconds) => Math.max(1, Math.round(seconds / 60)));
    const says = { phrase: 'agent.stillWaiting', values: { position, least, most } };
    const chime = { ...home.state(view), position, wait, chime: true };
    await bus.toDevice(view.device, { ...chime, ...speak([says], view) });
  }

  /** She is not heard at the desk: said at her speaker. Nothing where the call is over meanwhile. */
  async function unheard(callId: string): Promise<SpokenAlong> {
    const view = await calls.view(callId);
    return view?.row.state === 'talking' ? speak([{ phrase: 'agent.unheard' }], view) : {};
  }

  const stops = [calls.onChange(changed), calls.onWait(tellWait)];

  return {
    standing,
    atHome,
    unheard,
    /** Waits for what is being told. */
    async close(): Promise<void> {
      for (const stop of stops) stop();
      await Promise.all(telling.values());
    },
  };
}
