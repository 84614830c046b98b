/** A person: a live call where her speaker can carry one and somebody is there, else a callback that keeps its place, to a number she has agreed to. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import {
  type Ask,
  type ErrandDefinition,
  type Open,
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

/** A call that waits, rings or is over, as far as she is told of it. */
export interface CallForHer {
  id: string;
  /** 1 is next; a clerk is free for her where `least` is missing. */
  position?: number;
  /** Minutes. */
  least?: number;
  most?: number;
  who?: string;
  station?: string;
  code?: string;
}

/** What became of a call. */
export type CallResult = 'booked' | 'submitted' | 'visit' | 'callback' | 'cut' | 'missed' | 'nothing';

export interface AgentContext extends Remembered {
  phoneTail?: string;
  callback?: CallbackForHer;
  call?: CallForHer;
  result?: CallResult;
  /** Of what was done: the matter, the day, the time, the place. */
  done?: { item?: string; day?: string; time?: string; place?: string };
}

export type AgentEvent =
  | Said
  | { type: 'LOOKED'; phoneTail?: string; live?: boolean }
  | { type: 'REQUESTED'; callback: CallbackForHer }
  | { type: 'CALLING'; call: CallForHer }
  | { type: 'RINGS'; call: CallForHer }
  | { type: 'GONE' }
  | { type: 'ANSWERED' }
  | { type: 'REFUSED' }
  | { type: 'LEFT' }
  | { type: 'STAYS' }
  | {
      type: 'RESULT';
      result: CallResult;
      clerk?: string;
      rate: boolean;
      done?: AgentContext['done'];
      callback?: CallbackForHer;
    };

const values = (context: AgentContext): Values => ({
  station: context.callback?.station,
  clerk: context.callback?.clerk,
  day: context.callback?.day,
  time: context.callback?.time,
  place: context.callback?.place,
  tail: context.slots.phone?.slice(-4) ?? context.phoneTail,
  phone: context.slots.phone,
});
const callValues = ({ call, slots }: AgentContext): Values => ({
  position: call?.position,
  least: call?.least,
  most: call?.most,
  clerk: call?.who,
  station: call?.station,
  code: call?.code,
  item: slots.item,
});
const resultValues = ({ done, call, callback, phoneTail }: AgentContext): Values => ({
  ...done,
  clerk: call?.who,
  ...(callback ? { day: callback.day, time: callback.time, tail: callback.phoneTail ?? phoneTail } : {}),
});

const saysResult = {
  type: 'say' as const,
  params: ({ context }: { context: AgentContext }) => ({
    phrase: `agent.result_${context.result ?? 'nothing'}`,
    values: resultValues(context),
  }),
};

const FULL_NUMBER = /^(1\d{10}|0\d{9,11}|\d{8})$/;

export const machine = setup({
  types: { context: {} as AgentContext, events: {} as AgentEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    open: (_, _params: Open) => returned(),
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { phoneTail: event.phoneTail } : {})),
    keepCallback: assign(({ event }) => (event.type === 'REQUESTED' ? { callback: event.callback } : {})),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, ...event.slots } } : {},
    ),
    keepCall: assign(({ event }) => (event.type === 'CALLING' || event.type === 'RINGS' ? { call: event.call } : {})),
    noteCall: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...event.slots, item: context.slots.item ?? '' } } : {},
    ),
    keepResult: assign(({ event }) =>
      event.type === 'RESULT'
        ? { result: event.result, done: event.done, callback: event.callback, call: { id: '', who: event.clerk } }
        : {},
    ),
    forgetPhone: assign(({ context }) => ({ slots: { ...context.slots, phone: '' }, phoneTail: undefined })),
  },
  guards: {
    callEnded: ({ context }) => Boolean(context.slots.ended),
    callIncoming: ({ context }) => Boolean(context.slots.incoming),
    tellsEnd: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.ended),
    wantsCallback: ({ event }) => event.type === 'GAVE' && event.intent === 'callback.request',
    canTalk: ({ context, event }) =>
      event.type === 'LOOKED' && event.live === true && context.intent !== 'callback.request',
    mustWait: ({ event }) => event.type === 'CALLING' && event.call.least !== undefined,
    rates: ({ event }) => event.type === 'RESULT' && event.rate,
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
  initial: 'opening',
  states: {
    opening: {
      always: [
        { guard: 'callEnded', target: 'returning' },
        { guard: 'callIncoming', target: 'incoming' },
        { target: 'looking' },
      ],
    },
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: {
        LOOKED: [
          { guard: 'canTalk', actions: 'keep', target: 'calling' },
          { actions: 'keep', target: 'deciding' },
        ],
      },
    },
    calling: {
      entry: { type: 'run', params: { effect: 'call' } },
      on: {
        CALLING: [
          { guard: 'mustWait', actions: 'keepCall', target: 'waiting' },
          { actions: 'keepCall', target: 'ringing' },
        ],
        GONE: 'deciding',
      },
    },
    /** Somebody is free: she only has to hold on. */
    ringing: {
      entry: { type: 'say', params: { phrase: 'agent.calling' } },
      on: {
        GAVE: [
          { guard: 'tellsEnd', actions: 'noteCall', target: 'returning' },
          { guard: 'wantsCallback', actions: 'note', target: 'preferring' },
        ],
      },
    },
    waiting: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'agent.waiting',
          for: 'yesno',
          offer: 'callback',
          values: callValues(context),
        }),
      },
      on: {
        YES: 'preferring',
        NO: 'stayingOn',
        GAVE: [
          { guard: 'tellsEnd', actions: 'noteCall', target: 'returning' },
          { guard: 'wantsCallback', actions: 'note', target: 'preferring' },
        ],
      },
    },
    stayingOn: {
      entry: { type: 'say', params: { phrase: 'agent.stayingOn' } },
      on: {
        GAVE: [
          { guard: 'tellsEnd', actions: 'noteCall', target: 'returning' },
          { guard: 'wantsCallback', actions: 'note', target: 'preferring' },
        ],
      },
    },
    /** Called back instead: the waiting call gives its place to the callback. */
    preferring: {
      entry: { type: 'run', params: { effect: 'prefer' } },
      on: {
        REQUESTED: { actions: 'keepCallback', target: 'noted' },
        GONE: 'decidingPhone',
      },
    },
    incoming: {
      entry: { type: 'run', params: { effect: 'incoming' } },
      on: { RINGS: { actions: 'keepCall', target: 'announcing' }, GONE: 'missed' },
    },
    /** Who it is and about what, before anything is opened. Silence is no. */
    announcing: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'agent.incoming',
          for: 'yesno',
          offer: 'call',
          values: callValues(context),
        }),
      },
      on: {
        YES: 'answering',
        NO: 'refusing',
        GAVE: { guard: 'tellsEnd', actions: 'noteCall', target: 'returning' },
      },
    },
    answering: {
      entry: { type: 'run', params: { effect: 'answer' } },
      on: { ANSWERED: 'answered', GONE: 'missed' },
    },
    refusing: {
      entry: { type: 'run', params: { effect: 'refuse' } },
      on: { REFUSED: 'refused', GONE: 'refused' },
    },
    returning: {
      entry: { type: 'run', params: { effect: 'result' } },
      on: {
        RESULT: [
          { guard: 'rates', actions: 'keepResult', target: 'toldAndRates' },
          { actions: 'keepResult', target: 'told' },
        ],
      },
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
    answered: { type: 'final' },
    refused: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.refused' } } },
    missed: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.missed' } } },
    told: { type: 'final', entry: saysResult },
    toldAndRates: {
      type: 'final',
      entry: [saysResult, { type: 'open', params: { errand: 'rate', intent: 'rate', slots: {} } }],
    },
  },
});

/** A call that still waits is given up when she drops the errand. */
const upkeep = {
  eachTurn: 'stay',
  whenDropped: 'leave',
  needed: (context: unknown) => Boolean((context as AgentContext).call?.id),
};

export const agent: ErrandDefinition = { machine, version: 2, upkeep };
