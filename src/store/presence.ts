/** Who is there now: which instance a speaker's socket hangs on, which clerks are at their desks. Forgotten unless repeated. */
import { inTime, type RedisClient, scripted } from './redis.ts';

export type ClerkState = 'available' | 'busy' | 'away';

export interface ClerkPresence {
  state: ClerkState;
  /** lunch, visit, meeting, training, other */
  reason?: string;
  /** Where she sits: without it she is not found by place. */
  placeId?: string;
}

export interface Presence {
  /** To be repeated while the socket is open: at least every half of `deviceSeconds`. */
  seen(device: string, instance: string): Promise<void>;
  /** Only if it is this instance's: a speaker that has moved on stays where it went. */
  gone(device: string, instance: string): Promise<void>;
  where(device: string): Promise<string | undefined>;
  /** To be repeated while she is signed in to the live desk. */
  setClerk(staffId: string, presence: ClerkPresence): Promise<void>;
  clerkGone(staffId: string): Promise<void>;
  clerk(staffId: string): Promise<ClerkPresence | undefined>;
  clerksAt(placeId: string): Promise<(ClerkPresence & { staffId: string })[]>;
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
    async setClerk(staffId, presence) {
      await inTime(redis.set(clerkKey(staffId), JSON.stringify(presence), 'EX', clerkSeconds));
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
  };
}
