/** 预约收取证件: hand in or collect a document; book, change, cancel, ask. A place is held while she thinks and booked by one transaction. */
import { and, assign, not, setup } from 'xstate';
import {
  type Ask,
  chosen,
  type ErrandDefinition,
  type Open,
  type Run,
  returned,
  type Start,
  type Tell,
} from './errand.ts';
import { identifying } from './identify.ts';
import {
  alreadyValues,
  bookedPhrase,
  bookedValues,
  bookingFor,
  collectorValues,
  DIRECTION,
  directionOf,
  documentOf,
  heldValues,
  merged,
  modeChosen,
  modeOf,
  named,
  offerNamed,
  offersPhrase,
  offersValues,
  option,
  type PickupContext,
  type PickupEvent,
  readBackPhrase,
  sameWish,
  standingNamed,
  standingOption,
  standingValues,
  timesOf,
  turns,
  wishIn,
  withoutWhen,
} from './pickup.facts.ts';

export const machine = setup({
  types: { context: {} as PickupContext, events: {} as PickupEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    open: (_, _params: Open) => returned(),
    note: assign(({ context, event }) => ({ slots: merged(context.slots, named(event)) })),
    takeWish: assign(({ context, event }) => ({ intent: wishIn(event, context) })),
    forgetWhen: assign(({ context }) => ({
      slots: withoutWhen(context),
      offers: [],
    })),
    handIn: assign(({ context }) => ({ slots: { ...context.slots, direction: 'hand_in' } })),
    changeInstead: assign(({ context }) => ({
      intent: 'pickup.change' as const,
      chosenBooking: bookingFor(context) ?? context.already,
    })),
    keepLooked: assign(({ event }) => (event.type === 'LOOKED' ? lookedAt(event) : {})),
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
    windowInstead: assign(({ context }) => ({ slots: { ...context.slots, mode: 'window' } })),
    chooseMode: assign(({ context, event }) => ({
      slots: { ...context.slots, mode: event.type === 'CHOSE' ? modeChosen(event.n) : 'window' },
    })),
    noteRelation: assign(({ context, event }) => {
      const { relation, name } = named(event);
      return { slots: { ...context.slots, relation: relation ?? name ?? '' } };
    }),
    keepTogether: assign(({ event }) => (event.type === 'TOGETHER' ? { together: event.booking } : {})),
    onlyDocument: assign(({ context }) => ({ slots: { ...context.slots, item: context.ready[0] ?? '' } })),
    onlyBooking: assign(({ context }) => ({ chosenBooking: standingNamed(context) ?? context.standing[0] })),
  },
  guards: {
    collectorNamed: ({ context }) => context.collector !== undefined && context.slots.collector !== undefined,
    nobodyNamed: ({ context }) => modeOf(context) === 'proxy' && !context.slots.name,
    relationOpen: ({ context }) => modeOf(context) === 'proxy' && !context.slots.relation,
    wantsHome: ({ context }) => modeOf(context) === 'home',
    comesHome: ({ context }) => modeOf(context) === 'home' && context.homeOk,
    byCourier: ({ context }) => modeOf(context) === 'courier',
    byProxy: ({ context }) => modeOf(context) === 'proxy',
    byLocker: ({ context }) => modeOf(context) === 'locker',
    gaveName: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.name || event.slots.relation),
    gaveMode: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.mode || event.slots.date),
    choseWay: ({ event }) => event.type === 'CHOSE' && event.n !== 0 && event.n <= 3,
    othersReady: ({ context }) =>
      context.others.length > 0 && modeOf(context) === 'window' && context.intent === 'pickup.book',
    goesFirst: ({ context }) => context.priority,
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
  context: ({ input }) => ({
    ...input,
    ready: [],
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
      on: { LOOKED: { actions: 'keepLooked', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'collectorNamed', target: 'askingAgreed' },
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
        { target: 'decidingMode' },
      ],
    },
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
        GAVE: { guard: 'gaveName', actions: 'note', target: 'deciding' },
        NO: { actions: 'windowInstead', target: 'deciding' },
      },
    },
    askingRelation: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'pickup.whichRelation', for: 'name', values: collectorValues(context) }),
      },
      on: {
        GAVE: {
          guard: 'gaveName',
          actions: ['noteRelation', { type: 'say', params: { phrase: 'pickup.proxyRule' } }],
          target: 'deciding',
        },
        NO: { actions: 'windowInstead', target: 'deciding' },
      },
    },
    /** Somebody comes home only to those who cannot go; she is offered what there is. */
    offeringOtherWay: {
      entry: {
        type: 'ask',
        params: {
          phrase: 'pickup.otherWay',
          for: 'choice',
          options: [{ phrase: 'pickup.wayCourier' }, { phrase: 'pickup.wayProxy' }, { phrase: 'pickup.wayWindow' }],
        },
      },
      on: {
        CHOSE: { guard: 'choseWay', actions: 'chooseMode', target: 'deciding' },
        GAVE: { guard: 'gaveMode', actions: 'note', target: 'deciding' },
        NO: 'leftAlone',
      },
    },
    decidingWhen: {
      always: [
        { guard: 'byCourier', target: 'findingTimes' },
        { guard: not('knowsWhen'), target: 'askingDay' },
        { target: 'findingTimes' },
      ],
    },
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
          { guard: and(['hasOffers', 'byCourier']), actions: 'keepOffers', target: 'holding' },
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
        YES: 'holding',
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
        BOOKED: { actions: 'keepBooked', target: 'decidingBooked' },
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
    leftAlone: { always: [{ guard: 'goesFirst', target: 'leftAloneFirst' }, { target: 'leftAloneAnyTime' }] },
    leftAloneAnyTime: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.leftAlone' } } },
    leftAloneFirst: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.leftAloneFirst' } } },
    toVisit: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context: { slots } }) => ({
          errand: 'visit',
          intent: 'visit.request',
          slots: { item: slots.item ?? '', ...(slots.date ? { date: slots.date } : {}) },
        }),
      },
    },
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
    decidingBooked: {
      always: [
        { guard: 'byProxy', target: 'tellingProxy' },
        { guard: 'byLocker', target: 'tellingLocker' },
        { guard: 'othersReady', target: 'bookedFirst' },
        { target: 'booked' },
      ],
    },
    tellingProxy: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'pickup.bothIds', values: collectorValues(context) }) },
      always: 'booked',
    },
    tellingLocker: { entry: { type: 'say', params: { phrase: 'pickup.lockerAnyTime' } }, always: 'booked' },
    /** Another at home has something waiting too: one way for both. */
    bookedFirst: {
      entry: [
        { type: 'say', params: ({ context }) => bookedTold(context) },
        {
          type: 'ask',
          params: ({ context }) => ({
            phrase: 'pickup.together',
            for: 'yesno',
            offer: 'pickup',
            values: { called: context.others[0]?.called, document: context.others[0]?.matter },
          }),
        },
      ],
      on: { YES: 'bookingTogether', NO: 'alone', GAVE: 'alone' },
    },
    bookingTogether: {
      entry: { type: 'run', params: { effect: 'together' } },
      on: { TOGETHER: { actions: 'keepTogether', target: 'togetherBooked' }, NOT_TOGETHER: 'notTogether' },
    },
    togetherBooked: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: 'pickup.bookedBoth',
          values: { called: context.others[0]?.called, ...(context.together ? timesOf(context.together) : {}) },
        }),
      },
    },
    notTogether: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.notTogether' } } },
    alone: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.alone' } } },
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
        params: ({ context }) => bookedTold(context),
      },
    },
  },
});

function bookedTold(context: PickupContext): Tell {
  return { phrase: bookedPhrase(context), values: context.already ? bookedValues(context, context.already) : {} };
}

function lookedAt({ type: _, ...looked }: Extract<PickupEvent, { type: 'LOOKED' }>): Partial<PickupContext> {
  return looked;
}

export const pickup: ErrandDefinition = {
  machine,
  version: 2,
  upkeep: {
    eachTurn: 'extend',
    whenDropped: 'release',
    needed: (context) => (context as PickupContext).held !== undefined,
  },
};
