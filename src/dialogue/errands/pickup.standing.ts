/** What stands: told, or taken back after one question. */
import { assign } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import type { PickupContext } from './pickup.facts.ts';
import { collecting } from './pickup.setup.ts';
import { standingOf, standingValues, timesOf, whoseBooking } from './pickup.told.ts';
import { partner } from './pickup.whose.ts';

/** Her own second booking by its document, another's by the name. */
function othersTurn(context: PickupContext): Slots {
  const other = partner(context);
  if (!other || !('booking' in other)) return {};
  return other.residentId === context.residentId ? { item: other.booking.matter } : { forWhom: other.called };
}

const cancelledValues = (context: PickupContext): Values => ({
  ...(context.chosenBooking ? timesOf(context.chosenBooking) : {}),
  whose: whoseBooking(context),
});

/** Enter at `telling` or `confirmingCancel`. */
export const standing = collecting.createStateConfig({
  states: {
    telling: { always: [{ guard: 'hasStanding', target: 'told' }, { target: 'none' }] },
    told: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: whoseBooking(context) ? 'pickup.theirs' : 'pickup.yours',
          values: { bookings: [], ...standingValues(context) },
        }),
      },
    },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.none' } } },
    confirmingCancel: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.reallyCancel',
          for: 'yesno',
          offer: 'cancel',
          values: context.chosenBooking
            ? {
                ...standingOf(context, context.chosenBooking),
                whose: whoseBooking(context),
              }
            : {},
        }),
      },
      on: {
        YES: 'cancelling',
        NO: 'kept',
        GAVE: [
          { guard: 'cancelsStill', target: 'cancelling' },
          { guard: 'givesWhen', actions: ['note', assign({ intent: 'pickup.change' })], target: 'deciding' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
      },
    },
    cancelling: {
      entry: { type: 'run', params: { effect: 'cancel' } },
      on: {
        CANCELLED: [
          { guard: 'along', target: 'cancelledFirst' },
          { guard: 'othersStay', target: 'cancelledOne' },
          { target: 'cancelled' },
        ],
      },
    },
    /** And the other's, after the same question. */
    cancelledFirst: {
      type: 'final',
      entry: [
        { type: 'say', params: { phrase: 'pickup.cancelledFirst' } },
        {
          type: 'open',
          params: ({ context }) => ({
            errand: 'pickup',
            intent: 'pickup.cancel',
            slots: othersTurn(context),
          }),
        },
      ],
    },
    /** Of two at home one stays: whose is over is said, and whose is not. */
    cancelledOne: {
      type: 'final',
      entry: [
        {
          type: 'say',
          params: ({ context }) => ({ phrase: 'pickup.cancelled', values: cancelledValues(context) }),
        },
        {
          type: 'say',
          params: ({ context }) => ({
            phrase: whoseBooking(context) ? 'pickup.yoursStays' : 'pickup.theirsStays',
            values: { called: context.othersBooked?.[0]?.called },
          }),
        },
      ],
    },
    cancelled: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: 'pickup.cancelled',
          values: cancelledValues(context),
        }),
      },
    },
  },
}).states;
