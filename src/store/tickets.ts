/** One-use tickets: what a signed-in page carries to a socket, where cookies alone would not do. */
import { createHash, randomBytes } from 'node:crypto';
import { inTime, type RedisClient } from './redis.ts';

export interface Tickets {
  /** A new ticket that stands for `value`, 60 s unless told otherwise. */
  issue(value: string, seconds?: number): Promise<string>;
  /** The value, once; undefined when it was used, has expired or never was. */
  take(ticket: string): Promise<string | undefined>;
}

/** Only the digest lies in Redis. @throws Refusal StoreUnavailable */
export function createTickets({ redis }: { redis: RedisClient }): Tickets {
  return {
    async issue(value, seconds = 60) {
      const ticket = randomBytes(24).toString('base64url');
      await inTime(redis.set(keyOf(ticket), value, 'EX', seconds));
      return ticket;
    },
    async take(ticket) {
      return (await inTime(redis.getdel(keyOf(ticket)))) ?? undefined;
    },
  };
}

const keyOf = (ticket: string) => `ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
