/** What the conversation remembers, what it hears, and what it asks of the engine. */
import type { Values } from '../speech/speech.ts';
import type { Intent, Slots } from '../understanding/meaning.ts';

export interface Wish {
  intent: Intent;
  slots: Slots;
  /** The sentence itself, for an errand that takes her words. */
  words?: string;
}

/** What became of somebody, as it was told. */
export interface LifeTold {
  state: 'deceased' | 'hospital' | 'moved';
  /** It happened, or will; it is known already; it was a mistake, or is over; of nobody who lives here; of whom is not said. */
  how: 'told' | 'ahead' | 'stands' | 'back' | 'other' | 'who';
  residentId?: string;
  called?: string;
  /** She speaks of herself. */
  self: boolean;
}

/** The same, of somebody of this home. */
export type LifeEvent = Required<Pick<LifeTold, 'residentId' | 'called' | 'state' | 'self'>>;

/** Somebody of this home; undefined where it is nobody of it. */
export function lifeAtHome({ residentId, called, state, self }: LifeTold): LifeEvent | undefined {
  return residentId && called ? { residentId, called, state, self } : undefined;
}

/** What she wished before, with what she says of it now; another errand stands for itself. */
export function joined(before: Wish | undefined, now: Wish | undefined): Wish | undefined {
  if (!before || !now) return now ?? before;
  return now.intent === before.intent ? { ...before, slots: { ...before.slots, ...now.slots } } : now;
}

export interface ConversationContext {
  /** Turns in a row that were not understood. */
  misses: number;
  /** Turns in a row without a word. */
  silences: number;
  /** What waits for a yes, or for knowing who is speaking. */
  pending?: Wish;
  /** What she says has become of somebody at home. */
  life?: LifeTold;
  /** Sentences in a row that were the television's. */
  noises: number;
  /** She asked for a moment: silence is no silence now. */
  holding: boolean;
  /** She said that she goes on another time. */
  leftOff?: boolean;
  /** She said that she is at home, though the platform doubts it. */
  atHome: boolean;
}

/** Facts about the moment, worked out by the engine: the machine only decides. */
export interface Moment {
  /** An errand waits for an answer. */
  inErrand: boolean;
  /** Something was asked: silence is then worth a second try. */
  asked: boolean;
  /** The conversation itself has asked: who she is, whether she meant that. */
  waits: boolean;
  /** What is in hand is a booking that stands. */
  standing?: boolean;
  /** What she has filled in so far is kept for another day. */
  draft?: boolean;
  /** Something hangs on the answer. */
  binds: boolean;
  /** An alarm was raised in this talk and is not over. */
  alarmed: boolean;
  /** Its kind. */
  alarm?: string;
  /** How many may be speaking, and nobody knows which. */
  whoIsOpen: boolean;
  /** The speaker is said to be somewhere else than it is used to be. */
  elsewhere: boolean;
  names: string[];
  values: Values;
}

type About = Moment & { slots: Slots };

export type ConversationEvent =
  | ({ type: 'LAUNCH' } & Moment)
  | ({ type: 'SILENCE' } & Moment)
  | ({ type: 'UNCLEAR'; noise: boolean; question?: true } & Moment)
  /** A wish that opens an errand. */
  | ({ type: 'WISH'; wish: Wish; doubtful: boolean; buildable: boolean; personal: boolean } & Moment)
  /** An answer to the question in hand. */
  | ({ type: 'ANSWER'; n?: number } & Moment)
  /** The errand had use for what was delivered. */
  | ({ type: 'HEARD' } & Moment)
  /** The same question would be asked for the third time in vain. `reaches`: it is itself about reaching a person. */
  | ({ type: 'STUCK'; reaches: boolean } & Moment)
  | ({ type: 'YES' } & Moment)
  | ({ type: 'NO' } & Moment)
  /** `both`: she speaks for all of them, this one comes first. `wish`: what she says beside it that she wants. */
  | ({ type: 'WHO'; residentId: string; called?: string; both?: true; wish?: Wish } & Moment)
  /** At a question about somebody else she says who she is: the question stays. */
  | ({ type: 'INTRODUCED'; residentId: string } & Moment)
  /** Four digits were said while they were asked for; the digits themselves stay with the engine. */
  | ({ type: 'PIN' } & Moment)
  /** So many digits that they may be a card's. */
  | ({ type: 'CARD' } & Moment)
  /** Somebody at home died, is in hospital or moved away. */
  | ({ type: 'LIFE'; life: LifeTold } & Moment)
  /** What was told of somebody is not so. */
  | ({ type: 'MISTAKEN' } & Moment)
  /** She agreed and took leave in one breath. */
  | ({ type: 'HALF_YES'; offer: string } & Moment)
  /** After an alarm: does anybody come; it is over; which number; anything else. And whoever is sad and wants company. */
  | ({ type: 'WHO_COMES' | 'ADDRESS' | 'SAFE' | 'COMPANY' | 'NUMBER' | 'STAY'; kind: string } & Moment)
  /** Whether her family was told; and, once it is over, whether somebody comes all the same. */
  | ({ type: 'KIN_TOLD' | 'HELP_OFF'; kind: string } & Moment)
  /** Thanks, and nothing else. */
  | ({ type: 'THANKS'; kind: string } & Moment)
  /** She would rather not say it, here or to a machine. */
  | ({ type: 'REFUSES'; kind: string } & Moment)
  /** Whether her papers lie in the bag for tomorrow. */
  | ({ type: 'PACKED' | 'UNPACKED'; kind: string } & Moment)
  /** She asks something small of what is in hand. */
  | ({ type: 'ASIDE'; told: { phrase: string; values: Values } } & Moment)
  /** She goes on with it another time. */
  | ({ type: 'LATER'; kind: string } & Moment)
  | ({ type: 'COMES_BACK'; kind: string } & Moment)
  /** She has heard enough. */
  | ({ type: 'ENOUGH' } & Moment)
  | ({ type: ControlType } & About);

const CONTROL = {
  repeat: 'REPEAT',
  slower: 'SLOWER',
  faster: 'FASTER',
  louder: 'LOUDER',
  softer: 'SOFTER',
  help: 'HELP',
  cancel: 'CANCEL',
  stop: 'STOP',
  wait: 'WAIT',
  why: 'WHY',
  emergency: 'EMERGENCY',
  'scam.check': 'SCAM',
  'push.optout': 'PERSONAL_DATA',
  'privacy.erase': 'PERSONAL_DATA',
  'privacy.who': 'PERSONAL_DATA',
  smalltalk: 'SMALLTALK',
  out_of_scope: 'ELSEWHERE',
} as const;
type ControlType = (typeof CONTROL)[keyof typeof CONTROL];

/** The event of an intent that is valid in every state; undefined for wishes and answers. */
export const controlEvent = (intent: Intent): ControlType | undefined =>
  (CONTROL as Partial<Record<Intent, ControlType>>)[intent];

/** What the conversation asks of the engine, beside say, ask and run. */
export type Directive =
  | { type: 'deliver' }
  | { type: 'start'; wish?: Wish }
  | { type: 'identify'; residentId: string; greets?: boolean; quiet?: boolean }
  | { type: 'checkPin' }
  | { type: 'drop' }
  | { type: 'dropAll' }
  | { type: 'askAgain'; back?: boolean }
  | { type: 'repeatLast' }
  | { type: 'explain' }
  | { type: 'helpNow'; whole?: boolean }
  | { type: 'pace'; by: number }
  | { type: 'stopFor'; life?: LifeTold }
  | { type: 'resumeFor'; life?: LifeTold }
  /** She is at home where the speaker is now. */
  | { type: 'settle' }
  | { type: 'undoLife' }
  /** The alarm is over. */
  | { type: 'calm' }
  | { type: 'close' };

/** What she may ask of her own data, beside that nothing more is played to her. */
export const RIGHTS = new Set(['erase', 'who', 'pin']);
/** Which right a wish is about: 「把我的记录都删了」, 「谁看过我的资料」. */
export function rightIn(intent: string): { right?: string } {
  const [, right = ''] = intent.split('.');
  return intent.startsWith('privacy.') && RIGHTS.has(right) ? { right } : {};
}

/** What of its subject a sentence is about, where that was found. */
export const aboutOf = (event: ConversationEvent): string | undefined =>
  'slots' in event ? event.slots.about : undefined;

/** The money is gone, or a stranger has what opens the way to it. */
export const isRobbed = (about: string | undefined) => about === 'paid' || about === 'leaked';
