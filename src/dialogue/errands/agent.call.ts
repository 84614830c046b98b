/** A live call from her side: it rings or waits, and she may be called back instead of waiting. */
import { callValues } from './agent.facts.ts';
import { reaching } from './agent.setup.ts';

/** Enter at `calling`. */
export const call = reaching.createStateConfig({
  states: {
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
    /** Somebody is free: who it is is said while it rings, so that little is left to say when it is taken. */
    ringing: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'agent.calling', values: callValues(context) }),
      },
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
  },
}).states;
