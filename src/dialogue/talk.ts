/** The state of one conversation as it lies, sealed, in Redis: references and questions, never a personal answer that outlives the talk. */
import { type Static, Type } from 'typebox';
import type { Ask } from './errands/errand.ts';

const Tell = Type.Object({ phrase: Type.String(), values: Type.Optional(Type.Record(Type.String(), Type.Unknown())) });
const Asked = Type.Object({
  phrase: Type.String(),
  values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  for: Type.String(),
  options: Type.Optional(Type.Array(Tell)),
  offer: Type.Optional(Type.String()),
  words: Type.Optional(Type.Enum(['wanted', 'optional'])),
});

/** A question that was answered, with the errand as it stood then. */
const Earlier = Type.Object({
  value: Type.Unknown(),
  context: Type.Record(Type.String(), Type.Unknown()),
  asked: Asked,
});

const Frame = Type.Object({
  machine: Type.String(),
  version: Type.Integer(),
  /** XState's state value and context. */
  value: Type.Unknown(),
  context: Type.Record(Type.String(), Type.Unknown()),
  /** The question that waits for an answer. */
  asked: Type.Optional(Asked),
  /** Where she was at the questions before this one, newest last: for 「回到上一步」. */
  before: Type.Optional(Type.Array(Earlier, { maxItems: 3 })),
});

export const TalkSchema = Type.Object({
  version: Type.Literal(1),
  residentId: Type.Optional(Type.String()),
  /** Until when the agreed digits, once said, hold for this resident in this talk. */
  verifiedUntil: Type.Optional(Type.String()),
  /** How often she said wrong digits in this talk, a moment ago. */
  slips: Type.Optional(Type.Integer()),
  /** She said in this talk that nobody listens who should not. */
  unheard: Type.Optional(Type.Boolean()),
  conversation: Type.Object({ value: Type.Unknown(), context: Type.Record(Type.String(), Type.Unknown()) }),
  /** The errand in hand is the last. At most three. */
  frames: Type.Array(Frame, { maxItems: 3 }),
  /** What was said last, for 「再说一遍」. */
  last: Type.Array(Tell),
  /** Marks of the sentences of the last answer: none is said twice in a row unless she asks for it. */
  told: Type.Optional(Type.Array(Type.String())),
  asked: Type.Optional(Asked),
  /** How often the question that waits has been asked without getting on. */
  stuck: Type.Optional(
    Type.Object({
      /** Of the question and all that is known at it. */
      mark: Type.String(),
      times: Type.Integer(),
      /** Some answer to it was understood. */
      understood: Type.Boolean(),
      /** What was told beside it. */
      told: Type.Array(Type.String()),
      /** Questions at which a person was offered. */
      offered: Type.Array(Type.String()),
    }),
  ),
  /** A second wish of the same breath, done when the first is. */
  later: Type.Optional(
    Type.Object({
      intent: Type.String(),
      slots: Type.Record(Type.String(), Type.String()),
      words: Type.Optional(Type.String()),
    }),
  ),
  /** What the talk was last about, and what was done in it: 「带嘛呀」 and 「取消吧」 said afterwards mean that. */
  topic: Type.Optional(
    Type.Object({
      /** Nothing was said of it in this talk: it stood when that began. */
      stands: Type.Optional(Type.Boolean()),
      /** The errand that ended last. */
      errand: Type.Optional(Type.String()),
      item: Type.Optional(Type.String()),
      done: Type.Optional(
        Type.Object({
          phrase: Type.String(),
          item: Type.Optional(Type.String()),
          /** How it was done: by which road, in which direction. */
          slots: Type.Optional(Type.Record(Type.String(), Type.String())),
        }),
      ),
      /** Of whom something was told. `alone`: she wants nobody to ring about it. */
      life: Type.Optional(
        Type.Object({
          residentId: Type.String(),
          called: Type.String(),
          state: Type.Optional(Type.String()),
          alone: Type.Optional(Type.Boolean()),
        }),
      ),
    }),
  ),
  /** The kind of an alarm that was raised in this talk. */
  alarm: Type.Optional(Type.String()),
  /** An alarm that was raised in this talk is over; the station has its message all the same. */
  calmed: Type.Optional(Type.Boolean()),
  /** The choices as they were spoken, for understanding. */
  options: Type.Optional(Type.Array(Type.String())),
});

/** What a stored talk belongs to; each frame carries its own errand's version beside. */
export const TALK_MACHINES = 'talk-1';

export type Talk = Static<typeof TalkSchema>;
export type Frame = Static<typeof Frame>;
export type Topic = NonNullable<Talk['topic']>;
export type Asked = Ask;
