/** Words for what stands (a call that was promised, a visit, a booking) that no intent has. They lie in intents/<locale>/_standing.yaml. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import { asBare, bare } from './plain-words.ts';
import type { OfApplying, OfBooking, OfCalling } from './standing-kinds.ts';

/** What she wants to know of it, or done with it. In the order in which it counts. */
const ABOUT = ['cancel', 'move', 'who', 'when'] as const;
export type About = (typeof ABOUT)[number];
export const PROMISED = ['callback', 'visit'] as const;
export type Promised = (typeof PROMISED)[number];
type Patterns<Name extends string> = Record<Name, string[]>;
export type OfRating = 'wrong' | 'judged' | 'instead';

interface Source {
  callback: Patterns<About | 'nouns' | 'not'>;
  visit: Patterns<About | 'nouns' | 'not'>;
  booking: Patterns<OfBooking>;
  applying: Patterns<OfApplying>;
  calling: Patterns<OfCalling>;
  rating: Patterns<OfRating>;
  days: { said: string; as: string }[];
  callDay: string[];
  busy: string[];
  refusedHour: string;
  refusal: string;
  bareWeekday: string;
  otherWeek: string;
  joinsTwo: string;
  mealHours: { said: string; as: string }[];
  kinSent: string[];
  kinOfHim: string[];
  kinWhoGoes: string;
  going: string;
  spelledAs: string;
  bareName: string;
  namedAnew: string;
  asSpouse: string;
  asFamily: string;
  isCalled: string[];
  longSurname: string;
  actsNext: string[];
  /** What stands where a name might, and is none. */
  noName: string;
}

export interface StandingWords {
  names(what: Promised, text: string): boolean;
  /** What is asked of it, whether or not it is named. */
  about(what: Promised, text: string): About | undefined;
  says(what: OfBooking, text: string): boolean;
  applies(what: OfApplying, text: string): boolean;
  calls(what: OfCalling, text: string): boolean;
  rates(what: OfRating, text: string): boolean;
  /** What she meant instead: 改成 …, 不是 …，是 …. */
  ratedInstead(text: string): string | undefined;
  /** She says why that time does not suit her. */
  isBusy(text: string): boolean;
  /** A weekday, and no word of which week. */
  namesWeekday(text: string): boolean;
  /** The day by which she names a call that was promised. */
  callDay(text: string): string | undefined;
  /** What stands on either side of 和. */
  halves(text: string): [string, string] | undefined;
  /** The hour that she refuses, without the refusal. */
  hourOf(text: string): string;
  /** Her sentence with the half of the day in the place of the meal by which she names it. */
  mealHour(text: string): string;
  /** An hour that she refuses, parted from what stands around it. */
  apart(text: string): string;
  /** What the one is to her whom she sends. */
  kinSent(text: string): string | undefined;
  /** Who it is by another who was named before. */
  kinOfHim(text: string): string | undefined;
  /** A day said in a way of its own, as it is said otherwise. */
  dayAgain(text: string): string | undefined;
  /** For whom she collects, where it is not herself. */
  forWhom(text: string): string | undefined;
  /** Whose papers are handed in, where they are another's. */
  papersOf(text: string): string | undefined;
  /** Whose booking is moved, called off or asked about, where it is another's. */
  ofWhom(text: string): string | undefined;
  /** What he who collects for this one is to her. */
  atHome(forWhom: string): string;
  /** The name behind 「是…」, 「应该叫…」 where another was read back. */
  namedAnew(text: string): string | undefined;
  /** What somebody is to her who goes, and what else stands in the clause. */
  kinWhoGoes(text: string): { relation: string; rest: string } | undefined;
  /** The clause without that somebody goes. */
  withoutGoing(text: string): string;
  /** 建设的建: the character that is explained. */
  spelledAs(text: string): string | undefined;
  /** For whom it is to be applied, where it is not herself. */
  forSomebody(text: string): string | undefined;
  /** What sounds like a name here, and is none. */
  isNoName(text: string): boolean;
  /** A name and nothing else, as an answer to who it is. */
  bareName(text: string): string | undefined;
  /** The name behind this word for what somebody is to her, or behind 叫. */
  nameBehind(relation: string, text: string): string | undefined;
}

const compiled = <Name extends string>(patterns: Patterns<Name>): Record<Name, RegExp[]> =>
  Object.fromEntries(
    Object.entries<string[]>(patterns).map(([name, list]) => [name, list.map((one) => new RegExp(one, 'u'))]),
  ) as Record<Name, RegExp[]>;

/** Loads the words of a language from `root`, the folder that holds intents/. */
export function loadStandingWords(locale: Locale, root = findRoot()): StandingWords {
  const source = asBare(readYaml<Source>(join(root, 'intents', locale, '_standing.yaml')));
  const promised = { callback: compiled(source.callback), visit: compiled(source.visit) };
  const booking = compiled(source.booking);
  const applying = compiled(source.applying);
  const calling = compiled(source.calling);
  const busy = source.busy.map((one) => new RegExp(one, 'u'));
  const rating = compiled(source.rating);
  const weekday = new RegExp(source.bareWeekday, 'u');
  const ofWeek = new RegExp(source.otherWeek, 'u');
  const joins = new RegExp(source.joinsTwo, 'u');
  const meals = source.mealHours.map(({ said, as }) => ({ said: new RegExp(said, 'iu'), as }));
  const kinWhoGoes = new RegExp(source.kinWhoGoes, 'u');
  const noName = new RegExp(source.noName, 'iu');
  const going = new RegExp(source.going, 'u');
  const refusal = new RegExp(source.refusal, 'u');
  const refused = new RegExp(source.refusedHour, 'gu');
  const fits = (list: RegExp[], text: string) => list.some((one) => one.test(bare(text)));
  return {
    names: (what, text) => fits(promised[what].nouns, text) && !fits(promised[what].not, text),
    about: (what, text) => ABOUT.find((kind) => fits(promised[what][kind], text)),
    says: (what, text) => fits(booking[what], text),
    applies: (what, text) => fits(applying[what], text),
    calls: (what, text) => fits(calling[what], text),
    rates: (what, text) => fits(rating[what], text),
    ratedInstead: (text) => caught(source.rating.instead, bare(text)),
    namesWeekday: (text) => weekday.test(bare(text)) && !ofWeek.test(bare(text)),
    halves: (text) => {
      const found = joins.exec(text);
      return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : undefined;
    },
    hourOf: (text) => text.replace(refusal, '') || text,
    mealHour: (text) => meals.reduce((told, { said, as }) => told.replace(said, as), text),
    apart: (text) => text.replace(refused, '，$&，'),
    isBusy: (text) => fits(busy, text),
    callDay: (text) => caught(source.callDay, bare(text)),
    kinSent: (text) => caught(source.kinSent, bare(text)),
    kinOfHim: (text) => caught(source.kinOfHim, bare(text)),
    dayAgain: (text) => {
      const found = source.days.find(({ said }) => new RegExp(said, 'u').test(bare(text)));
      return found && bare(text).replace(new RegExp(found.said, 'u'), found.as);
    },
    forWhom: (text) => caught(source.booking.forOther, bare(text)),
    papersOf: (text) => caught(source.booking.papersOf, bare(text)),
    ofWhom: (text) => caught(source.booking.ofOther, bare(text)),
    atHome: (forWhom) => (fits(booking.spouse, forWhom) ? source.asSpouse : source.asFamily),
    namedAnew: (text) => caught([source.namedAnew], bare(text)),
    kinWhoGoes: (text) => {
      const [, relation, rest = ''] = kinWhoGoes.exec(bare(text)) ?? [];
      return relation ? { relation, rest } : undefined;
    },
    withoutGoing: (text) => bare(text).replace(going, ''),
    forSomebody: (text) => caught(source.applying.forSomebody, bare(text)),
    spelledAs: (text) => caught([source.spelledAs], bare(text)),
    isNoName: (text) => noName.test(text),
    bareName: (text) => caught([source.bareName], bare(text)),
    nameBehind: (relation, text) => {
      const found = nameBehind(source, relation, bare(text)) ?? caught(source.isCalled, bare(text));
      return found && noName.test(found) ? undefined : found;
    },
  };
}

const caught = (patterns: string[], text: string): string | undefined =>
  patterns.map((one) => new RegExp(one, 'u').exec(text)?.[1]).find((one) => one);

/** Two or three characters between the relation and what the person does, or one or two behind a longer family name. */
function nameBehind(
  { actsNext, longSurname, noName }: Pick<Source, 'actsNext' | 'longSurname' | 'noName'>,
  relation: string,
  text: string,
): string | undefined {
  const stops = actsNext.join('');
  if (!stops || !relation) return undefined;
  const [, rest = ''] = text.split(relation);
  const given = `[^${stops}\\P{Script=Han}]`;
  return new RegExp(`^(?!${noName})((?:${longSurname})${given}{1,2}|${given}{2,3})(?=[${stops}])`, 'u').exec(rest)?.[1];
}
