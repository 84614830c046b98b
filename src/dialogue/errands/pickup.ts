/** 预约收取证件: hand in or collect a document; book, change, cancel, ask. A place is held while she thinks and booked by one transaction. */
import type { ErrandDefinition } from './errand.ts';
import { booked } from './pickup.booked.ts';
import { collector } from './pickup.collector.ts';
import type { PickupContext } from './pickup.facts.ts';
import { collecting } from './pickup.setup.ts';
import { standing } from './pickup.standing.ts';
import { times } from './pickup.times.ts';
import { way } from './pickup.way.ts';
import { which } from './pickup.which.ts';

const machine = collecting.createMachine({
  id: 'pickup',
  context: ({ input }) => ({
    ...input,
    ready: [],
    lacking: [],
    standing: [],
    offers: [],
    homeOk: false,
    priority: false,
    others: [],
  }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: {
        LOOKED: [
          { guard: 'isHers', actions: 'ownAfterAll', target: 'deciding' },
          { guard: 'isAnothers', actions: 'takeOwner', target: 'lookingForOwner' },
          { guard: 'somebodyElses', target: 'handingOverAnother' },
          { actions: 'keepLooked', target: 'deciding' },
        ],
      },
    },
    lookingForOwner: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keepLooked', target: 'deciding' } },
    },
    /** Who does not live here says it himself: a person hears him. */
    handingOverAnother: {
      entry: { type: 'ask', params: { phrase: 'pickup.forAnother', for: 'yesno', offer: 'callback' } },
      on: { YES: 'toPersonForAnother', NO: 'leftAlone' },
    },
    toPersonForAnother: {
      type: 'final',
      entry: {
        type: 'open',
        params: { errand: 'agent', intent: 'callback.request', slots: { reason: 'pickup' } },
      },
    },
    ...which,
    ...way,
    ...times,
    ...booked,
    ...standing,
    ...collector,
  },
});

export const pickup: ErrandDefinition = {
  machine,
  version: 3,
  upkeep: {
    eachTurn: 'extend',
    whenDropped: 'release',
    needed: (context) => (context as PickupContext).held !== undefined,
  },
};
