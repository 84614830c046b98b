/** Manners of speaking that are no intent: two wishes in one breath, "only the phone", "all right, got it". Words lie in intents/<locale>/_manner.yaml. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import { type LifeLists, type LifeWords, lifeWords } from './life-words.ts';
import type { Pieced } from './pieces.ts';
import { asBare, bare, piecesOf } from './plain-words.ts';

const PARTS = ['phone', 'place', 'when', 'materials', 'tail'] as const;
export type Part = (typeof PARTS)[number];

/** What is said of something that has just been done. */
export type Aftermath =
  | 'callsOff'
  | 'wantsAgain'
  | 'mistaken'
  | 'agrees'
  | 'whoComes'
  | 'whereAmI'
  | 'whichNumber'
  | 'isSafe';
/** What is said beside any errand. */
export type Beside =
  | 'later'
  | 'refuses'
  | 'slow'
  | 'slowWork'
  | 'notAlone'
  | 'otherDay'
  | 'forgot'
  | 'keeps'
  | 'goOn'
  | 'noAlarm'
  | 'trapped'
  | 'lockedIn'
  | 'whatIf'
  | 'drops'
  | 'noFarewell'
  | 'simpler'
  | 'toOthers'
  | 'broadcast'
  | 'why'
  | 'who'
  | 'cross'
  | 'sorrow'
  | 'old'
  | 'but'
  | 'notThat'
  | 'noPerson'
  | 'takesSomebody'
  | 'askedOther'
  | 'packed'
  | 'unpacked';

/** A yes or a no in the words of the question itself. */
const AGAIN = [
  'needless',
  'calledOff',
  'notNow',
  'thisFirst',
  'holdOn',
  'ends',
  'stays',
  'goes',
  'changes',
  'asks',
  'wonders',
  'happened',
  'past',
  'outside',
  'tellsWhat',
  'letsThem',
  'reversed',
  'cared',
  'asItIs',
  'rightNow',
  'notYet',
  'plainly',
  'asksBack',
  'cries',
  'rings',
  'freely',
  'forgot',
  'comesBack',
  'disowns',
  'notSlower',
  'notFaster',
  'longAgo',
  'notYetSo',
  'ofCall',
  'tellKin',
  'waitsOn',
  'whereWeAre',
  'helpOff',
] as const;
export type Again = (typeof AGAIN)[number];

/** How somebody says who is speaking without a name. In the order in which it counts. */
const SPEAKER_WORDS = ['kin', 'both', 'male', 'female', 'partner', 'first', 'last'] as const;
export type SpeakerWord = (typeof SPEAKER_WORDS)[number];

/** Said around what she says: wherever it stands, whom she speaks to, and behind an answer. */
const CHATTER = ['around', 'calls', 'behind'] as const;
export type Chatter = (typeof CHATTER)[number];

interface Words extends LifeLists {
  dialect: Record<string, string>;
  chatter: Record<Chatter, string[]>;
  tags: string[];
  pieces: Record<Pieced, Record<string, string[]>>;
  joins: string[];
  enough: string[];
  parts: Record<Part, string[]>;
  elements: Record<string, string[]>;
  post: string[];
  behalf: string[];
  aftermath: Record<Aftermath, string[]>;
  beside: Record<Beside, string[]>;
  /** Patterns. */
  putsOff: string[];
  speaker: Record<SpeakerWord, string[]>;
  again: Record<Again, string[]>;
  thanks: string[];
  thanksAround: string[];
  byTheWay: string[];
  denied: string[];
  dayAsked: string[];
  chosen: string[];
}

export interface Manner {
  /** Her dialect's words for herself and for us, as everybody says them, and a yes without the asking for leave behind it. */
  inPlainWords(text: string): string;
  /** Whether a clause is nothing but this. */
  chatters(kind: Chatter, clause: string): boolean;
  /** Where a second wish may begin: the sentence cut in two, nearest to its middle first. */
  halves(text: string): [string, string][];
  isEnough(text: string): boolean;
  /** Which part of an answer is asked for again. */
  part(text: string): Part | undefined;
  /** Which element of a guide is meant, where no intent says it. */
  element(text: string): string | undefined;
  /** What of an errand's answer is asked for. */
  piece(errand: Pieced, text: string): string | undefined;
  /** What became of somebody, as far as the words say. */
  life(text: string): LifeWords | undefined;
  /** 闺女, 邻居: what somebody is to her, and no name. */
  isKin(name: string): boolean;
  saysPost(text: string): boolean;
  /** 替老张取: for whom, where that is neither herself nor what somebody is to her. */
  onBehalfOf(text: string): string | undefined;
  /** Whether the sentence holds one of the words of this kind; `agrees` only at its start. */
  says(kind: Aftermath | Beside, text: string): boolean;
  /** She decides on it another time, or asks her family first. */
  putsOff(text: string): boolean;
  /** Whether she answers with the question's own words. */
  again(kind: Again, text: string): boolean;
  /** Who is speaking, said without a name. */
  speaker(text: string): SpeakerWord | undefined;
  /** The day itself, without what is asked of it: 是礼拜几. */
  dayAskedOf(text: string): string;
  /** Nothing but thanks. */
  isThanks(text: string): boolean;
  /** What follows the yes that the sentence begins with. */
  afterYes(text: string): string | undefined;
  /** What follows 「对了」 and its like. */
  afterByTheWay(text: string): string | undefined;
  /** The words around whomever she says that she is not, or who is out. */
  denied(text: string): string | undefined;
  /** One of those offered, named first: where the rest of the sentence begins. */
  afterChoice(text: string): number | undefined;
}

const named = <Name extends string>(words: Record<Name, string[]>, text: string): Name | undefined =>
  (Object.keys(words) as Name[])
    .flatMap((name) => words[name].filter((word) => text.includes(word)).map((word) => ({ name, word })))
    .sort((a, b) => b.word.length - a.word.length)[0]?.name;

const compiled = <Kind extends string>(kinds: readonly Kind[], source: Record<Kind, string[]>) =>
  Object.fromEntries(kinds.map((kind) => [kind, patterns(source[kind])])) as Record<Kind, RegExp[]>;
const patterns = (list: string[]) => list.map((one) => new RegExp(one, 'u'));
const fits = (list: RegExp[], text: string) => list.some((one) => one.test(bare(text)));

/** Nothing but a breath. */
const SIGH = /^[哦噢喔啊哎诶唉呃嗯]+$/u;
/** 老头子 is a man, a husband too. */
const SEXES = ['male', 'female'] as const;

/** Before a yes she draws breath: 哦哦，对. */
const SIGHS = /^[哦噢喔啊哎诶唉呃]+/u;
/** Cuts after punctuation and before a joining word; each half has something to say. */
function halvesOf(text: string, joins: string[]): [string, string][] {
  const ends = [...text.matchAll(/[，,。；;？?]|(?<!\b(?:mr|mrs|ms|dr))\.(?=\s)/giu)].map(({ index }) => index + 1);
  const starts = joins.flatMap((word) =>
    [...text.toLowerCase().matchAll(new RegExp(word, 'gu'))].map(({ index }) => index),
  );
  const cuts = [...new Set([...starts, ...ends])].filter((at) => at > 2 && at < text.length - 2);
  const middle = text.length / 2;
  return cuts
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    .map((at): [string, string] => [text.slice(0, at), withoutJoin(text.slice(at), joins)]);
}

function withoutJoin(half: string, joins: string[]): string {
  const start = half.replace(/^[\p{P}\s]+/u, '');
  const join = joins.filter((word) => start.toLowerCase().startsWith(word)).sort((a, b) => b.length - a.length)[0];
  return join ? start.slice(join.length).trim() : start;
}

/** Loads the words of a language from `root`, the folder that holds intents/. */
export function loadManner(locale: Locale, root = findRoot()): Manner {
  const words = asBare(readYaml<Words>(join(root, 'intents', locale, '_manner.yaml')));
  const enough = new Set(words.enough);
  const kin = new Set(words.kin);
  const putsOff = patterns(words.putsOff);
  const speaker = compiled(SPEAKER_WORDS, words.speaker);
  const again = compiled(AGAIN, words.again);
  const chatter = compiled(CHATTER, words.chatter);
  const dialect = Object.entries(words.dialect);
  const tags = patterns(words.tags);
  const chosen = patterns(words.chosen);
  // 「行，知道了，没嘛事了」: one is enough where all others agree or say the same.
  const enoughInParts = (text: string): boolean => {
    const parts = piecesOf(text).map((one) => bare(one));
    const ends = parts.filter((one) => enough.has(one));
    const says = (one: string) => enough.has(one) || SIGH.test(one) || fits(again.plainly, one);
    return ends.length > 0 && parts.every(says);
  };
  return {
    inPlainWords: (text) =>
      tags.reduce(
        (said, tag) => said.replace(tag, ''),
        dialect.reduce((said, [word, plain]) => said.replaceAll(word, plain), text),
      ),
    chatters: (kind, clause) => fits(chatter[kind], clause),
    halves: (text) => halvesOf(text, words.joins),
    isEnough: (text) => enough.has(bare(text)) || enoughInParts(text),
    part: (text) => named(words.parts, bare(text)),
    element: (text) => named(words.elements, bare(text)),
    piece: (errand, text) => named(words.pieces[errand], bare(text)),
    life(text) {
      const found = lifeWords(words, bare(text));
      const sex = found?.spouse ? SEXES.find((one) => fits(speaker[one], found.before)) : undefined;
      return found && sex ? { ...found, sex } : found;
    },
    onBehalfOf: (text) => behalfIn(words, text),
    says(kind, text) {
      const said = bare(text);
      const list = { ...words.aftermath, ...words.beside }[kind];
      return list.some((word) => (kind === 'agrees' ? said.replace(SIGHS, '').startsWith(word) : said.includes(word)));
    },
    putsOff: (text) => fits(putsOff, text),
    again: (kind, text) => fits(again[kind], text),
    speaker: (text) => SPEAKER_WORDS.find((kind) => fits(speaker[kind], text)),
    dayAskedOf: (text) => words.dayAsked.reduce((rest, one) => rest.replace(new RegExp(one, 'iu'), ''), text),
    isThanks(text) {
      const said = bare(text);
      const around = words.thanksAround.reduce((rest, word) => rest.replaceAll(word, ''), said).trim();
      return words.thanks.some((word) => said.includes(word)) && words.thanks.includes(around);
    },
    afterYes: (text) => afterOneOf(words.aftermath.agrees, text),
    denied: (text) => words.denied.map((one) => new RegExp(one, 'iu').exec(text)?.[1]).find((one) => one),
    afterByTheWay: (text) => afterOneOf(words.byTheWay, text),
    afterChoice: (text) => chosen.map((one) => one.exec(text)?.[0].length).find((one) => one !== undefined),
    saysPost: (text) => words.post.some((word) => bare(text).includes(word)),
    isKin: (name) => kin.has(name.toLowerCase()),
  };
}

/** Each pattern catches the words between 替 and 取. */
function behalfIn({ behalf, kin, self, spouse }: Words, text: string): string | undefined {
  const said = bare(text);
  const who = behalf.map((one) => new RegExp(one, 'u').exec(said)?.[1]?.trim()).find((one) => one);
  const hers = who && [...kin, ...spouse, ...self].some((one) => who.includes(one));
  return hers ? undefined : who;
}

/** The rest of a sentence that begins with one of these words, said once or more; undefined where it does not. */
function afterOneOf(words: string[], text: string): string | undefined {
  const longest = [...words].sort((a, b) => b.length - a.length);
  let begun = false;
  let rest = text.trim().replace(/^(?:[哦噢喔啊哎诶唉呃][\p{P}\s]*)+/u, '');
  for (;;) {
    const word = longest.find((one) => rest.toLowerCase().startsWith(one));
    if (!word) break;
    begun = true;
    rest = rest.slice(word.length).replace(/^[\p{P}\s]+/u, '');
  }
  return begun ? rest : undefined;
}
