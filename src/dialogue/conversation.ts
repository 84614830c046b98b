/**
 * Repair, once for all errands: what is not understood, silence, control words, side questions, safety.
 * It decides what becomes of an utterance; the errand in hand only ever hears answers to its own question.
 */
import { assign, setup } from 'xstate';
import type { Values } from '../speech/speech.ts';
import type { Intent, Slots } from '../understanding/meaning.ts';
import { type Ask, type Run, returned, type Tell } from './errands/errand.ts';

export interface Wish {
  intent: Intent;
  slots: Slots;
  /** The sentence itself, for an errand that takes her words. */
  words?: string;
}

export interface LifeEvent {
  residentId: string;
  called: string;
  state: 'deceased' | 'hospital' | 'moved';
}

export interface ConversationContext {
  /** Turns in a row that were not understood. */
  misses: number;
  /** Turns in a row without a word. */
  silences: number;
  /** What waits for a yes, or for knowing who is speaking. */
  pending?: Wish;
  /** What she says has become of somebody at home. */
  life?: LifeEvent;
  /** Sentences in a row that were the television's. */
  noises: number;
  /** She asked for a moment: silence is no silence now. */
  holding: boolean;
  /** She said that she is at home, though the platform doubts it. */
  atHome: boolean;
}

/** Facts about the moment, worked out by the engine: the machine only decides. */
export interface Moment {
  /** An errand waits for an answer. */
  inErrand: boolean;
  /** Something was asked: silence is then worth a second try. */
  asked: boolean;
  /** How many may be speaking, and nobody knows which. */
  whoIsOpen: boolean;
  /** The speaker is said to be somewhere else than it is used to be. */
  elsewhere: boolean;
  names: string[];
  values: Values;
}

type About = Moment & { slots: Slots };

export type ConversationEvent =
  | ({ type: 'LAUNCH' } & Moment)
  | ({ type: 'SILENCE' } & Moment)
  | ({ type: 'UNCLEAR'; noise: boolean } & Moment)
  /** A wish that opens an errand. */
  | ({ type: 'WISH'; wish: Wish; doubtful: boolean; buildable: boolean; personal: boolean } & Moment)
  /** An answer to the question in hand. */
  | ({ type: 'ANSWER' } & Moment)
  /** The errand had use for what was delivered. */
  | ({ type: 'HEARD' } & Moment)
  | ({ type: 'YES' } & Moment)
  | ({ type: 'NO' } & Moment)
  | ({ type: 'WHO'; residentId: string } & Moment)
  /** Four digits were said while they were asked for; the digits themselves stay with the engine. */
  | ({ type: 'PIN' } & Moment)
  /** So many digits that they may be a card's. */
  | ({ type: 'CARD' } & Moment)
  /** Somebody at home died, is in hospital or moved away. */
  | ({ type: 'LIFE'; life: LifeEvent } & Moment)
  /** She has heard enough. */
  | ({ type: 'ENOUGH' } & Moment)
  | ({ type: ControlType } & About);

const CONTROL = {
  repeat: 'REPEAT',
  slower: 'SLOWER',
  faster: 'FASTER',
  louder: 'LOUDER',
  softer: 'SOFTER',
  help: 'HELP',
  cancel: 'CANCEL',
  stop: 'STOP',
  wait: 'WAIT',
  why: 'WHY',
  emergency: 'EMERGENCY',
  'scam.check': 'SCAM',
  'push.optout': 'PERSONAL_DATA',
  'privacy.erase': 'PERSONAL_DATA',
  'privacy.who': 'PERSONAL_DATA',
  smalltalk: 'SMALLTALK',
  out_of_scope: 'ELSEWHERE',
} as const;
type ControlType = (typeof CONTROL)[keyof typeof CONTROL];

/** The event of an intent that is valid in every state; undefined for wishes and answers. */
export const controlEvent = (intent: Intent): ControlType | undefined =>
  (CONTROL as Partial<Record<Intent, ControlType>>)[intent];

/** What the conversation asks of the engine, beside say, ask and run. */
export type Directive =
  | { type: 'deliver' }
  | { type: 'start'; wish?: Wish }
  | { type: 'identify'; residentId: string; greets?: boolean }
  | { type: 'checkPin' }
  | { type: 'drop' }
  | { type: 'dropAll' }
  | { type: 'askAgain'; back?: boolean }
  | { type: 'repeatLast' }
  | { type: 'explain' }
  | { type: 'helpNow'; whole?: boolean }
  | { type: 'pace'; by: number }
  | { type: 'stopFor'; life?: LifeEvent }
  | { type: 'close' };

const SLOWER = -30;
const FASTER = 30;
const EMERGENCIES = new Set(['medical', 'fire', 'gas', 'crime', 'fall', 'self_harm']);
/** The spoken line for an emergency of this kind; 120's when the kind is not known. */
export const emergencyPhrase = (kind: string | undefined) =>
  `conversation.emergency_${kind && EMERGENCIES.has(kind) ? kind : 'medical'}`;

export const machine = setup({
  types: { context: {} as ConversationContext, events: {} as ConversationEvent },
  actions: {
    say: (_, _params: Tell) => returned(),
    ask: (_, _params: Ask) => returned(),
    run: (_, _params: Run) => returned(),
    deliver: () => returned(),
    start: (_, _params: { wish?: Wish }) => returned(),
    identify: (_, _params: { residentId: string; greets?: boolean }) => returned(),
    checkPin: () => returned(),
    drop: () => returned(),
    dropAll: () => returned(),
    askAgain: (_, _params: { back?: boolean }) => returned(),
    repeatLast: () => returned(),
    explain: () => returned(),
    helpNow: (_, _params: { whole?: boolean }) => returned(),
    pace: (_, _params: { by: number }) => returned(),
    stopFor: (_, _params: { life?: LifeEvent }) => returned(),
    close: () => returned(),
    understood: assign({ misses: 0, silences: 0, noises: 0, holding: false }),
    missed: assign({ misses: ({ context }) => context.misses + 1, silences: 0, noises: 0, holding: false }),
    drowned: assign({ noises: ({ context }) => context.noises + 1 }),
    hold: assign({ holding: true }),
    isAtHome: assign({ atHome: true }),
    wantsOperator: assign({
      pending: { intent: 'agent.call' as const, slots: { agreed: 'yes', reason: 'moved' } },
    }),
    silent: assign({ silences: ({ context }) => context.silences + 1 }),
    remember: assign(({ event }) => (event.type === 'WISH' ? { pending: event.wish } : {})),
    forget: assign({ pending: undefined }),
    keepLife: assign(({ event }) => (event.type === 'LIFE' ? { life: event.life } : {})),
    forgetLife: assign({ life: undefined }),
    wantsPerson: assign({ pending: { intent: 'agent.call' as const, slots: { agreed: 'yes' } } }),
  },
  guards: {
    inErrand: ({ event }) => event.inErrand,
    noise: ({ event }) => event.type === 'UNCLEAR' && event.noise,
    drownedBefore: ({ context, event }) => event.type === 'UNCLEAR' && event.noise && context.noises > 0,
    holding: ({ context }) => context.holding,
    heldErrand: ({ context, event }) => context.holding && event.inErrand,
    elsewhere: ({ context, event }) => event.type === 'WISH' && event.personal && event.elsewhere && !context.atHome,
    firstMiss: ({ context }) => context.misses === 0,
    secondMiss: ({ context }) => context.misses === 1,
    firstSilence: ({ context }) => context.silences === 0,
    secondSilence: ({ context }) => context.silences === 1,
    doubtful: ({ event }) => event.type === 'WISH' && event.doubtful,
    notBuilt: ({ event }) => event.type === 'WISH' && !event.buildable,
    whoIsOpen: ({ event }) => event.type === 'WISH' && event.personal && event.whoIsOpen,
    pendingNeedsWho: ({ event }) => event.whoIsOpen,
  },
}).createMachine({
  id: 'conversation',
  context: { misses: 0, silences: 0, noises: 0, holding: false, atHome: false },
  initial: 'attending',
  on: {
    LAUNCH: [
      { guard: 'heldErrand', actions: ['understood', { type: 'askAgain', params: {} }] },
      {
        guard: 'inErrand',
        target: '.resuming',
        actions: [
          'understood',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: 'conversation.resume',
              for: 'yesno',
              offer: 'resume',
              values: event.values,
            }),
          },
        ],
      },
      { target: '.attending', actions: ['understood', { type: 'run', params: { effect: 'greet' } }] },
    ],
    SILENCE: [
      { guard: 'holding', actions: 'close' },
      { guard: ({ event }) => !event.asked, actions: 'close' },
      { guard: 'firstSilence', actions: ['silent', { type: 'askAgain', params: {} }] },
      {
        guard: 'secondSilence',
        actions: ['silent', { type: 'say', params: { phrase: 'conversation.noRush' } }],
      },
      { actions: ['understood', { type: 'say', params: { phrase: 'conversation.comeBack' } }, 'close'] },
    ],
    UNCLEAR: [
      { guard: 'drownedBefore', actions: 'close' },
      { guard: 'noise', actions: ['drowned', { type: 'say', params: { phrase: 'conversation.television' } }] },
      {
        guard: ({ context, event }) => event.inErrand && context.misses === 0,
        actions: [
          'missed',
          { type: 'say', params: { phrase: 'conversation.notHeard' } },
          { type: 'askAgain', params: {} },
        ],
      },
      { guard: 'firstMiss', actions: ['missed', { type: 'say', params: { phrase: 'conversation.notHeardOpen' } }] },
      {
        guard: ({ context, event }) => event.inErrand && context.misses === 1,
        actions: ['missed', { type: 'helpNow', params: { whole: true } }],
      },
      {
        guard: 'secondMiss',
        actions: ['missed', { type: 'ask', params: { phrase: 'conversation.choices', for: 'nothing' } }],
      },
      {
        target: '.offeringPerson',
        actions: [
          'missed',
          'wantsPerson',
          { type: 'ask', params: { phrase: 'conversation.offerPerson', for: 'yesno', offer: 'callback' } },
        ],
      },
    ],
    WISH: [
      {
        guard: 'notBuilt',
        target: '.offeringPerson',
        actions: [
          'understood',
          assign(({ event }) =>
            event.type === 'WISH'
              ? {
                  pending: {
                    intent: 'agent.call' as const,
                    slots: { ...event.wish.slots, reason: event.wish.intent, agreed: 'yes' },
                  },
                }
              : {},
          ),
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
              phrase: `conversation.meant_${event.type === 'WISH' ? event.wish.intent.replace('.', '_') : ''}`,
              for: 'yesno',
              values: event.type === 'WISH' ? event.wish.slots : {},
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
    HEARD: { actions: 'understood' },
    YES: [{ guard: 'inErrand', actions: 'deliver' }, { actions: ['understood', 'close'] }],
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
    PIN: { target: '.attending', actions: ['understood', 'checkPin'] },
    CARD: {
      actions: ['understood', { type: 'say', params: { phrase: 'identity.card' } }, { type: 'askAgain', params: {} }],
    },
    LIFE: {
      target: '.confirmingLife',
      actions: [
        'understood',
        'keepLife',
        {
          type: 'ask',
          params: ({ event }) => ({
            phrase: `conversation.life_${event.type === 'LIFE' ? event.life.state : ''}`,
            for: 'yesno',
            offer: 'life',
            values: { called: event.type === 'LIFE' ? event.life.called : '' },
          }),
        },
      ],
    },
    ENOUGH: { target: '.attending', actions: ['understood', 'forget', 'dropAll', 'close'] },
    REPEAT: { actions: ['understood', 'repeatLast'] },
    SLOWER: { actions: ['understood', { type: 'pace', params: { by: SLOWER } }, 'repeatLast'] },
    FASTER: { actions: ['understood', { type: 'pace', params: { by: FASTER } }, 'repeatLast'] },
    LOUDER: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.louder' } },
        { type: 'askAgain', params: {} },
      ],
    },
    SOFTER: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.softer' } },
        { type: 'askAgain', params: {} },
      ],
    },
    HELP: { actions: ['understood', { type: 'helpNow', params: {} }] },
    CANCEL: [
      {
        guard: 'inErrand',
        target: '.attending',
        actions: [
          'understood',
          'forget',
          'drop',
          { type: 'say', params: { phrase: 'conversation.dropped' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        target: '.attending',
        actions: ['understood', { type: 'say', params: { phrase: 'conversation.allRight' } }, 'close'],
      },
    ],
    STOP: {
      target: '.attending',
      actions: ['understood', 'forget', { type: 'say', params: { phrase: 'conversation.goodbye' } }, 'close'],
    },
    WAIT: { actions: ['understood', 'hold', { type: 'say', params: { phrase: 'conversation.waiting' } }] },
    WHY: { actions: ['understood', 'explain'] },
    EMERGENCY: {
      actions: [
        'understood',
        {
          type: 'say',
          params: ({ event }) => ({ phrase: emergencyPhrase('slots' in event ? event.slots.kind : undefined) }),
        },
        { type: 'run', params: { effect: 'alert' } },
      ],
    },
    SCAM: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.scam' } },
        { type: 'run', params: { effect: 'callLog' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
    PERSONAL_DATA: {
      target: '.offeringPerson',
      actions: [
        'understood',
        assign({ pending: { intent: 'agent.call' as const, slots: { reason: 'privacy', agreed: 'yes' } } }),
        { type: 'ask', params: { phrase: 'conversation.personalData', for: 'yesno', offer: 'callback' } },
      ],
    },
    SMALLTALK: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.smalltalk' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
    ELSEWHERE: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.elsewhere' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
  },
  states: {
    attending: {},
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
    /** It is asked once, kindly: everything of that person stops on her yes. */
    confirmingLife: {
      on: {
        YES: {
          target: 'attending',
          actions: ['understood', { type: 'stopFor', params: ({ context }) => ({ life: context.life }) }, 'forgetLife'],
        },
        NO: {
          target: 'attending',
          actions: [
            'understood',
            'forgetLife',
            { type: 'say', params: { phrase: 'conversation.allRight' } },
            { type: 'askAgain', params: { back: true } },
          ],
        },
      },
    },
    /** The platform doubts that the speaker is where it was: nothing personal before she has said so. */
    askingHome: {
      on: {
        NO: [
          { guard: 'pendingNeedsWho', target: 'askingWhoAfter', actions: ['understood', 'isAtHome'] },
          {
            target: 'attending',
            actions: [
              'understood',
              'isAtHome',
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
        WHO: {
          target: 'attending',
          actions: [
            'understood',
            { type: 'identify', params: ({ event }) => ({ residentId: event.residentId }) },
            { type: 'start', params: ({ context }) => ({ wish: context.pending }) },
            'forget',
          ],
        },
        NO: { target: 'attending', actions: ['forget', { type: 'say', params: { phrase: 'identity.somebodyElse' } }] },
        ANSWER: {
          actions: [
            'missed',
            {
              type: 'ask',
              params: ({ event }) => ({
                phrase: 'identity.whoAgain',
                for: 'resident',
                values: { names: event.names },
                options: event.names.map((name) => ({ phrase: 'identity.name', values: { name } })),
              }),
            },
          ],
        },
      },
    },
    offeringPerson: {
      on: {
        /** A fourth time the same would be a machine's: the way to a person is said, and she is left in peace. */
        UNCLEAR: {
          target: 'attending',
          actions: ['understood', 'forget', { type: 'say', params: { phrase: 'conversation.anyTime' } }, 'close'],
        },
        YES: {
          target: 'attending',
          actions: ['understood', { type: 'start', params: ({ context }) => ({ wish: context.pending }) }, 'forget'],
        },
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
});
