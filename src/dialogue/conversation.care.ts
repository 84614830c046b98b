/** What comes before everything at any moment: her safety, her money, her privacy, and how she is. */
import { aboutOf } from './conversation.facts.ts';
import { talking } from './conversation.setup.ts';
import {
  dataPhrase,
  emergencyPhrase,
  leftPhrase,
  numberPhrase,
  safePhrase,
  scamPhrase,
  smalltalkPhrase,
  stayPhrase,
} from './conversation.told.ts';

const LOOKS_IN = { phrase: 'conversation.looksIn', for: 'yesno', offer: 'callback' } as const;

/** Valid in every state. */
export const care = talking.createStateConfig({
  on: {
    WHO_COMES: { actions: ['understood', { type: 'run', params: { effect: 'alarm' } }] },
    ADDRESS: { actions: ['understood', { type: 'run', params: { effect: 'address' } }] },
    NUMBER: {
      actions: [
        'understood',
        { type: 'say', params: ({ event }) => ({ phrase: numberPhrase('kind' in event ? event.kind : '') }) },
      ],
    },
    STAY: { actions: ['understood', { type: 'say', params: ({ event }) => ({ phrase: stayPhrase(event.alarm) }) }] },
    KIN_TOLD: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.kinNotTold' } }] },
    HELP_OFF: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.alarmStands' } },
        { type: 'askAgain', params: { back: true } },
      ],
    },
    SAFE: {
      actions: [
        'understood',
        'calm',
        { type: 'say', params: ({ event }) => ({ phrase: safePhrase(event.kind) }) },
        { type: 'askAgain', params: { back: true } },
      ],
    },
    COMPANY: {
      actions: ['understood', { type: 'ask', params: { phrase: 'conversation.company', for: 'nothing' } }],
    },
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
          { type: 'run', params: { effect: 'callLog' } },
          { type: 'say', params: { phrase: 'conversation.scam' } },
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
      /** Money is wanting for food or medicine: somebody of the station rings her about it. */
      {
        guard: 'inHardship',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsRelief',
          { type: 'ask', params: { phrase: 'conversation.hardship', for: 'yesno', offer: 'callback' } },
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
      /** What a death leaves to be done, where nobody is to ring her about it yet. */
      {
        guard: 'leftAlone',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsLifePerson',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: leftPhrase(aboutOf(event)) ?? 'conversation.left_papers',
              for: 'yesno',
              offer: 'callback',
            }),
          },
        ],
      },
      /** Grief is no digression from the errand: that is left, and so is the offer of somebody about his papers. */
      {
        guard: 'grieves',
        target: '.attending',
        actions: [
          'understood',
          'forget',
          'dropAll',
          { type: 'say', params: { phrase: 'conversation.smalltalk_sorrow' } },
        ],
      },
      {
        actions: [
          'understood',
          { type: 'say', params: ({ event }) => ({ phrase: smalltalkPhrase(aboutOf(event)) }) },
          { type: 'askAgain', params: { back: true } },
        ],
      },
    ],
  },
}).on;
