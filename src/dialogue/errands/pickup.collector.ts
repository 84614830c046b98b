/** Somebody was named to collect for her: she alone is asked, and again each quarter. */
import { identifying } from './identify.ts';
import { collecting } from './pickup.setup.ts';
import { collectedTogether, collectorValues, takenBackValues, timesOf } from './pickup.told.ts';

/** Enter at `askingAgreed`, or at `decidingCollector` for a booking that stands. */
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
    /** Another is to collect what is booked: who, and for which time it is. */
    decidingCollector: {
      always: [
        { guard: 'collectorUnnamed', target: 'askingCollector' },
        { guard: 'collectorUnrelated', target: 'askingRelation' },
        { target: 'confirmingCollector' },
      ],
    },
    confirmingCollector: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.readBackCollector',
          for: 'yesno',
          offer: 'proxy',
          values: {
            ...collectorValues(context),
            ...(context.chosenBooking ? timesOf(context.chosenBooking) : {}),
            document: context.chosenBooking?.matter,
            documents: collectedTogether(context),
          },
        }),
      },
      on: {
        YES: 'settingCollector',
        NO: 'kept',
        GAVE: [
          { guard: 'callsItOff', actions: 'cancelIt', target: 'deciding' },
          { guard: 'givesWhen', actions: ['note', 'takeChange'], target: 'findingTimes' },
          { actions: 'note', target: 'deciding' },
        ],
      },
    },
    settingCollector: {
      entry: { type: 'run', params: { effect: 'setCollector' } },
      on: {
        COLLECTOR_SET: 'collectorSet',
        COLLECTOR_TOO_SOON: { actions: 'moveForCollector', target: 'askingLater' },
      },
    },
    /** A new collector holds after a day: for a booking before that, another day is offered. */
    askingLater: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.collectorTooSoon',
          for: 'yesno',
          offer: 'change',
          values: collectorValues(context),
        }),
      },
      on: { YES: 'findingTimes', NO: 'kept', GAVE: { guard: 'givesWhen', actions: 'note', target: 'findingTimes' } },
    },
    collectorSet: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => {
          const booked = context.already ?? context.chosenBooking;
          return {
            phrase: 'pickup.collectorSet',
            values: {
              ...collectorValues(context),
              ...(booked ? timesOf(booked) : {}),
              documents: collectedTogether(context),
            },
          };
        },
      },
    },
    /** After all she comes herself. */
    confirmingHerself: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.readBackHerself',
          for: 'yesno',
          offer: 'change',
          values: takenBackValues(context),
        }),
      },
      on: {
        YES: 'droppingCollector',
        NO: 'kept',
        GAVE: [
          { guard: 'callsItOff', actions: 'cancelIt', target: 'deciding' },
          { actions: ['wayToHer', 'note'], target: 'deciding' },
        ],
      },
    },
    droppingCollector: {
      entry: { type: 'run', params: { effect: 'dropCollector' } },
      on: { COLLECTOR_DROPPED: 'herselfSet' },
    },
    herselfSet: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'pickup.herselfSet', values: takenBackValues(context) }),
      },
    },
    collectorKept: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorKept' } } },
    collectorEnded: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorEnded' } } },
    collectorLater: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.collectorLater' } } },
  },
}).states;
