/** 投诉, 办不成事, 建议: in her own words, read back, with a number and a day; what was answered is told; the city's matters have their own line. */
import { and } from 'xstate';
import { readBack } from './complaint.readback.ts';
import { askedFor, complaining, current, kindOf, ofTicket, phraseOf } from './complaint.setup.ts';
import type { ErrandDefinition } from './errand.ts';

const machine = complaining.createMachine({
  id: 'complaint',
  context: ({ input }) => ({
    ...input,
    kind: kindOf(input.slots),
    about: 'ours',
    asked: false,
    told: false,
    tickets: [],
    at: 0,
  }),
  initial: 'sorting',
  states: {
    sorting: {
      entry: { type: 'run', params: { effect: 'sort' } },
      on: { SORTED: { actions: 'keepSorted', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'asksForNews', target: 'lookingBack' },
        { guard: 'asksLine', actions: 'forgetWords', target: 'lineTold' },
        { guard: 'rungInVain', actions: 'makeOurs', target: 'notingHere' },
        { guard: 'cityMatter', target: 'offeringNumber' },
        { guard: 'cityToo', target: 'tellingCityToo' },
        { guard: and(['told', 'wronged']), actions: 'console', target: 'consoling' },
        { guard: 'told', target: 'readingBack' },
        { target: 'asking' },
      ],
    },
    /** A word for her before her words. */
    consoling: { entry: { type: 'say', params: { phrase: 'complaint.sorry' } }, always: 'readingBack' },
    asking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: `complaint.ask_${askedFor(context)}`,
          for: 'nothing',
          words: 'wanted',
        }),
      },
      on: {
        GAVE: [
          { guard: 'choosesKind', actions: 'keepKind', target: 'asking', reenter: true },
          { guard: 'dropsAll', target: 'declined' },
          { guard: 'gaveWords', actions: 'keepWords', target: 'sorting' },
        ],
        NO: 'declined',
      },
    },
    ...readBack,
    opening: {
      entry: { type: 'run', params: { effect: 'open' } },
      on: {
        OPENED: [
          { guard: 'nameless', actions: 'keepTicket', target: 'notedNameless' },
          { actions: 'keepTicket', target: 'noted' },
        ],
      },
    },
    /** Heat, water, light are 12345's: she is given its number, no order is promised that nobody would get. */
    offeringNumber: {
      entry: { type: 'ask', params: { phrase: 'complaint.city', for: 'yesno', offer: 'number' } },
      on: {
        YES: { actions: 'forgetWords', target: 'numberGiven' },
        NO: { actions: 'forgetWords', target: 'declined' },
        GAVE: [
          { guard: 'notesHere', actions: 'makeOurs', target: 'notingHere' },
          { actions: 'forgetWords', target: 'numberGiven' },
        ],
      },
    },
    notingHere: {
      entry: { type: 'say', params: { phrase: 'complaint.cityHere' } },
      always: [{ guard: 'told', target: 'readingBack' }, { target: 'asking' }],
    },
    lookingBack: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: {
        LOOKED: [{ actions: 'keepTickets', target: 'counting' }],
      },
    },
    counting: { always: [{ guard: 'noTickets', target: 'nothingBefore' }, { target: 'telling' }] },
    telling: {
      entry: [
        {
          type: 'say',
          params: ({ context }) => ({ phrase: phraseOf(current(context)), values: ofTicket(current(context)) }),
        },
        { type: 'run', params: { effect: 'told' } },
      ],
      on: { TOLD: [{ guard: 'hasNext', target: 'askingOn' }, { target: 'allTold' }] },
    },
    askingOn: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'complaint.goOn',
          for: 'yesno',
          offer: 'more',
          values: { left: context.tickets.length - context.at - 1 },
        }),
      },
      on: {
        YES: { actions: 'next', target: 'telling' },
        GAVE: { actions: 'next', target: 'telling' },
        NO: 'declined',
      },
    },
    noted: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'complaint.noted', values: ofTicket(context.ticket) }),
      },
    },
    notedNameless: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.notedNameless' } } },
    numberGiven: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.cityNumber' } } },
    lineTold: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.asksCity' } } },
    nothingBefore: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.none' } } },
    declined: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.declined' } } },
    allTold: { type: 'final' },
  },
});

export const complaint: ErrandDefinition = { machine, version: 6, takesWords: true };
