/** Policies that concern her: the list, one at a time, why her, the detail when she asks; sensitive ones only after 「旁边方便吗」. */
import { and, assign, not, setup } from 'xstate';
import { acts, type ErrandDefinition, type Start } from './errand.ts';
import {
  current,
  DO,
  detailTold,
  hasNext,
  MORE,
  NEXT,
  type PolicyContext,
  type PolicyEvent,
  picked,
  values,
  wants,
  whatNext,
} from './policy.facts.ts';

/** What begins the telling anew. */
const FROM_THE_START = new Set(['', 'next', 'mine']);

export const machine = setup({
  types: { context: {} as PolicyContext, events: {} as PolicyEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { policies: event.policies } : {})),
    keepHeard: assign(({ context }) => ({ heard: current(context)?.heard ? ('heard' as const) : ('partly' as const) })),
    next: assign(({ context }) => ({ at: context.at + 1, heard: 'partly' as const })),
    previous: assign(({ context }) => ({ at: context.at - 1, heard: 'partly' as const })),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, element: event.slots.element ?? '' } } : {},
    ),
    answered: assign(({ context }) => ({ slots: { ...context.slots, element: '' } })),
    keepCheck: assign(({ event }) => (event.type === 'CHECKED' ? { eligibility: event.eligibility } : {})),
    heardAll: assign({ heard: 'heard' as const }),
    fromTheStart: assign({ heard: 'partly' as const }),
    declined: assign({ heard: 'refused' as const }),
    privacyGiven: assign({ privacyGiven: true }),
  },
  guards: {
    none: ({ context }) => context.policies.length === 0,
    sensitive: ({ context }) => current(context)?.sensitive === true && !context.privacyGiven,
    several: ({ context }) => context.policies.length > 1,
    hasNext: ({ context }) => hasNext(context),
    nothingElse: ({ context }) => !hasNext(context) && current(context)?.matter === undefined,
    detailTold: ({ context }) => detailTold(context),
    isFirst: ({ context }) => context.at === 0,
    /** Of what was told before this talk of policies began. */
    asksPart: ({ context }) => !FROM_THE_START.has(context.slots.element ?? ''),
    /** What there is for her, new or not. */
    asksWhatThereIs: ({ context }) => context.slots.element === 'mine',
    pickedMore: ({ context, event }) => picked(context, event) === MORE,
    pickedDo: ({ context, event }) => picked(context, event) === DO,
    pickedNext: ({ context, event }) => picked(context, event) === NEXT,
    gavePart: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.element),
    wantsWhy: wants('why'),
    wantsNoMore: wants('noMore'),
    wantsBefore: wants('before'),
    hasEnough: wants('enough'),
    wantsNext: wants('next'),
    wantsToKnowIfSheMay: wants('canI'),
    wantsHow: wants('how'),
    /** How much off it is for her: the guide knows it by age. */
    wantsDiscount: wants('discount'),
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
      always: [
        { guard: and(['none', 'asksWhatThereIs']), target: 'noneOfHers' },
        { guard: 'none', target: 'none' },
        { guard: and(['asksPart', not('sensitive')]), actions: 'keepHeard', target: 'turning' },
        { guard: 'several', target: 'announcing' },
        { target: 'deciding' },
      ],
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
        'answered',
        'fromTheStart',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.one', values: values(context) }) },
        { type: 'say', params: ({ context }) => current(context)?.reason ?? { phrase: 'policy.forEveryone' } },
      ],
      always: 'asking',
    },
    tellingDetail: {
      entry: [
        'heardAll',
        'answered',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.detail', values: values(context) }) },
      ],
      always: 'goingOn',
    },
    goingOn: {
      always: [{ guard: and(['detailTold', 'nothingElse']), target: 'markingLast' }, { target: 'asking' }],
    },
    asking: {
      entry: { type: 'ask', params: ({ context }) => whatNext(context) },
      on: {
        CHOSE: [
          { guard: 'pickedMore', target: 'tellingDetail' },
          { guard: 'pickedDo', target: 'leadingOn' },
          { guard: 'pickedNext', target: 'marking' },
          { target: 'markingLast' },
        ],
        YES: [
          { guard: 'pickedMore', target: 'tellingDetail' },
          { guard: 'pickedDo', target: 'leadingOn' },
          { target: 'marking' },
        ],
        NO: [{ guard: 'hasNext', target: 'marking' }, { target: 'markingLast' }],
        GAVE: [
          { guard: 'gavePart', actions: 'note', target: 'turning' },
          { guard: not('detailTold'), target: 'tellingDetail' },
        ],
      },
    },
    /** What she asks of the one being told. */
    turning: {
      always: [
        { guard: 'wantsWhy', target: 'explaining' },
        { guard: 'wantsNoMore', target: 'refusing' },
        { guard: and(['wantsBefore', not('isFirst')]), actions: 'previous', target: 'deciding' },
        { guard: 'wantsBefore', target: 'deciding' },
        { guard: 'hasEnough', target: 'markingLast' },
        { guard: and(['wantsNext', 'hasNext']), target: 'marking' },
        { guard: 'wantsNext', target: 'markingLast' },
        { guard: and(['wantsToKnowIfSheMay', 'hasMatter']), target: 'checking' },
        { guard: 'wantsToKnowIfSheMay', target: 'forHerKind' },
        { guard: and(['wantsHow', 'hasMatter']), target: 'leadingOn' },
        { guard: and(['wantsDiscount', 'hasMatter']), target: 'leadingToGuide' },
        { guard: not('detailTold'), target: 'tellingDetail' },
        { guard: 'hasMatter', target: 'leadingToGuide' },
        { target: 'notWritten' },
      ],
    },
    explaining: {
      entry: [
        'answered',
        { type: 'say', params: ({ context }) => current(context)?.reason ?? { phrase: 'policy.forEveryone' } },
      ],
      always: 'goingOn',
    },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: { CHECKED: { actions: 'keepCheck', target: 'checked' } },
    },
    checked: {
      entry: [
        'answered',
        { type: 'say', params: ({ context }) => context.eligibility ?? { phrase: 'policy.forHerKind' } },
      ],
      always: 'goingOn',
    },
    forHerKind: {
      entry: ['answered', { type: 'say', params: { phrase: 'policy.forHerKind' } }],
      always: 'goingOn',
    },
    /** It is not told to her again. */
    refusing: {
      entry: ['answered', 'declined', { type: 'run', params: { effect: 'mark' } }],
      on: { MARKED: 'refused' },
    },
    refused: {
      entry: { type: 'say', params: { phrase: 'policy.noMore' } },
      always: [{ guard: 'hasNext', actions: 'next', target: 'deciding' }, { target: 'stopped' }],
    },
    /** The text has no more: somebody who knows rings her. */
    notWritten: {
      entry: ['answered', { type: 'ask', params: { phrase: 'policy.notWritten', for: 'yesno', offer: 'callback' } }],
      on: {
        YES: 'toPerson',
        NO: 'declinedPerson',
        GAVE: [{ guard: 'gavePart', actions: 'note', target: 'turning' }, { target: 'goingOn' }],
      },
    },
    declinedPerson: {
      entry: { type: 'say', params: { phrase: 'policy.later' } },
      always: [{ guard: 'nothingElse', target: 'stopped' }, { target: 'asking' }],
    },
    leadingToGuide: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: 'lead' },
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
        MARKED: [{ guard: 'applies', target: 'toApply' }, { target: 'lead' }],
      },
    },
    lead: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'guide',
          intent: 'guide.lookup',
          slots: {
            item: current(context)?.matter ?? '',
            ...(context.slots.element === 'discount' ? { element: 'discount' } : {}),
          },
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
    toPerson: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'agent',
          intent: 'callback.request',
          slots: { item: current(context)?.matter ?? '', reason: 'policy' },
        }),
      },
    },
    later: {
      entry: ['declined', { type: 'say', params: { phrase: 'policy.later' } }],
      always: [{ guard: 'hasNext', actions: 'next', target: 'deciding' }, { target: 'stopped' }],
    },
    stopped: { type: 'final' },
    noneOfHers: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.noneOfHers' } } },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.none' } } },
    done: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.done' } } },
  },
});

export const policy: ErrandDefinition = { machine, version: 3 };
