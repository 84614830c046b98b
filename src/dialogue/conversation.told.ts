/** What the conversation says of its own, by what it heard: which phrase. */

import type { Values } from '../speech/speech.ts';
import { type ConversationEvent, type Moment, RIGHTS, type Wish } from './conversation.facts.ts';
import { isPaper } from './known-matters.ts';

/** What is said when the errand in hand is left; a booking that stands is untouched by that. */
export const droppedPhrase = ({ standing, draft }: Moment) =>
  standing ? 'pickup.kept' : draft ? 'conversation.droppedKept' : 'conversation.dropped';

/** What is answered to a small question. */
export const asideIn = (event: { type: string; told?: { phrase: string; values?: Values } }) =>
  event.told ?? { phrase: 'conversation.allRight' };

/** What she is asked to confirm: of papers that she brings nothing is collected. */
export function wishAsked({ intent, slots }: Wish): { phrase: string; values: Values } {
  const { item = '', ...others } = slots;
  const brings = slots.direction === 'hand_in' && item !== '';
  const values = brings ? { ...others, [isPaper(item) ? 'paper' : 'handInFor']: item } : slots;
  return { phrase: `conversation.meant_${intent.replace('.', '_')}`, values };
}

const EMERGENCIES = new Set(['trapped', 'lockedIn', 'medical', 'fire', 'gas', 'crime', 'fall', 'self_harm']);
/** The spoken line for an emergency of this kind; 120's when the kind is not known. */
export const emergencyPhrase = (kind: string | undefined) =>
  `conversation.emergency_${kind && EMERGENCIES.has(kind) ? kind : 'medical'}`;

const WITH_NUMBER = new Set(['trapped', 'lockedIn', 'medical', 'fall', 'fire', 'gas', 'crime']);
/** Which keys to press in an emergency of this kind. */
export const numberPhrase = (kind: string | undefined) =>
  `conversation.number_${kind && WITH_NUMBER.has(kind) ? kind : 'medical'}`;

const SAFE: Record<string, string> = {
  self_harm: 'conversation.safeAtHeart',
  cared: 'conversation.safeInHands',
};
/** It is over; whoever despaired, or lies in hospital now, is told so in other words. */
export const safePhrase = (kind: string): string => SAFE[kind] ?? 'conversation.safe';

const STAYS = new Set(['gas', 'fire', 'crime', 'trapped', 'lockedIn']);
/** What is said while help is awaited: who smells gas is not told to telephone indoors. */
export const stayPhrase = (kind: string | undefined) =>
  kind && STAYS.has(kind) ? `conversation.stay_${kind}` : 'conversation.stay';

const SMALLTALK = new Set([
  'who',
  'cross',
  'sorrow',
  'old',
  'papers',
  'register',
  'money',
  'moving',
  'booked',
  'all',
  'runs',
  'runsMoved',
]);
/** The answer to what is no errand: who is speaking here, anger, sorrow, or a word in passing. */
export const smalltalkPhrase = (about: string | undefined) =>
  about && SMALLTALK.has(about) ? `conversation.smalltalk_${about}` : 'conversation.smalltalk';

const LEFT: Record<string, string> = {
  registerAlone: 'conversation.left_register',
  moneyAlone: 'conversation.left_money',
  papersAlone: 'conversation.left_papers',
  addressAlone: 'conversation.left_address',
  movingAlone: 'conversation.left_moving',
  movedCardAlone: 'conversation.left_movedCard',
};
/** What is said of what a death or a move leaves to be done, where nobody is to ring her yet. */
export const leftPhrase = (about: string | undefined): string | undefined => LEFT[about ?? ''];

/** A person has to be sure that it is she: what for is said in her words. */
export const dataPhrase = (right: string | undefined) =>
  right && RIGHTS.has(right) ? `conversation.personalData_${right}` : 'conversation.personalData';

const OF_SCAM: Record<string, string> = {
  paid: 'conversation.scamPaid',
  leaked: 'conversation.scamLeaked',
  police: 'conversation.scamPolice',
  number: 'conversation.scamNumber',
  back: 'conversation.scamBack',
  bank: 'conversation.scamBank',
  safe: 'conversation.scamSafe',
  door: 'conversation.scamDoor',
  asksPapers: 'conversation.scamPapers',
};
/** What is said of a caller who wants her money; the plain warning where she only doubts. */
export const scamPhrase = (about: string | undefined) => OF_SCAM[about ?? ''] ?? 'conversation.scamDont';

/** What is said to a question that nobody here can answer; while a call is settled, whoever rings can. */
export function notKnown(event: ConversationEvent): string | undefined {
  if (event.type !== 'UNCLEAR' || !event.question) return undefined;
  return event.values.errand === 'agent' ? 'conversation.askCaller' : 'conversation.noAnswer';
}
