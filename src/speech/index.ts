import { type Clock, shanghaiDay, systemClock } from '../clock.ts';
import type { Locale, Medium } from '../platforms/platform.ts';
import { closingQuestion, oneAfterTheOther, tidy } from './arrange.ts';
import { fill } from './fill.ts';
import { ValueFault } from './formatters/formatter.ts';
import { loadLocale, localesRoot, type SpokenLocale } from './locale.ts';
import { loadNamedVoices, type NamedVoices } from './named-voices.ts';
import type { Phrase } from './phrases.ts';
import { createPronouncer, type Pronouncer } from './pronounce.ts';
import { alexa } from './render/alexa.ts';
import { aligenie } from './render/aligenie.ts';
import { type AzureVoice, type AzureVoices, createAzure } from './render/azure.ts';
import { type Dialect, renderMarkup } from './render/dialect.ts';
import { dueros } from './render/dueros.ts';
import { renderPlain } from './render/plain.ts';
import { speakable } from './safe-text.ts';
import type { Rendered, Say, Speech, SpeechNode, Voice } from './speech.ts';
import { type Part, SENTENCE_PAUSE, valuesOf } from './template.ts';
import { marksOf, wordingFor } from './wording.ts';
import { loadChineseWords } from './words.ts';

export interface SpeechOptions {
  /** The folder locales/, or the project folder that holds it. */
  root?: string;
  /** Gives today for the formatter nearDate. */
  clock?: Clock;
  azureVoices?: AzureVoices;
  /** Official names of matters: those that engines misread get their pinyin. */
  matters?: string[];
}

const NOTHING: ReadonlySet<string> = new Set();
const SLOWEST = 120;
const FASTEST = 260;

/** Reads all locales once. @throws Error that names every unreadable phrase with its file and line. */
export function createSpeech({ root, clock = systemClock, azureVoices, matters = [] }: SpeechOptions = {}): Speech {
  const folder = localesRoot(root);
  const today = () => shanghaiDay(clock.now());
  const locales: Record<Locale, SpokenLocale> = {
    'zh-CN': loadLocale(folder, 'zh-CN', today),
    'en-US': loadLocale(folder, 'en-US', today),
  };
  const dialects: Record<Exclude<Medium, 'plain' | 'azure'>, Dialect> = {
    dueros,
    alexa,
    aligenie,
  };
  const named = loadNamedVoices(folder);
  const azure = azureFor(named, azureVoices);
  const pronouncer = createPronouncer(loadChineseWords(folder), matters);

  function write(nodes: SpeechNode[], voice: Voice, medium: Medium): Rendered {
    const { language } = locales[voice.locale];
    const text = renderPlain(nodes, language);
    if (medium === 'plain' || text === '') return { text };
    const pace = Math.min(FASTEST, Math.max(SLOWEST, voice.pace));
    const spoken = { pace, language, louder: voice.louder };
    if (medium !== 'azure') return { text, markup: renderMarkup(nodes, dialects[medium], spoken) };
    const read = voice.locale === 'zh-CN' ? withNames(nodes, pronouncer) : nodes;
    return { text, markup: renderMarkup(read, azure(voice), spoken) };
  }

  const speech: Speech = {
    render(says, voice, medium, before = []) {
      const locale = locales[voice.locale];
      return write(oneAfterTheOther(inTurn(says, locale, before), locale.language), voice, medium);
    },
    reprompt(says, voice, medium) {
      const locale = locales[voice.locale];
      const last = says.at(-1);
      if (!last) return { text: '' };
      const nodes = tidy(nodesOf({ ...last, variant: 'again' }, locale));
      const shorter = locale.phrases.get(last.phrase)?.again.length ? nodes : closingQuestion(nodes);
      const asked = write(shorter, voice, medium);
      return /[？?]$/.test(asked.text) ? asked : { text: '' };
    },
    read: (text, voice, medium) => write(breathing(text), voice, medium),
    voices: (locale) => named.names(locale),
    fixed(voice, medium) {
      const { phrases } = locales[voice.locale];
      const fixed = [...phrases].filter(([, { text }]) => valuesOf(text).length === 0).map(([phrase]) => phrase);
      return fixed.sort(talkFirst).map((phrase) => speech.render([{ phrase }], voice, medium));
    },
    has: (locale, phrase) => locales[locale].phrases.has(phrase),
  };
  return speech;
}

/** The phrases of one answer, each in words that neither the answer before nor this one has said; the very same is said once. */
function inTurn(says: Say[], locale: SpokenLocale, before: readonly string[]): SpeechNode[][] {
  const heard = new Set(before);
  const told = new Set<string>();
  return says.flatMap((say) => {
    const itself = JSON.stringify([say.phrase, say.values]);
    if (told.has(itself)) return [];
    told.add(itself);
    const nodes = nodesOf(say, locale, heard);
    for (const mark of marksIn(nodes, locale)) heard.add(mark);
    return [nodes];
  });
}

const marksIn = (nodes: SpeechNode[], { language }: SpokenLocale): string[] =>
  marksOf(renderPlain(tidy(nodes), language), language.locale);

function nodesOf(say: Say, locale: SpokenLocale, heard: ReadonlySet<string> = NOTHING): SpeechNode[] {
  const phrase = locale.phrases.get(say.phrase);
  const { language } = locale;
  if (!phrase) throw new Error(`phrase "${say.phrase}" is not in locales/${language.locale}`);
  const nodes = (way: Part[]) => filled(way, phrase, { say, locale });
  if (heard.size === 0) return nodes((say.variant === 'again' && phrase.again[0]) || phrase.text);
  return nodes(wordingFor(phrase, say.variant, { heard, marksIn: (way: Part[]) => marksIn(nodes(way), locale) }));
}

function filled(
  template: Phrase['text'],
  phrase: Phrase,
  { say, locale }: { say: Say; locale: SpokenLocale },
): SpeechNode[] {
  try {
    return fill(template, { values: say.values ?? {}, formatters: locale.formatters, names: locale.language.names });
  } catch (fault) {
    if (fault instanceof ValueFault)
      throw new Error(`${phrase.where} ${phrase.name}: ${fault.message}`, { cause: fault });
    throw fault;
  }
}

/** Each named voice's markup, made once. */
function azureFor(named: NamedVoices, own?: AzureVoices): (voice: Voice) => Dialect {
  const made = new Map<string, Dialect>();
  const voiceOf = (locale: Locale, name?: string): AzureVoice => {
    const { azure, style, dialect } = named.of(locale, name);
    return { name: azure, style, dialect };
  };
  return ({ locale, name }) => {
    if (own && !name) return createAzure(own);
    const key = named.names(locale).includes(name ?? '') ? (name ?? '') : '';
    const known = made.get(key) ?? createAzure({ 'zh-CN': voiceOf('zh-CN', key), 'en-US': voiceOf('en-US', key) });
    made.set(key, known);
    return known;
  };
}

/** Names inside running text, with how they are read. */
function withNames(nodes: SpeechNode[], pronouncer: Pronouncer): SpeechNode[] {
  return nodes.flatMap((node): SpeechNode[] => {
    if (node.kind === 'strong') return [{ ...node, of: withNames(node.of, pronouncer) }];
    if (node.kind !== 'text') return [node];
    return pronouncer
      .split(node.text)
      .map(({ text, pinyin }) => (pinyin ? { kind: 'reading', text, alias: '', pinyin } : { kind: 'text', text }));
  });
}

/** Greetings and repair are said in every talk. */
const talkFirst = (one: string, other: string): number =>
  Number(other.startsWith('conversation.')) - Number(one.startsWith('conversation.'));

/** A breath after each sentence but the last. */
function breathing(text: string): SpeechNode[] {
  const sentences = speakable(text)
    .split(/(?<=[。？！])|(?<=[.?!]) +/u)
    .filter((sentence) => sentence.trim());
  return tidy(
    sentences.flatMap((one): SpeechNode[] => [
      { kind: 'text', text: one },
      { kind: 'pause', ms: SENTENCE_PAUSE },
    ]),
  );
}
