/** Who is there now: which instance a speaker's socket hangs on, which clerks are at their desks. Forgotten unless repeated. */
import { inTime, type RedisClient, scripted } from './redis.ts';

export type ClerkState = 'available' | 'busy' | 'away';

export interface ClerkPresence {
  state: ClerkState;
  /** lunch, visit, meeting, training, other */
  reason?: string;
  /** Where she sits: without it she is not found by place. */
  placeId?: string;
  /** Since when she is in this state, ISO 8601. */
  at?: string;
}

/** What a speaker's connection can do, as it said on opening. */
export interface DeviceCaps {
  rtc?: boolean;
}

export interface Presence {
  /** To be repeated while the socket is open: at least every half of `deviceSeconds`. */
  seen(device: string, instance: string): Promise<void>;
  /** Only if it is this instance's: a speaker that has moved on stays where it went. */
  gone(device: string, instance: string): Promise<void>;
  where(device: string): Promise<string | undefined>;
  /** Forgotten with the device's presence. */
  setCaps(device: string, caps: DeviceCaps): Promise<void>;
  caps(device: string): Promise<DeviceCaps>;
  /** To be repeated while she is signed in to the live desk. */
  setClerk(staffId: string, presence: ClerkPresence): Promise<void>;
  clerkGone(staffId: string): Promise<void>;
  clerk(staffId: string): Promise<ClerkPresence | undefined>;
  clerksAt(placeId: string): Promise<(ClerkPresence & { staffId: string })[]>;
  /** Everybody at a desk. */
  clerks(): Promise<Map<string, ClerkPresence>>;
  /** Still there, as she said last. @returns false when that is forgotten: it has to be said again */
  clerkStays(staffId: string): Promise<boolean>;
  /** Her last socket closed: unless she comes back she is gone in `seconds`. */
  clerkLeaving(staffId: string, seconds: number): Promise<void>;
}

export interface PresenceOptions {
  redis: RedisClient;
  deviceSeconds?: number;
  clerkSeconds?: number;
}

/** Deletes the key when it still says what the caller wrote. */
const FORGET = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** The directory's key of a device; the bus reads it too. */
export const presenceKey = (device: string): string => `{d:${encodeURIComponent(device)}}:presence`;
const capsKey = (device: string) => `{d:${encodeURIComponent(device)}}:caps`;
const CAPS_SECONDS = 86_400;
const EVERYBODY = 'clerks';
const clerkKey = (staffId: string) => `clerk:${staffId}`;
const placeKey = (placeId: string) => `clerks:${placeId}`;

/** Every call throws Refusal StoreUnavailable within 200 ms when Redis is down or frozen. */
export function createPresence({ redis, deviceSeconds = 60, clerkSeconds = 60 }: PresenceOptions): Presence {
  const forget = scripted(redis, 'presenceForget', 1, FORGET);

  const clerk = async (staffId: string): Promise<ClerkPresence | undefined> => {
    const found = await inTime(redis.get(clerkKey(staffId)));
    return found === null ? undefined : (JSON.parse(found) as ClerkPresence);
  };

  return {
    async seen(device, instance) {
      await inTime(redis.set(presenceKey(device), instance, 'EX', deviceSeconds));
    },
    async gone(device, instance) {
      await forget([presenceKey(device)], [instance]);
    },
    async where(device) {
      return (await inTime(redis.get(presenceKey(device)))) ?? undefined;
    },
    async setCaps(device, caps) {
      await inTime(redis.set(capsKey(device), JSON.stringify(caps), 'EX', CAPS_SECONDS));
    },
    async caps(device) {
      const found = await inTime(redis.get(capsKey(device)));
      return found === null ? {} : (JSON.parse(found) as DeviceCaps);
    },
    async setClerk(staffId, presence) {
      await inTime(redis.set(clerkKey(staffId), JSON.stringify(presence), 'EX', clerkSeconds));
      await inTime(redis.sadd(EVERYBODY, staffId));
      if (presence.placeId === undefined) return;
      await inTime(redis.sadd(placeKey(presence.placeId), staffId));
      await inTime(redis.expire(placeKey(presence.placeId), 86_400));
    },
    async clerkGone(staffId) {
      await inTime(redis.del(clerkKey(staffId)));
    },
    clerk,
    async clerksAt(placeId) {
      const ids = await inTime(redis.smembers(placeKey(placeId)));
      const found = await Promise.all(ids.map(async (staffId) => ({ staffId, ...(await clerk(staffId)) })));
      return found.filter((one): one is ClerkPresence & { staffId: string } => one.placeId === placeId);
    },
    async clerks() {
      const ids = await inTime(redis.smembers(EVERYBODY));
      const found = await Promise.all(ids.map(async (id) => [id, await clerk(id)] as const));
      const gone = found.flatMap(([id, presence]) => (presence ? [] : [id]));
      if (gone.length > 0) await inTime(redis.srem(EVERYBODY, ...gone));
      return new Map(found.flatMap(([id, presence]) => (presence ? [[id, presence] as const] : [])));
    },
    async clerkStays(staffId) {
      return (await inTime(redis.expire(clerkKey(staffId), clerkSeconds))) === 1;
    },
    async clerkLeaving(staffId, seconds) {
      await inTime(redis.expire(clerkKey(staffId), seconds));
    },
  };
}
