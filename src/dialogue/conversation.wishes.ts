/** A wish opens an errand, once it is sure what she means, who speaks, and where; an answer goes to the errand in hand. */
import { talking } from './conversation.setup.ts';
import { wishAsked } from './conversation.told.ts';

/** Valid in every state. */
export const wishes = talking.createStateConfig({
  on: {
    WISH: [
      {
        guard: 'notBuilt',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsPersonInstead',
          { type: 'ask', params: { phrase: 'conversation.byPerson', for: 'yesno', offer: 'callback' } },
        ],
      },
      {
        guard: 'doubtful',
        target: '.confirmingWish',
        actions: [
          'understood',
          'remember',
          {
            type: 'ask',
            params: ({ event }) => ({
              ...(event.type === 'WISH' ? wishAsked(event.wish) : { phrase: 'conversation.whatThen' }),
              for: 'yesno',
            }),
          },
        ],
      },
      {
        guard: 'elsewhere',
        target: '.askingHome',
        actions: [
          'understood',
          'remember',
          { type: 'ask', params: { phrase: 'common.movedHouse', for: 'yesno', offer: 'moved' } },
        ],
      },
      { guard: 'whoIsOpen', target: '.askingWho', actions: ['understood', 'remember'] },
      {
        target: '.attending',
        actions: [
          'understood',
          'forget',
          { type: 'start', params: ({ event }) => (event.type === 'WISH' ? { wish: event.wish } : {}) },
        ],
      },
    ],
    ANSWER: { target: '.attending', actions: 'deliver' },
    YES: [
      { guard: 'inErrand', actions: 'deliver' },
      // 「对」 to 「您说的是谁」 is no answer, and ends nothing.
      {
        guard: 'inQuestion',
        actions: [
          'missed',
          { type: 'say', params: { phrase: 'conversation.notHeard' } },
          { type: 'askAgain', params: {} },
        ],
      },
      { actions: ['understood', { type: 'say', params: { phrase: 'conversation.allRight' } }, 'close'] },
    ],
    /** Nothing is done in the world on half a yes: it is asked once, plainly. */
    HALF_YES: {
      actions: [
        'understood',
        {
          type: 'ask',
          params: ({ event }) => ({
            phrase: 'conversation.shallI',
            for: 'yesno',
            offer: event.type === 'HALF_YES' ? event.offer : '',
          }),
        },
      ],
    },
    NO: [
      { guard: 'inErrand', actions: 'deliver' },
      { actions: ['understood', { type: 'say', params: { phrase: 'conversation.allRight' } }, 'close'] },
    ],
    WHO: {
      target: '.attending',
      actions: [
        'understood',
        {
          type: 'identify',
          params: ({ event }) => ({ residentId: event.type === 'WHO' ? event.residentId : '', greets: true }),
        },
      ],
    },
    INTRODUCED: {
      actions: [
        'understood',
        {
          type: 'identify',
          params: ({ event }) => ({ residentId: event.type === 'INTRODUCED' ? event.residentId : '', quiet: true }),
        },
        { type: 'askAgain', params: {} },
      ],
    },
    PIN: { target: '.attending', actions: ['understood', 'checkPin'] },
    MISTAKEN: { target: '.attending', actions: ['understood', 'forgetLife', 'undoLife'] },
  },
}).on;
