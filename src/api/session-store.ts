/** The content of sign-in cookies, in Redis. Whether a session still counts is PostgreSQL's to say: services/staff/sessions.ts. */
import type fastifySession from '@fastify/session';
import type { Session } from 'fastify';
import { inTime, type RedisClient } from '../store/redis.ts';

const KEY = 'api:session:';

/** Entries end by themselves after `ttlMs` without being written. A Redis out of reach is a refusal (503), not a stranger. */
export function createSessionStore(redis: RedisClient, ttlMs: number): fastifySession.SessionStore {
  return {
    set(id, session, done) {
      inTime(redis.set(KEY + id, JSON.stringify(session), 'PX', ttlMs)).then(
        () => done(),
        (refused: unknown) => done(refused),
      );
    },
    get(id, done) {
      inTime(redis.get(KEY + id)).then(
        (stored) => done(null, stored === null ? null : opened(stored)),
        (refused: unknown) => done(refused),
      );
    },
    destroy(id, done) {
      inTime(redis.del(KEY + id)).then(
        () => done(),
        (refused: unknown) => done(refused),
      );
    },
  };
}

/** What cannot be read is as good as gone. */
function opened(stored: string): Session | null {
  try {
    const read: unknown = JSON.parse(stored);
    return typeof read === 'object' && read !== null ? (read as Session) : null;
  } catch {
    return null;
  }
}
