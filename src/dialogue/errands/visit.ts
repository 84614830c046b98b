/** 上门帮办代办: somebody comes home. Who is on no list is never refused: staff see how they can help. Who goes is settled at the desk. */
import { and, not } from 'xstate';
import type { ErrandDefinition } from './errand.ts';
import { ask, forStaff, toldValues, type VisitContext } from './visit.facts.ts';
import { visiting } from './visit.setup.ts';

const saysWish = {
  type: 'say' as const,
  params: ({ context }: { context: VisitContext }) => ({
    phrase: context.wished ? `visit.wish_${context.wished}` : 'visit.wishGone',
  }),
};

const machine = visiting.createMachine({
  id: 'visit',
  context: ({ input }) => ({ ...input, listed: false, visits: [], quiet: [] }),
  initial: 'looking',
  on: {
    GAVE: [
      { guard: 'callsOffNow', target: '.confirmingCancel' },
      { guard: 'gaveWish', actions: 'keepWish', target: '.tellingWish' },
      { guard: 'wantsOtherDay', actions: 'forgetWhen', target: '.deciding' },
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
        { guard: 'notesWish', actions: 'takeWish', target: 'notingWish' },
        { guard: 'callsOff', target: 'confirmingCancel' },
        { guard: and(['movesIt', not('knowsDay'), not('knowsHalf')]), actions: 'takeStanding', target: 'askingDay' },
        { guard: 'movesIt', actions: 'takeStanding', target: 'deciding' },
        { guard: 'asksWho', target: 'nobodyYet' },
        { target: 'stands' },
      ],
    },
    /** What whoever comes is to know: said back, and on with the question. */
    tellingWish: { entry: saysWish, always: 'deciding' },
    notingWish: {
      entry: { type: 'run', params: { effect: 'note' } },
      on: { WISH_KEPT: 'wishKept' },
    },
    wishKept: { type: 'final', entry: saysWish },
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
