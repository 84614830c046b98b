/** Which day and time: two are offered, one is held while she thinks, read back and booked. */
import { and, not } from 'xstate';
import { collecting } from './pickup.setup.ts';
import {
  collectorValues,
  heldValues,
  noMoreTold,
  notThenTold,
  offersPhrase,
  offersValues,
  option,
  readBackPhrase,
} from './pickup.told.ts';

/** Enter at `decidingWhen`; leaves for `decidingBooked` after the commit. */
export const times = collecting.createStateConfig({
  states: {
    decidingWhen: {
      always: [
        { guard: 'byCourier', target: 'findingTimes' },
        // It waits there for her from then on: the first hour will do, until she says no to it.
        { guard: and(['byLocker', not('hasRefused')]), target: 'findingTimes' },
        { guard: not('knowsWhen'), target: 'askingDay' },
        { target: 'findingTimes' },
      ],
    },
    askingDay: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.whichDay',
          for: 'date',
          values: { ...heldValues(context), soon: context.refused ? undefined : 'days' },
        }),
      },
      on: {
        GAVE: [
          { guard: 'wantsOtherDay', actions: 'noSuchDay', target: 'askingDay', reenter: true },
          { guard: 'namesAnother', actions: 'noteForWhom', target: 'looking' },
          { guard: 'onlyWhoChanges', actions: ['note', 'sendAnother'], target: 'deciding' },
          { guard: 'turnsTo', actions: ['note', 'takeWish'], target: 'deciding' },
          { actions: ['note', 'startAnew'], target: 'deciding' },
        ],
        NO: 'leftAlone',
      },
    },
    findingTimes: {
      entry: { type: 'run', params: { effect: 'offer' } },
      on: {
        OFFERED: [
          { guard: and(['hasOffers', 'byCourier']), actions: 'keepOffers', target: 'holding' },
          { guard: and(['hasOffers', 'notThen']), actions: 'keepOffers', target: 'tellingWhyNot' },
          { guard: 'veryTime', actions: 'keepOffers', target: 'holding' },
          { guard: 'hasOffers', actions: 'keepOffers', target: 'choosing' },
          { actions: 'forgetWhen', target: 'askingOtherDay' },
        ],
      },
    },
    /** Later or earlier on the same day, or whatever else there is then. */
    findingFurther: {
      entry: { type: 'run', params: { effect: 'further' } },
      on: {
        OFFERED: [
          { guard: 'hasOffers', actions: 'keepOffers', target: 'choosing' },
          { actions: 'nothingElse', target: 'tellingNoMore' },
        ],
      },
    },
    tellingNoMore: { entry: { type: 'say', params: ({ context }) => noMoreTold(context) }, always: 'choosing' },
    /** Closed, too far, over, full: said once, before what there is. */
    tellingWhyNot: {
      entry: { type: 'say', params: ({ context }) => notThenTold(context) },
      always: 'choosing',
    },
    askingOtherDay: {
      entry: { type: 'ask', params: { phrase: 'pickup.nothingFree', for: 'date' } },
      on: { GAVE: { actions: ['note', 'takeWish'], target: 'deciding' }, NO: 'leftAlone' },
    },
    choosing: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: context.unclear ? 'pickup.whichOffer' : offersPhrase(context),
          for: 'choice',
          values: offersValues(context),
          options: context.offers.map(option),
        }),
      },
      on: {
        CHOSE: [
          { guard: 'namesOffer', actions: 'takeOffer', target: 'holding' },
          { guard: 'choseNone', actions: 'forgetWhen', target: 'askingDay' },
        ],
        /** 「对」 to two times is neither of them; said once more, it is the first. */
        YES: [
          { guard: 'whichIsOpen', actions: 'askWhich', target: 'choosing', reenter: true },
          { actions: 'takeOffer', target: 'holding' },
        ],
        NO: { actions: 'forgetWhen', target: 'askingDay' },
        GAVE: [
          { guard: 'otherRoad', actions: ['note', 'takeWish'], target: 'deciding' },
          { guard: 'namesOffer', actions: ['takeOffer', 'note'], target: 'holding' },
          { guard: 'anyWill', actions: 'takeOffer', target: 'holding' },
          { guard: 'choseNone', actions: 'forgetWhen', target: 'askingDay' },
          { guard: 'wantsOtherDay', actions: 'forgetWhen', target: 'askingDay' },
          { guard: 'wantsFurther', actions: 'keepFurther', target: 'findingFurther' },
          { guard: 'onlyWhoChanges', actions: ['forgetWhen', 'note', 'sendAnother'], target: 'deciding' },
          { actions: ['turnDown', 'note', 'takeWish'], target: 'deciding' },
        ],
        BACK: { actions: 'forgetWhen', target: 'askingDay' },
      },
    },
    holding: {
      entry: { type: 'run', params: { effect: 'hold' } },
      on: {
        HELD: { actions: 'keepHeld', target: 'confirming' },
        TAKEN: [
          { guard: 'hasOffers', actions: 'keepOffers', target: 'choosingAgain' },
          { actions: 'forgetWhen', target: 'askingOtherDay' },
        ],
      },
    },
    choosingAgain: {
      entry: { type: 'say', params: { phrase: 'pickup.taken' } },
      always: 'choosing',
    },
    confirming: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: readBackPhrase(context),
          for: 'yesno',
          offer: 'book',
          values: { ...collectorValues(context), ...heldValues(context) },
        }),
      },
      on: {
        YES: 'booking',
        NO: { actions: 'forgetWhen', target: 'releasing' },
        BACK: { actions: 'forgetWhen', target: 'releasing' },
        GAVE: [
          { guard: 'wantsOtherDay', actions: 'forgetWhen', target: 'releasing' },
          { guard: 'wantsFurther', actions: 'keepFurther', target: 'findingFurther' },
          { guard: 'otherRoad', actions: ['note', 'takeWish'], target: 'releasing' },
          { guard: 'saysHeld', target: 'booking' },
          { guard: 'namesOffer', actions: ['takeOffer', 'note'], target: 'holding' },
          { actions: ['keepChosen', 'note', 'takeWish'], target: 'releasing' },
        ],
        CHOSE: [
          { guard: 'namesHeld', target: 'booking' },
          { guard: 'namesOffer', actions: 'takeOffer', target: 'holding' },
          { actions: 'forgetWhen', target: 'releasing' },
        ],
      },
    },
    booking: {
      entry: {
        type: 'run',
        params: ({ context }) => ({ effect: context.intent === 'pickup.change' ? 'change' : 'book' }),
      },
      on: {
        BOOKED: [
          { guard: 'setsCollector', actions: 'keepBooked', target: 'settingCollector' },
          { actions: 'keepBooked', target: 'decidingBooked' },
        ],
        ALREADY: { actions: 'keepAlready', target: 'refusingSecond' },
        TAKEN: [
          { guard: 'hasOffers', actions: 'keepOffers', target: 'choosingAgain' },
          { actions: 'forgetWhen', target: 'askingOtherDay' },
        ],
      },
    },
    releasing: {
      entry: { type: 'run', params: { effect: 'release' } },
      on: { RELEASED: { actions: 'dropHeld', target: 'deciding' } },
    },
  },
}).states;
