/** Which document, and which booking where some stand already. */
import { and, not } from 'xstate';
import { collecting } from './pickup.setup.ts';
import { alreadyValues, standingOption, whichPhrase, whichValues } from './pickup.told.ts';
import { theirs } from './pickup.whose.ts';

/** Leaves for `decidingMode` with a document that may be booked. */
export const which = collecting.createStateConfig({
  states: {
    deciding: {
      always: [
        { guard: 'collectorNamed', target: 'askingAgreed' },
        { guard: 'wantsQuery', target: 'telling' },
        { guard: 'callsOffCall', target: 'toCall' },
        { guard: 'callsOffVisit', target: 'toPromisedVisit' },
        { guard: 'takesItBack', actions: 'bookingOfHers', target: 'confirmingHerself' },
        { guard: and(['wantsCancel', not('hasStanding')]), target: 'none' },
        { guard: and(['wantsChange', not('hasStanding')]), target: 'none' },
        { guard: and(['wantsCancel', 'bookingClear']), target: 'confirmingCancel' },
        { guard: and(['wantsCancel', 'oneBooking']), actions: 'onlyBooking', target: 'confirmingCancel' },
        { guard: and(['wantsCancel', 'wantsAll']), actions: 'onlyBooking', target: 'confirmingCancel' },
        { guard: 'wantsCancel', target: 'askingWhichBooking' },
        {
          guard: and(['wantsChange', not('bookingClear'), 'oneBooking']),
          actions: 'onlyBooking',
          target: 'decidingWhen',
        },
        {
          guard: and(['wantsChange', not('bookingClear'), 'wantsAll']),
          actions: 'onlyBooking',
          target: 'decidingWhen',
        },
        { guard: and(['wantsChange', not('bookingClear')]), target: 'askingWhichBooking' },
        { guard: 'wantsChange', target: 'decidingWhen' },
        { guard: 'anotherForBooked', actions: 'bookingOfAnother', target: 'decidingCollector' },
        { guard: and([not('knowsDocument'), 'oneLacking']), actions: 'onlyLacking', target: 'decidingBooking' },
        {
          guard: and([not('knowsDocument'), 'onlyPapers']),
          actions: ['onlyLacking', 'handIn'],
          target: 'decidingBooking',
        },
        { guard: and([not('knowsDocument'), 'oneUnsaid']), actions: 'takeUnsaid', target: 'decidingBooking' },
        {
          guard: and([not('knowsDocument'), 'wantsBoth', 'severalDocuments']),
          actions: 'firstOfBoth',
          target: 'decidingBooking',
        },
        { guard: and([not('knowsDocument'), 'oneDocument']), actions: 'onlyDocument', target: 'decidingBooking' },
        { guard: and([not('knowsDocument'), 'severalDocuments']), target: 'choosingDocument' },
        { guard: and([not('knowsDocument'), 'noneReady', 'theirsReady']), target: 'offeringTheirs' },
        { guard: not('knowsDocument'), target: 'askingDocument' },
        { target: 'decidingBooking' },
      ],
    },
    decidingBooking: {
      always: [
        { guard: and(['hersStands', 'along']), actions: 'takeStanding', target: 'bookingTogether' },
        { guard: 'standsElsewise', actions: 'changeInstead', target: 'deciding' },
        { guard: 'standsSame', target: 'offeringChange' },
        { guard: 'standsOther', target: 'refusingSecond' },
        { guard: and([not('collectable'), 'theirsReady']), target: 'offeringTheirs' },
        { guard: and([not('collectable'), 'asksHow']), target: 'notReadyYet' },
        { guard: not('collectable'), target: 'offeringHandIn' },
        { target: 'decidingMode' },
      ],
    },
    askingDocument: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: whichPhrase(context), for: 'item' }),
      },
      on: {
        GAVE: [
          { guard: 'namesAnother', actions: 'noteForWhom', target: 'looking' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
        NO: 'leftAlone',
      },
    },
    /** Hers is not ready, and the other's at home is: she may go for that. */
    offeringTheirs: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.onlyTheirs',
          for: 'yesno',
          offer: 'pickup',
          values: { called: theirs(context)?.called, document: theirs(context)?.matter },
        }),
      },
      on: {
        YES: { actions: 'takeTheirs', target: 'looking' },
        NO: 'leftAlone',
        GAVE: [
          { guard: 'givesWhen', actions: ['note', 'takeTheirs'], target: 'looking' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
      },
    },
    choosingDocument: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.chooseDocument',
          for: 'choice',
          values: { documents: context.ready },
          options: context.ready.map((document) => ({ phrase: 'pickup.document', values: { document } })),
        }),
      },
      on: {
        CHOSE: { guard: 'choseDocument', actions: 'keepChosenDocument', target: 'deciding' },
        GAVE: [
          { guard: 'namesAnother', actions: 'noteForWhom', target: 'looking' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
        NO: 'leftAlone',
      },
    },
    askingWhichBooking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.whichBooking',
          for: 'choice',
          values: whichValues(context),
          options: context.standing.map(standingOption),
        }),
      },
      on: {
        CHOSE: { guard: 'choseBooking', actions: 'keepChosenBooking', target: 'deciding' },
        GAVE: { actions: ['note', 'takeWish'], target: 'deciding' },
        NO: 'kept',
      },
    },
    offeringHandIn: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.notReady',
          for: 'yesno',
          offer: 'hand_in',
          values: { document: context.slots.item },
        }),
      },
      on: {
        YES: { actions: 'handIn', target: 'deciding' },
        NO: 'leftAlone',
        GAVE: [
          { guard: 'onlyHow', target: 'notReadyYet' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
      },
    },
    /** 「我就问证办好了，能快递不」 */
    notReadyYet: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'pickup.notReadyYet', values: { document: context.slots.item } }),
      },
    },
    offeringChange: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.already',
          for: 'yesno',
          offer: 'change',
          values: alreadyValues(context),
        }),
      },
      on: {
        YES: { actions: ['changeInstead', 'forgetWhen'], target: 'deciding' },
        NO: 'kept',
        GAVE: [
          { guard: 'givesWhen', actions: ['changeInstead', 'note'], target: 'deciding' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
      },
    },
    refusingSecond: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.alreadyOther',
          for: 'yesno',
          offer: 'change',
          values: alreadyValues(context),
        }),
      },
      on: {
        YES: { actions: 'changeInstead', target: 'deciding' },
        NO: 'kept',
        GAVE: [
          { guard: 'givesWhen', actions: ['changeInstead', 'note'], target: 'deciding' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
      },
    },
    /** She said no more than 取消, and what stands is a call or a visit. */
    toCall: {
      type: 'final',
      entry: { type: 'open', params: { errand: 'agent', intent: 'callback.request', slots: { about: 'cancel' } } },
    },
    toPromisedVisit: {
      type: 'final',
      entry: { type: 'open', params: { errand: 'visit', intent: 'visit.request', slots: { about: 'cancel' } } },
    },
    kept: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.kept' } } },
    leftAlone: {
      always: [
        { guard: 'bookingClear', target: 'kept' },
        { guard: 'goesFirst', target: 'leftAloneFirst' },
        { target: 'leftAloneAnyTime' },
      ],
    },
    leftAloneAnyTime: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.leftAlone' } } },
    leftAloneFirst: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.leftAloneFirst' } } },
  },
}).states;
