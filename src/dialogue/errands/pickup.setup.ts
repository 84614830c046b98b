/** What the errand of collecting and handing in can do, and what it decides by. */
import { assign, setup } from 'xstate';
import { isPaper } from '../known-matters.ts';
import { acts, chosen, type Start } from './errand.ts';
import {
  DIRECTION,
  directionOf,
  lookedAt,
  merged,
  modeChosen,
  modeOf,
  named,
  type PickupContext,
  type PickupEvent,
  refusedWith,
  sendsAnother,
  turnedDownWith,
  turns,
  wishIn,
} from './pickup.facts.ts';
import {
  chosenWhen,
  furtherIn,
  isVeryTime,
  leavesOffered,
  namesHeld,
  offerNamed,
  sameWish,
  saysHeld,
  withOfferedDay,
  withoutWhen,
} from './pickup.when.ts';
import {
  besides,
  bookingFor,
  bookingForAnother,
  bookingTakenBack,
  forPartner,
  partner,
  standingNamed,
  takesOtherRoad,
  theirs,
  withoutCollector,
  withoutCouple,
} from './pickup.whose.ts';

/** Roads that have no hours of a window. */
const TO_HER = new Set(['locker', 'courier', 'home']);
/** Roads on which the other's goes along with hers. */
const TOGETHER = new Set(['window', 'locker', 'courier']);

/** Named actions and guards; the states stand beside, by what they are about. */
export const collecting = setup({
  types: { context: {} as PickupContext, events: {} as PickupEvent, input: {} as Start },
  actions: {
    ...acts,
    note: assign(({ context, event }) => ({ slots: merged(context.slots, named(event)) })),
    takeWish: assign(({ context, event }) => ({ intent: wishIn(event, context) })),
    forgetWhen: assign(({ context, event }) => ({
      slots: withoutWhen(context),
      offers: [],
      refused: refusedWith(context, event),
      turnedDown: turnedDownWith(context),
      nothingElse: undefined,
    })),
    noSuchDay: assign(({ context, event }) => ({ refused: refusedWith(context, event) })),
    handIn: assign(({ context }) => ({ slots: { ...context.slots, direction: 'hand_in' } })),
    changeInstead: assign(({ context }) => ({
      intent: 'pickup.change' as const,
      chosenBooking: bookingFor(context) ?? context.already,
    })),
    keepLooked: assign(({ event }) => (event.type === 'LOOKED' ? lookedAt(event) : {})),
    keepOffers: assign(({ event }) =>
      event.type === 'OFFERED' || event.type === 'TAKEN'
        ? {
            offers: event.offers,
            unclear: undefined,
            nothingElse: undefined,
            held: undefined,
            wanted: undefined,
            notThen: 'notThen' in event ? event.notThen : undefined,
          }
        : {},
    ),
    /** From here on it is hers, and he who speaks collects. */
    takeOwner: assign(({ context, event }) => {
      const owner = event.type === 'LOOKED' ? event.owner : undefined;
      const { forWhom: _, ...slots } = context.slots;
      if (!owner) return {};
      const { residentId, collector, relation } = owner;
      if (context.intent !== 'pickup.book') return { owner, residentId, slots };
      return { owner, residentId, slots: { ...slots, mode: 'proxy', name: collector, relation } };
    }),
    ownAfterAll: assign(({ context, event }) => {
      const { forWhom: _, forSpouse: __, outsider: ___, ...slots } = context.slots;
      return { ...(event.type === 'LOOKED' ? lookedAt(event) : {}), slots };
    }),
    /** Her own document is none of this. */
    noteForWhom: assign(({ context, event }) => {
      const { item: _, ...slots } = context.slots;
      return { slots: { ...slots, ...named(event) } };
    }),
    /** Nothing of hers waits, and the other's does: it is that which is fetched. */
    takeTheirs: assign(({ context }) => ({
      slots: { ...withoutCouple(context.slots), item: theirs(context)?.matter ?? '', ...forPartner(context) },
    })),
    onlyLacking: assign(({ context }) => ({ slots: { ...context.slots, item: context.lacking[0] ?? '' } })),
    takeUnsaid: assign(({ context }) => ({ slots: { ...context.slots, item: context.onlyUnsaid ?? '' } })),
    firstOfBoth: assign(({ context }) => ({ slots: { ...context.slots, item: context.ready[0] ?? '' } })),
    /** Nobody else is to collect it: it is to end. */
    cancelIt: assign(({ context }) => ({ intent: 'pickup.cancel' as const, slots: withoutCollector(context.slots) })),
    bookingOfAnother: assign(({ context }) => ({ chosenBooking: bookingForAnother(context) })),
    /** The time stays, and another collects: what stands is no longer moved. */
    sendAnother: assign(({ context }) => ({
      intent: 'pickup.book' as const,
      slots: { ...context.slots, item: context.chosenBooking?.matter ?? '' },
    })),
    /** Who comes is settled; what she says next is about something else. */
    wayToHer: assign(({ context }) => ({ slots: withoutCollector(context.slots) })),
    bookingOfHers: assign(({ context }) => ({ chosenBooking: bookingTakenBack(context) })),
    moveForCollector: assign(({ context, event }) => ({
      intent: 'pickup.change' as const,
      slots: { ...context.slots, date: event.type === 'COLLECTOR_TOO_SOON' ? event.from : '' },
    })),
    /** Only who goes, or how, is new: the day and the hour that were read back stay. */
    keepChosen: assign(({ context, event }) => ({ slots: { ...context.slots, ...chosenWhen(context, event) } })),
    takeOffer: assign(({ context, event }) => ({
      wanted: offerNamed(context, event) ?? context.offers[0],
      unclear: undefined,
    })),
    askWhich: assign({ unclear: true }),
    takeStanding: assign(({ context }) => ({ already: bookingFor(context) })),
    takeChange: assign({ intent: 'pickup.change' as const }),
    keepFurther: assign(({ context, event }) => ({
      further: furtherIn(event),
      turnedDown: turnedDownWith(context),
      nothingElse: undefined,
    })),
    /** Another day is looked at afresh; another half of it leaves out what she was offered. */
    turnDown: assign(({ context, event }) => ({
      turnedDown: leavesOffered(context, event) ? turnedDownWith(context) : undefined,
      slots: withOfferedDay(context, event),
    })),
    startAnew: assign(({ context, event }) =>
      named(event).date ? { turnedDown: undefined } : { turnedDown: context.turnedDown },
    ),
    nothingElse: assign({ held: undefined, nothingElse: true as const }),
    /** The day that is held is the one that is talked of from here on. */
    keepHeld: assign(({ context, event }) => {
      if (event.type !== 'HELD') return {};
      const { date } = context.slots;
      return { held: event.held, ...(date ? { slots: { ...context.slots, date: event.held.day } } : {}) };
    }),
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
    noneReady: ({ context: { ready, lacking } }) => ready.length === 0 && lacking.length === 0,
    theirsReady: ({ context }) =>
      context.intent === 'pickup.book' &&
      directionOf(context) === DIRECTION &&
      !context.owner &&
      theirs(context) !== undefined,
    collectorNamed: ({ context }) => context.collector !== undefined && context.slots.collector !== undefined,
    /** Moved so that the collector may come: that is settled. */
    namesAnother: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.forWhom),
    /** She named herself: it is her own. */
    isHers: ({ event }) => event.type === 'LOOKED' && event.hers === true,
    isAnothers: ({ event }) => event.type === 'LOOKED' && event.owner !== undefined,
    somebodyElses: ({ context }) => Boolean(context.slots.forWhom),
    takesItBack: ({ context }) => bookingTakenBack(context) !== undefined,
    anotherForBooked: ({ context }) => context.intent === 'pickup.book' && bookingForAnother(context) !== undefined,
    collectorUnnamed: ({ context }) => !context.slots.name,
    collectorUnrelated: ({ context }) => !context.slots.relation,
    setsCollector: ({ context }) => sendsAnother(context) && Boolean(context.slots.name),
    oneLacking: ({ context }) => directionOf(context) === 'hand_in' && context.lacking.length === 1,
    /** 「那约后天」, and nothing is ready: one of her cases waits for papers. */
    onlyPapers: ({ context: { ready, lacking, slots } }) =>
      ready.length === 0 && lacking.length === 1 && !slots.direction && !slots.mode,
    oneUnsaid: ({ context }) => directionOf(context) === 'hand_in' && context.onlyUnsaid !== undefined,
    wantsBoth: ({ context }) => context.slots.both === 'yes' && directionOf(context) === DIRECTION,
    besides: ({ context }) => besides(context) !== undefined && context.intent === 'pickup.book',
    anyWill: ({ event }) =>
      event.type === 'GAVE' &&
      ['any', 'early'].includes(event.slots.edge ?? '') &&
      !event.slots.date &&
      !event.slots.time,
    nobodyNamed: ({ context }) => modeOf(context) === 'proxy' && !context.slots.name,
    relationOpen: ({ context }) => modeOf(context) === 'proxy' && !context.slots.relation,
    wantsHome: ({ context }) => modeOf(context) === 'home',
    comesHome: ({ context }) => modeOf(context) === 'home' && context.homeOk,
    byCourier: ({ context }) => modeOf(context) === 'courier',
    byProxy: ({ context }) => modeOf(context) === 'proxy',
    hasRefused: ({ context }) => (context.refused?.length ?? 0) > 0,
    byLocker: ({ context }) => modeOf(context) === 'locker',
    gaveName: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.name || event.slots.relation),
    gaveMode: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.mode || event.slots.date),
    comesHomeInstead: ({ event }) => named(event).mode === 'home',
    /** 「那柜子夜里开不」: another road than was talked of, and none of the times that were offered on that. */
    otherRoad: ({ context, event }) => TO_HER.has(named(event).mode ?? '') && named(event).mode !== modeOf(context),
    /** Not what is ready to be collected, but how it would come. */
    asksHow: ({ context }) => ['courier', 'locker', 'home', 'proxy'].includes(context.slots.mode ?? ''),
    /** By which road it would come, and nothing else. */
    onlyHow: ({ event }) => {
      const { mode, item, direction } = named(event);
      return Boolean(mode) && !item && direction !== 'hand_in';
    },
    choseWay: ({ event }) => event.type === 'CHOSE' && event.n !== 0 && event.n <= 3,
    along: ({ context }) =>
      partner(context) !== undefined && (TOGETHER.has(modeOf(context)) || context.intent === 'pickup.change'),
    inHisStead: ({ context }) => Boolean(context.slots.stead),
    /** She wants both, and the other has nothing that waits. */
    otherHasNone: ({ context }) =>
      context.slots.couple === 'yes' && partner(context) === undefined && context.otherAtHome !== undefined,
    othersStay: ({ context }) => (context.othersBooked?.length ?? 0) > 0,
    wantsAll: ({ context }) => context.slots.both === 'yes',
    changes: ({ context }) => context.intent === 'pickup.change',
    othersReady: ({ context }) =>
      context.others.length > 0 && modeOf(context) === 'window' && context.intent === 'pickup.book',
    goesFirst: ({ context }) => context.priority,
    wantsQuery: ({ context }) => context.intent === 'pickup.query',
    callsOffCall: ({ context }) => context.intent === 'pickup.cancel' && context.promised === 'callback',
    callsOffVisit: ({ context }) => context.intent === 'pickup.cancel' && context.promised === 'visit',
    wantsCancel: ({ context }) => context.intent === 'pickup.cancel',
    wantsChange: ({ context }) => context.intent === 'pickup.change',
    /** Hers is booked: only the other's is to be booked along. */
    hersStands: ({ context }) => context.intent === 'pickup.book' && bookingFor(context) !== undefined,
    hasStanding: ({ context }) => context.standing.length > 0,
    bookingClear: ({ context }) => context.chosenBooking !== undefined,
    oneBooking: ({ context }) => context.standing.length === 1 || standingNamed(context) !== undefined,
    /** A household register is handed in for something, and is itself no matter here. */
    knowsDocument: ({ context: { slots } }) =>
      Boolean(slots.item) && !(directionOf({ slots }) === 'hand_in' && isPaper(slots.item ?? '')),
    oneDocument: ({ context }) => context.ready.length === 1 && directionOf(context) === DIRECTION,
    severalDocuments: ({ context }) => context.ready.length > 1,
    standsSame: ({ context }) => bookingFor(context) !== undefined && sameWish(context, bookingFor(context)),
    /** It is booked, and is to come to her by another road. */
    standsElsewise: ({ context }) => takesOtherRoad(context),
    standsOther: ({ context }) => bookingFor(context) !== undefined,
    collectable: ({ context }) =>
      directionOf(context) === 'hand_in' || context.ready.includes(context.slots.item ?? ''),
    knowsWhen: ({ context }) =>
      Boolean(context.slots.date || context.slots.time || context.slots.edge || context.slots.shift),
    hasOffers: ({ event }) => (event.type === 'OFFERED' || event.type === 'TAKEN') && event.offers.length > 0,
    whichIsOpen: ({ context }) => context.offers.length > 1 && !context.unclear,
    veryTime: ({ context, event }) =>
      event.type === 'OFFERED' && (event.anyHour === true || isVeryTime(context, event.offers)),
    notThen: ({ event }) => event.type === 'OFFERED' && event.notThen !== undefined,
    wantsOtherDay: ({ event }) => event.type === 'GAVE' && event.slots.other === 'otherDay',
    wantsFurther: ({ event }) => furtherIn(event) !== undefined,
    namesHeld: ({ context, event }) => namesHeld(context, event),
    saysHeld: ({ context, event }) => saysHeld(context, event),
    namesOffer: ({ context, event }) => offerNamed(context, event) !== undefined,
    choseNone: ({ event }) =>
      (event.type === 'CHOSE' && event.n === 0) || (event.type === 'GAVE' && event.slots.ordinal === '0'),
    givesWhen: ({ event }) =>
      event.type === 'GAVE' && Boolean(event.slots.date || event.slots.time || event.slots.place),
    /** 「时间不变，换人」 while what stands is being moved. */
    onlyWhoChanges: ({ context, event }) => {
      const { mode, date, time, shift } = named(event);
      const moving = context.intent === 'pickup.change' && context.chosenBooking?.direction === DIRECTION;
      return moving && mode === 'proxy' && !date && !time && !shift;
    },
    choseDocument: ({ context, event }) => event.type === 'CHOSE' && chosen(context.ready, event.n) !== undefined,
    choseBooking: ({ context, event }) => event.type === 'CHOSE' && chosen(context.standing, event.n) !== undefined,
    cancelsStill: ({ event }) =>
      event.type === 'GAVE' && event.intent === 'pickup.cancel' && !event.slots.date && !event.slots.time,
    callsItOff: ({ context, event }) =>
      event.type === 'GAVE' && event.intent === 'pickup.cancel' && context.standing.length > 0,
    turnsTo: ({ context, event }) =>
      event.type === 'GAVE' && event.intent !== context.intent && turns.has(event.intent),
  },
});
