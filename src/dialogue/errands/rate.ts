/** 好差评: the newest finished call, visit or case that she has not rated. Voluntary: no coaxing, no default, no answer is no rating. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import { acts, type ErrandDefinition, type Remembered, type Said, type Start } from './errand.ts';
import { leading } from './leads.ts';

export interface ServiceForHer {
  service: 'call' | 'visit' | 'case';
  id: string;
  day: string;
  clerk?: string;
  matter?: string;
}

export interface RateContext extends Remembered {
  /** What may be rated now. */
  one?: ServiceForHer;
  /** Nothing of the kind that she named waits for a mark. */
  other?: true;
  /** 1 is best. */
  level?: number;
  /** Opened for a bad rating. */
  ticketId?: string;
  until?: string;
  /** Her reason, until it is sealed. */
  words?: string;
}

export type RateEvent =
  | Said
  /** `stands`: what she rated before, where nothing is left to rate; `other`: it is not the service that she named. */
  | { type: 'LOOKED'; one?: ServiceForHer; level?: number; stands?: number; other?: true }
  | { type: 'RATED'; level: number; already: boolean; ticketId?: string; until?: string }
  | { type: 'NOTED' };

/** Words for the station, where nothing of what she speaks of waits for a mark. */
const notes = ({ slots, one, other }: RateContext) => slots.about === 'note' && (one === undefined || other === true);
const KIND_WORDS = new Set(['note', 'praise']);
/** A kind word, where there is nothing to be rated. */
const praises = ({ slots }: RateContext) => slots.about === 'praise';
const BAD = 4;
const LEVELS = 5;

const values = ({ one, level, until }: RateContext): Values => ({
  day: one?.day,
  clerk: one?.clerk,
  matter: one?.matter,
  level,
  until,
});
/** The question names the service by its kind. */
const phraseOf = (what: 'ask' | 'confirm', { one }: RateContext) => `rate.${what}_${one?.service ?? 'call'}`;
const says = (phrase: string) => ({
  type: 'say' as const,
  params: ({ context }: { context: RateContext }) => ({ phrase, values: values(context) }),
});

const machine = setup({
  types: { context: {} as RateContext, events: {} as RateEvent, input: {} as Start },
  actions: {
    ...acts,
    keep: assign(({ event }) =>
      event.type === 'LOOKED' ? { one: event.one, level: event.level ?? event.stands, other: event.other } : {},
    ),
    keepRating: assign(({ event }) =>
      event.type === 'RATED' ? { level: event.level, ticketId: event.ticketId, until: event.until } : {},
    ),
    note: assign(({ context, event }) =>
      event.type === 'GAVE' ? { slots: { ...context.slots, ...event.slots } } : {},
    ),
    /** The five were read out, best first. */
    noteChoice: assign(({ context, event }) =>
      event.type === 'CHOSE'
        ? { slots: { ...context.slots, rating: String(event.n < 0 ? LEVELS + 1 + event.n : event.n) } }
        : {},
    ),
    forgetRating: assign(({ context }) => ({ slots: { ...context.slots, rating: '' }, level: undefined })),
    keepWords: assign(({ event }) => (event.type === 'GAVE' ? { words: event.words } : {})),
    forgetWords: assign({ words: undefined }),
  },
  guards: {
    notes: ({ context }) => notes(context),
    isOther: ({ context }) => context.other === true,
    none: ({ context }) => context.one === undefined && context.level === undefined,
    ratedAll: ({ context }) => context.one === undefined,
    knowsLevel: ({ context }) => context.level !== undefined,
    gaveRating: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.rating),
    /** It was a question, or there was a but to it. */
    doubtsIt: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.rating && event.slots.doubt),
    /** A yes that says the rating again. */
    sameRating: ({ context, event }) =>
      event.type === 'GAVE' && Boolean(event.slots.rating) && event.slots.rating === context.slots.rating,
    gaveService: ({ event }) =>
      event.type === 'GAVE' && Boolean(event.slots.name || event.slots.item || event.slots.service),
    /** What it was like, or a kind word for it. */
    tells: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.rating || event.slots.about),
    declines: ({ event }) => event.type === 'GAVE' && event.slots.about === 'declines',
    asksLevels: ({ event }) => event.type === 'GAVE' && event.slots.about === 'levels',
    choseLevel: ({ event }) => event.type === 'CHOSE' && event.n !== 0 && Math.abs(event.n) <= LEVELS,
    already: ({ event }) => event.type === 'RATED' && event.already,
    bad: ({ event }) => event.type === 'RATED' && event.level >= BAD,
    gaveWords: ({ event }) => event.type === 'GAVE' && Boolean(event.words),
  },
}).createMachine({
  id: 'rate',
  context: ({ input }) => ({ ...input, words: undefined }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'notes', target: 'toNote' },
        { guard: 'none', target: 'none' },
        { guard: 'ratedAll', target: 'stands' },
        { guard: 'isOther', target: 'offeringNote' },
        { guard: 'knowsLevel', target: 'confirming' },
        { target: 'asking' },
      ],
    },
    /** What she named takes no mark now, and of nothing else is one asked: her words may be written down. */
    offeringNote: {
      entry: { type: 'ask', params: { phrase: 'rate.notThat', for: 'yesno', offer: 'note' } },
      on: {
        YES: 'toNote',
        NO: 'declined',
        GAVE: [
          { guard: 'gaveService', actions: 'note', target: 'looking' },
          { guard: 'tells', actions: 'note', target: 'toNote' },
        ],
      },
    },
    asking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: phraseOf('ask', context), for: 'rating', values: values(context) }),
      },
      on: {
        GAVE: [
          { guard: 'doubtsIt', actions: 'note', target: 'looking' },
          { guard: 'gaveRating', actions: 'note', target: 'rating' },
          { guard: 'gaveService', actions: 'note', target: 'looking' },
          { guard: 'asksLevels', target: 'choosing' },
        ],
        /** None of them has been read out yet: she hears them first. */
        CHOSE: 'choosing',
        YES: 'choosing',
        NO: 'declined',
      },
    },
    /** All five, for whoever wants to hear them. */
    choosing: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'rate.five', for: 'rating', values: values(context) }),
      },
      on: {
        GAVE: [
          { guard: 'doubtsIt', actions: 'note', target: 'looking' },
          { guard: 'gaveRating', actions: 'note', target: 'rating' },
          { guard: 'gaveService', actions: 'note', target: 'looking' },
        ],
        CHOSE: { guard: 'choseLevel', actions: 'noteChoice', target: 'rating' },
        NO: 'declined',
      },
    },
    /** A rating came with her first sentence: of what, is said back before it is kept. */
    confirming: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: phraseOf('confirm', context),
          for: 'yesno',
          offer: 'rate',
          values: values(context),
        }),
      },
      on: {
        YES: 'rating',
        NO: { actions: 'forgetRating', target: 'asking' },
        GAVE: [
          { guard: 'declines', target: 'declined' },
          { guard: 'sameRating', target: 'rating' },
          { guard: 'gaveRating', actions: 'note', target: 'looking' },
          { guard: 'gaveService', actions: 'note', target: 'looking' },
        ],
      },
    },
    rating: {
      entry: { type: 'run', params: { effect: 'rate' } },
      on: {
        RATED: [
          { guard: 'already', actions: 'keepRating', target: 'stands' },
          { guard: 'bad', actions: 'keepRating', target: 'askingReason' },
          { actions: 'keepRating', target: 'thanked' },
        ],
      },
    },
    /** Kept already: silence here loses nothing. */
    askingReason: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'rate.reason',
          for: 'nothing',
          words: 'optional',
          values: values(context),
        }),
      },
      on: { GAVE: { guard: 'gaveWords', actions: 'keepWords', target: 'noting' }, NO: 'followed' },
    },
    noting: {
      entry: { type: 'run', params: { effect: 'reason' } },
      on: { NOTED: { actions: 'forgetWords', target: 'followed' } },
    },
    none: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: praises(context) ? 'rate.nonePraise' : 'rate.none' }) },
    },
    toNote: leading<RateContext>(({ slots: { how = '', about = '' } }) => ({
      errand: 'complaint',
      intent: 'complaint',
      slots: { ...(KIND_WORDS.has(about) ? { about: 'praise' } : { kind: 'suggestion' }), ...(how ? { how } : {}) },
    })),
    stands: { type: 'final', entry: says('rate.stands') },
    declined: { type: 'final', entry: { type: 'say', params: { phrase: 'rate.declined' } } },
    thanked: { type: 'final', entry: says('rate.thanked') },
    followed: { type: 'final', entry: says('rate.followed') },
  },
});

export const rate: ErrandDefinition = { machine, version: 3 };
