/** Where the peers may find a way to each other: addresses and a pass for coturn (its REST API: HMAC-SHA1 over a dated name). */
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Ice } from './wire.ts';

const PASS_SECONDS = 600;

export interface TurnServer {
  urls: string[];
  secret: string;
}

/** A pass per call and leg, good for ten minutes. The relay knows the real time only: `clock` is the system's. */
export function createIce({ turn, clock }: { turn?: TurnServer; clock: Clock }): (leg: string) => Ice {
  return (leg) => {
    if (!turn) return { iceServers: [] };
    const username = `${Math.floor(clock.now().getTime() / 1000) + PASS_SECONDS}:${leg}`;
    const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
    return { iceServers: [{ urls: turn.urls, username, credential }] };
  };
}
