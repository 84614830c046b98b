/** A carrier of two-way calls, for tests and the sample community: rings nobody, and remembers whom it would have joined. */
import { randomUUID } from 'node:crypto';
import { type Asked, type StandIn, standIn, type Told } from './server.ts';

export interface Joined {
  call: string;
  key: string;
  from: string;
  to: string;
}

export interface CarrierStandIn extends StandIn {
  /** Each call once, oldest first. */
  joined(): Joined[];
}

/** @param key what `Authorization: Bearer` must carry; undefined: nothing is asked for */
export async function startCarrier({ key }: { key?: string } = {}): Promise<CarrierStandIn> {
  const calls = new Map<string, Joined>();
  const server = await standIn((asked) => take(asked, key, calls));
  return { ...server, joined: () => [...calls.values()] };
}

function take({ method, path, headers, body }: Asked, key: string | undefined, calls: Map<string, Joined>): Told {
  if (key && headers.authorization !== `Bearer ${key}`) return { status: 401 };
  if (method !== 'POST' || path !== '/calls') return { status: 404 };
  const { key: own, from, to } = JSON.parse(body) as Partial<Joined>;
  if (!own || !from || !to) return { status: 400 };
  const joined = calls.get(own) ?? { call: randomUUID(), key: own, from, to };
  calls.set(own, joined);
  return { status: 202, body: { call: joined.call } };
}
