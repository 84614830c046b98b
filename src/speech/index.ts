import { type Clock, shanghaiDay, systemClock } from '../clock.ts';
import type { Locale, Medium } from '../platforms/platform.ts';
import { closingQuestion, oneAfterTheOther, tidy } from './arrange.ts';
import { fill } from './fill.ts';
import { ValueFault } from './formatters/formatter.ts';
import { loadLocale, localesRoot, type SpokenLocale } from './locale.ts';
import type { Phrase } from './phrases.ts';
import { alexa } from './render/alexa.ts';
import { aligenie } from './render/aligenie.ts';
import { AZURE_VOICES, type AzureVoices, createAzure } from './render/azure.ts';
import { type Dialect, renderMarkup } from './render/dialect.ts';
import { dueros } from './render/dueros.ts';
import { renderPlain } from './render/plain.ts';
import type { Rendered, Say, Speech, SpeechNode, Voice } from './speech.ts';

export interface SpeechOptions {
  /** The folder locales/, or the project folder that holds it. */
  root?: string;
  /** Gives today for the formatter nearDate. */
  clock?: Clock;
  azureVoices?: AzureVoices;
}

const SLOWEST = 120;
const FASTEST = 260;

/** Reads all locales once. @throws Error that names every unreadable phrase with its file and line. */
export function createSpeech({ root, clock = systemClock, azureVoices = AZURE_VOICES }: SpeechOptions = {}): Speech {
  const folder = localesRoot(root);
  const today = () => shanghaiDay(clock.now());
  const locales: Record<Locale, SpokenLocale> = {
    'zh-CN': loadLocale(folder, 'zh-CN', today),
    'en-US': loadLocale(folder, 'en-US', today),
  };
  const dialects: Record<Exclude<Medium, 'plain'>, Dialect> = {
    dueros,
    alexa,
    aligenie,
    azure: createAzure(azureVoices),
  };

  function write(nodes: SpeechNode[], voice: Voice, medium: Medium): Rendered {
    const { language } = locales[voice.locale];
    const text = renderPlain(nodes, language);
    if (medium === 'plain' || text === '') return { text };
    const pace = Math.min(FASTEST, Math.max(SLOWEST, voice.pace));
    return { text, markup: renderMarkup(nodes, dialects[medium], { pace, language }) };
  }

  return {
    render(says, voice, medium) {
      const locale = locales[voice.locale];
      const phrases = says.map((say) => nodesOf(say, locale));
      return write(oneAfterTheOther(phrases, locale.language), voice, medium);
    },
    reprompt(says, voice, medium) {
      const locale = locales[voice.locale];
      const last = says.at(-1);
      if (!last) return { text: '' };
      const nodes = tidy(nodesOf({ ...last, variant: 'again' }, locale));
      const shorter = locale.phrases.get(last.phrase)?.again ? nodes : closingQuestion(nodes);
      const asked = write(shorter, voice, medium);
      return /[？?]$/.test(asked.text) ? asked : { text: '' };
    },
    has: (locale, phrase) => locales[locale].phrases.has(phrase),
  };
}

function nodesOf(say: Say, locale: SpokenLocale): SpeechNode[] {
  const phrase = locale.phrases.get(say.phrase);
  if (!phrase) throw new Error(`phrase "${say.phrase}" is not in locales/${locale.language.locale}`);
  const template = say.variant === 'again' ? (phrase.again ?? phrase.text) : phrase.text;
  return filled(template, phrase, { say, locale });
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
