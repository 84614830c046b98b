/** Policies that concern her: the list, one at a time, why her, the detail when she asks; sensitive ones only after 「旁边方便吗」. */
import { assign, setup } from 'xstate';
import { acts, type ErrandDefinition, type Remembered, type Said, type Start, type Tell } from './errand.ts';

export interface PolicyForHer {
  policyId: string;
  title: string;
  gist: string;
  body: string;
  source: string;
  reason: Tell;
  matter?: string;
  /** It can be applied for here and now. */
  applies?: boolean;
  sensitive: boolean;
  heard: boolean;
}

export interface PolicyContext extends Remembered {
  policies: PolicyForHer[];
  /** Index of the one being told. */
  at: number;
  privacyGiven: boolean;
  /** How much of it she has heard: what is written down for the officer. */
  heard: 'partly' | 'heard' | 'refused';
}

export type PolicyEvent = Said | { type: 'LOOKED'; policies: PolicyForHer[] } | { type: 'MARKED' };

const current = (context: PolicyContext) => context.policies[context.at];
const hasNext = (context: PolicyContext) => context.at + 1 < context.policies.length;
const MORE = 1;
const DO = 2;
const NEXT = 3;
const NO_MORE = -1;

/** What may be chosen after a policy: hear more, do it, the next one. */
function optionsOf(context: PolicyContext, detailTold: boolean): { n: number; phrase: string }[] {
  const list = [];
  if (!detailTold) list.push({ n: MORE, phrase: 'policy.optionMore' });
  if (current(context)?.matter)
    list.push({ n: DO, phrase: current(context)?.applies ? 'policy.optionApply' : 'policy.optionDo' });
  list.push(
    hasNext(context) ? { n: NEXT, phrase: 'policy.optionNext' } : { n: NO_MORE, phrase: 'policy.optionEnough' },
  );
  return list;
}

const picked = (context: PolicyContext, event: PolicyEvent, detailTold: boolean) => {
  const options = optionsOf(context, detailTold);
  if (event.type !== 'CHOSE') return undefined;
  return (event.n > 0 ? options[event.n - 1] : options[options.length + event.n])?.n;
};

const values = (context: PolicyContext) => {
  const one = current(context);
  return one ? { title: one.title, gist: one.gist, body: one.body, source: one.source } : {};
};

const choosingOn = (detailTold: boolean) => ({
  CHOSE: [
    ...(detailTold
      ? []
      : [
          {
            guard: ({ context, event }: { context: PolicyContext; event: PolicyEvent }) =>
              picked(context, event, detailTold) === MORE,
            target: 'tellingDetail' as const,
          },
        ]),
    {
      guard: ({ context, event }: { context: PolicyContext; event: PolicyEvent }) =>
        picked(context, event, detailTold) === DO,
      target: 'leadingOn',
    },
    {
      guard: ({ context, event }: { context: PolicyContext; event: PolicyEvent }) =>
        picked(context, event, detailTold) === NEXT,
      target: 'marking',
    },
    { target: 'markingLast' },
  ],
  YES: detailTold ? 'leadingOn' : 'tellingDetail',
  NO: [
    { guard: ({ context }: { context: PolicyContext }) => hasNext(context), target: 'marking' },
    { target: 'markingLast' },
  ],
  ...(detailTold ? {} : { GAVE: 'tellingDetail' }),
});

export const machine = setup({
  types: { context: {} as PolicyContext, events: {} as PolicyEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { policies: event.policies } : {})),
    next: assign(({ context }) => ({ at: context.at + 1, heard: 'partly' as const })),
    heardAll: assign({ heard: 'heard' as const }),
    declined: assign({ heard: 'refused' as const }),
    privacyGiven: assign({ privacyGiven: true }),
  },
  guards: {
    none: ({ context }) => context.policies.length === 0,
    sensitive: ({ context }) => current(context)?.sensitive === true && !context.privacyGiven,
    several: ({ context }) => context.policies.length > 1,
    hasNext: ({ context }) => hasNext(context),
    nothingElse: ({ context }) => !hasNext(context) && current(context)?.matter === undefined,
    applies: ({ context }) => current(context)?.applies === true && current(context)?.matter !== undefined,
    hasMatter: ({ context }) => current(context)?.matter !== undefined,
  },
}).createMachine({
  id: 'policy',
  context: ({ input }) => ({ ...input, policies: [], at: 0, privacyGiven: false, heard: 'partly' }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'counting' } },
    },
    counting: {
      always: [{ guard: 'none', target: 'none' }, { guard: 'several', target: 'announcing' }, { target: 'deciding' }],
    },
    announcing: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'policy.count', values: { count: context.policies.length } }),
      },
      always: 'deciding',
    },
    deciding: { always: [{ guard: 'sensitive', target: 'askingPrivacy' }, { target: 'telling' }] },
    askingPrivacy: {
      entry: { type: 'ask', params: { phrase: 'policy.private', for: 'yesno', offer: 'privacy' } },
      on: {
        YES: { actions: 'privacyGiven', target: 'telling' },
        NO: 'later',
        GAVE: 'later',
      },
    },
    telling: {
      entry: [
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.one', values: values(context) }) },
        { type: 'say', params: ({ context }) => current(context)?.reason ?? { phrase: 'policy.forEveryone' } },
        {
          type: 'ask',
          params: ({ context }) => ({
            phrase: 'policy.whatNext',
            for: 'choice',
            options: optionsOf(context, false).map((one) => ({ phrase: one.phrase })),
          }),
        },
      ],
      on: choosingOn(false),
    },
    tellingDetail: {
      entry: [
        'heardAll',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.detail', values: values(context) }) },
      ],
      always: [{ guard: 'nothingElse', target: 'markingLast' }, { target: 'askingOn' }],
    },
    askingOn: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'policy.whatNext',
          for: 'choice',
          options: optionsOf(context, true).map((one) => ({ phrase: one.phrase })),
        }),
      },
      on: choosingOn(true),
    },
    marking: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: { actions: 'next', target: 'deciding' } },
    },
    markingLast: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: 'done' },
    },
    leadingOn: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: {
        MARKED: [
          { guard: 'applies', target: 'toApply' },
          { guard: 'hasMatter', target: 'lead' },
          { actions: 'next', target: 'deciding' },
        ],
      },
    },
    lead: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'guide',
          intent: 'guide.lookup',
          slots: { item: current(context)?.matter ?? '' },
        }),
      },
    },
    toApply: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'apply',
          intent: 'apply.start',
          slots: { item: current(context)?.matter ?? '' },
        }),
      },
    },
    later: {
      entry: ['declined', { type: 'say', params: { phrase: 'policy.later' } }],
      always: [{ guard: 'hasNext', actions: 'next', target: 'deciding' }, { target: 'stopped' }],
    },
    stopped: { type: 'final' },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.none' } } },
    done: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.done' } } },
  },
});

export const policy: ErrandDefinition = { machine, version: 1 };
