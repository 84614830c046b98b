import { within } from '../webhook.ts';
import type { Devices, SpeakerIdentity } from './parts.ts';
import { type ErrorCode, type HelloFrame, readHello } from './protocol.ts';

const DEADLINE_MS = 3_000;

/** Where a socket comes from: a page has an Origin, a device only its address. */
export interface Origin {
  fromPage: boolean;
  address?: string;
}

export type Admission = { identity: SpeakerIdentity; hello: HelloFrame } | { refused: ErrorCode };

/**
 * Reads the opening frame and asks who it is. A page (a socket with an Origin) needs a ticket, except that in the sample
 * community it may use a device's own token.
 */
export async function admit(
  text: string | undefined,
  { fromPage, address }: Origin,
  devices: Devices,
): Promise<Admission> {
  const hello = text === undefined ? undefined : readHello(text);
  if (!hello) return { refused: 'bad_frame' };
  const refused = hello.ticket ? 'bad_ticket' : 'bad_token';
  try {
    const identity = await within(DEADLINE_MS, identify(hello, devices, fromPage ? undefined : address));
    const allowed = identity && (hello.ticket || !fromPage || identity.sample);
    return allowed ? { identity, hello } : { refused };
  } catch {
    return { refused: 'unavailable' };
  }
}

function identify({ ticket, deviceId = '', token = '' }: HelloFrame, devices: Devices, address?: string) {
  return ticket ? devices.byTicket(ticket) : devices.byToken(deviceId, token, address);
}
