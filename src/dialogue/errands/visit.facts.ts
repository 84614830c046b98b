/** What the errand of somebody coming home knows: the visits that stand, when she would have one, and the values of its phrases. */
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import { type Ask, type Remembered, type Said, wishesBeside } from './errand.ts';

export interface VisitForHer {
  id: string;
  matter: string;
  day: string;
  half: 'AM' | 'PM';
  worker?: string;
  brings?: true;
}

export interface VisitContext extends Remembered {
  /** Whether staff come to her as a rule; what list says so is never spoken. */
  listed: boolean;
  visits: VisitForHer[];
  /** Matters that are not named aloud. */
  quiet: string[];
  /** Days that do not suit her. */
  refused?: string[];
  /** The day and half day that were found possible. */
  found?: string;
  told?: VisitForHer;
  /** What whoever comes is to know, by its name. */
  wishes?: string[];
  /** The one she said just now. */
  wished?: string;
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
  | { type: 'CANCELLED' }
  | { type: 'WISH_KEPT' };

const NOON = '12:00';
/** The first day of a range. */
export const dayOf = ({ slots }: Pick<VisitContext, 'slots'>) => slots.date?.split('/')[0];
/** `AM` or `PM`, also of an hour. */
export function halfOf({ slots }: Pick<VisitContext, 'slots'>): 'AM' | 'PM' | undefined {
  if (!slots.time) return undefined;
  if (slots.time === 'AM' || slots.time === 'PM') return slots.time;
  return slots.time < NOON ? 'AM' : 'PM';
}
/** The day and the half day that she has named, for comparing. */
export const whenOf = (context: VisitContext) => `${dayOf(context)} ${halfOf(context)}`;
/** The visit that stands for what she speaks of. */
export const standing = (context: VisitContext) =>
  context.visits.find((one) => context.slots.item === undefined || one.matter === context.slots.item);

/** What she said, where it told something. */
export const given = (event: VisitEvent): Slots => (event.type === 'GAVE' ? event.slots : {});
/** What of it this errand has use for. */
export const WANTED = ['item', 'date', 'time', 'edge'];
/** What is known with what she says now: another day without a half day frees that. */
export function noted(slots: Slots, event: VisitEvent): Slots {
  const said = Object.fromEntries(
    Object.entries(given(event)).filter(
      ([name, value]) => WANTED.includes(name) && !(name === 'item' && isPaper(value)),
    ),
  ) as Slots;
  const kept = said.date && !said.time ? without(slots, ['time']) : slots;
  return { ...kept, ...said };
}
/** Days that do not suit her, with the one that she refuses now; that nobody can come then is no word of hers. */
export function refusedWith(context: VisitContext, event: VisitEvent): string[] {
  const { refused = [] } = context;
  if (event.type !== 'GAVE' && event.type !== 'NO') return refused;
  return [...new Set([...refused, given(event).refused ?? dayOf(context) ?? ''])];
}
/** Without these. */
export const without = (slots: Slots, names: string[]) =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !names.includes(name)));

/** Another day keeps the half day it had, another half day the day. */
export function movedSlots(context: VisitContext): Slots {
  const before = standing(context);
  const { date, time, ...rest } = without(context.slots, ['about']) as Slots;
  const when: Slots = date || time ? { date: date ?? before?.day ?? '', time: time ?? before?.half ?? '' } : {};
  return { ...rest, ...when, item: before?.matter ?? rest.item ?? '' };
}

/** One more thing that whoever comes is to know, or one less: `wished` is what is said back, where it stands. */
export function wishNow({ wishes = [] }: VisitContext, { wish = '', about }: Slots): Partial<VisitContext> {
  const others = wishesBeside(wishes, wish);
  return about === 'unnote' ? { wished: undefined, wishes: others } : { wished: wish, wishes: [...others, wish] };
}

/** What goes along to staff, who find another way. */
export function forStaff(context: VisitContext): Slots {
  const { item, phone } = context.slots;
  const wishes = context.wishes?.join();
  const wished = { item, phone, wishes, visitDay: dayOf(context), visitHalf: halfOf(context) };
  const known = Object.entries(wished).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { ...Object.fromEntries(known), reason: 'visit' };
}

const aloud = (context: VisitContext, matter: string | undefined) =>
  matter !== undefined && context.quiet.includes(matter) ? undefined : matter;

/** What is brought to her, and nothing done for: one document, or two at once. */
const cards = (context: VisitContext, first: string | undefined): string[] | undefined => {
  const named = [first, context.slots.besides].flatMap((one) => aloud(context, one) ?? []);
  return named.length > 0 ? named : undefined;
};
const named = (context: VisitContext, matter: string | undefined, brings: boolean): Values =>
  brings ? { cards: cards(context, matter) } : { matter: aloud(context, matter) };

function values(context: VisitContext): Values {
  const before = standing(context);
  return {
    ...named(context, context.slots.item, context.slots.forCard === 'yes'),
    day: dayOf(context),
    half: halfOf(context),
    oldDay: before?.day,
    oldHalf: before?.half,
    worker: before?.worker,
    soon: context.refused ? undefined : 'days',
    papers: context.slots.forPapers === 'yes' ? 'home' : undefined,
  };
}

/** Of the one that was just settled, or that stands. */
export function toldValues(context: VisitContext): Values {
  const one = context.told ?? standing(context);
  return { ...named(context, one?.matter, one?.brings === true), day: one?.day, half: one?.half, worker: one?.worker };
}

/** A question of this errand, with all that it may name. */
export const ask =
  (phrase: string, rest: Omit<Ask, 'phrase'>) =>
  ({ context }: { context: VisitContext }): Ask => ({ phrase: `visit.${phrase}`, values: values(context), ...rest });
