import type { Clock } from '../../clock.ts';
import { at, textAt } from '../foreign.ts';
import type { Pushed } from './parts.ts';

const CALL_FRAMES = new Set(['call.offer', 'call.state', 'call.end', 'call.leg', 'call.caption', 'rtc']);

/** About the device itself. */
const DEVICE_FRAMES = new Set(['settings', 'update']);

/** What came over the bus for a device, if it may be sent on: a notice that has not expired, a frame of a call, settings or firmware. */
export function pushedFrame(message: unknown, clock: Clock): Pushed | undefined {
  const type = textAt(message, 'type') ?? '';
  if (DEVICE_FRAMES.has(type)) return message as Pushed;
  if (CALL_FRAMES.has(type) && textAt(message, 'call')) return message as Pushed;
  if (type !== 'notice' || !textAt(message, 'id')) return undefined;
  // Written so that an unreadable date counts as expired.
  return Date.parse(String(at(message, 'expires'))) > clock.now().getTime() ? (message as Pushed) : undefined;
}
