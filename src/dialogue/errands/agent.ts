/** A person: when nobody is free to take the call, a callback that keeps its place, to a number she has agreed to. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import {
  type Ask,
  type ErrandDefinition,
  type Remembered,
  type Run,
  returned,
  type Said,
  type Start,
  type Tell,
} from './errand.ts';

export interface CallbackForHer {
  station: string;
  clerk?: string;
  day: string;
  time: string;
  place: number;
  already: boolean;
  phoneTail?: string;
}

export interface AgentContext extends Remembered {
  phoneTail?: string;
  callback?: CallbackForHer;
}

export type AgentEvent =
  | Said
  | { type: 'LOOKED'; phoneTail?: string }
  | { type: 'REQUESTED'; callback: CallbackForHer };

const values = (context: AgentContext): Values => ({
  station: context.callback?.station,
  clerk: context.callback?.clerk,
  day: context.callback?.day,
  time: context.callback?.time,
  place: context.callback?.place,
  tail: context.slots.phone?.slice(-4) ?? context.phoneTail,
  phone: context.slots.phone,
});

const FULL_NUMBER = /^(1\d{10}|0\d{9,11}|\d{8})$/;

export const machine = setup({
  types: { context: {} as AgentContext, events: {} as AgentEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { phoneTail: event.phoneTail } : {})),
    keepCallback: assign(({ event }) => (event.type === 'REQUESTED' ? { callback: event.callback } : {})),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, ...event.slots } } : {},
    ),
    forgetPhone: assign(({ context }) => ({ slots: { ...context.slots, phone: '' }, phoneTail: undefined })),
  },
  guards: {
    alreadyAsked: ({ context }) => context.intent === 'callback.request' || context.slots.agreed === 'yes',
    gavePhone: ({ event }) => event.type === 'GAVE' && FULL_NUMBER.test(event.slots.phone ?? ''),
    badPhone: ({ event }) =>
      event.type === 'GAVE' && Boolean(event.slots.phone) && !FULL_NUMBER.test(event.slots.phone ?? ''),
    hasPhone: ({ context }) => FULL_NUMBER.test(context.slots.phone ?? ''),
    knownPhone: ({ context }) => context.phoneTail !== undefined,
    standing: ({ event }) => event.type === 'REQUESTED' && event.callback.already,
  },
}).createMachine({
  id: 'agent',
  context: ({ input }) => ({ ...input }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'deciding' } },
    },
    deciding: { always: [{ guard: 'alreadyAsked', target: 'decidingPhone' }, { target: 'offering' }] },
    offering: {
      entry: { type: 'ask', params: { phrase: 'agent.offerCallback', for: 'yesno', offer: 'callback' } },
      on: { YES: 'decidingPhone', GAVE: { actions: 'note', target: 'decidingPhone' }, NO: 'declined' },
    },
    decidingPhone: {
      always: [
        { guard: 'hasPhone', target: 'readingPhoneBack' },
        { guard: 'knownPhone', target: 'confirmingPhone' },
        { target: 'askingPhone' },
      ],
    },
    confirmingPhone: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.knownPhone', for: 'yesno', values: values(context) }),
      },
      on: {
        YES: 'requesting',
        NO: { actions: 'forgetPhone', target: 'askingPhone' },
        GAVE: [{ guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack' }, { target: 'askingPhone' }],
      },
    },
    askingPhone: {
      entry: { type: 'ask', params: { phrase: 'agent.whichPhone', for: 'phone' } },
      on: {
        GAVE: [
          { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack' },
          { guard: 'badPhone', target: 'askingPhoneAgain' },
        ],
        NO: 'declined',
      },
    },
    askingPhoneAgain: {
      entry: { type: 'ask', params: { phrase: 'agent.oddPhone', for: 'phone' } },
      on: {
        GAVE: [
          { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack' },
          { guard: 'badPhone', target: 'askingPhoneAgain', reenter: true },
        ],
        NO: 'declined',
      },
    },
    readingPhoneBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.readPhoneBack', for: 'yesno', values: values(context) }),
      },
      on: {
        YES: 'requesting',
        NO: { actions: 'forgetPhone', target: 'askingPhone' },
        GAVE: [
          { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack', reenter: true },
          { target: 'askingPhone' },
        ],
      },
    },
    requesting: {
      entry: { type: 'run', params: { effect: 'request' } },
      on: {
        REQUESTED: [
          { guard: 'standing', actions: 'keepCallback', target: 'stands' },
          { actions: 'keepCallback', target: 'noted' },
        ],
      },
    },
    noted: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackNoted', values: values(context) }) },
    },
    stands: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackStands', values: values(context) }) },
    },
    declined: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.declined' } } },
  },
});

export const agent: ErrandDefinition = { machine, version: 1 };
