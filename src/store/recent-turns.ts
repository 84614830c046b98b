/** The last sentences at a speaker, for the clerk who takes a call from it: sealed, a few, and gone within the hour. */
import type { KeyRing } from './keys.ts';
import { inTime, type RedisClient } from './redis.ts';
import { seal, unseal } from './sealing.ts';

export interface RecentTurn {
  /** What she said; empty where it is nobody's to keep. */
  heard: string;
  said: string;
  phrase: string;
  /** `over`: nothing of it is left to do. */
  errand?: { name: string; slots: Record<string, string>; over?: boolean };
}

export interface RecentTurns {
  note(conversation: string, turn: RecentTurn): Promise<void>;
  /** Oldest first. Nothing where Redis is out of reach. */
  of(conversation: string): Promise<RecentTurn[]>;
  forget(conversation: string): Promise<void>;
}

const MOST = 10;
const SECONDS = 3600;

/** At most ten turns, under the name of the conversation and sealed with it. What another key sealed is left out, not an error. */
export function createRecentTurns({ redis, keys }: { redis: RedisClient; keys: KeyRing }): RecentTurns {
  const keyOf = (conversation: string) => `{d:${encodeURIComponent(conversation)}}:turns`;
  const about = (conversation: string) => JSON.stringify(['turn', conversation]);

  const opened = (conversation: string, sealed: string): RecentTurn[] => {
    try {
      return [JSON.parse(unseal(keys, sealed, about(conversation))) as RecentTurn];
    } catch {
      return []; // of a key that is no longer ours
    }
  };

  return {
    async note(conversation, turn) {
      const key = keyOf(conversation);
      await inTime(redis.rpush(key, seal(keys, JSON.stringify(turn), about(conversation))));
      await inTime(redis.ltrim(key, -MOST, -1));
      await inTime(redis.expire(key, SECONDS));
    },
    async of(conversation) {
      const found = await inTime(redis.lrange(keyOf(conversation), 0, -1)).catch(() => []);
      return found.flatMap((sealed) => opened(conversation, sealed));
    },
    async forget(conversation) {
      await inTime(redis.del(keyOf(conversation)));
    },
  };
}
