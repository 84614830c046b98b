/** What the errand of telling policies can do, and what it decides by. */
import { assign, setup } from 'xstate';
import { acts, type Start } from './errand.ts';
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
  wants,
} from './policy.facts.ts';

/** What begins the telling anew. */
const FROM_THE_START = new Set(['', 'next', 'mine']);

/** Named actions and guards; the states stand in `policy.ts`. */
export const telling = setup({
  types: { context: {} as PolicyContext, events: {} as PolicyEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { policies: event.policies, open: event.open } : {})),
    keepHeard: assign(({ context }) => ({ heard: current(context)?.heard ? ('heard' as const) : ('partly' as const) })),
    next: assign(({ context }) => ({ at: context.at + 1, heard: 'partly' as const })),
    previous: assign(({ context }) => ({ at: context.at - 1, heard: 'partly' as const })),
    note: assign(({ context, event }) =>
      event.type === 'GAVE'
        ? { slots: { ...context.slots, part: '', ...event.slots, element: event.slots.element ?? '' } }
        : {},
    ),
    answered: assign(({ context }) => ({ slots: { ...context.slots, element: '' } })),
    keepCheck: assign(({ event }) => (event.type === 'CHECKED' ? { eligibility: event.eligibility } : {})),
    toTheFirst: assign({ at: 0 }),
    heardAll: assign({ heard: 'heard' as const }),
    fromTheStart: assign({ heard: 'partly' as const }),
    declined: assign({ heard: 'refused' as const }),
    privacyGiven: assign({ privacyGiven: true }),
  },
  guards: {
    none: ({ context }) => context.policies.length === 0,
    namesMatter: ({ context }) => Boolean(context.slots.item),
    sensitive: ({ context }) => current(context)?.sensitive === true && !context.privacyGiven,
    several: ({ context }) => context.policies.length > 1,
    hasNext: ({ context }) => hasNext(context),
    nothingElse: ({ context }) => !hasNext(context) && current(context)?.matter === undefined,
    detailTold: ({ context }) => detailTold(context),
    isFirst: ({ context }) => context.at === 0,
    /** Of what was told before this talk of policies began. */
    asksPart: ({ context }) => !FROM_THE_START.has(context.slots.element ?? ''),
    /** What there is for her, new or not. */
    mayApply: ({ context }) => context.open !== undefined && context.open.may.length > 0,
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
    /** Some sentences of its text answer her. */
    wantsPart: wants('part'),
    /** In detail, and she has heard all there is. */
    wantsAll: wants('all'),
    wantsSource: wants('source'),
    unwritten: wants('unwritten'),
    /** She takes up what the text offers: somebody is to ask for her. */
    wantsItAsked: wants('askForMe'),
    applies: ({ context }) => current(context)?.applies === true && current(context)?.matter !== undefined,
    hasMatter: ({ context }) => current(context)?.matter !== undefined,
  },
});
