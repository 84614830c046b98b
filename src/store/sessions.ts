/**
 * The conversation of a speaker between two turns, and the replies a retry hears again. Sealed, versioned, expiring;
 * a turn holds it under a short lease. What was promised to a resident never lies here.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TSchema } from 'typebox';
import type { Clock } from '../clock.ts';
import { asRefusal, Refusal } from '../errors.ts';
import type { KeyRing } from './keys.ts';
import { inTime, type RedisClient, scripted } from './redis.ts';
import { createBox, type SessionEvent } from './sessions-box.ts';
import { BEGIN, DROP, FINISH, RELEASE } from './sessions-scripts.ts';

export type { SessionEvent } from './sessions-box.ts';

export interface Lease {
  reply?: undefined;
  conversation: string;
  requestId: string;
  version: number;
  /** The fencing number: greater for each later lease. */
  lease: string;
  /** Names this holder; for release. */
  token: string;
  fingerprint: string;
}
export interface Replied<Reply> {
  reply: Reply;
  state?: undefined;
}
/** Either the words already said for this request, or the conversation under a lease; `state` undefined: from the start. */
export type Opened<State, Reply> = Replied<Reply> | (Lease & { state: State | undefined });

export interface Sessions<State, Reply> {
  /**
   * Opens a turn. `fingerprint`, a digest of the body, lets a changed body under the same id be counted.
   * @throws Refusal StoreUnavailable within 200 ms when Redis is down or frozen; Busy after 1.5 s behind another turn.
   */
  begin(conversation: string, requestId: string, fingerprint?: string): Promise<Opened<State, Reply>>;
  /** Keeps state and reply; returns the reply to speak, the winner's if another was faster. Never throws: what was done was done. */
  finish(opened: Lease, state: State, reply: Reply): Promise<Reply>;
  /** Gives the lease back without a change: for a turn that failed. */
  release(opened: Lease): Promise<void>;
  /** Wipes a conversation and its stored replies; turns under way cannot bring it back. @throws Refusal StoreUnavailable */
  drop(conversation: string): Promise<void>;
}

export interface SessionOptions {
  redis: RedisClient;
  keys: KeyRing;
  clock: Clock;
  /** Since the last turn. */
  ttlSeconds: number;
  stateSchema: TSchema;
  replySchema?: TSchema;
  /** Name and version of what the state belongs to: another build's state is stale, not forged. */
  machine?: string;
  /** Seconds a reply is told again. */
  replySeconds?: number;
  leaseMs?: number;
  waitMs?: number;
  count?: (event: SessionEvent) => void;
}

const LEAST_LIFE_MS = 30_000; // longer than any turn: a conversation that has just begun does not expire under it
const POLL_MS = 40;

/** `ttlSeconds` count from the last turn, a reply is told again for a day, a lease is five seconds unless told otherwise. Every wait for Redis has a deadline. */
export function createSessions<State, Reply>(options: SessionOptions): Sessions<State, Reply> {
  const { redis, leaseMs = 5000, waitMs = 1500, ttlSeconds, replySeconds = 86_400, machine = '1' } = options;
  const count = options.count ?? (() => undefined);
  const box = createBox<State, Reply>({ ...options, machine, count });
  const scripts = {
    begin: scripted(redis, 'sessionBegin', 2, BEGIN),
    finish: scripted(redis, 'sessionFinish', 3, FINISH),
    release: scripted(redis, 'sessionRelease', 1, RELEASE),
    drop: scripted(redis, 'sessionDrop', 2, DROP),
  };

  const tryBegin = async (
    keys: Keys,
    lease: Omit<Lease, 'version' | 'lease'>,
  ): Promise<Opened<State, Reply> | 'busy'> => {
    const { conversation, requestId, token, fingerprint } = lease;
    const answer = await scripts.begin([keys.conversation, keys.request], [requestId, token, leaseMs, LEAST_LIFE_MS]);
    const [kind = '', first = '', version = '', wroteIt = '', sealed = ''] = answer as string[];
    if (kind === 'busy') return 'busy';
    if (kind === 'open') {
      const state = box.openState(sealed, conversation, Number(version), wroteIt);
      return { ...lease, state, version: Number(version), lease: first };
    }
    const stored = box.openReply(first, conversation, requestId);
    if (stored === undefined) {
      await inTime(redis.del(keys.request)); // better the turn again, with effects safe by their keys, than none for a day
      return 'busy';
    }
    if (fingerprint !== '' && stored.fingerprint !== fingerprint) count('other-body');
    return { reply: stored.reply };
  };

  const release = async ({ conversation, token }: Pick<Lease, 'conversation' | 'token'>) => {
    await scripts.release([keysOf(conversation, '').conversation], [token]).catch(() => undefined);
  };

  return {
    async begin(conversation, requestId, fingerprint = '') {
      const keys = keysOf(conversation, requestId);
      const token = randomBytes(12).toString('base64url');
      const deadline = performance.now() + waitMs;
      try {
        for (;;) {
          const opened = await tryBegin(keys, { conversation, requestId, token, fingerprint });
          if (opened !== 'busy') return opened;
          if (performance.now() >= deadline) break;
          await pause(POLL_MS);
        }
      } catch (error) {
        // A frozen Redis may still take the lease when it wakes: on the same connection the release follows it.
        if (asRefusal(error).refusal === 'StoreUnavailable') void release({ conversation, token });
        throw error;
      }
      count('busy');
      throw new Refusal('Busy');
    },

    async finish(opened, state, reply) {
      const { conversation, requestId, version, lease, fingerprint } = opened;
      const keys = keysOf(conversation, requestId);
      const sealedState = box.sealState(state, conversation, version + 1);
      const sealedReply = box.sealReply({ reply, fingerprint }, conversation, requestId);
      const life = [machine, sealedState, ttlSeconds * 1000, requestId, sealedReply, replySeconds * 1000];
      try {
        const answer = await scripts.finish(
          [keys.conversation, keys.request, keys.requests],
          [lease, version, ...life],
        );
        const [kind = '', stored = ''] = answer as string[];
        if (kind === 'gone' || kind === 'overtaken') count(kind);
        return (kind === 'stored' && box.openReply(stored, conversation, requestId)?.reply) || reply;
      } catch {
        count('unsaved');
        return reply;
      }
    },

    release,

    async drop(conversation) {
      const keys = keysOf(conversation, '');
      const requests = await scripts.drop([keys.conversation, keys.requests]);
      const replies = (requests as string[]).map((id) => keysOf(conversation, id).request);
      if (replies.length > 0) await inTime(redis.del(...replies));
    },
  };
}

interface Keys {
  conversation: string;
  request: string;
  requests: string;
}

function keysOf(conversation: string, requestId: string): Keys {
  const tag = `{d:${encodeURIComponent(conversation)}}`; // a brace in the id would end the tag
  return { conversation: `${tag}:conv`, request: `${tag}:req:${requestId}`, requests: `${tag}:reqs` };
}
