/** 办理进度: her cases, newest first, in plain words; late is said honestly; what is ready leads on to a booking. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import { acts, type ErrandDefinition, type Remembered, type Said, type Start } from './errand.ts';
import { type IdentityEvent, identifying } from './identify.ts';

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
}

export interface ProgressContext extends Remembered {
  cases: CaseForHer[];
  at: number;
  privacyGiven: boolean;
  /** By when somebody tells her about the late one. */
  until?: string;
}

export type ProgressEvent =
  | Said
  | IdentityEvent
  | { type: 'LOOKED'; cases: CaseForHer[] }
  | { type: 'FLAGGED' }
  | { type: 'CHASED'; day: string }
  /** The same with what was held back until she was known. */
  | { type: 'UNSEALED'; cases: CaseForHer[] };

const current = (context: ProgressContext) => context.cases[context.at];
const isReady = (one?: CaseForHer) => one?.delivery === 'ready';

/** The phrase of a case's state; ready, late and missing go before the bare status. */
function phraseOf(one: CaseForHer): string {
  if (isReady(one)) return 'progress.ready';
  if (one.overdueDays > 0) return 'progress.overdue';
  return `progress.${one.status}`;
}

const values = (context: ProgressContext): Values => {
  const one = current(context);
  if (!one) return {};
  return {
    matter: one.matter,
    tail: one.tail,
    promised: one.promisedRoughly ? undefined : one.promisedOn,
    roughly: one.promisedRoughly ? one.promisedOn : undefined,
    until: context.until,
    notTold: one.notTold,
    days: one.overdueDays,
    missing: one.missing,
    reason: one.reason,
    remedy: one.remedy,
    handler: one.handler,
    left: context.cases.length - context.at - 1,
  };
};

export const machine = setup({
  types: { context: {} as ProgressContext, events: {} as ProgressEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { cases: event.cases, at: 0 } : {})),
    unseal: assign(({ context, event }) =>
      event.type === 'UNSEALED'
        ? { cases: context.cases.map((one) => event.cases.find(({ id }) => id === one.id) ?? one) }
        : {},
    ),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, ...event.slots } } : {},
    ),
    keepUntil: assign(({ event }) => (event.type === 'CHASED' ? { until: event.day } : {})),
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
    deciding: { always: [{ guard: 'sensitive', target: 'askingPrivacy' }, { target: 'telling' }] },
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
        params: ({ context }) => {
          const one = current(context);
          return { phrase: one ? phraseOf(one) : 'progress.none', values: values(context) };
        },
      },
      always: [{ guard: 'late', target: 'chasing' }, { guard: 'notOnList', target: 'flagging' }, { target: 'goingOn' }],
    },
    chasing: {
      entry: { type: 'run', params: { effect: 'chase' } },
      on: { CHASED: { actions: 'keepUntil', target: 'chased' } },
    },
    chased: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'progress.chased', values: values(context) }) },
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
    askingNext: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'progress.goOn', for: 'yesno', offer: 'more', values: values(context) }),
      },
      on: {
        YES: { actions: 'next', target: 'deciding' },
        NO: 'enough',
        GAVE: [
          { guard: 'otherMatter', actions: 'note', target: 'looking' },
          { actions: 'next', target: 'deciding' },
        ],
      },
    },
    leading: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'pickup',
          intent: 'pickup.book',
          slots: { item: current(context)?.matter ?? '', direction: 'collect' },
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

export const progress: ErrandDefinition = { machine, version: 3 };
