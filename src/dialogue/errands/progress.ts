/** 办理进度: her cases, newest first, in plain words; late is said honestly; what is ready leads on to a booking. */
import { assign, setup } from 'xstate';
import { acts, type ErrandDefinition, type Start } from './errand.ts';
import { identifying } from './identify.ts';
import {
  caseMeant,
  caseTold,
  checkOf,
  current,
  goesElsewhere,
  isReady,
  isRefused,
  type ProgressContext,
  type ProgressEvent,
  toBook,
  toldBefore,
  values,
} from './progress.facts.ts';

/** What to do about what is missing. */
const TO_HAND_IN = new Set(['now', 'bring']);
/** Asked of the list itself: somebody who wrote it answers. */
const OF_PAPERS = new Set(['copies', 'notTold']);
/** What is missing she gave already, or cannot get. */
const NEEDS_A_LOOK = new Set(['handedIn', 'lacks']);

export const machine = setup({
  types: { context: {} as ProgressContext, events: {} as ProgressEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { cases: event.cases, at: 0, station: event.station } : {})),
    unseal: assign(({ context, event }) =>
      event.type === 'UNSEALED'
        ? { cases: context.cases.map((one) => event.cases.find(({ id }) => id === one.id) ?? one) }
        : {},
    ),
    /** A question holds for the one sentence that asks it. */
    note: assign(({ context, event }) => {
      if (event.type !== 'GAVE') return {};
      const { element: _, told: __, ...kept } = context.slots;
      return { slots: { ...kept, ...event.slots } };
    }),
    find: assign(({ context }) => ({ at: caseMeant(context) })),
    plain: assign(({ context }) => ({ slots: { ...context.slots, element: '', told: '' } })),
    keepUntil: assign(({ event }) => (event.type === 'CHASED' ? { until: event.day, missed: event.missed } : {})),
    next: assign(({ context }) => ({ at: context.at + 1 })),
    privacyGiven: assign({ privacyGiven: true }),
  },
  guards: {
    none: ({ context }) => context.cases.length === 0,
    namedNone: ({ context }) => context.cases.length === 0 && Boolean(context.slots.item),
    several: ({ context }) => context.cases.length > 1,
    sensitive: ({ context }) => current(context)?.sensitive === true && !context.privacyGiven,
    late: ({ context }) => (current(context)?.overdueDays ?? 0) > 0 && !isReady(current(context)),
    notOnList: ({ context }) => (current(context)?.notTold.length ?? 0) > 0,
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
    whatNow: ({ context }) =>
      (context.slots.element === 'now' && isRefused(current(context))) ||
      (TO_HAND_IN.has(context.slots.element ?? '') && current(context)?.status === 'correction'),
    unexplained: ({ context }) =>
      context.slots.element === 'why' &&
      isRefused(current(context)) &&
      (toldBefore(context) || !current(context)?.reason),
    missedIt: ({ event }) => event.type === 'CHASED' && event.missed !== undefined,
    hurried: ({ context }) => context.slots.element === 'push' && current(context)?.overdueDays === 0,
  },
}).createMachine({
  id: 'progress',
  context: ({ input }) => ({ ...input, cases: [], at: 0, privacyGiven: false }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'counting' } },
    },
    counting: {
      always: [
        { guard: 'namedNone', target: 'noneOfThat' },
        { guard: 'none', target: 'none' },
        { guard: 'asksPart', actions: 'find', target: 'deciding' },
        { guard: 'several', target: 'announcing' },
        { target: 'deciding' },
      ],
    },
    announcing: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'progress.count', values: { count: context.cases.length } }),
      },
      always: 'deciding',
    },
    deciding: {
      always: [
        { guard: 'sensitive', target: 'askingPrivacy' },
        { guard: 'asksOfPapers', target: 'offeringCheck' },
        { guard: 'answersOnly', target: 'answering' },
        { target: 'telling' },
      ],
    },
    answering: {
      always: [
        { guard: 'elsewhere', target: 'offeringCheck' },
        { guard: 'whatNow', target: 'offeringHandIn' },
        { guard: 'unexplained', target: 'offeringCheck' },
        { target: 'telling' },
      ],
    },
    askingPrivacy: {
      entry: { type: 'ask', params: { phrase: 'progress.private', for: 'yesno', offer: 'privacy' } },
      on: { YES: { actions: 'privacyGiven', target: 'assuring' }, NO: 'later', GAVE: 'later' },
    },
    ...identifying('unsealing', 'later'),
    unsealing: {
      entry: { type: 'run', params: { effect: 'unseal' } },
      on: { UNSEALED: { actions: 'unseal', target: 'telling' } },
    },
    telling: {
      entry: {
        type: 'say',
        params: ({ context }) => caseTold(context),
      },
      always: [
        { guard: 'handedIn', target: 'offeringCheck' },
        { guard: 'elsewhere', target: 'offeringCheck' },
        { guard: 'whatNow', target: 'offeringHandIn' },
        { guard: 'unexplained', target: 'offeringCheck' },
        { guard: 'hurried', target: 'offeringCheck' },
        { guard: 'late', target: 'chasing' },
        { guard: 'notOnList', target: 'flagging' },
        { target: 'goingOn' },
      ],
    },
    chasing: {
      entry: { type: 'run', params: { effect: 'chase' } },
      on: {
        CHASED: [
          { guard: 'missedIt', actions: 'keepUntil', target: 'ownedUp' },
          { actions: 'keepUntil', target: 'chased' },
        ],
      },
    },
    chased: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'progress.chased', values: values(context) }) },
      always: 'goingOn',
    },
    /** A word was promised her before, and never came. */
    ownedUp: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'progress.ownedUp', values: values(context) }) },
      always: 'goingOn',
    },
    /** Something that no list had named: she is not sent home with it as if it were her fault. */
    flagging: { entry: { type: 'run', params: { effect: 'flag' } }, on: { FLAGGED: 'flagged' } },
    flagged: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'progress.notTold', values: values(context) }) },
      always: 'goingOn',
    },
    goingOn: {
      always: [
        { guard: 'ready', target: 'offeringPickup' },
        { guard: 'hasNext', target: 'askingNext' },
        { target: 'told' },
      ],
    },
    offeringPickup: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'progress.bookPickup',
          for: 'yesno',
          offer: 'pickup',
          values: values(context),
        }),
      },
      on: {
        YES: 'leading',
        NO: [{ guard: 'hasNext', target: 'askingNext' }, { target: 'enough' }],
        GAVE: { actions: 'note', target: 'looking' },
      },
    },
    /** What she has handed in and nobody noted, a refusal without a word, a wish for haste: somebody looks and rings her. */
    offeringCheck: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: `progress.check_${checkOf(context)}`,
          for: 'yesno',
          offer: 'callback',
          values: values(context),
        }),
      },
      on: {
        YES: 'toPerson',
        NO: 'enough',
        GAVE: [{ guard: 'asksMore', actions: 'note', target: 'looking' }, { target: 'enough' }],
      },
    },
    offeringHandIn: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'progress.bookHandIn',
          for: 'yesno',
          offer: 'hand_in',
          values: values(context),
        }),
      },
      on: {
        YES: 'toHandIn',
        NO: 'enough',
        GAVE: [{ guard: 'asksMore', actions: 'note', target: 'looking' }, { target: 'toHandIn' }],
      },
    },
    askingNext: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'progress.goOn', for: 'yesno', offer: 'more', values: values(context) }),
      },
      on: {
        YES: { actions: ['plain', 'next'], target: 'deciding' },
        NO: 'enough',
        GAVE: [
          { guard: 'otherMatter', actions: 'note', target: 'looking' },
          { guard: 'asksMore', actions: 'note', target: 'looking' },
          { actions: ['plain', 'next'], target: 'deciding' },
        ],
      },
    },
    leading: {
      type: 'final',
      entry: { type: 'open', params: toBook('collect') },
    },
    toHandIn: {
      type: 'final',
      entry: { type: 'open', params: toBook('hand_in') },
    },
    toPerson: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'agent',
          intent: 'callback.request',
          slots: { item: current(context)?.matter ?? '', reason: 'progress' },
        }),
      },
    },
    later: { type: 'final', entry: { type: 'say', params: { phrase: 'progress.later' } } },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'progress.none' } } },
    noneOfThat: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'progress.noneOfThat', values: { matter: context.slots.item } }),
      },
    },
    enough: { type: 'final', entry: { type: 'say', params: { phrase: 'progress.enough' } } },
    told: { type: 'final' },
  },
});

export const progress: ErrandDefinition = { machine, version: 6 };
