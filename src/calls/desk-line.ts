/** One socket of a member of staff: her presence, what she does with calls, and what she is told. */
import { asRefusal, Refusal } from '../errors.ts';
import type { Calls } from '../services/calls/index.ts';
import { actorOf, type Person } from '../services/staff/sessions.ts';
import type { Captions } from '../speech/hearing/index.ts';
import type { ClerkPresence, Presence } from '../store/presence.ts';
import type { Scope } from '../store/queries/page.ts';
import type { Board } from './board.ts';
import { createCaptioning } from './captioning.ts';
import type { Changes } from './changes.ts';
import { isDescription, tellFar } from './home-line.ts';
import type { SpeakersSeen } from './speakers.ts';
import { BOARD, type Switchboard, type SwitchboardBus, staffChannel, type ToStaff } from './switchboard.ts';
import {
  HEARTBEAT_SECONDS,
  type InFrame,
  LIVE_PROTOCOL,
  type OutFrame,
  type Presence as Said,
  type SpeakerLeg,
} from './wire.ts';

export interface DeskParts {
  calls: Calls;
  switchboard: Pick<Switchboard, 'standing' | 'unheard'>;
  board: Board;
  changes: Pick<Changes, 'on'>;
  speakers: Pick<SpeakersSeen, 'on'>;
  bus: SwitchboardBus;
  presence: Presence;
  /** Absent: no recogniser runs. */
  captions?: Captions;
  now: () => Date;
  /** Gives a callback to somebody else. */
  reassign: (callbackId: string, to: string, person: Person) => Promise<void>;
}

export interface Desk {
  person: Person;
  /** The page's own name for itself. */
  seat: string;
  scope: Scope;
  send: (frame: OutFrame) => void;
  /** What a colleague reads of a refusal. */
  explain: (refusal: Refusal) => string;
  failed: (thrown: unknown) => void;
}

/** Back within this she has not been away: a page that is loaded anew. */
const LEAVING_SECONDS = 8;
const BOARD_MS = 1_000;
const DEMANDS_SUPERVISOR = new Set<InFrame['type']>(['listen', 'coach', 'barge', 'force', 'reassign']);

const looksAfter = ({ stations }: Scope, stationId: string | null): boolean =>
  stations === 'all' || (stationId !== null && stations.includes(stationId));

/** Greets, tells what stands, then listens until `close`. */
export function openDesk(parts: DeskParts, desk: Desk) {
  const { calls, bus, presence, now } = parts;
  const { person, seat, failed } = desk;
  const by = actorOf(person);
  const isClerk = person.role === 'clerk';
  let current: ClerkPresence = { state: 'away', reason: 'other', placeId: person.place?.id };
  let boardDue: NodeJS.Timeout | undefined;
  let boardAt = 0;
  let closed = false;

  const along =
    parts.captions &&
    createCaptioning({ captions: parts.captions, about, send: desk.send, toHome: bus.toDevice, failed });
  const send = (frame: OutFrame) => {
    desk.send(frame);
    along?.note(frame);
  };

  const stops = [
    bus.on(staffChannel(person.id), (message) => heard(message as ToStaff)),
    bus.on(BOARD, () => boardSoon()),
    parts.changes.on((nouns) => send({ type: 'changed', nouns })),
    parts.speakers.on(({ id, online, stationId }) => {
      if (looksAfter(desk.scope, stationId)) send({ type: 'speaker', id, online });
    }),
  ];

  async function about(call: string) {
    const view = await calls.view(call);
    if (view?.row.clerkId !== person.id || !view.captions) return undefined;
    const hints = [view.row.matter, ...view.names.values()].filter((word) => word !== null);
    return { locale: view.row.locale, hints, device: view.device };
  }

  function heard({ frame, seat: meant, others }: ToStaff): void {
    if (frame.type === 'presence') current = { ...current, state: frame.state, reason: frame.reason };
    if (meant === undefined || meant === seat) send(frame);
    else if (others) send(others);
  }

  /** At once when nothing was shown for a second, else when the second is over. */
  function boardSoon(): void {
    if (closed || boardDue) return;
    boardDue = setTimeout(
      () => {
        boardDue = undefined;
        boardAt = Date.now();
        showBoard().catch(failed);
      },
      Math.max(0, boardAt + BOARD_MS - Date.now()),
    );
    boardDue.unref();
  }

  async function showBoard(): Promise<void> {
    send(await parts.board(desk.scope, { going: person.role === 'supervisor' }));
  }

  async function greet(): Promise<void> {
    if (isClerk) {
      current = (await presence.clerk(person.id)) ?? current;
      await presence.setClerk(person.id, current);
    }
    const me = { id: person.id, name: person.name };
    const said = { state: current.state, reason: current.reason as Said['reason'] };
    send({
      type: 'hello',
      protocol: LIVE_PROTOCOL,
      heartbeat: HEARTBEAT_SECONDS,
      me,
      role: person.role,
      presence: said,
    });
    for (const frame of await parts.switchboard.standing(person.id, seat)) send(frame);
    await showBoard();
    await bus.publish(BOARD, {});
  }

  async function receive(frame: InFrame): Promise<void> {
    const id = 'id' in frame ? frame.id : undefined;
    const call = 'call' in frame ? frame.call : undefined;
    try {
      if (DEMANDS_SUPERVISOR.has(frame.type) && person.role !== 'supervisor') throw new Refusal('Forbidden');
      const made = await perform(frame);
      if (id) send({ type: 'done', id, call: made ?? call });
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (refusal.status >= 500) failed(thrown);
      send({ type: 'error', id, call, code: refusal.code, text: desk.explain(refusal) });
    }
  }

  /** @returns the call that was made by it */
  async function perform(frame: InFrame): Promise<string | undefined> {
    if (frame.type === 'dial') return calls.dial(frame, { staffId: person.id, seat, scope: desk.scope, by });
    const work = does[frame.type] as (frame: InFrame) => Promise<unknown>;
    await work(frame);
    return undefined;
  }

  const does: { [T in Exclude<InFrame['type'], 'dial'>]: (frame: Extract<InFrame, { type: T }>) => Promise<unknown> } =
    {
      presence: (frame) => say(frame),
      accept: ({ call }) => calls.accept(call, person.id, seat, by),
      decline: ({ call }) => calls.decline(call, person.id, by),
      hold: ({ call, on }) => calls.hold(call, person.id, on, by),
      transfer: ({ call, to }) => calls.transfer(call, person.id, to, by),
      captions: ({ call, on }) => calls.agreeToCaptions(call, person.id, on, by),
      hangup: ({ call }) => calls.hangUp(call, { staffId: person.id, seat, by }),
      wrapup: async ({ call, outcome, notes }) => {
        await calls.wrapUp(call, person.id, { outcome, notes }, by);
        await calls.dispatch();
      },
      listen: ({ call }) => calls.watch(call, person.id, 'listen', seat),
      coach: ({ call }) => calls.watch(call, person.id, 'coach', seat),
      barge: ({ call }) => calls.watch(call, person.id, 'barge', seat),
      leave: ({ call }) => calls.hangUp(call, { staffId: person.id, seat, by }),
      force: ({ call, reason }) => calls.force(call, reason, by),
      resume: ({ call }) => calls.resume(call, person.id, seat),
      reassign: ({ callback, to }) => parts.reassign(callback, to, person),
      rtc: async ({ call, leg, description, candidate }) => {
        const far = await calls.pathOf(call, leg, { staffId: person.id, seat }, isDescription(description));
        const frame = { type: 'rtc' as const, call, leg, description, candidate };
        await tellFar(bus, far, frame, frame);
      },
      leg: async ({ call, leg, state, audio }) => {
        const far = await calls.report(call, leg, { staffId: person.id, seat }, { state, audio });
        const unheard = 'device' in far && audio && audio !== 'ok';
        const words = unheard ? await parts.switchboard.unheard(call) : {};
        const atHome: SpeakerLeg = { type: 'call.leg', call, leg, state, ...(audio ? { audio } : {}), ...words };
        await tellFar(bus, far, atHome, { type: 'leg', call, leg, state, audio });
      },
    };

  /** Since when counts from the first time she said it, so that a page which says it again is no news. */
  async function say({ state, reason }: Said): Promise<void> {
    const before = (await presence.clerk(person.id)) ?? current;
    const same = before.state === state && before.at !== undefined;
    current = { state, reason, placeId: person.place?.id, at: same ? before.at : now().toISOString() };
    if (!isClerk) return;
    await presence.setClerk(person.id, current);
    await bus.publish(staffChannel(person.id), { frame: { type: 'presence', state, reason }, seat: undefined });
    await bus.publish(BOARD, {});
    if (state === 'available') await calls.dispatch();
  }

  return {
    greet,
    receive,
    /** Sound of the call that her page has. */
    hear: (data: Buffer) => along?.hear(data),
    /** She is still there. */
    async beat(): Promise<void> {
      if (isClerk && !(await presence.clerkStays(person.id))) await presence.setClerk(person.id, current);
    },
    async close(): Promise<void> {
      closed = true;
      along?.close();
      clearTimeout(boardDue);
      for (const stop of stops) stop();
      if (isClerk) await presence.clerkLeaving(person.id, LEAVING_SECONDS);
      await bus.publish(BOARD, {});
    },
  };
}
