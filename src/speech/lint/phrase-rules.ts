import type { Locale } from '../../platforms/platform.ts';
import { type Phrase, wordingsOf } from '../phrases.ts';
import { lengthOf, sentencesOf } from '../sentences.ts';
import { type Part, valuesOf } from '../template.ts';
import { knownAgain } from '../wording.ts';
import type { LocaleRules, Rulebook } from './rulebook.ts';
import { isQuestion, OFFICIAL, statementsOf } from './sentences.ts';

/** One remark of the lint. A `fault` fails the run, a `remark` is printed. */
export interface Finding {
  level: 'fault' | 'remark';
  where: string;
  phrase: string;
  message: string;
}

export interface Look {
  phrase: Phrase;
  locale: Locale;
  rules: LocaleRules;
  book: Rulebook;
  /** What it says at its longest and at its shortest, official text as `OFFICIAL`. */
  spoken: { longest: string; shortest: string }[];
}

type Remark = Omit<Finding, 'where' | 'phrase'>;
type Rule = (look: Look) => Remark[];

/** What is looked at in one phrase of one language. */
export const PHRASE_RULES: Rule[] = [
  words,
  figures,
  onlyHere,
  sentenceLength,
  howMuchAtOnce,
  questionLast,
  saidOtherwise,
  wantsNoMore,
];

const fault = (message: string): Remark => ({ level: 'fault', message });
const remark = (message: string): Remark => ({ level: 'remark', message });
const wordings = ({ source }: Phrase): string[] => [source.text, ...source.again, ...source.or];

/** Our own words only: what values bring is reviewed elsewhere. */
const ownWords = (wording: string): string => wording.replace(/\{[^}]*\}|<[^>]*>/g, '');

function words({ phrase, rules, book }: Look) {
  const allowed = book.allowed[phrase.name] ?? [];
  const own = wordings(phrase).map(ownWords).join('\n');
  const banned = Object.entries({ ...rules.forbidden, ...rules.jargon });
  return banned
    .filter(([word]) => !allowed.includes(word) && new RegExp(word, 'iu').test(own))
    .map(([word, instead]) => fault(`"${word}" is not said${instead ? `: ${instead}` : ''}`));
}

function figures({ phrase, rules }: Look) {
  const found = rules.figures
    ? []
    : wordings(phrase)
        .map(ownWords)
        .filter((own) => /\d/.test(own));
  return found.map(() => fault('a number is written in words'));
}

/** A word that promises something: 约好了 is said after the commit alone. */
function onlyHere({ phrase, rules }: Look) {
  return Object.entries(rules.only)
    .filter(
      ([word, phrases]) => !phrases.includes(phrase.name) && wordings(phrase).some((wording) => wording.includes(word)),
    )
    .map(([word, phrases]) => fault(`"${word}" belongs to ${phrases.join(', ')} alone`));
}

function sentenceLength({ spoken, rules: { sentence: limit } }: Look) {
  const lengths = spoken
    .flatMap(({ longest }) => sentencesOf(longest))
    .map((said) => ({ said, length: lengthOf(said, limit.unit) }));
  return lengths
    .filter(({ length }) => length > limit.advised)
    .map(({ said, length }) => {
      const message = `${length} ${limit.unit} in one sentence: ${said}`;
      return length > limit.most ? fault(message) : remark(message);
    });
}

/** Two sentences and a question, or three sentences; more only where reviewed text is read. */
function howMuchAtOnce({ phrase, spoken, rules, book }: Look) {
  if (phrase.official || spoken.some(({ longest }) => longest.includes(OFFICIAL))) return [];
  const tooMany = (text: string) => {
    const sentences = sentencesOf(text);
    const most = sentences.some(isQuestion) ? book.statementsBeforeQuestion : book.statements;
    return statementsOf(sentences, rules).length > most;
  };
  return spoken.flatMap(({ longest, shortest }) => {
    if (tooMany(shortest)) return [fault(`too much at once: ${shortest}`)];
    return tooMany(longest) ? [remark(`too much at once when all values are there: ${longest}`)] : [];
  });
}

function questionLast({ phrase, spoken }: Look) {
  return spoken.flatMap(({ longest }) => {
    const sentences = sentencesOf(longest);
    const first = sentences.findIndex(isQuestion);
    const after = first < 0 ? [] : sentences.slice(first).filter((sentence) => !isQuestion(sentence));
    if (after.length > 0) return [fault(`something is said after the question: ${after.join('')}`)];
    return phrase.asks && first < 0 ? [fault('it asks, so it ends with a question mark')] : [];
  });
}

/**
 * What has just been said can be said in words none of which is a sentence of before: a question is asked again, and what is
 * told comes twice running where she is misheard or asks nearly the same.
 * One wording is enough for reviewed text, for what is a value and hardly a word of ours, and for a piece that is no sentence.
 */
function saidOtherwise({ phrase, spoken, locale }: Look) {
  const asks = spoken.some(({ longest }) => sentencesOf(longest).some(isQuestion));
  if (phrase.official || !(asks || hasSentenceOfItsOwn(phrase, locale))) return [];
  const ways = spoken.map(({ longest }) => knownAgain(endingOfficial(longest), locale));
  const repeats = (way: Set<string>, other: Set<string>) => way === other || [...way].some((one) => other.has(one));
  return ways
    .filter((way) => way.size > 0 && ways.every((other) => repeats(way, other)))
    .map((way) => fault(`${asks ? 'asked' : 'told'} twice in a row it repeats a sentence: ${[...way].join(' ')}`));
}

/** Reviewed text ends its sentence: what follows is one by itself. */
const endingOfficial = (text: string) => text.replace(new RegExp(`${OFFICIAL}[，,]? ?`, 'gu'), `${OFFICIAL}。`);

/** Whether a sentence of it is known again by our own words alone. */
const hasSentenceOfItsOwn = ({ source }: Phrase, locale: Locale): boolean =>
  [...knownAgain(ownWords(source.text).replace(/[[\]]/g, ''), locale)].some((sentence) => /[。！.!]$/u.test(sentence));

/** Another wording wants no value that the first can do without: it would be missed only when it is said. */
function wantsNoMore({ phrase }: Look) {
  const wanted = new Set(requiredIn(phrase.text));
  const more = [...phrase.again, ...phrase.or].flatMap(requiredIn).filter((name) => !wanted.has(name));
  return [...new Set(more)].map((name) => fault(`another wording wants "${name}", which the first can do without`));
}

const requiredIn = (way: Part[]): string[] => valuesOf(way).flatMap(({ name, required }) => (required ? [name] : []));

/** The names of values a phrase cannot do without, and all of them. */
export function valueNames(phrase: Phrase): { required: Set<string>; all: Set<string> } {
  const values = wordingsOf(phrase).flatMap((way) => valuesOf(way));
  return {
    required: new Set(values.filter((value) => value.required).map(({ name }) => name)),
    all: new Set(values.map(({ name }) => name)),
  };
}
