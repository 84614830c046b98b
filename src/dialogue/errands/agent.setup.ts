/** What the errand of reaching a person can do, and what it decides by. */
import { assign, setup } from 'xstate';
import type { Slots } from '../../understanding/meaning.ts';
import {
  type AgentContext,
  type AgentEvent,
  type CallbackForHer,
  callsOffered,
  isKnown,
  settledBy,
  wishNow,
} from './agent.facts.ts';
import { acts, chosen, isFullNumber, isLongNumber, type Start } from './errand.ts';

const HOUR = /^\d{2}:\d{2}$/;
const FRIGHTS = new Set(['fraud', 'harm']);

/** Of the number that is asked about, and of nothing later. */
const worthKeeping = ({ known: _, gone: __, when: ___, all: ____, ...slots }: Slots): Slots => slots;

const endsOrMoves = ({ slots }: AgentContext) => slots.about === 'cancel' || slots.about === 'move';
/** The call that is talked of from now on, later in the talk, too. */
const keptCall = ({ slots }: AgentContext, callback: CallbackForHer) => ({
  callback,
  slots: { ...slots, callback: callback.id ?? '' },
});

/** Named actions and guards; the states stand beside, by what they are about. */
export const reaching = setup({
  types: { context: {} as AgentContext, events: {} as AgentEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) => (event.type === 'LOOKED' ? { phoneTail: event.phoneTail } : {})),
    keepCallback: assign(({ context, event }) =>
      event.type === 'REQUESTED' ? { ...keptCall(context, event.callback), noted: !event.callback.already } : {},
    ),
    keepStanding: assign(({ context, event }) => {
      if (event.type === 'STANDS') return { ...keptCall(context, event.callback), open: event.open };
      return event.type === 'MOVED' ? keptCall(context, event.callback) : {};
    }),
    keepChosenCall: assign(({ context, event }) => {
      const one = event.type === 'CHOSE' ? chosen(callsOffered(context), event.n) : undefined;
      return one ? keptCall(context, one) : {};
    }),
    asksAnew: assign(({ context }) => ({ slots: { ...context.slots, about: '' } })),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, ...worthKeeping(event.slots) } } : {},
    ),
    keepLater: assign(({ context }) => ({ slots: { ...context.slots, when: 'later' } })),
    /** Each that she says goes along; the last is said back. */
    keepWish: assign(({ context, event }) => (event.type === 'GAVE' ? { slots: wishNow(context, event.slots) } : {})),
    keepCall: assign(({ event }) => (event.type === 'CALLING' || event.type === 'RINGS' ? { call: event.call } : {})),
    noteCall: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...event.slots, item: context.slots.item ?? '' } } : {},
    ),
    keepResult: assign(({ event }) =>
      event.type === 'RESULT'
        ? {
            result: event.result,
            done: event.done,
            callback: event.callback,
            call: { id: '', who: event.clerk },
            settled: settledBy(event),
          }
        : {},
    ),
    /** The number that is known is hers no more. */
    forgetKnown: assign(({ context }) => ({ slots: { ...context.slots, gone: 'yes' } })),
    /** And yet it is the one on file. */
    knownAfterAll: assign(({ context }) => {
      const { gone: _, phone: __, ...slots } = context.slots;
      return { slots };
    }),
    forgetPhone: assign(({ context }) => ({ slots: { ...context.slots, phone: '' } })),
  },
  guards: {
    callEnded: ({ context }) => Boolean(context.slots.ended),
    callIncoming: ({ context }) => Boolean(context.slots.incoming),
    asksOfStanding: ({ context }) => Boolean(context.slots.about),
    gaveWish: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.wish),
    notesWish: ({ context }) => context.slots.about === 'note' || context.slots.about === 'unnote',
    onlyReminds: ({ context }) => context.slots.about === 'remind',
    callsOff: ({ context }) => context.slots.about === 'cancel',
    asksNumber: ({ context, event }) =>
      context.slots.about === 'toWhich' && event.type === 'STANDS' && Boolean(event.callback.phoneTail),
    movesCall: ({ context }) => context.slots.about === 'move',
    lateCall: ({ event }) => event.type === 'STANDS' && event.callback.late === true,
    unsureWhich: ({ context, event }) => event.type === 'STANDS' && event.unsure && endsOrMoves(context),
    endsAll: ({ context, event }) =>
      event.type === 'STANDS' &&
      event.open.length > 1 &&
      context.slots.about === 'cancel' &&
      context.slots.all === 'yes',
    endsAllNow: ({ context, event }) =>
      event.type === 'GAVE' && event.slots.all === 'yes' && (context.open?.length ?? 0) > 1,
    endsNow: ({ event }) => event.type === 'GAVE' && event.slots.about === 'cancel',
    choseCall: ({ context, event }) => event.type === 'CHOSE' && chosen(callsOffered(context), event.n) !== undefined,
    knowsWhen: ({ context: { slots } }) => Boolean(slots.date || slots.time || slots.when === 'later'),
    /** Not in these days: until the first of them are over. */
    putOff: ({ context }) => context.slots.when === 'later',
    putsOff: ({ event }) => event.type === 'GAVE' && event.slots.when === 'later',
    gaveWhen: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.date || event.slots.time),
    agreedWithTime: ({ event }) => event.type === 'GAVE' && event.slots.agreed === 'yes',
    tellsEnd: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.ended),
    wantsCallback: ({ event }) => event.type === 'GAVE' && event.intent === 'callback.request',
    canTalk: ({ context, event }) =>
      event.type === 'LOOKED' && event.live === true && context.intent !== 'callback.request',
    mustWait: ({ event }) => event.type === 'CALLING' && event.call.least !== undefined,
    rates: ({ event }) => event.type === 'RESULT' && event.rate,
    alreadyAsked: ({ context }) => context.intent === 'callback.request' || context.slots.agreed === 'yes',
    alreadyAgreed: ({ context }) => context.slots.agreed === 'yes',
    callsOffNow: ({ event }) => event.type === 'GAVE' && event.slots.about === 'cancel',
    /** 「先别打」: the call that is being settled is none. */
    notYet: ({ event }) => event.type === 'GAVE' && event.slots.when === 'notYet',
    asksForTime: ({ event }) => event.type === 'GAVE' && event.slots.when === 'asks',
    movesNew: ({ context, event }) =>
      event.type === 'REQUESTED' && Boolean(context.slots.date || (event.callback.already && context.slots.time)),
    /** The hour that she named is none at which anybody is there. */
    otherHour: ({ context, event }) =>
      (event.type === 'REQUESTED' || event.type === 'MOVED') &&
      HOUR.test(context.slots.time ?? '') &&
      event.callback.after === undefined,
    gavePhone: ({ event }) => event.type === 'GAVE' && isFullNumber(event.slots.phone),
    longPhone: ({ event }) => event.type === 'GAVE' && isLongNumber(event.slots.phone),
    badPhone: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.phone) && !isFullNumber(event.slots.phone),
    hasPhone: ({ context }) => isFullNumber(context.slots.phone),
    saysGone: ({ event }) => event.type === 'GAVE' && event.slots.gone === 'yes',
    meansKnown: ({ context, event }) =>
      event.type === 'GAVE' && event.slots.known === 'yes' && context.phoneTail !== undefined,
    /** Nobody recites digits in fright: the station knows her home. */
    inFright: ({ context }) => FRIGHTS.has(context.slots.reason ?? ''),
    /** Another than the one on file. */
    wantsOther: ({ context }) => context.slots.gone === 'yes',
    knownPhone: ({ context }) => isKnown(context),
    standing: ({ event }) => event.type === 'REQUESTED' && event.callback.already,
  },
});
