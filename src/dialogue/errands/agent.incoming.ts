/** Somebody rings her: who and about what is said first, and nothing is opened before her yes. And what is told when a call is over. */
import { callValues, saysResult } from './agent.facts.ts';
import { reaching } from './agent.setup.ts';

/** Enter at `incoming` or `returning`. */
export const incoming = reaching.createStateConfig({
  states: {
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
    answered: { type: 'final' },
    refused: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.refused' } } },
    missed: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.missed' } } },
    returning: {
      entry: { type: 'run', params: { effect: 'result' } },
      on: {
        RESULT: [
          { guard: 'rates', actions: 'keepResult', target: 'toldAndRates' },
          { actions: 'keepResult', target: 'told' },
        ],
      },
    },
    told: { type: 'final', entry: saysResult },
    toldAndRates: {
      type: 'final',
      entry: [saysResult, { type: 'open', params: { errand: 'rate', intent: 'rate', slots: {} } }],
    },
  },
}).states;
