/** Somebody at home died, is in hospital or moves: asked once by name, stopped on a yes, and undone when it was a mistake. */
import type { LifeTold, Wish } from './conversation.facts.ts';
import { talking } from './conversation.setup.ts';

const lifeOf = (event: { type: string; life?: LifeTold }): LifeTold =>
  event.life ?? { how: 'told', state: 'moved', self: false };
/** She is told of herself as 您. */
const phraseOf = (head: string, { state, self }: LifeTold) => `conversation.${head}_${state}${self ? '_self' : ''}`;

const knownAlready = {
  type: 'say',
  params: ({ event }: { event: { type: string; life?: LifeTold } }) => ({
    phrase: `conversation.lifeKnown_${lifeOf(event).state}`,
    values: { called: lifeOf(event).called },
  }),
} as const;
/** What is owed to her is told, and nothing offered. */
const REMINDS: Wish = { intent: 'callback.request', slots: { about: 'remind' } };

/** Valid in every state. */
export const life = talking.createStateConfig({
  on: {
    LIFE: [
      {
        guard: 'lifeAhead',
        target: '.attending',
        actions: [
          'understood',
          'forgetLife',
          { type: 'say', params: ({ event }) => ({ phrase: `conversation.lifeAhead_${lifeOf(event).state}` }) },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        guard: 'lifeStandsBeside',
        target: '.attending',
        actions: ['understood', 'forgetLife', knownAlready, { type: 'askAgain', params: { back: true } }],
      },
      /** And who rings about it, where somebody does. */
      {
        guard: 'lifeStands',
        target: '.attending',
        actions: ['understood', 'forgetLife', knownAlready, { type: 'start', params: { wish: REMINDS } }],
      },
      {
        guard: 'lifeElsewhere',
        target: '.offeringPerson',
        actions: [
          'understood',
          'wantsLifePerson',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: `conversation.lifeOther_${lifeOf(event).state}`,
              for: 'yesno',
              offer: 'callback',
            }),
          },
        ],
      },
      { guard: 'lifeOpen', target: '.askingLife', actions: ['understood', 'keepLife'] },
      {
        guard: 'lifeBack',
        target: '.confirmingReturn',
        actions: [
          'understood',
          'keepLife',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: phraseOf('lifeBack', lifeOf(event)),
              for: 'yesno',
              offer: 'return',
              values: { called: lifeOf(event).called },
            }),
          },
        ],
      },
      {
        target: '.confirmingLife',
        actions: [
          'understood',
          'keepLife',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: phraseOf('life', lifeOf(event)),
              for: 'yesno',
              offer: 'life',
              values: { called: lifeOf(event).called },
            }),
          },
        ],
      },
    ],
  },
}).on;

/** It was not so after all. */
const nothingChanges = {
  target: 'attending',
  actions: [
    'understood',
    'forgetLife',
    { type: 'say', params: { phrase: 'conversation.allRight' } },
    { type: 'askAgain', params: { back: true } },
  ],
} as const;

/** Each leaves for `attending`. */
export const lifeQuestions = talking.createStateConfig({
  states: {
    /** It is asked once, kindly: everything of that person stops on her yes. */
    confirmingLife: {
      on: {
        YES: {
          target: 'attending',
          actions: ['understood', { type: 'stopFor', params: ({ context }) => ({ life: context.life }) }, 'forgetLife'],
        },
        NO: nothingChanges,
      },
    },
    confirmingReturn: {
      on: {
        YES: {
          target: 'attending',
          actions: [
            'understood',
            { type: 'resumeFor', params: ({ context }) => ({ life: context.life }) },
            'forgetLife',
          ],
        },
        NO: nothingChanges,
      },
    },
    /** Of whom: whoever is named is asked about once more before anything stops. */
    askingLife: {
      entry: {
        type: 'ask',
        params: ({ event }) => ({
          phrase: 'conversation.lifeWho',
          for: 'resident',
          values: { names: event.names },
          options: event.names.map((name) => ({ phrase: 'identity.name', values: { name } })),
        }),
      },
      on: {
        WHO: {
          target: 'confirmingLife',
          actions: [
            'understood',
            'keepWhose',
            {
              type: 'ask',
              params: ({ context }) => ({
                phrase: `conversation.life_${context.life?.state ?? 'moved'}`,
                for: 'yesno',
                offer: 'life',
                values: { called: context.life?.called },
              }),
            },
          ],
        },
        NO: {
          target: 'attending',
          actions: ['forgetLife', { type: 'say', params: { phrase: 'conversation.allRight' } }],
        },
      },
    },
  },
}).states;
