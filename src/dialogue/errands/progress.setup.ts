/** What the errand of telling how far her cases are can do, and what it decides by. */
import { assign, setup } from 'xstate';
import { acts, type Start } from './errand.ts';
import {
  caseMeant,
  current,
  goesElsewhere,
  isPressed,
  isReady,
  isRefused,
  type ProgressContext,
  type ProgressEvent,
  toldBefore,
} from './progress.facts.ts';

/** What to do about what is missing. */
const TO_HAND_IN = new Set(['now', 'bring']);
/** Asked of the list itself: somebody who wrote it answers. */
const OF_PAPERS = new Set(['copies', 'shape', 'notTold']);
/** What is missing she gave already, or cannot get. */
const NEEDS_A_LOOK = new Set(['handedIn', 'lacks']);

/** Asked of the case, and not of its papers. */
const OF_OTHER = new Set(['others', 'who', 'tell', 'where', 'when', 'step', 'lost']);

/** Named actions and guards; the states stand in `progress.ts`. */
export const progressing = setup({
  types: { context: {} as ProgressContext, events: {} as ProgressEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) =>
      event.type === 'LOOKED'
        ? {
            cases: event.cases,
            at: 0,
            station: event.station,
            other: event.other,
            draft: event.draft,
            expected: event.expected,
            list: event.list,
            unheard: event.unheard,
          }
        : {},
    ),
    unseal: assign(({ context, event }) =>
      event.type === 'UNSEALED'
        ? { cases: context.cases.map((one) => event.cases.find(({ id }) => id === one.id) ?? one) }
        : {},
    ),
    /** A question holds for the one sentence that asks it. */
    note: assign(({ context, event }) => {
      if (event.type !== 'GAVE') return {};
      const { element: _, told: __, ordinal: ___, ...kept } = context.slots;
      return { slots: { ...kept, ...event.slots }, lastTold: context.at };
    }),
    find: assign(({ context }) => ({ at: caseMeant(context) })),
    /** Not what she named, but what she has. */
    forgetMatter: assign(({ context }) => ({ slots: { ...context.slots, item: '', case_no: '', case_no_tail: '' } })),
    plain: assign(({ context }) => ({ slots: { ...context.slots, element: '', told: '' } })),
    keepUntil: assign(({ event }) =>
      event.type === 'CHASED' ? { until: event.day, untilTime: event.time, missed: event.missed } : {},
    ),
    next: assign(({ context }) => ({ at: context.at + 1 })),
    privacyGiven: assign({ privacyGiven: true }),
    unheard: assign({ unheard: true }),
  },
  guards: {
    none: ({ context }) => context.cases.length === 0,
    namedNone: ({ context }) => context.cases.length === 0 && Boolean(context.slots.item),
    /** When it is collected or its papers are brought stands already. */
    isBooked: ({ context }) => current(context)?.booked !== undefined,
    comesHere: ({ context }) => context.expected === 'pickup',
    isVisited: ({ context }) => context.expected === 'visit',
    hasList: ({ context }) => context.list !== undefined,
    hasDraft: ({ context }) => context.draft !== undefined,
    /** Both were asked about in one breath: she is not asked whether to go on. */
    tellsBoth: ({ context }) => context.slots.both === 'yes' && context.at === 0 && context.cases.length > 1,
    asksMissing: ({ context }) => context.slots.element === 'missing',
    asksWhy: ({ context }) => context.slots.element === 'why',
    several: ({ context }) => context.cases.length > 1 && context.slots.both !== 'yes',
    sensitive: ({ context }) => current(context)?.sensitive === true && !context.privacyGiven,
    /** Told her already, or nobody listens: it may be named. */
    refusal: ({ context }) =>
      isRefused(current(context)) && !context.unheard && !context.privacyGiven && !toldBefore(context),
    late: ({ context }) => (current(context)?.overdueDays ?? 0) > 0 && !isReady(current(context)),
    /** It is owned up to where the list is told, and not under every other answer. */
    notOnList: ({ context }) =>
      (current(context)?.notTold.length ?? 0) > 0 && !OF_OTHER.has(context.slots.element ?? ''),
    ready: ({ context }) => isReady(current(context)),
    hasNext: ({ context }) => context.at + 1 < context.cases.length,
    otherMatter: ({ event }) =>
      event.type === 'GAVE' && Boolean(event.slots.item || event.slots.case_no || event.slots.case_no_tail),
    /** She asks something of what is told, and not for the next. */
    asksMore: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.element) && event.slots.element !== 'second',
    asksPart: ({ context }) => Boolean(context.slots.element),
    handedIn: ({ context }) =>
      NEEDS_A_LOOK.has(context.slots.element ?? '') && (current(context)?.missing.length ?? 0) > 0,
    /** Of papers whose list she has just heard. */
    asksOfPapers: ({ context }) =>
      OF_PAPERS.has(context.slots.element ?? '') && (current(context)?.missing.length ?? 0) > 0,
    /** Of a refusal that she has just heard. */
    answersOnly: ({ context }) => toldBefore(context) && isRefused(current(context)),
    elsewhere: ({ context }) => goesElsewhere(context),
    /** Papers are missing: when they are brought is the next thing. */
    lacking: ({ context }) => current(context)?.status === 'correction',
    whatNow: ({ context }) =>
      (context.slots.element === 'now' && isRefused(current(context))) ||
      (TO_HAND_IN.has(context.slots.element ?? '') && current(context)?.status === 'correction'),
    unexplained: ({ context }) =>
      context.slots.element === 'why' &&
      isRefused(current(context)) &&
      (toldBefore(context) || !current(context)?.reason),
    missedIt: ({ event }) => event.type === 'CHASED' && event.missed !== undefined,
    /** Late, and told so: it is not told again. */
    pressed: ({ context }) => isPressed(context),
    /** What nobody wrote down of it. */
    asksOther: ({ context }) => context.slots.element === 'ask',
    asksStep: ({ context }) => context.slots.element === 'step',
    hasOther: ({ context }) => context.other !== undefined,
    hurried: ({ context }) =>
      context.slots.element === 'push' &&
      current(context)?.overdueDays === 0 &&
      current(context)?.status !== 'correction',
  },
});
