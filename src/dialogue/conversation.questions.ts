/** The questions that the conversation itself asks, around every errand. */
import { and } from 'xstate';
import { type ConversationEvent, joined } from './conversation.facts.ts';
import { talking } from './conversation.setup.ts';
import type { Ask } from './errands/errand.ts';

const asksWhoAgain = [
  'missed',
  {
    type: 'ask',
    params: ({ event }: { event: ConversationEvent }): Ask => ({
      phrase: 'identity.whoAgain',
      for: 'resident',
      values: { names: event.names },
      options: event.names.map((name) => ({ phrase: 'identity.name', values: { name } })),
    }),
  },
] as const;

/** Nobody is to ring her: on with what was asked. */
const WITHOUT_PERSON = talking.createStateConfig({
  on: {
    NO: {
      target: 'attending',
      actions: [
        'understood',
        'forget',
        { type: 'say', params: { phrase: 'conversation.allRight' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
  },
}).on.NO;

/** Each leaves for `attending`. */
export const questions = talking.createStateConfig({
  states: {
    confirmingWish: {
      on: {
        YES: [
          { guard: 'pendingNeedsWho', target: 'askingWhoAfter', actions: 'understood' },
          {
            target: 'attending',
            actions: ['understood', { type: 'start', params: ({ context }) => ({ wish: context.pending }) }, 'forget'],
          },
        ],
        NO: {
          target: 'attending',
          actions: ['understood', 'forget', { type: 'say', params: { phrase: 'conversation.whatThen' } }],
        },
      },
    },
    /** The platform doubts that the speaker is where it was: nothing personal before she has said so. */
    askingHome: {
      on: {
        NO: [
          { guard: 'pendingNeedsWho', target: 'askingWhoAfter', actions: ['understood', 'isAtHome', 'settle'] },
          {
            target: 'attending',
            actions: [
              'understood',
              'isAtHome',
              'settle',
              { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
              'forget',
            ],
          },
        ],
        YES: {
          target: 'offeringPerson',
          actions: [
            'understood',
            'wantsOperator',
            { type: 'ask', params: { phrase: 'conversation.movedPerson', for: 'yesno', offer: 'callback' } },
          ],
        },
      },
    },
    askingWhoAfter: { always: 'askingWho' },
    askingWho: {
      entry: {
        type: 'ask',
        params: ({ event }) => ({
          phrase: 'identity.who',
          for: 'resident',
          values: { names: event.names },
          options: event.names.map((name) => ({ phrase: 'identity.name', values: { name } })),
        }),
      },
      on: {
        WHO: [
          {
            guard: 'speaksForBoth',
            target: 'attending',
            actions: [
              'understood',
              { type: 'identify', params: ({ event }) => ({ residentId: event.residentId }) },
              {
                type: 'say',
                params: ({ event }) => ({ phrase: 'identity.oneFirst', values: { called: event.called } }),
              },
              { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
              'forget',
            ],
          },
          {
            target: 'attending',
            actions: [
              'understood',
              { type: 'identify', params: ({ event }) => ({ residentId: event.residentId }) },
              { type: 'start', params: ({ context, event }) => ({ wish: joined(context.pending, event.wish) }) },
              'forget',
            ],
          },
        ],
        NO: { target: 'attending', actions: ['forget', { type: 'say', params: { phrase: 'identity.somebodyElse' } }] },
        /** 「是我」 tells nobody who. */
        YES: { actions: asksWhoAgain },
        ANSWER: { actions: asksWhoAgain },
      },
    },
    offeringWay: {
      on: {
        ANSWER: [
          {
            guard: 'choseWindow',
            target: 'attending',
            actions: [
              'understood',
              'drop',
              { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
              'forget',
            ],
          },
          {
            guard: 'choseVisit',
            target: 'attending',
            actions: [
              'understood',
              'wantsVisit',
              'drop',
              { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
              'forget',
            ],
          },
          { target: 'attending', actions: ['understood', 'forget', { type: 'askAgain', params: {} }] },
        ],
        YES: { target: 'attending', actions: ['understood', 'forget', { type: 'askAgain', params: {} }] },
        NO: { target: 'attending', actions: ['understood', 'forget', { type: 'askAgain', params: {} }] },
      },
    },
    offeringPerson: {
      on: {
        /** A fourth time the same would be a machine's: the way to a person is said, and she is left in peace. */
        UNCLEAR: [
          { guard: 'inNeed', actions: ['missed', { type: 'askAgain', params: {} }] },
          {
            guard: and(['asksSomething', 'firstMiss']),
            actions: [
              'missed',
              { type: 'say', params: { phrase: 'conversation.askCaller' } },
              { type: 'askAgain', params: {} },
            ],
          },
          {
            target: 'attending',
            actions: ['understood', 'forget', { type: 'say', params: { phrase: 'conversation.anyTime' } }, 'close'],
          },
        ],
        YES: {
          target: 'attending',
          actions: ['understood', { type: 'start', params: ({ context }) => ({ wish: context.pending }) }, 'forget'],
        },
        NO: WITHOUT_PERSON,
      },
    },
    /** Whoever rings her has it from here on: the question that led nowhere is not asked again. */
    offeringInstead: {
      on: {
        YES: {
          target: 'attending',
          actions: [
            'understood',
            'drop',
            { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
            'forget',
          ],
        },
        NO: WITHOUT_PERSON,
      },
    },
    resuming: {
      on: {
        LAUNCH: { target: 'attending', actions: ['understood', { type: 'askAgain', params: {} }] },
        YES: { target: 'attending', actions: ['understood', { type: 'askAgain', params: {} }] },
        NO: {
          target: 'attending',
          actions: ['understood', 'drop', { type: 'say', params: { phrase: 'conversation.whatThen' } }],
        },
      },
    },
  },
}).states;
