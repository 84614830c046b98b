/** How it comes to her: over the counter, by post, from the locker, home, or by somebody who collects it. */

import { collecting } from './pickup.setup.ts';
import { collectorValues, otherWays, relationValues, visitSlots } from './pickup.told.ts';

/** Enter at `decidingMode`. */
export const way = collecting.createStateConfig({
  states: {
    decidingMode: {
      always: [
        { guard: 'nobodyNamed', target: 'askingCollector' },
        { guard: 'relationOpen', target: 'askingRelation' },
        { guard: 'comesHome', target: 'toVisit' },
        { guard: 'wantsHome', target: 'offeringOtherWay' },
        { target: 'decidingWhen' },
      ],
    },
    askingCollector: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: context.slots.relation ? 'pickup.collectorName' : 'pickup.whoComes',
          for: 'name',
          values: collectorValues(context),
        }),
      },
      on: {
        GAVE: [
          { guard: 'callsItOff', actions: 'cancelIt', target: 'deciding' },
          { guard: 'gaveName', actions: 'note', target: 'deciding' },
          { guard: 'comesHomeInstead', actions: 'note', target: 'deciding' },
        ],
        NO: [
          { guard: 'bookingClear', target: 'kept' },
          { actions: 'windowInstead', target: 'deciding' },
        ],
      },
    },
    askingRelation: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'pickup.whichRelation', for: 'name', values: relationValues(context) }),
      },
      on: {
        GAVE: [
          { guard: 'callsItOff', actions: 'cancelIt', target: 'deciding' },
          {
            guard: 'gaveName',
            actions: ['noteRelation', { type: 'say', params: { phrase: 'pickup.proxyRule' } }],
            target: 'deciding',
          },
          { guard: 'comesHomeInstead', actions: 'note', target: 'deciding' },
        ],
        NO: [
          { guard: 'bookingClear', target: 'kept' },
          { actions: 'windowInstead', target: 'deciding' },
        ],
      },
    },
    /** Somebody comes home only to those who cannot go; she is offered what there is. */
    offeringOtherWay: {
      entry: {
        type: 'ask',
        params: ({ context }) => otherWays(context),
      },
      on: {
        CHOSE: { guard: 'choseWay', actions: 'chooseMode', target: 'deciding' },
        GAVE: { guard: 'gaveMode', actions: 'note', target: 'deciding' },
        NO: 'leftAlone',
      },
    },
    toVisit: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'visit',
          intent: 'visit.request',
          slots: visitSlots(context),
        }),
      },
    },
  },
}).states;
