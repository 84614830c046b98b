/** What the errand of telling how far her cases are knows: the cases, what she asks of them, and the phrase that tells it. */
import type { Values } from '../../speech/speech.ts';
import type { Remembered, Said, Tell } from './errand.ts';
import type { IdentityEvent } from './identify.ts';

export interface CaseForHer {
  id?: string;
  matter: string;
  tail: string;
  status: string;
  delivery: string;
  promisedOn?: string;
  overdueDays: number;
  missing: string[];
  notTold: string[];
  /** The promise crosses a year whose holidays are not announced. */
  promisedRoughly?: boolean;
  reason?: string;
  remedy?: string;
  handler?: string;
  sensitive: boolean;
  /** When and how it is collected, or its papers are handed in: that is settled already. */
  booked?: { day: string; start: string; station: string; posted: boolean; collector?: string };
}

export interface ProgressContext extends Remembered {
  cases: CaseForHer[];
  at: number;
  /** Which of them was told when she asked on. */
  lastTold?: number;
  /** What she has filled in and not handed in, where nothing is under way. */
  draft?: string;
  /** Nothing is under way, and she is to come or to be visited all the same. */
  expected?: 'pickup' | 'visit';
  /** The matter whose list of papers she went through last, where nothing is under way. */
  list?: string;
  privacyGiven: boolean;
  /** Nobody listens who should not: a refusal may be told. */
  unheard: boolean;
  /** By when somebody tells her about the late one. */
  until?: string;
  /** The hour of that day. */
  untilTime?: string;
  /** By when she should have had a word, and had none. */
  missed?: string;
  /** Where what is done may be collected. */
  station?: string;
  /** What she has under way instead of what she named. */
  other?: string;
}

export type ProgressEvent =
  | Said
  | IdentityEvent
  | {
      type: 'LOOKED';
      cases: CaseForHer[];
      station?: string;
      other?: string;
      draft?: string;
      expected?: 'pickup' | 'visit';
      list?: string;
      unheard: boolean;
    }
  | { type: 'FLAGGED' }
  | { type: 'CHASED'; day: string; time: string; missed?: string }
  /** The same with what was held back until she was known. */
  | { type: 'UNSEALED'; cases: CaseForHer[] };

/** The case being told. */
export const current = (context: ProgressContext) => context.cases[context.at];
/** It waits to be collected. */
export const isReady = (one?: CaseForHer) => one?.delivery === 'ready';

/** The phrase of a case's state; ready, late and missing go before the bare status. */
function phraseOf(one: CaseForHer): string {
  if (isReady(one)) return 'progress.ready';
  if (one.overdueDays > 0) return 'progress.overdue';
  return `progress.${one.status}`;
}

/** What may be named of it. */
export const values = (context: ProgressContext): Values => {
  const one = current(context);
  if (!one) return {};
  return {
    matter: one.matter,
    tail: one.tail,
    promised: one.promisedRoughly ? undefined : one.promisedOn,
    roughly: one.promisedRoughly ? one.promisedOn : undefined,
    until: context.until,
    time: context.untilTime,
    missed: context.missed,
    notTold: one.notTold,
    days: one.overdueDays,
    missing: one.missing,
    reason: one.reason,
    remedy: one.remedy,
    handler: one.handler,
    station: context.station,
    step: one.status,
    other: context.other,
    left: context.cases.length - context.at - 1,
  };
};

/** When what is settled is to happen: a day and a place, or the day on which it is sent. */
export const bookedValues = (context: ProgressContext): Values => {
  const booked = current(context)?.booked;
  if (!booked) return {};
  if (booked.posted) return { posted: booked.day };
  return {
    day: booked.day,
    time: booked.start,
    place: booked.collector ? undefined : booked.station,
    collector: booked.collector,
  };
};

/** What she asks of a case beyond how far it is (`slots.element`): why not, what now, what is missing, when, where, or that it be hurried. */
const REFUSED = new Set(['rejected', 'denied']);
const SETTLED = new Set(['concluded', 'withdrawn', ...REFUSED]);
const FITS: Record<string, ((one: CaseForHer) => boolean)[]> = {
  why: [({ status }) => REFUSED.has(status), (one) => one.overdueDays > 0],
  now: [({ status }) => REFUSED.has(status), ({ status }) => status === 'correction'],
  missing: [({ status }) => status === 'correction'],
  handedIn: [({ status }) => status === 'correction'],
  when: [({ status }) => !SETTLED.has(status), isReady],
  where: [isReady, ({ status }) => !SETTLED.has(status)],
  push: [(one) => one.overdueDays > 0, ({ status }) => !SETTLED.has(status)],
  second: [(_) => true],
  tell: [({ status }) => !SETTLED.has(status)],
  late: [(one) => one.overdueDays > 0],
  who: [(one) => one.overdueDays > 0, ({ status }) => !SETTLED.has(status)],
  lost: [(one) => one.overdueDays > 0, ({ status }) => !SETTLED.has(status)],
  elsewhere: [({ status }) => REFUSED.has(status)],
  copies: [({ status }) => status === 'correction'],
  shape: [({ status }) => status === 'correction'],
  notTold: [({ status }) => status === 'correction'],
  lacks: [({ status }) => status === 'correction'],
  bring: [({ status }) => status === 'correction'],
  step: [(one) => one.overdueDays > 0, ({ status }) => !SETTLED.has(status)],
  outcome: [({ status }) => REFUSED.has(status)],
  others: [({ status }) => status === 'correction', isReady],
  fetch: [isReady, ({ status }) => !SETTLED.has(status)],
  todo: [({ status }) => status === 'correction', ({ status }) => !SETTLED.has(status)],
};

/** The case that she means: the first that the question fits; 「还有一个呢」 is the one behind it. */
export function caseMeant({ cases, slots, lastTold }: ProgressContext): number {
  if (slots.element === 'second') return Math.min(1, cases.length - 1);
  const fitting = FITS[slots.element ?? ''] ?? [];
  // What was told last is what she asks of, unless she says 「头一个」.
  const meant = slots.ordinal ? Number(slots.ordinal) - 1 : lastTold;
  const one = cases[meant ?? -1];
  if (one && fitting.some((fits) => fits(one))) return cases.indexOf(one);
  const found = fitting.map((fits) => cases.findIndex((one) => fits(one)));
  return Math.max(0, found.find((at) => at >= 0) ?? 0);
}

/** What she asks of a refusal that was told her a moment ago needs no second telling. */
export const toldBefore = ({ slots }: ProgressContext) => slots.told === 'yes';
/** It is not taken here: where and how, somebody finds out for her. */
export const goesElsewhere = (context: ProgressContext) => {
  const { element } = context.slots;
  const one = current(context);
  return isRefused(one) && (element === 'elsewhere' || (element === 'now' && one?.status === 'rejected'));
};
/** It is late, she has heard so, and asks why or presses: somebody sees to it and rings her. */
const PRESSES = new Set(['push', 'why', 'step', 'noWord']);
/** She asks after a late case a second time, where it was told already: it is chased, not recited. */
export const isPressed = (context: ProgressContext): boolean => {
  const { element = '' } = context.slots;
  const one = current(context);
  const hurries = element === 'push' && one?.status !== 'correction' && !SETTLED.has(one?.status ?? '');
  return PRESSES.has(element) && toldBefore(context) && (hurries || (one?.overdueDays ?? 0) > 0);
};

/** What somebody is to look into and ring her about. */
export function checkOf(context: ProgressContext): string {
  if (goesElsewhere(context)) return 'elsewhere';
  const { element = '' } = context.slots;
  // Nothing is chased before its day.
  if (element === 'push' && current(context)?.overdueDays === 0) return 'hurry';
  if (isPressed(context)) return 'push';
  return element === 'why' && current(context)?.reason ? 'whyMore' : element;
}

/** It was refused, or not taken. */
export const isRefused = (one?: CaseForHer) => REFUSED.has(one?.status ?? '');
const isGoingOn = (one: CaseForHer) => !isReady(one) && !SETTLED.has(one.status) && one.overdueDays === 0;

/** What is told of the one in hand: a part of it where she asked for one, else how far it is. */
export function caseTold(context: ProgressContext): Tell {
  const one = current(context);
  if (!one) return { phrase: 'progress.none' };
  if (context.slots.element === 'lost' && !SETTLED.has(one.status))
    return { phrase: one.overdueDays > 0 ? 'progress.notLostLate' : 'progress.notLost', values: values(context) };
  const alone = context.slots.element === 'second' && context.cases.length === 1;
  const lateFirst = context.slots.element === 'step' && one.overdueDays > 0 && !toldBefore(context);
  const part = alone ? 'onlyOne' : lateFirst ? undefined : partAsked(context.slots.element, one);
  return { phrase: part ? `progress.${part}` : phraseOf(one), values: values(context) };
}

const whenOf = ({ promisedOn, status }: CaseForHer) =>
  promisedOn ? 'whenPromised' : status === 'producing' ? 'whenMaking' : 'whenOpen';

function partAsked(element: string | undefined, one: CaseForHer): string | undefined {
  // What waits for her papers is not hurried by anybody here.
  if (element === 'push' && one.status === 'correction') return 'waitsForPapers';
  if (element === 'missing') return one.missing.length > 0 ? undefined : 'nothingMissing';
  if (element === 'outcome' && REFUSED.has(one.status)) return 'notGranted';
  if (element === 'when' && isGoingOn(one)) return whenOf(one);
  if (element === 'where' && isReady(one)) return 'whereReady';
  if (element === 'where' && !isReady(one) && !SETTLED.has(one.status)) return 'whereLater';
  if (element === 'tell' && !isReady(one) && !SETTLED.has(one.status)) return 'tells';
  if (element === 'bring' && one.missing.length > 0) return 'bringTo';
  if (element === 'step' && !SETTLED.has(one.status) && !isReady(one)) return 'step';
  if (element === 'others') return one.status === 'correction' ? 'othersBring' : 'others';
  if (element === 'fetch' && isGoingOn(one)) return 'fetchLater';
  if (element === 'todo' && isGoingOn(one) && one.status !== 'correction') return 'nothingToDo';
  if (element === 'who') return one.handler ? 'who' : 'whoStation';
  return undefined;
}
