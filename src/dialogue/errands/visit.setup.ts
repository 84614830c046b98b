/** What the errand of somebody coming home can do, and what it decides by. */
import { assign, setup } from 'xstate';
import { acts, type Start } from './errand.ts';
import {
  dayOf,
  given,
  halfOf,
  movedSlots,
  noted,
  refusedWith,
  standing,
  type VisitContext,
  type VisitEvent,
  WANTED,
  whenOf,
  wishNow,
  without,
} from './visit.facts.ts';

/** Named actions and guards; the states stand in `visit.ts`. */
export const visiting = setup({
  types: { context: {} as VisitContext, events: {} as VisitEvent, input: {} as Start },
  actions: {
    ...acts,
    keepLooked: assign(({ event }) =>
      event.type === 'LOOKED' ? { listed: event.listed, visits: event.visits, quiet: event.quiet } : {},
    ),
    keepTold: assign(({ event }) => (event.type === 'NOTED' || event.type === 'STANDS' ? { told: event.visit } : {})),
    keepWish: assign(({ context, event }) => wishNow(context, given(event))),
    takeWish: assign(({ context }) => wishNow(context, context.slots)),
    keepFound: assign(({ context }) => ({ found: whenOf(context) })),
    note: assign(({ context, event }) => ({ slots: noted(context.slots, event) })),
    keepSoonest: assign(({ context, event }) =>
      event.type === 'SOONEST'
        ? { slots: { ...without(context.slots, ['edge']), date: event.day, time: event.half } }
        : {},
    ),
    /** Which one she speaks of, with what of its time is to stay. */
    takeStanding: assign(({ context }) => ({ slots: movedSlots(context) })),
    asksAnew: assign(({ context }) => ({ slots: without(context.slots, ['about']) })),
    forgetWhen: assign(({ context, event }) => ({
      slots: without(context.slots, ['date', 'time']),
      found: undefined,
      refused: refusedWith(context, event),
    })),
    forgetHalf: assign(({ context }) => ({ slots: without(context.slots, ['time']), found: undefined })),
  },
  guards: {
    listed: ({ context }) => context.listed,
    asksAbout: ({ context }) => Boolean(context.slots.about),
    hasStanding: ({ context }) => standing(context) !== undefined,
    callsOffNow: ({ context, event }) => given(event).about === 'cancel' && standing(context) !== undefined,
    wantsOtherDay: ({ event }) => given(event).other === 'otherDay',
    callsOff: ({ context }) => context.slots.about === 'cancel',
    movesIt: ({ context }) => context.slots.about === 'move',
    gaveWish: ({ event }) => Boolean(given(event).wish),
    notesWish: ({ context }) => context.slots.about === 'note' || context.slots.about === 'unnote',
    asksWho: ({ context }) => context.slots.about === 'who' && standing(context)?.worker === undefined,
    gaveWhen: ({ event }) => Boolean(given(event).date || given(event).time),
    knowsMatter: ({ context }) => Boolean(context.slots.item),
    knowsDay: ({ context }) => dayOf(context) !== undefined,
    knowsHalf: ({ context }) => halfOf(context) !== undefined,
    /** She leaves the day or the half day to us. */
    anyWill: ({ context }) => Boolean(context.slots.edge) && !(dayOf(context) && halfOf(context)),
    forPapers: ({ context }) => context.slots.forPapers === 'yes',
    found: ({ context }) => context.found === whenOf(context),
    asksWhatStands: ({ context }) => standing(context) !== undefined && !dayOf(context) && !halfOf(context),
    standsSame: ({ context }) => {
      const one = standing(context);
      return one !== undefined && `${one.day} ${one.half}` === whenOf(context);
    },
    standsPlanned: ({ context }) => standing(context)?.worker !== undefined,
    standsOther: ({ context }) => standing(context) !== undefined,
    /** A paper that is spoken of is no matter to come for. */
    gaveAnswer: ({ event }) => WANTED.some((name) => noted({}, event)[name]),
  },
});
