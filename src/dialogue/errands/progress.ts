/** 办理进度: her cases, newest first, in plain words; late is said honestly; what is ready leads on to a booking. */
import { and, not, or } from 'xstate';
import type { ErrandDefinition } from './errand.ts';
import { identifying } from './identify.ts';
import { applyFor, guideFor, leading, personFor, timeFor } from './leads.ts';
import { bookedValues, caseTold, checkOf, current, type ProgressContext, values } from './progress.facts.ts';
import { progressing } from './progress.setup.ts';

const machine = progressing.createMachine({
  id: 'progress',
  context: ({ input }) => ({ ...input, cases: [], at: 0, privacyGiven: false, unheard: false }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'counting' } },
    },
    counting: {
      always: [
        { guard: and(['none', 'comesHere', not('asksPart')]), target: 'toBooked' },
        { guard: and(['none', 'isVisited', not('asksPart')]), target: 'toVisit' },
        { guard: and(['namedNone', 'hasOther']), target: 'offeringOther' },
        { guard: and(['namedNone', 'asksMissing']), target: 'toGuide' },
        { guard: and(['namedNone', 'asksWhy']), target: 'toReason' },
        { guard: 'namedNone', target: 'noneOfThat' },
        { guard: and(['none', 'asksMissing', 'hasList']), target: 'toGuide' },
        { guard: and(['none', 'hasDraft']), target: 'toDraft' },
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
        { guard: and(['pressed', not('sensitive'), not('asksStep')]), target: 'offeringCheck' },
        { guard: or(['sensitive', 'refusal']), target: 'askingPrivacy' },
        { guard: 'asksOfPapers', target: 'offeringCheck' },
        { guard: 'asksOther', target: 'offeringCheck' },
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
      on: {
        YES: [
          { guard: 'sensitive', actions: 'privacyGiven', target: 'assuring' },
          { actions: 'unheard', target: 'deciding' },
        ],
        NO: 'later',
        GAVE: 'later',
      },
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
        { guard: 'pressed', target: 'offeringCheck' },
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
        { guard: 'tellsBoth', actions: 'next', target: 'deciding' },
        { guard: 'isBooked', target: 'tellingBooked' },
        { guard: 'ready', target: 'offeringPickup' },
        { guard: 'hasNext', target: 'askingNext' },
        { guard: 'lacking', target: 'offeringHandIn' },
        { target: 'told' },
      ],
    },
    /** What she has settled herself is told her, and not offered anew. */
    tellingBooked: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'progress.booked', values: bookedValues(context) }) },
      always: [{ guard: 'hasNext', target: 'askingNext' }, { target: 'told' }],
    },
    /** Of that there is nothing, of another there is: that is offered. */
    offeringOther: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'progress.noneButOther',
          for: 'yesno',
          offer: 'more',
          values: { matter: context.slots.item, other: context.other },
        }),
      },
      on: {
        YES: { actions: 'forgetMatter', target: 'looking' },
        NO: 'enough',
        GAVE: [
          { guard: 'otherMatter', actions: 'note', target: 'looking' },
          { actions: ['forgetMatter', 'note'], target: 'looking' },
        ],
      },
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
        GAVE: { guard: 'asksMore', actions: 'note', target: 'looking' },
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
    leading: leading((context: ProgressContext) => timeFor(current(context)?.matter, 'collect')),
    toHandIn: leading((context: ProgressContext) => timeFor(current(context)?.matter, 'hand_in')),
    toPerson: leading((context: ProgressContext) => personFor(current(context)?.matter, 'progress')),
    /** Nothing was handed in: what she still lacks stands on the list. */
    toGuide: leading((context: ProgressContext) =>
      guideFor(context.slots.item || context.list, { element: 'missing' }),
    ),
    /** Nothing was handed in: why she has it not is whether she may have it. */
    toReason: leading((context: ProgressContext) => guideFor(context.slots.item, { element: 'reason' })),
    /** Nothing is under way, and something waits half filled in: that is what she means. */
    toDraft: leading((context: ProgressContext) => applyFor(context.draft)),
    toBooked: leading((_: ProgressContext) => ({ errand: 'pickup', intent: 'pickup.query', slots: {} })),
    toVisit: leading((_: ProgressContext) => ({ errand: 'visit', intent: 'visit.request', slots: {} })),
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

export const progress: ErrandDefinition = { machine, version: 10 };
