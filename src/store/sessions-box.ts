/** What of a conversation lies in Redis: sealed to its place, and checked before it is believed. */
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '../clock.ts';
import type { KeyRing } from './keys.ts';
import { seal, unseal } from './sealing.ts';

/** What happened beside the ordinary, to be counted. */
export type SessionEvent =
  /** A snapshot or reply that did not open: changed, copied from elsewhere, or an unknown key. */
  | 'forged'
  /** A snapshot of another build's machines, or older than the time to live. */
  | 'stale'
  /** It opened and is not of the schema. */
  | 'misshapen'
  /** The same request id with another body. */
  | 'other-body'
  /** A turn that ended after its lease had gone to another. */
  | 'overtaken'
  /** A turn that ended after its conversation was dropped or lost. */
  | 'gone'
  /** Redis could not be reached at the end of the turn. */
  | 'unsaved'
  /** Another turn kept the conversation for longer than is waited. */
  | 'busy';

export interface BoxOptions {
  keys: KeyRing;
  clock: Clock;
  ttlSeconds: number;
  stateSchema: TSchema;
  replySchema?: TSchema;
  machine: string;
  count: (event: SessionEvent) => void;
}

export interface StoredReply<Reply> {
  reply: Reply;
  fingerprint: string;
}

/** Seals what goes in, and lets nothing out that does not open, is too old, or is not of the schema. */
export function createBox<State, Reply>(options: BoxOptions) {
  const { keys, clock, ttlSeconds, machine, count } = options;
  const stateShape = Compile(options.stateSchema);
  const replyShape = options.replySchema ? Compile(options.replySchema) : undefined;
  const aboutState = (conversation: string, version: number) =>
    JSON.stringify(['state', conversation, machine, version]);
  const aboutReply = (conversation: string, requestId: string) => JSON.stringify(['reply', conversation, requestId]);
  const opened = (sealed: string, about: string): unknown => {
    try {
      return JSON.parse(unseal(keys, sealed, about));
    } catch {
      count('forged');
      return undefined;
    }
  };
  return {
    sealState: (state: State, conversation: string, version: number) =>
      seal(keys, JSON.stringify({ at: clock.now().getTime(), state }), aboutState(conversation, version)),
    sealReply: (stored: StoredReply<Reply>, conversation: string, requestId: string) =>
      seal(keys, JSON.stringify(stored), aboutReply(conversation, requestId)),
    openState(sealed: string, conversation: string, version: number, wroteIt: string): State | undefined {
      if (sealed === '') return undefined;
      if (wroteIt !== machine) return void count('stale');
      const found = opened(sealed, aboutState(conversation, version)) as { at: number; state: State } | undefined;
      if (found === undefined) return undefined;
      // Redis keeps the time to live; this catches a snapshot put back from an old dump with its version.
      if (Math.abs(clock.now().getTime() - found.at) > ttlSeconds * 1000) return void count('stale');
      return stateShape.Check(found.state) ? found.state : void count('misshapen');
    },
    openReply(sealed: string, conversation: string, requestId: string): StoredReply<Reply> | undefined {
      const found = opened(sealed, aboutReply(conversation, requestId)) as StoredReply<Reply> | undefined;
      if (found === undefined) return undefined;
      return !replyShape || replyShape.Check(found.reply) ? found : void count('misshapen');
    },
  };
}
