/** The speaker's side of its socket: what it may say of the call that it is in, and of no other. */
import { Refusal } from '../errors.ts';
import type { Calls } from '../services/calls/index.ts';
import type { AtDesk, Far, LegReport } from '../services/calls/legs.ts';
import type { Actor } from '../store/audit.ts';
import type { Presence } from '../store/presence.ts';
import { type Switchboard, type SwitchboardBus, staffChannel, type ToStaff } from './switchboard.ts';
import type { OutFrame } from './wire.ts';

/** Frames of a call, as the protocol of the speaker lets them through. */
export type FromHome =
  | { type: 'call.answer'; call: string }
  | { type: 'call.end'; call: string }
  | { type: 'rtc'; call: string; leg: string; description?: unknown; candidate?: unknown }
  | ({ type: 'call.leg'; call: string; leg: string } & LegReport);

interface Parts {
  calls: Pick<Calls, 'atDevice' | 'hangUp' | 'answer' | 'refuseAtHome' | 'pathOf' | 'report' | 'view'>;
  switchboard: Pick<Switchboard, 'atHome'>;
  bus: SwitchboardBus;
  presence: Pick<Presence, 'setCaps'>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a description that is only passed on says it is; undefined for a candidate and for anything else. */
export const isDescription = (description: unknown): 'offer' | 'answer' | undefined => {
  const type = (description as { type?: unknown } | undefined)?.type;
  return type === 'offer' || type === 'answer' ? type : undefined;
};

/** Tells the far end of a leg; a member of staff at the socket that she uses for it. */
export async function tellFar(bus: SwitchboardBus, far: Far, atHome: object, atDesk: OutFrame): Promise<void> {
  if ('device' in far) await bus.toDevice(far.device, atHome);
  else await bus.publish(staffChannel(far.staffId), { frame: atDesk, seat: far.seat } satisfies ToDesk);
}
type ToDesk = ToStaff & Pick<AtDesk, 'seat'>;

/** For the hooks of the speaker's socket. @throws Refusal NotFound for a call or leg that is not this device's, as for one that never was */
export function createHomeLine({ calls, switchboard, bus, presence }: Parts) {
  async function receive(device: string, frame: FromHome): Promise<void> {
    if (!UUID.test(frame.call) || (await calls.atDevice(device)) !== frame.call) throw new Refusal('NotFound');
    const by: Actor = { kind: 'resident', id: device, role: 'speaker' };
    if (frame.type === 'call.answer') await calls.answer(frame.call, by);
    else if (frame.type === 'call.end') await hangUp(frame.call, by);
    else await onLeg(frame);
  }

  /** A ringing call that a clerk has made is refused, any other is ended. */
  async function hangUp(call: string, by: Actor): Promise<void> {
    const row = (await calls.view(call))?.row;
    if (row?.direction === 'out' && row.state === 'offered') await calls.refuseAtHome(call, by);
    else await calls.hangUp(call, { device: true, by });
  }

  async function onLeg(frame: Extract<FromHome, { leg: string }>): Promise<void> {
    const { call, leg } = frame;
    if (!UUID.test(leg)) throw new Refusal('NotFound');
    if (frame.type === 'rtc') {
      const { description, candidate } = frame;
      const far = await calls.pathOf(call, leg, 'speaker', isDescription(description));
      return tellFar(bus, far, {}, { type: 'rtc', call, leg, description, candidate });
    }
    const { state, audio } = frame;
    const told = { type: 'leg' as const, call, leg, state, audio };
    // Both wait to be heard: that is written down after they are let.
    const first = state === 'announced';
    if (first) await tellFar(bus, await calls.pathOf(call, leg, 'speaker'), {}, told);
    const far = await calls.report(call, leg, 'speaker', { state, audio });
    if (!first) await tellFar(bus, far, {}, told);
  }

  return {
    /** It has said what it can do; it is told of the call that it is in. */
    async connected(device: string, caps: { rtc?: boolean }): Promise<unknown[]> {
      await presence.setCaps(device, { rtc: caps.rtc === true });
      return switchboard.atHome(device);
    },
    receive,
  };
}
