/** What the dialogue can do to the world, and what comes out of a turn: the surface between machines and effects. */
import type { Say } from '../speech/speech.ts';
import type { LifeEvent, Wish } from './conversation.facts.ts';
import type { Ask } from './errands/errand.ts';
import type { Talk } from './talk.ts';

/** What an effect is told. Its outcome is an event for the errand. */
export interface EffectCall {
  errand: string;
  effect: string;
  context: Record<string, unknown>;
  residentId: string;
  /** Who speaks, where the errand is another's at home. */
  speaking?: string;
  /** Distinguishes the effects of one turn: part of the effect's key. */
  ordinal: number;
  /** She said that nobody listens who should not. */
  unheard?: boolean;
  /** Until when the agreed digits hold that she said. */
  verifiedUntil?: string;
}

/** What became of four digits: an event for the errand that asked for them. */
export interface PinOutcome {
  type: 'PIN_RIGHT' | 'PIN_WRONG' | 'PIN_LOCKED';
  /** Wrong digits were said since she last got it right. */
  triedBefore?: boolean;
  /** How often. */
  tried?: number;
  verifiedUntil?: string;
}

/** The first words, and what they lead to of our own accord. */
export interface Greeting {
  says: Say[];
  /** Said last: the one question of it. */
  asks?: Ask;
  opens?: Wish;
}

/** What the dialogue can do to the world. All of it may throw a Refusal. */
export interface Hands {
  run(call: EffectCall): Promise<{ type: string }>;
  /** Whether digits said once still hold. */
  verified(until: string | undefined): boolean;
  /** The digits go no further than this call. */
  checkPin(residentId: string, digits: string): Promise<PinOutcome>;
  greet(residentId: string | undefined): Promise<Greeting>;
  alert(kind: string): Promise<Say[]>;
  /** The day and the time of day. */
  /** The day and the time; of a day that she names, its weekday. */
  now(day?: string): Say;
  /** Whether anybody has taken up the alarm of this home. */
  alarm(): Promise<Say[]>;
  /** Where this home is, as it is registered. */
  address(): Promise<Say[]>;
  /** Whether this matter is not to be named while somebody may listen. */
  isPrivate(matter: string): Promise<boolean>;
  /** Whether it was us who rang, after a call that still goes on was ended. */
  callLog(): Promise<Say[]>;
  changePace(residentId: string | undefined, by: number): Promise<void>;
  /** Stops everything of somebody at home; says what was done, and who rings about the rest. */
  stopFor(life: LifeEvent, ordinal: number): Promise<{ says: Say[]; callbackId: string }>;
  /** The network that the speaker is on now is one of its home. */
  settle(): Promise<void>;
  /** That was told wrongly: that person is at home as before. */
  undoLife(who: { residentId: string; called: string }, ordinal: number): Promise<Say[]>;
}

export interface Next {
  talk: Talk;
  says: Say[];
  /** The question that now waits, asked in this turn or before. */
  asked?: Ask;
  listen: boolean;
  end: boolean;
  errand: string | null;
  /** She asked to hear it once more: in the same words. */
  onceMore?: boolean;
  /** What she said is kept nowhere: a card number, a code. */
  unkept?: boolean;
}
