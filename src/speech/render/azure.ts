import type { Locale } from '../../platforms/platform.ts';
import { breakFor, type Dialect, phoneWritten } from './dialect.ts';
import { element, text } from './markup.ts';

/** An Azure voice and its speaking style, where it has one. */
export interface AzureVoice {
  name: string;
  style?: string;
  /** A dialect's own voice: it takes neither pinyin nor a style. */
  dialect?: boolean;
}

export type AzureVoices = Record<Locale, AzureVoice>;

const OWN_PACE: Record<Locale, number> = { 'zh-CN': 250, 'en-US': 215 }; // characters a minute that we take its own rate for
const NAMESPACES = {
  version: '1.0',
  xmlns: 'http://www.w3.org/2001/10/synthesis',
  'xmlns:mstts': 'https://www.w3.org/2001/mstts',
};

/** The community's own speaker with an Azure voice. Digits are written out, since its say-as says 一 for 幺. */
export function createAzure(voices: AzureVoices): Dialect {
  return {
    speak(inside, { pace, louder, language: { locale } }) {
      const { name, style, dialect } = voices[locale];
      const rate = signed(Math.round((pace / OWN_PACE[locale] - 1) * 100));
      const paced = element('prosody', louder ? { rate, volume: signed(LOUDER) } : { rate }, inside);
      const styled = style && !dialect ? element('mstts:express-as', { style }, paced) : paced;
      return element('speak', { ...NAMESPACES, 'xml:lang': locale }, element('voice', { name }, styled));
    },
    pause: breakFor,
    digits: (digits, language) => text(language.digits(digits)),
    phone: (digits, language) => phoneWritten(digits, language, breakFor),
    strong: (inside) => element('emphasis', { level: 'moderate' }, inside),
    reading: ({ text: word, alias, pinyin }, { locale }) =>
      voices[locale].dialect
        ? text(alias || word)
        : element('phoneme', { alphabet: 'sapi', ph: sapi(pinyin) }, text(word)),
  };
}

/** For whom is hard of hearing. */
const LOUDER = 30;
const signed = (percent: number): string => `${percent >= 0 ? '+' : ''}${percent}%`;

/** `chong2 ban4` as SAPI writes it: `chong 2 - ban 4`. */
const sapi = (pinyin: string): string => pinyin.replace(/([a-zü:]+)(\d)/g, '$1 $2').replace(/(\d) (?=[a-z])/g, '$1 - ');
