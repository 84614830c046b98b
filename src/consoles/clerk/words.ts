/** Words for codes, where the server sends none, and the colour each stands in. */
import { t } from '../words/clerk.ts';

export type Tone = 'plain' | 'good' | 'warn' | 'late' | 'info';

export const directionWords: Record<string, string> = { collect: t.collects, hand_in: t.handsIn };

export const modeWords: Record<string, string> = {
  window: t.window,
  locker: t.locker,
  courier: t.courier,
  home: t.atHome,
  proxy: t.byAnother,
};

export const bookingStates: Record<string, { words: string; tone: Tone }> = {
  booked: { words: t.notHereYet, tone: 'plain' },
  attended: { words: t.here, tone: 'good' },
  missed: { words: t.didNotCome, tone: 'late' },
  cancelled: { words: t.cancelled, tone: 'plain' },
};

export const caseStates: Record<string, { words: string; tone: Tone }> = {
  submitted: { words: t.handedIn, tone: 'info' },
  received: { words: t.received, tone: 'info' },
  correction: { words: t.papersAsked, tone: 'warn' },
  accepted: { words: t.accepted, tone: 'info' },
  reviewing: { words: t.underReview, tone: 'info' },
  producing: { words: t.beingMade, tone: 'info' },
  concluded: { words: t.concluded, tone: 'good' },
  rejected: { words: t.notAccepted, tone: 'plain' },
  denied: { words: t.notApproved, tone: 'plain' },
  withdrawn: { words: t.withdrawn, tone: 'plain' },
};

export const deliveryWords: Record<string, string> = {
  none: '',
  ready: t.documentAtWindowWaitingBe,
  collected: t.collected,
  mailed: t.posted,
};

/** How a call or callback ended, by the codes of the live socket (`wrapup`). */
export const outcomes: { code: string; words: string }[] = [
  { code: 'solved', words: t.solved },
  { code: 'continued', words: t.beContinued },
  { code: 'callback', words: t.anotherCallAgreed },
  { code: 'visit', words: t.visitArranged },
  { code: 'transferred', words: t.handedElsewhere },
  { code: 'no_contact', words: t.neverReached },
  { code: 'other', words: t.other },
];

/** A case over its promise is the first thing to see; one that is closed never is. */
export const CLOSED_CASES = ['concluded', 'rejected', 'denied', 'withdrawn'];
