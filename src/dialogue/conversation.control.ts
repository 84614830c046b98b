/** What steers the talk at any moment, and what comes before everything: safety, privacy. */
import {
  aboutOf,
  asideIn,
  dataPhrase,
  droppedPhrase,
  emergencyPhrase,
  numberPhrase,
  scamPhrase,
  smalltalkPhrase,
  stayPhrase,
} from './conversation.facts.ts';
import { talking } from './conversation.setup.ts';

const SLOWER = -30;
const FASTER = 30;
const LOOKS_IN = { phrase: 'conversation.looksIn', for: 'yesno', offer: 'callback' } as const;

/** Valid in every state. */
export const control = talking.createStateConfig({
  on: {
    WHO_COMES: { actions: ['understood', { type: 'run', params: { effect: 'alarm' } }] },
    NUMBER: {
      actions: [
        'understood',
        { type: 'say', params: ({ event }) => ({ phrase: numberPhrase('kind' in event ? event.kind : '') }) },
      ],
    },
    STAY: { actions: ['understood', { type: 'say', params: ({ event }) => ({ phrase: stayPhrase(event.alarm) }) }] },
    SAFE: {
      actions: [
        'understood',
        'calm',
        { type: 'say', params: { phrase: 'conversation.safe' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
    /** Answered, and back to the same question. */
    ASIDE: {
      actions: ['understood', { type: 'say', params: ({ event }) => asideIn(event) }, { type: 'askAgain', params: {} }],
    },
    COMPANY: {
      actions: ['understood', { type: 'ask', params: { phrase: 'conversation.company', for: 'nothing' } }],
    },
    /** In the middle of a question it is answered and asked on; else it is how she takes leave. */
    THANKS: [
      {
        guard: 'binding',
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.welcome' } },
          { type: 'askAgain', params: {} },
        ],
      },
      {
        target: '.attending',
        actions: ['understood', 'forget', 'dropAll', { type: 'say', params: { phrase: 'conversation.welcome' } }],
      },
    ],
    PACKED: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.packed' } }] },
    UNPACKED: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.unpacked' } }] },
    /** What she keeps to herself she may tell a person: at the window, or at home. */
    REFUSES: {
      target: '.offeringWay',
      actions: [
        'understood',
        'keepMatter',
        {
          type: 'ask',
          params: {
            phrase: 'conversation.otherWay',
            for: 'choice',
            options: [
              { phrase: 'conversation.wayWindow' },
              { phrase: 'conversation.wayVisit' },
              { phrase: 'conversation.wayOn' },
            ],
          },
        },
      ],
    },
    /** What is half done stays as it is, for when she comes back. */
    LATER: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.later' } }, 'close'] },
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
          { type: 'say', params: ({ event }) => ({ phrase: droppedPhrase(event) }) },
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
    CARD: {
      actions: ['understood', { type: 'say', params: { phrase: 'identity.card' } }, { type: 'askAgain', params: {} }],
    },
    /** What is gone, or given away: the police and the bank first, then a person. */
    SCAM: [
      {
        guard: 'robbed',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsHelpWithMoney',
          {
            type: 'ask',
            params: ({ event }) => ({ phrase: scamPhrase(aboutOf(event)), for: 'yesno', offer: 'callback' }),
          },
        ],
      },
      {
        guard: 'asksOfScam',
        actions: [
          'understood',
          { type: 'say', params: ({ event }) => ({ phrase: scamPhrase(aboutOf(event)) }) },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.scam' } },
          { type: 'run', params: { effect: 'callLog' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
    ],
    PERSONAL_DATA: {
      target: '.offeringPerson',
      actions: [
        'understood',
        'wantsDataDesk',
        {
          type: 'ask',
          params: ({ event }) => ({
            phrase: dataPhrase('slots' in event ? event.slots.right : undefined),
            for: 'yesno',
            offer: 'callback',
          }),
        },
      ],
    },
    SMALLTALK: [
      /** Somebody at home does her harm: whom to ring, and somebody who comes. */
      {
        guard: 'harmed',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsHelpAtHome',
          { type: 'ask', params: { phrase: 'conversation.harm', for: 'yesno', offer: 'callback' } },
        ],
      },
      /** Somebody comes and looks in on her; the visit she began to wish for is that. */
      {
        guard: 'lonelyInVisit',
        target: '.offeringPerson',
        actions: ['understood', 'drop', 'wantsCompany', { type: 'ask', params: LOOKS_IN }],
      },
      {
        guard: 'lonely',
        target: '.offeringPerson',
        actions: ['understood', 'wantsCompany', { type: 'ask', params: LOOKS_IN }],
      },
      /** Grief is no digression from the errand: that is left. */
      {
        guard: 'grieves',
        actions: ['understood', 'dropAll', { type: 'say', params: { phrase: 'conversation.smalltalk_sorrow' } }],
      },
      {
        actions: [
          'understood',
          { type: 'say', params: ({ event }) => ({ phrase: smalltalkPhrase(aboutOf(event)) }) },
          { type: 'askAgain', params: { back: true } },
        ],
      },
    ],
    ELSEWHERE: [
      {
        guard: 'asksTheTime',
        actions: [
          'understood',
          { type: 'run', params: { effect: 'now' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        guard: 'wantsFamily',
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.family' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.elsewhere' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
    ],
  },
}).on;
