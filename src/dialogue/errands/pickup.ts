/** 预约收取证件: hand in or collect a document; book, change, cancel, ask. A place is held while she thinks and booked by one transaction. */
import { and, assign, not, setup } from 'xstate';
import { type Ask, chosen, type ErrandDefinition, type Run, returned, type Start, type Tell } from './errand.ts';
import {
  alreadyValues,
  bookedPhrase,
  bookedValues,
  bookingFor,
  DIRECTION,
  directionOf,
  documentOf,
  heldValues,
  merged,
  named,
  offerNamed,
  offersPhrase,
  offersValues,
  option,
  type PickupContext,
  type PickupEvent,
  sameWish,
  standingNamed,
  standingOption,
  standingValues,
  timesOf,
  turns,
  whenSlots,
  wishIn,
} from './pickup.facts.ts';

export const machine = setup({
  types: { context: {} as PickupContext, events: {} as PickupEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    note: assign(({ context, event }) => ({ slots: merged(context.slots, named(event)) })),
    takeWish: assign(({ context, event }) => ({ intent: wishIn(event, context) })),
    forgetWhen: assign(({ context }) => ({
      slots: Object.fromEntries(Object.entries(context.slots).filter(([name]) => !whenSlots.includes(name))),
      offers: [],
    })),
    handIn: assign(({ context }) => ({ slots: { ...context.slots, direction: 'hand_in' } })),
    changeInstead: assign(({ context }) => ({
      intent: 'pickup.change' as const,
      chosenBooking: bookingFor(context) ?? context.already,
    })),
    keepLooked: assign(({ event }) =>
      event.type === 'LOOKED' ? { ready: event.ready, standing: event.standing } : {},
    ),
    keepOffers: assign(({ event }) =>
      event.type === 'OFFERED' || event.type === 'TAKEN' ? { offers: event.offers, held: undefined } : {},
    ),
    keepHeld: assign(({ event }) => (event.type === 'HELD' ? { held: event.held } : {})),
    keepBooked: assign(({ event }) => (event.type === 'BOOKED' ? { already: event.booking, held: undefined } : {})),
    keepAlready: assign(({ event }) => (event.type === 'ALREADY' ? { already: event.booking } : {})),
    dropHeld: assign({ held: undefined }),
    keepChosenDocument: assign(({ context, event }) =>
      event.type === 'CHOSE' ? { slots: { ...context.slots, item: chosen(context.ready, event.n) ?? '' } } : {},
    ),
    keepChosenBooking: assign(({ context, event }) =>
      event.type === 'CHOSE' ? { chosenBooking: chosen(context.standing, event.n) } : {},
    ),
    onlyDocument: assign(({ context }) => ({ slots: { ...context.slots, item: context.ready[0] ?? '' } })),
    onlyBooking: assign(({ context }) => ({ chosenBooking: standingNamed(context) ?? context.standing[0] })),
  },
  guards: {
    wantsQuery: ({ context }) => context.intent === 'pickup.query',
    wantsCancel: ({ context }) => context.intent === 'pickup.cancel',
    wantsChange: ({ context }) => context.intent === 'pickup.change',
    hasStanding: ({ context }) => context.standing.length > 0,
    bookingClear: ({ context }) => context.chosenBooking !== undefined,
    oneBooking: ({ context }) => context.standing.length === 1 || standingNamed(context) !== undefined,
    knowsDocument: ({ context }) => Boolean(context.slots.item),
    oneDocument: ({ context }) => context.ready.length === 1 && directionOf(context) === DIRECTION,
    severalDocuments: ({ context }) => context.ready.length > 1,
    standsSame: ({ context }) => bookingFor(context) !== undefined && sameWish(context, bookingFor(context)),
    standsOther: ({ context }) => bookingFor(context) !== undefined,
    collectable: ({ context }) =>
      directionOf(context) === 'hand_in' || context.ready.includes(context.slots.item ?? ''),
    knowsWhen: ({ context }) => Boolean(context.slots.date || context.slots.time),
    hasOffers: ({ event }) => (event.type === 'OFFERED' || event.type === 'TAKEN') && event.offers.length > 0,
    namesOffer: ({ context, event }) => offerNamed(context, event) !== undefined,
    choseNone: ({ event }) =>
      (event.type === 'CHOSE' && event.n === 0) || (event.type === 'GAVE' && event.slots.ordinal === '0'),
    givesWhen: ({ event }) =>
      event.type === 'GAVE' && Boolean(event.slots.date || event.slots.time || event.slots.place),
    choseDocument: ({ context, event }) => event.type === 'CHOSE' && chosen(context.ready, event.n) !== undefined,
    choseBooking: ({ context, event }) => event.type === 'CHOSE' && chosen(context.standing, event.n) !== undefined,
    cancelsStill: ({ event }) =>
      event.type === 'GAVE' && event.intent === 'pickup.cancel' && !event.slots.date && !event.slots.time,
    turnsTo: ({ context, event }) =>
      event.type === 'GAVE' && event.intent !== context.intent && turns.has(event.intent),
  },
}).createMachine({
  id: 'pickup',
  context: ({ input }) => ({ ...input, ready: [], standing: [], offers: [] }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keepLooked', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'wantsQuery', target: 'telling' },
        { guard: and(['wantsCancel', not('hasStanding')]), target: 'none' },
        { guard: and(['wantsChange', not('hasStanding')]), target: 'none' },
        { guard: and(['wantsCancel', 'bookingClear']), target: 'confirmingCancel' },
        { guard: and(['wantsCancel', 'oneBooking']), actions: 'onlyBooking', target: 'confirmingCancel' },
        { guard: 'wantsCancel', target: 'askingWhichBooking' },
        {
          guard: and(['wantsChange', not('bookingClear'), 'oneBooking']),
          actions: 'onlyBooking',
          target: 'decidingWhen',
        },
        { guard: and(['wantsChange', not('bookingClear')]), target: 'askingWhichBooking' },
        { guard: 'wantsChange', target: 'decidingWhen' },
        { guard: and([not('knowsDocument'), 'oneDocument']), actions: 'onlyDocument', target: 'decidingBooking' },
        { guard: and([not('knowsDocument'), 'severalDocuments']), target: 'choosingDocument' },
        { guard: not('knowsDocument'), target: 'askingDocument' },
        { target: 'decidingBooking' },
      ],
    },
    decidingBooking: {
      always: [
        { guard: 'standsSame', target: 'offeringChange' },
        { guard: 'standsOther', target: 'refusingSecond' },
        { guard: not('collectable'), target: 'offeringHandIn' },
        { target: 'decidingWhen' },
      ],
    },
    decidingWhen: { always: [{ guard: not('knowsWhen'), target: 'askingDay' }, { target: 'findingTimes' }] },
    askingDocument: {
      entry: { type: 'ask', params: { phrase: 'pickup.whichDocument', for: 'item' } },
      on: { GAVE: { actions: ['note', 'takeWish'], target: 'deciding' } },
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
        GAVE: { actions: ['note', 'takeWish'], target: 'deciding' },
      },
    },
    askingWhichBooking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.whichBooking',
          for: 'choice',
          values: { count: context.standing.length },
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
        GAVE: { actions: ['note', 'takeWish'], target: 'deciding' },
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
    askingDay: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.whichDay',
          for: 'date',
          values: { document: documentOf(context) },
        }),
      },
      on: {
        GAVE: [
          { guard: 'turnsTo', actions: ['note', 'takeWish'], target: 'deciding' },
          { actions: 'note', target: 'deciding' },
        ],
        NO: 'leftAlone',
      },
    },
    findingTimes: {
      entry: { type: 'run', params: { effect: 'offer' } },
      on: {
        OFFERED: [
          { guard: 'hasOffers', actions: 'keepOffers', target: 'choosing' },
          { actions: 'forgetWhen', target: 'askingOtherDay' },
        ],
      },
    },
    askingOtherDay: {
      entry: { type: 'ask', params: { phrase: 'pickup.nothingFree', for: 'date' } },
      on: { GAVE: { actions: ['note', 'takeWish'], target: 'deciding' }, NO: 'leftAlone' },
    },
    choosing: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: offersPhrase(context),
          for: 'choice',
          values: offersValues(context),
          options: context.offers.map(option),
        }),
      },
      on: {
        CHOSE: [
          { guard: 'namesOffer', target: 'holding' },
          { guard: 'choseNone', actions: 'forgetWhen', target: 'askingDay' },
        ],
        YES: { guard: ({ context }) => context.offers.length === 1, target: 'holding' },
        NO: { actions: 'forgetWhen', target: 'askingDay' },
        GAVE: [
          { guard: 'namesOffer', actions: 'note', target: 'holding' },
          { guard: 'choseNone', actions: 'forgetWhen', target: 'askingDay' },
          { actions: ['note', 'takeWish'], target: 'deciding' },
        ],
        BACK: { actions: 'forgetWhen', target: 'askingDay' },
      },
    },
    holding: {
      entry: [
        assign(({ context, event }) => {
          const offer = offerNamed(context, event) ?? context.offers[0];
          return offer ? { offers: [offer, ...context.offers.filter((one) => one !== offer)] } : {};
        }),
        { type: 'run', params: { effect: 'hold' } },
      ],
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
          phrase: context.intent === 'pickup.change' ? 'pickup.readBackChange' : 'pickup.readBack',
          for: 'yesno',
          offer: 'book',
          values: heldValues(context),
        }),
      },
      on: {
        YES: 'booking',
        NO: { actions: 'forgetWhen', target: 'releasing' },
        BACK: { actions: 'forgetWhen', target: 'releasing' },
        GAVE: { actions: ['note', 'takeWish'], target: 'releasing' },
        CHOSE: { actions: 'forgetWhen', target: 'releasing' },
      },
    },
    booking: {
      entry: {
        type: 'run',
        params: ({ context }) => ({ effect: context.intent === 'pickup.change' ? 'change' : 'book' }),
      },
      on: {
        BOOKED: { actions: 'keepBooked', target: 'booked' },
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
    confirmingCancel: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'pickup.reallyCancel',
          for: 'yesno',
          offer: 'cancel',
          values: context.chosenBooking
            ? { ...timesOf(context.chosenBooking), document: context.chosenBooking.matter }
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
      on: { CANCELLED: 'cancelled' },
    },
    telling: { always: [{ guard: 'hasStanding', target: 'told' }, { target: 'none' }] },
    told: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'pickup.yours', values: { bookings: [], ...standingValues(context) } }),
      },
    },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.none' } } },
    kept: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.kept' } } },
    leftAlone: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.leftAlone' } } },
    cancelled: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: 'pickup.cancelled',
          values: context.chosenBooking ? timesOf(context.chosenBooking) : {},
        }),
      },
    },
    booked: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: bookedPhrase(context),
          values: context.already ? bookedValues(context, context.already) : {},
        }),
      },
    },
  },
});

export const pickup: ErrandDefinition = {
  machine,
  version: 1,
  upkeep: {
    eachTurn: 'extend',
    whenDropped: 'release',
    needed: (context) => (context as PickupContext).held !== undefined,
  },
};
