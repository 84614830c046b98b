/** 上门帮办代办: somebody comes home. Who is on no list is never refused: staff see how they can help. Who goes is settled at the desk. */
import { and, assign, not, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import { type Ask, acts, type ErrandDefinition, type Remembered, type Said, type Start } from './errand.ts';

export interface VisitForHer {
  id: string;
  matter: string;
  day: string;
  half: 'AM' | 'PM';
  worker?: string;
}

export interface VisitContext extends Remembered {
  /** Whether staff come to her as a rule; what list says so is never spoken. */
  listed: boolean;
  visits: VisitForHer[];
  /** Matters that are not named aloud. */
  quiet: string[];
  /** The day and half day that were found possible. */
  found?: string;
  told?: VisitForHer;
}

export type VisitEvent =
  | Said
  | { type: 'LOOKED'; listed: boolean; visits: VisitForHer[]; quiet: string[] }
  | { type: 'POSSIBLE' }
  | { type: 'NOT_POSSIBLE' }
  | { type: 'SOONEST'; day: string; half: 'AM' | 'PM' }
  | { type: 'NOTED'; visit: VisitForHer }
  | { type: 'STANDS'; visit: VisitForHer }
  | { type: 'PLANNED' }
  | { type: 'CANCELLED' };

const NOON = '12:00';
/** The first day of a range. */
export const dayOf = ({ slots }: Pick<VisitContext, 'slots'>) => slots.date?.split('/')[0];
/** `AM` or `PM`, also of an hour. */
export function halfOf({ slots }: Pick<VisitContext, 'slots'>): 'AM' | 'PM' | undefined {
  if (!slots.time) return undefined;
  if (slots.time === 'AM' || slots.time === 'PM') return slots.time;
  return slots.time < NOON ? 'AM' : 'PM';
}
const whenOf = (context: VisitContext) => `${dayOf(context)} ${halfOf(context)}`;
export const standing = (context: VisitContext) =>
  context.visits.find((one) => context.slots.item === undefined || one.matter === context.slots.item);

const given = (event: VisitEvent): Slots => (event.type === 'GAVE' ? event.slots : {});
const WANTED = ['item', 'date', 'time', 'edge'];
function noted(slots: Slots, event: VisitEvent): Slots {
  const said = Object.fromEntries(Object.entries(given(event)).filter(([name]) => WANTED.includes(name)));
  const kept = said.date && !said.time ? without(slots, ['time']) : slots;
  return { ...kept, ...said };
}
const without = (slots: Slots, names: string[]) =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !names.includes(name)));

/** Another day keeps the half day it had, another half day the day. */
function movedSlots(context: VisitContext): Slots {
  const before = standing(context);
  const { date, time, ...rest } = without(context.slots, ['about']) as Slots;
  const when: Slots = date || time ? { date: date ?? before?.day ?? '', time: time ?? before?.half ?? '' } : {};
  return { ...rest, ...when, item: before?.matter ?? rest.item ?? '' };
}

function forStaff(context: VisitContext): Slots {
  const { item } = context.slots;
  const wished = { item, visitDay: dayOf(context), visitHalf: halfOf(context) };
  const known = Object.entries(wished).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { ...Object.fromEntries(known), reason: 'visit' };
}

const aloud = (context: VisitContext, matter: string | undefined) =>
  matter !== undefined && context.quiet.includes(matter) ? undefined : matter;

function values(context: VisitContext): Values {
  const before = standing(context);
  return {
    matter: aloud(context, context.slots.item),
    day: dayOf(context),
    half: halfOf(context),
    oldDay: before?.day,
    oldHalf: before?.half,
    worker: before?.worker,
  };
}

function toldValues(context: VisitContext): Values {
  const one = context.told ?? standing(context);
  return { matter: aloud(context, one?.matter), day: one?.day, half: one?.half, worker: one?.worker };
}

const ask =
  (phrase: string, rest: Omit<Ask, 'phrase'>) =>
  ({ context }: { context: VisitContext }): Ask => ({ phrase: `visit.${phrase}`, values: values(context), ...rest });

export const machine = setup({
  types: { context: {} as VisitContext, events: {} as VisitEvent, input: {} as Start },
  actions: {
    ...acts,
    keepLooked: assign(({ event }) =>
      event.type === 'LOOKED' ? { listed: event.listed, visits: event.visits, quiet: event.quiet } : {},
    ),
    keepTold: assign(({ event }) => (event.type === 'NOTED' || event.type === 'STANDS' ? { told: event.visit } : {})),
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
    forgetWhen: assign(({ context }) => ({ slots: without(context.slots, ['date', 'time']), found: undefined })),
    forgetHalf: assign(({ context }) => ({ slots: without(context.slots, ['time']), found: undefined })),
  },
  guards: {
    listed: ({ context }) => context.listed,
    asksAbout: ({ context }) => Boolean(context.slots.about),
    hasStanding: ({ context }) => standing(context) !== undefined,
    callsOffNow: ({ context, event }) => given(event).about === 'cancel' && standing(context) !== undefined,
    callsOff: ({ context }) => context.slots.about === 'cancel',
    movesIt: ({ context }) => context.slots.about === 'move',
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
    gaveAnswer: ({ event }) => WANTED.some((name) => given(event)[name]),
  },
}).createMachine({
  id: 'visit',
  context: ({ input }) => ({ ...input, listed: false, visits: [], quiet: [] }),
  initial: 'looking',
  on: {
    GAVE: [
      { guard: 'callsOffNow', target: '.confirmingCancel' },
      { guard: 'gaveAnswer', actions: 'note', target: '.deciding' },
    ],
  },
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keepLooked', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'asksAbout', target: 'decidingAbout' },
        { guard: 'asksWhatStands', target: 'stands' },
        { guard: not('listed'), target: 'handingOver' },
        { guard: not('knowsMatter'), target: 'askingMatter' },
        { guard: 'anyWill', target: 'findingSoonest' },
        { guard: and([not('knowsDay'), 'forPapers']), target: 'askingPapersDay' },
        { guard: not('knowsDay'), target: 'askingDay' },
        { guard: not('knowsHalf'), target: 'askingHalf' },
        { guard: not('found'), target: 'considering' },
        { guard: 'standsSame', target: 'stands' },
        { guard: 'standsPlanned', target: 'handingOverPlanned' },
        { guard: 'standsOther', target: 'confirmingMove' },
        { target: 'confirming' },
      ],
    },
    /** Of one that stands: called off, moved, or told. */
    decidingAbout: {
      always: [
        { guard: and([not('hasStanding'), 'callsOff']), target: 'nothingStands' },
        { guard: not('hasStanding'), target: 'offeringNew' },
        { guard: 'callsOff', target: 'confirmingCancel' },
        { guard: and(['movesIt', not('knowsDay'), not('knowsHalf')]), actions: 'takeStanding', target: 'askingDay' },
        { guard: 'movesIt', actions: 'takeStanding', target: 'deciding' },
        { guard: 'asksWho', target: 'nobodyYet' },
        { target: 'stands' },
      ],
    },
    offeringNew: {
      entry: { type: 'ask', params: ask('noneOffer', { for: 'yesno', offer: 'visit' }) },
      on: { YES: { actions: 'asksAnew', target: 'deciding' }, NO: 'leftAlone' },
    },
    confirmingCancel: {
      entry: { type: 'ask', params: ask('reallyCancel', { for: 'yesno', offer: 'cancel' }) },
      on: { YES: 'cancelling', NO: 'stands' },
    },
    cancelling: {
      entry: { type: 'run', params: { effect: 'cancel' } },
      on: { CANCELLED: 'cancelled', PLANNED: 'handingOver' },
    },
    cancelled: { type: 'final', entry: { type: 'say', params: { phrase: 'visit.cancelled' } } },
    nothingStands: { type: 'final', entry: { type: 'say', params: { phrase: 'visit.none' } } },
    nobodyYet: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'visit.whoNotYet', values: toldValues(context) }) },
    },
    askingMatter: {
      entry: { type: 'ask', params: ask('whichMatter', { for: 'item' }) },
      on: { NO: 'handingOver' },
    },
    askingDay: { entry: { type: 'ask', params: ask('whichDay', { for: 'date' }) }, on: { NO: 'leftAlone' } },
    askingPapersDay: { entry: { type: 'ask', params: ask('papersDay', { for: 'date' }) }, on: { NO: 'leftAlone' } },
    askingOtherDay: { entry: { type: 'ask', params: ask('otherDay', { for: 'date' }) }, on: { NO: 'leftAlone' } },
    askingHalf: {
      entry: { type: 'ask', params: ask('whichHalf', { for: 'time' }) },
      on: { NO: { actions: 'forgetWhen', target: 'deciding' }, BACK: { actions: 'forgetWhen', target: 'deciding' } },
    },
    findingSoonest: {
      entry: { type: 'run', params: { effect: 'soonest' } },
      on: { SOONEST: { actions: 'keepSoonest', target: 'deciding' } },
    },
    considering: {
      entry: { type: 'run', params: { effect: 'consider' } },
      on: {
        POSSIBLE: { actions: 'keepFound', target: 'deciding' },
        NOT_POSSIBLE: { actions: 'forgetWhen', target: 'askingOtherDay' },
      },
    },
    confirming: {
      entry: { type: 'ask', params: ask('readBack', { for: 'yesno', offer: 'visit' }) },
      on: {
        YES: 'requesting',
        NO: { actions: 'forgetWhen', target: 'deciding' },
        BACK: { actions: 'forgetHalf', target: 'deciding' },
      },
    },
    confirmingMove: {
      entry: { type: 'ask', params: ask('readBackMove', { for: 'yesno', offer: 'visit' }) },
      on: { YES: 'moving', NO: 'stands', BACK: { actions: 'forgetHalf', target: 'deciding' } },
    },
    requesting: {
      entry: { type: 'run', params: { effect: 'request' } },
      on: { NOTED: { actions: 'keepTold', target: 'noted' }, STANDS: { actions: 'keepTold', target: 'stands' } },
    },
    moving: {
      entry: { type: 'run', params: { effect: 'move' } },
      on: { NOTED: { actions: 'keepTold', target: 'moved' }, PLANNED: 'handingOver' },
    },
    handingOver: {
      entry: { type: 'ask', params: ask('byStaff', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toStaff', NO: 'leftAlone', GAVE: { guard: 'gaveWhen', actions: 'note', target: 'handingOverThen' } },
    },
    /** When it would suit her goes along. */
    handingOverThen: {
      entry: { type: 'ask', params: ask('byStaffThen', { for: 'yesno', offer: 'callback' }) },
      on: {
        YES: 'toStaff',
        NO: 'leftAlone',
        GAVE: { guard: 'gaveWhen', actions: 'note', target: 'handingOverThen', reenter: true },
      },
    },
    handingOverPlanned: {
      entry: { type: 'ask', params: ask('planned', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toStaff', NO: 'stands' },
    },
    toStaff: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'agent',
          intent: 'callback.request',
          slots: forStaff(context),
        }),
      },
    },
    noted: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'visit.noted', values: toldValues(context) }) },
    },
    moved: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'visit.moved', values: toldValues(context) }) },
    },
    stands: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'visit.stands', values: toldValues(context) }) },
    },
    leftAlone: { type: 'final', entry: { type: 'say', params: { phrase: 'visit.leftAlone' } } },
  },
});

export const visit: ErrandDefinition = { machine, version: 1 };
