/** Somebody was named to collect for her: she alone is asked, and again each quarter. */
import { identifying } from './identify.ts';
import { collectorValues } from './pickup.facts.ts';
import { collecting } from './pickup.setup.ts';

/** Enter at `askingAgreed`. */
export const collector = collecting.createStateConfig({
  states: {
    askingAgreed: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: context.collector?.again ? 'pickup.collectorStill' : 'pickup.collectorNamed',
          for: 'yesno',
          offer: 'proxy',
          values: collectorValues(context),
        }),
      },
      on: { YES: 'assuring', NO: 'endingCollector', GAVE: 'collectorLater' },
    },
    ...identifying('agreeing', 'collectorLater'),
    agreeing: {
      entry: { type: 'run', params: { effect: 'agreeCollector' } },
      on: { COLLECTOR_KEPT: 'collectorKept' },
    },
    endingCollector: {
      entry: { type: 'run', params: { effect: 'refuseCollector' } },
      on: { COLLECTOR_ENDED: 'collectorEnded' },
    },
    collectorKept: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorKept' } } },
    collectorEnded: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorEnded' } } },
    collectorLater: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorLater' } } },
  },
}).states;
