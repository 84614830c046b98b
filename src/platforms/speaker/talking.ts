import { Refusal } from '../../errors.ts';
import type { Reply, Turn, Utterance } from '../platform.ts';
import { within } from '../webhook.ts';
import type { SpeakerIdentity, SpeakerOptions } from './parts.ts';
import type { ErrorCode, ErrorFrame, OutFrame, ReplyFrame, SpokenFrame } from './protocol.ts';

const VOICE_DEADLINE_MS = 1_500;

/** What was said, in the terms of the turn; sound arrives here as the words that were recognised. */
export type Said = Pick<Utterance, 'kind' | 'text' | 'rate'> & { id: string };

/** The spoken side of a connection: frames to utterances, replies to frames. */
export interface Talking {
  answer(said: Said, identity: SpeakerIdentity): Promise<ReplyFrame>;
  refuse(code: ErrorCode, identity: SpeakerIdentity | undefined, id?: string): Promise<ErrorFrame>;
  /** A frame made elsewhere that brings words along: with their sound, where there is a voice. */
  aloud<F extends OutFrame>(frame: F, identity: SpeakerIdentity): Promise<F>;
  /** Hearing failed: which code it is, and kind words aloud. */
  unheard(thrown: unknown, identity: SpeakerIdentity, id: string): Promise<ErrorFrame>;
}

type Words = Pick<Reply, 'text' | 'markup' | 'pace'>;

/** `turn` is the guarded one: it never throws and never takes long. */
export function createTalking(
  turn: Turn,
  options: Pick<SpeakerOptions, 'voice' | 'words' | 'refusalWords' | 'medium'>,
): Talking {
  const { voice, words, refusalWords, medium = 'plain' } = options;

  async function spoken(reply: Words, identity?: SpeakerIdentity) {
    if (!voice || !identity || !reply.text) return {};
    const audioUrl = await within(VOICE_DEADLINE_MS, voice(reply, identity)).catch(() => undefined);
    return audioUrl ? { audioUrl } : {};
  }

  /** Made once and kept by the voice: when it is to be said there is nothing to wait for. */
  function makeAhead(words: Words | undefined, identity: SpeakerIdentity): void {
    if (words) void spoken(words, identity);
  }

  return {
    async answer(said, identity) {
      const reply = await turn(utterance(said, identity, medium));
      const frame = replyFrame(said, reply);
      return { ...frame, ...(await spoken(reply, identity)) };
    },
    async refuse(code, identity, id) {
      const text = words(code, identity?.locale ?? 'zh-CN');
      const aloud =
        code === 'no_recogniser' ? await spoken({ text, pace: identity?.settings.pace ?? 0 }, identity) : {};
      return { type: 'error', ...(id ? { id } : {}), code, text, ...aloud };
    },
    async aloud<F extends OutFrame>(frame: F, identity: SpeakerIdentity) {
      const { ahead, ...told } = frame as F & { ahead?: unknown };
      const words = frame.type === 'call.caption' ? undefined : wordsOf(told, identity); // what is read is not said
      const aloud = words && !('audioUrl' in told) ? await spoken(words, identity) : {};
      for (const next of Array.isArray(ahead) ? ahead : []) makeAhead(wordsOf(next, identity), identity);
      return { ...(told as F), ...aloud };
    },
    async unheard(thrown, identity, id) {
      const { locale, settings } = identity;
      const refusal = thrown instanceof Refusal ? thrown : undefined;
      const code = refusal?.refusal === 'RecogniserBusy' ? 'busy' : 'unavailable';
      const text = (refusal && refusalWords?.(refusal, locale)) ?? words(code, locale);
      return { type: 'error', id, code, text, ...(await spoken({ text, pace: settings.pace }, identity)) };
    },
  };
}

/** The words of a frame made elsewhere, where it has any. */
function wordsOf(frame: unknown, { settings }: SpeakerIdentity): Words | undefined {
  const { text, ssml, pace } = frame as { text?: unknown; ssml?: unknown; pace?: unknown };
  if (typeof text !== 'string') return undefined;
  const markup = typeof ssml === 'string' ? ssml : undefined;
  return { text, markup, pace: typeof pace === 'number' ? pace : settings.pace };
}

function utterance({ id, ...said }: Said, identity: SpeakerIdentity, medium: Utterance['medium']): Utterance {
  return {
    brand: 'speaker',
    device: identity.deviceId,
    requestId: id,
    locale: identity.locale,
    medium,
    newSession: said.kind === 'launch',
    ...(identity.network ? { network: identity.network } : {}),
    ...said,
  };
}

// She spoke into our words, so she wants to speak: after a barge-in the microphone opens whatever the reply says.
function replyFrame(said: Said, reply: Reply): ReplyFrame {
  return {
    type: 'reply',
    id: said.id,
    text: reply.text,
    ...(reply.markup ? { ssml: reply.markup } : {}),
    listen: reply.listen || (said.kind === 'event' && !reply.end),
    end: reply.end,
    pace: reply.pace,
    ...(reply.choices?.length ? { choices: reply.choices } : {}),
    errand: reply.errand,
    phrase: reply.phrase,
    asking: reply.asking,
  };
}

/** The frames that are an utterance by themselves; sound has to be heard out first. */
export function saidBy(frame: SpokenFrame): Said | undefined {
  switch (frame.type) {
    case 'wake':
      return { kind: 'launch', id: frame.id };
    case 'say':
      return frame.text.trim() ? { kind: 'words', text: frame.text, id: frame.id } : { kind: 'silence', id: frame.id };
    case 'silence':
      return { kind: 'silence', id: frame.id };
    case 'bargein':
      return { kind: 'event', id: frame.id };
    default:
      return undefined;
  }
}
