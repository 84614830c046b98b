import { refusals } from '../../errors.ts';
import type { Locale } from '../../platforms/platform.ts';
import { tidy } from '../arrange.ts';
import { fill } from '../fill.ts';
import { ValueFault } from '../formatters/formatter.ts';
import { loadLocale, localesRoot, type SpokenLocale } from '../locale.ts';
import { type Phrase, wordingsOf } from '../phrases.ts';
import { renderPlain } from '../render/plain.ts';
import type { Values } from '../speech.ts';
import { type Part, valuesOf } from '../template.ts';
import { type Finding, PHRASE_RULES, valueNames } from './phrase-rules.ts';
import { loadRulebook, loadValueNotes, type Rulebook, type ValueNotes } from './rulebook.ts';
import { OFFICIAL } from './sentences.ts';

/** Today in the examples: no phrase depends on the day the lint is run. */
const TODAY = '2026-11-23';

/** Reads every phrase of every language as a resident would hear it. Faults first, by file. @throws Error when a file cannot be read at all. */
export function lintPhrases({ root }: { root?: string } = {}): Finding[] {
  const folder = localesRoot(root);
  const book = loadRulebook(folder);
  const notes = loadValueNotes(folder);
  const chinese = loadLocale(folder, 'zh-CN', () => TODAY);
  const english = loadLocale(folder, 'en-US', () => TODAY);
  const findings = [
    ...lintLocale('zh-CN', chinese, { book, notes }),
    ...lintLocale('en-US', english, { book, notes }),
    ...sameEverywhere(chinese, english),
    ...refusalsHavePhrases(chinese),
  ];
  return findings.sort(
    (a, b) => a.level.localeCompare(b.level) || a.where.localeCompare(b.where, 'en', { numeric: true }),
  );
}

interface Books {
  book: Rulebook;
  notes: ValueNotes;
}

function lintLocale(locale: Locale, spoken: SpokenLocale, books: Books): Finding[] {
  return [...spoken.phrases.values()].flatMap((phrase) => lintPhrase(phrase, spoken, { ...books, locale }));
}

function lintPhrase(
  phrase: Phrase,
  spoken: SpokenLocale,
  { book, notes, locale }: Books & { locale: Locale },
): Finding[] {
  const found = (level: Finding['level'], message: string): Finding => ({
    level,
    where: phrase.where,
    phrase: phrase.name,
    message,
  });
  const structural = [
    ...unknownFormatters(phrase, spoken).map((name) => `there is no formatter "${name}"`),
    ...undocumented(phrase, notes).map((name) => `value "${name}" is not in locales/_values.yaml`),
  ];
  if (structural.length > 0) return structural.map((message) => found('fault', message));
  try {
    const look = {
      phrase,
      locale,
      book,
      rules: book.locales[locale],
      spoken: wordingsOf(phrase).map((parts) => heard(parts, phrase, { spoken, notes })),
    };
    return PHRASE_RULES.flatMap((rule) => rule(look)).map(({ level, message }) => found(level, message));
  } catch (thrown) {
    if (thrown instanceof ValueFault)
      return [found('fault', `with the example of locales/_values.yaml: ${thrown.message}`)];
    throw thrown;
  }
}

const unknownFormatters = (phrase: Phrase, { formatters }: SpokenLocale): string[] =>
  wordingsOf(phrase)
    .flatMap((way) => valuesOf(way))
    .flatMap(({ formatter }) => (formatter && !formatters.has(formatter) ? [formatter] : []));

const undocumented = (phrase: Phrase, notes: ValueNotes): string[] =>
  [...valueNames(phrase).all].filter((name) => !noteOf(name, phrase, notes));

/** `pickup.place` where an errand means something of its own by the name, else `place`. */
function noteOf(name: string, phrase: Phrase, notes: ValueNotes): ValueNotes[string] | undefined {
  return notes[`${phrase.name.split('.')[0]}.${name}`] ?? notes[name];
}

function heard(parts: Part[], phrase: Phrase, { spoken, notes }: { spoken: SpokenLocale; notes: ValueNotes }) {
  const say = (wanted: Set<string>): string => {
    const values: Values = Object.fromEntries(
      [...wanted].map((name) => {
        const note = noteOf(name, phrase, notes);
        return [name, note?.official ? OFFICIAL : note?.example];
      }),
    );
    const nodes = fill(parts, { values, formatters: spoken.formatters, names: spoken.language.names });
    return renderPlain(tidy(nodes), spoken.language);
  };
  const values = valuesOf(parts);
  return {
    longest: say(new Set(values.map(({ name }) => name))),
    shortest: say(new Set(values.filter(({ required }) => required).map(({ name }) => name))),
  };
}

/** The same phrases in every language, and none that wants a value which another does without. */
function sameEverywhere(chinese: SpokenLocale, english: SpokenLocale): Finding[] {
  const missing = (from: SpokenLocale, to: SpokenLocale) =>
    [...from.phrases.values()]
      .filter(({ name }) => !to.phrases.has(name))
      .map(({ where, name }) => fault(where, name, `it is missing in locales/${to.language.locale}`));
  const values = [...english.phrases.values()].flatMap((phrase) => {
    const twin = chinese.phrases.get(phrase.name);
    if (!twin) return [];
    const own = valueNames(phrase);
    const theirs = valueNames(twin);
    return [
      ...[...own.all]
        .filter((name) => !theirs.all.has(name))
        .map((name) => `value "${name}" is not in the Chinese phrase`),
      ...[...own.required]
        .filter((name) => theirs.all.has(name) && !theirs.required.has(name))
        .map((name) => `value "${name}" is optional in Chinese`),
    ].map((message) => fault(phrase.where, phrase.name, message));
  });
  return [...missing(chinese, english), ...missing(english, chinese), ...values];
}

/** Nothing that goes wrong may be met with silence. */
function refusalsHavePhrases(chinese: SpokenLocale): Finding[] {
  return Object.entries(refusals)
    .filter(([, { phrase }]) => !chinese.phrases.has(phrase))
    .map(([name, { phrase }]) => fault('src/errors.ts', phrase, `the refusal ${name} has no such phrase`));
}

const fault = (where: string, phrase: string, message: string): Finding => ({ level: 'fault', where, phrase, message });
