/** 投诉, 办不成事, 建议: in her own words, read back, with a number and a day; what was answered is told; the city's matters have their own line. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import { acts, type ErrandDefinition, type Remembered, type Said, type Start } from './errand.ts';

export interface TicketForHer {
  id: string;
  tail: string;
  state: 'open' | 'answered' | 'closed';
  until: string;
  overdue: boolean;
  answer?: string;
}

export interface ComplaintContext extends Remembered {
  /** Her own words, until they are sealed. */
  words?: string;
  /** She was asked: whatever she says now is the matter itself. */
  asked: boolean;
  kind: 'complaint' | 'cannot_get_done' | 'suggestion';
  about: 'answers' | 'city' | 'ours';
  told: boolean;
  ticket?: TicketForHer;
  /** What she asked about before, and which is being told. */
  tickets: TicketForHer[];
  at: number;
}

export type ComplaintEvent =
  | Said
  | { type: 'SORTED'; kind: ComplaintContext['kind']; about: ComplaintContext['about']; told: boolean }
  | { type: 'OPENED'; ticket: TicketForHer }
  | { type: 'LOOKED'; tickets: TicketForHer[] }
  | { type: 'TOLD' };

/** As much of her words as is read back: she is to know them again, not to hear them all. */
const READ_BACK = 60;
const MOST = 2000;

const current = (context: ComplaintContext) => context.tickets[context.at];
const ofTicket = (one: TicketForHer | undefined): Values => ({
  tail: one?.tail,
  until: one?.until,
  answer: one?.answer,
});

/** Answered, late, or still going on. */
function phraseOf(one: TicketForHer | undefined): string {
  if (one?.answer) return 'complaint.answered';
  return one?.overdue ? 'complaint.overdue' : 'complaint.open';
}

export const machine = setup({
  types: { context: {} as ComplaintContext, events: {} as ComplaintEvent, input: {} as Start },
  actions: {
    ...acts,
    keepSorted: assign(({ event }) =>
      event.type === 'SORTED' ? { kind: event.kind, about: event.about, told: event.told } : {},
    ),
    keepWords: assign(({ event }) => (event.type === 'GAVE' ? { words: event.words, asked: true } : {})),
    addWords: assign(({ context, event }) =>
      event.type === 'GAVE' ? { words: `${context.words ?? ''} ${event.words ?? ''}`.trim().slice(0, MOST) } : {},
    ),
    forgetWords: assign({ words: undefined, asked: true }),
    keepTicket: assign(({ event }) => (event.type === 'OPENED' ? { ticket: event.ticket, words: undefined } : {})),
    keepTickets: assign(({ event }) =>
      event.type === 'LOOKED' ? { tickets: event.tickets, at: 0, words: undefined } : {},
    ),
    next: assign(({ context }) => ({ at: context.at + 1 })),
  },
  guards: {
    asksForNews: ({ context }) => context.about === 'answers',
    cityMatter: ({ context }) => context.about === 'city',
    told: ({ context }) => context.told && Boolean(context.words),
    gaveWords: ({ event }) => event.type === 'GAVE' && Boolean(event.words),
    noTickets: ({ context }) => context.tickets.length === 0,
    hasNext: ({ context }) => context.at + 1 < context.tickets.length,
  },
}).createMachine({
  id: 'complaint',
  context: ({ input }) => ({
    ...input,
    kind: input.slots.kind === 'cannot_get_done' ? 'cannot_get_done' : 'complaint',
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
        { guard: 'cityMatter', actions: 'forgetWords', target: 'offeringNumber' },
        { guard: 'told', target: 'readingBack' },
        { target: 'asking' },
      ],
    },
    asking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: `complaint.ask_${context.kind}`, for: 'nothing', words: 'wanted' }),
      },
      on: {
        GAVE: { guard: 'gaveWords', actions: 'keepWords', target: 'sorting' },
        NO: 'declined',
      },
    },
    readingBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'complaint.readBack',
          for: 'yesno',
          offer: 'complaint',
          words: 'wanted',
          values: { words: context.words?.slice(0, READ_BACK) },
        }),
      },
      on: {
        YES: 'opening',
        NO: { actions: 'forgetWords', target: 'asking' },
        GAVE: [
          { guard: 'gaveWords', actions: 'addWords', target: 'readingBack', reenter: true },
          { actions: 'forgetWords', target: 'asking' },
        ],
      },
    },
    opening: {
      entry: { type: 'run', params: { effect: 'open' } },
      on: { OPENED: { actions: 'keepTicket', target: 'noted' } },
    },
    /** Heat, water, light are 12345's: she is given its number, no order is promised that nobody would get. */
    offeringNumber: {
      entry: { type: 'ask', params: { phrase: 'complaint.city', for: 'yesno', offer: 'number' } },
      on: { YES: 'numberGiven', NO: 'declined', GAVE: 'numberGiven' },
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
    numberGiven: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.cityNumber' } } },
    nothingBefore: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.none' } } },
    declined: { type: 'final', entry: { type: 'say', params: { phrase: 'complaint.declined' } } },
    allTold: { type: 'final' },
  },
});

export const complaint: ErrandDefinition = { machine, version: 1, takesWords: true };
