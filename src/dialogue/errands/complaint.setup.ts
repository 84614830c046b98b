/** What the errand of complaining knows and can do, and what it decides by. */
import { assign, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import { acts, type Remembered, type Said, type Start, type Tell } from './errand.ts';

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
  /** The same before she last added to them. */
  former?: string;
  /** Said at the read-back, perhaps no part of it: she is asked. */
  beside?: string;
  /** She went on instead of answering: it is more than one sentence by now. */
  besides?: true;
  /** She was asked: whatever she says now is the matter itself. */
  asked: boolean;
  kind: 'complaint' | 'cannot_get_done' | 'suggestion';
  about: 'answers' | 'city' | 'ours';
  /** Beside what is ours, she tells of what the city's line sees to. */
  cityToo?: true;
  told: boolean;
  /** She has been told that it was hard on her. */
  consoled?: true;
  /** Her name is to stay out of it: nobody can answer her then. */
  nameless?: true;
  ticket?: TicketForHer;
  /** What she asked about before, and which is being told. */
  tickets: TicketForHer[];
  at: number;
}

export type ComplaintEvent =
  | Said
  | { type: 'SORTED'; kind: ComplaintContext['kind']; about: ComplaintContext['about']; told: boolean; cityToo?: true }
  | { type: 'OPENED'; ticket: TicketForHer }
  | { type: 'LOOKED'; tickets: TicketForHer[] }
  | { type: 'TOLD' };

const MOST = 2000;
/** What is read back in one go: she is to know her words again, and none of them is cut off unsaid. */
const READ_BACK = 110;
/** As many letters say less. */
const READ_BACK_LETTERS = 330;
/** Of more than that, its beginning and its end. */
const OF_EACH_END = 0.4;
/** Between what she said in two breaths: a pause. */
const GAP = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const END_MARK = /[,，。;；、.\s]+$/u;
/** Her words as they are read to her. */
export const spoken = (words = ''): string => words.replace(GAP, '，').replace(END_MARK, '');

/** All of her words; where that were too long to listen to, that all is there, how it begins and how it ends, in whole clauses. */
export function readBackTold(words = ''): Tell {
  const most = LETTERS.test(words) ? READ_BACK_LETTERS : READ_BACK;
  const all = spoken(words);
  const clauses = all.split(/(?<=[,，。;；、!！?？])\s*/u);
  if (all.length <= most || clauses.length < 2) return { phrase: 'complaint.readBack', values: { words: all } };
  const begins = upTo(clauses, most * OF_EACH_END);
  const ends = upTo(clauses.slice(begins.length).reverse(), most * OF_EACH_END).reverse();
  const joined = (some: string[]) => spoken(some.join(LETTERS.test(words) ? ' ' : ''));
  return { phrase: 'complaint.readBackLong', values: { words: joined(begins), end: joined(ends) } };
}

/** As many of them as fit, and the first of them in any case. */
function upTo(clauses: string[], most: number): string[] {
  const fits = (n: number) => clauses.slice(0, n + 1).join('').length <= most;
  return clauses.filter((_, n) => n === 0 || fits(n));
}
const LETTERS = /[a-z]/i;

/** What she adds stands behind what she said, as one sentence with it. */
const withMore = (words = '', more = ''): string =>
  `${LETTERS.test(words) ? words.replace(/[.,;]?$/, ',') : words} ${more}`.trim().slice(0, MOST);

/** A kind word that is to be written down. */
const praises = ({ slots }: Pick<ComplaintContext, 'slots'>) => slots.about === 'praise';

/** As what it begins: a kind word is never kept as a complaint, whatever its words. */
export function kindOf(slots: Slots): ComplaintContext['kind'] {
  if (slots.kind === 'cannot_get_done') return 'cannot_get_done';
  return praises({ slots }) || slots.kind === 'suggestion' ? 'suggestion' : 'complaint';
}

/** What she is asked to tell. */
export function askedFor(context: ComplaintContext): string {
  if (praises(context)) return 'praise';
  return context.slots.about === 'window' ? 'window' : context.kind;
}

/** The ticket that is being told. */
export const current = (context: ComplaintContext) => context.tickets[context.at];
/** What may be named of it. */
export const ofTicket = (one: TicketForHer | undefined): Values => ({
  tail: one?.tail,
  until: one?.until,
  answer: one?.answer,
});

/** Answered, late, or still going on. */
export function phraseOf(one: TicketForHer | undefined): string {
  if (one?.answer) return 'complaint.answered';
  return one?.overdue ? 'complaint.overdue' : 'complaint.open';
}

/** 「小伙子那句去了」: what she said of that is left out, and the rest of her words stands. */
const withoutClause = (words: string, of: string): string =>
  words
    .split(/(?<=[,，。;；])|\s+(?=\p{Script=Han})/u)
    .filter((one) => !one.includes(of))
    .join(LETTERS.test(words) ? '' : ' ')
    .trim() || words;

/** Her words in clauses, as she hears them. */
const partsOf = (words = ''): string[] => spoken(words).split(/[,，。;；]/u);

/** Something that she said was heard wrongly: the one word is put right, the rest of her words stands. */
function swapped(words: string, { from, to }: { from?: string; to?: string }): string {
  if (!from) return words;
  if (!to) return withoutClause(words, from);
  const at = words.indexOf(from);
  if (at < 0) return `${words} ${to}`.trim();
  const after = words.slice(at + from.length);
  // 「不是厕所，是楼道没灯」: what she says along with the right word is not said twice.
  const along = [...after].findLastIndex((_, n) => to.endsWith(after.slice(0, n + 1)));
  return words.slice(0, at) + to + after.slice(along + 1);
}

/** What she asks, or wants, of the words that were read back to her. */
const asks =
  (element: string) =>
  ({ event }: { event: ComplaintEvent }) =>
    event.type === 'GAVE' && event.slots.element === element;

/** Named actions and guards; the states stand beside, by what they are about. */
export const complaining = setup({
  types: { context: {} as ComplaintContext, events: {} as ComplaintEvent, input: {} as Start },
  actions: {
    ...acts,
    keepSorted: assign(({ event }) =>
      event.type === 'SORTED' ? { kind: event.kind, about: event.about, told: event.told, cityToo: event.cityToo } : {},
    ),
    /** What she would have praised is named in the sentence before. */
    keepWords: assign(({ context, event }) => {
      if (event.type !== 'GAVE') return {};
      return { words: praises(context) ? withMore(context.words, event.words) : event.words, asked: true };
    }),
    addWords: assign(({ context, event }) =>
      event.type === 'GAVE'
        ? {
            former: context.words,
            words: withMore(context.words, event.slots.more ?? event.words),
          }
        : {},
    ),
    replaceWords: assign(({ context, event }) =>
      event.type === 'GAVE' ? { former: context.words, words: event.slots.more?.slice(0, MOST) } : {},
    ),
    dropLast: assign(({ context }) => ({ words: context.former ?? context.words, former: undefined })),
    swapWords: assign(({ context: { words = '', former }, event }) =>
      event.type === 'GAVE'
        ? { words: swapped(words, event.slots), former: former && swapped(former, event.slots) }
        : {},
    ),
    keepBeside: assign(({ event }) => (event.type === 'GAVE' ? { beside: event.words, besides: undefined } : {})),
    keepMercy: assign(({ event }) => (event.type === 'GAVE' ? { beside: event.slots.more, besides: undefined } : {})),
    keepBesideToo: assign(({ context, event }) =>
      event.type === 'GAVE' ? { beside: withMore(context.beside, event.words), besides: true as const } : {},
    ),
    addBeside: assign(({ context }) => ({
      former: context.words,
      words: withMore(context.words, context.beside),
      beside: undefined,
    })),
    forgetBeside: assign({ beside: undefined }),
    keepKind: assign(({ context, event }) =>
      event.type === 'GAVE'
        ? { kind: kindOf({ kind: event.slots.kind ?? '' }), slots: { ...context.slots, about: '' } }
        : {},
    ),
    console: assign({ consoled: true as const }),
    leaveNameOut: assign({ nameless: true as const }),
    putNameIn: assign({ nameless: undefined }),
    forgetWords: assign({ words: undefined, former: undefined, beside: undefined, asked: true }),
    keepTicket: assign(({ event }) =>
      event.type === 'OPENED' ? { ticket: event.ticket, words: undefined, former: undefined, beside: undefined } : {},
    ),
    keepTickets: assign(({ event }) =>
      event.type === 'LOOKED' ? { tickets: event.tickets, at: 0, words: undefined } : {},
    ),
    /** The city's matter, and noted here: who reads it knows that she told us. */
    makeOurs: assign({ about: 'ours' as const, asked: true, slots: {} }),
    next: assign(({ context }) => ({ at: context.at + 1 })),
  },
  guards: {
    asksForNews: ({ context }) => context.about === 'answers' || Boolean(context.slots.element),
    cityMatter: ({ context }) => context.about === 'city' || context.slots.about === 'city',
    told: ({ context }) => context.told && Boolean(context.words) && (context.asked || !context.slots.how),
    /** She was wronged, or something is amiss, and she tells it for the first time. */
    wronged: ({ context }) => context.kind !== 'suggestion' && context.consoled !== true,
    gaveWords: ({ event }) => event.type === 'GAVE' && Boolean(event.words),
    wantsItRead: ({ event }) =>
      event.type === 'GAVE' && (event.slots.element === 'again' || event.slots.element === 'asksWritten'),
    asksWho: asks('who'),
    asksWhen: asks('when'),
    wantsNoName: asks('nameless'),
    wantsName: asks('named'),
    asksName: asks('asksName'),
    takesIn: asks('takesIn'),
    leavesOut: asks('leavesOut'),
    onlyThis: asks('onlyThis'),
    dropsBoth: asks('bothOff'),
    asksWhich: asks('which'),
    asksCity: asks('asksCity'),
    asksElse: asks('asks'),
    hasAdded: ({ context }) => context.former !== undefined,
    cityToo: ({ context }) => context.cityToo === true && context.told && Boolean(context.words),
    handsIn: asks('hands'),
    holdsBack: asks('holds'),
    saysMore: asks('sayMore'),
    saysAnew: asks('anew'),
    hasSaidAll: asks('all'),
    swaps: asks('swap'),
    adds: asks('adds'),
    saysInstead: asks('instead'),
    dropsLast: asks('dropLast'),
    dropsAll: asks('drops'),
    asksWhoKnows: asks('secret'),
    asksMercy: asks('mercy'),
    saidItWrong: asks('slip'),
    choosesKind: asks('kind'),
    /** She wants to hear what stands there, and it is not what she means. */
    wantsToMend: asks('toMend'),
    /** A no to more than one clause: which of them, she is asked first. */
    saidMore: ({ context }) => partsOf(context.words).length > 1,
    /** It is to be noted here all the same: she has rung in vain, or cannot. */
    notesHere: asks('here'),
    rungInVain: ({ context }) => context.slots.about === 'here',
    asksLine: ({ context }) => context.slots.about === 'line',
    nameless: ({ context }) => context.nameless === true,
    noTickets: ({ context }) => context.tickets.length === 0,
    hasNext: ({ context }) => context.at + 1 < context.tickets.length,
  },
});
