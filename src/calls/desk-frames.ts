/** What a member of staff is told of a call: whether it rings at her, is hers, or is somebody else's now. */
import { shanghaiIso } from '../clock.ts';
import { RING_MS } from '../services/calls/ringing.ts';
import type { CallView } from '../services/calls/view.ts';
import { maskedResident } from './brief.ts';
import type { Brief, CallFrame, CallOutcome, Ice, Named, OfferFrame, RoleInCall } from './wire.ts';

type Leg = CallView['legs'][number];
const WATCHING: RoleInCall[] = ['listen', 'coach', 'barge'];

/** Everybody at a desk whom a change of this call concerns. */
export function concerned({ row, legs, rungAt, tookPart }: CallView): string[] {
  return [
    ...new Set([...rungAt, ...tookPart, ...legs.map((leg) => leg.staffId), ...(row.clerkId ? [row.clerkId] : [])]),
  ];
}

const person = (view: CallView, id: string | null): Named | null =>
  id ? { id, name: view.names.get(id) ?? '' } : null;

/** It rings at her: undefined where it does not. */
export function offerFrame(view: CallView, staffId: string, brief: Brief, now: Date): OfferFrame | undefined {
  const offer = view.offers.find((one) => one.staffId === staffId);
  if (!offer) return undefined;
  const left = offer.offeredAt.getTime() + RING_MS - now.getTime();
  const from = offer.kind === 'transfer' ? person(view, view.row.clerkId) : null;
  return {
    type: 'offer',
    call: view.row.id,
    resident: maskedResident(view),
    reason: view.row.reason,
    brief,
    rings: Math.max(0, Math.round(left / 1000)),
    ...(from ? { from } : {}),
  };
}

export interface FrameParts {
  ice: (leg: string) => Ice;
  /** A recogniser runs. */
  hears: boolean;
}

/** The call as it stands for her. `seat`: the socket that is told; her leg is opened at its own only. */
export function callFrame(view: CallView, staffId: string, { ice, hears }: FrameParts, seat?: string): CallFrame {
  const { row } = view;
  const mine = view.legs.findLast((leg) => leg.staffId === staffId);
  const frame: CallFrame = {
    type: 'call',
    call: row.id,
    state: row.state,
    version: row.version,
    direction: row.direction,
    role: mine?.role ?? 'clerk',
    resident: maskedResident(view),
    clerk: person(view, row.clerkId),
    since: shanghaiIso(row.talkingAt ?? row.createdAt),
    lost: row.speakerLostAt ? 'speaker' : row.clerkLostAt ? 'clerk' : null,
    watchers: watchersOf(view),
    outcome: row.outcome as CallOutcome | null,
    ...(row.state === 'wrapping' && row.dueAt ? { wrapBy: shanghaiIso(row.dueAt) } : {}),
  };
  const taken = row.clerkId !== null || row.state === 'callback' || row.state === 'ended';
  if (!mine) return taken && row.clerkId !== staffId ? { ...frame, elsewhere: true } : frame;
  if (seat !== undefined && mine.seat !== seat) return { ...frame, elsewhere: true };
  const captions = row.clerkId === staffId ? { captions: captionsOf(view, hears) } : {};
  return { ...frame, ...legMembers(view, mine, ice), ...captions, ...(mine.announcedAt ? { announced: true } : {}) };
}

/** Whether what is said is written along, or why not. */
const captionsOf = ({ captions }: CallView, hears: boolean): CallFrame['captions'] =>
  !hears ? 'no_recogniser' : captions ? 'on' : 'no_consent';

/** A leg that does not stand yet is to be opened; the one that it stands in for is closed afterwards. */
function legMembers(view: CallView, mine: Leg, ice: (leg: string) => Ice): Partial<CallFrame> {
  const standing = view.legs.find((leg) => leg.staffId === mine.staffId && leg.id !== mine.id);
  const own = mine.connectedAt ? { leg: mine.id } : { leg: mine.id, ice: ice(mine.id), replaces: standing?.id };
  if (view.row.clerkId !== mine.staffId) return own;
  const watching = view.legs.filter((leg) => WATCHING.includes(leg.role));
  const legs = watching.map((leg) => ({
    leg: leg.id,
    with: { id: leg.staffId, name: view.names.get(leg.staffId) ?? '' },
    role: leg.role,
    ice: ice(leg.id),
  }));
  return { ...own, legs };
}

const watchersOf = (view: CallView) =>
  view.legs
    .filter((leg) => WATCHING.includes(leg.role))
    .map((leg) => ({ id: leg.staffId, name: view.names.get(leg.staffId) ?? '', role: leg.role }));
