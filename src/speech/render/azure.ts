import type { Locale } from '../../platforms/platform.ts';
import { breakFor, type Dialect, phoneWritten } from './dialect.ts';
import { element, text } from './markup.ts';

/** An Azure voice and its speaking style, where it has one. */
export interface AzureVoice {
  name: string;
  style?: string;
}

export type AzureVoices = Record<Locale, AzureVoice>;

/** Gentle voices by default; both can be set otherwise. */
export const AZURE_VOICES: AzureVoices = {
  'zh-CN': { name: 'zh-CN-XiaoxiaoNeural', style: 'gentle' },
  'en-US': { name: 'en-US-JennyNeural', style: 'friendly' },
};

const OWN_PACE: Record<Locale, number> = { 'zh-CN': 250, 'en-US': 215 }; // characters a minute that we take its own rate for
const NAMESPACES = {
  version: '1.0',
  xmlns: 'http://www.w3.org/2001/10/synthesis',
  'xmlns:mstts': 'https://www.w3.org/2001/mstts',
};

/** The community's own speaker with an Azure voice. Digits are written out, since its say-as says 一 for 幺. */
export function createAzure(voices: AzureVoices): Dialect {
  return {
    speak(inside, { pace, language: { locale } }) {
      const { name, style } = voices[locale];
      const change = Math.round((pace / OWN_PACE[locale] - 1) * 100);
      const paced = element('prosody', { rate: `${change >= 0 ? '+' : ''}${change}%` }, inside);
      const styled = style ? element('mstts:express-as', { style }, paced) : paced;
      return element('speak', { ...NAMESPACES, 'xml:lang': locale }, element('voice', { name }, styled));
    },
    pause: breakFor,
    digits: (digits, language) => text(language.digits(digits)),
    phone: (digits, language) => phoneWritten(digits, language, breakFor),
    strong: (inside) => element('emphasis', { level: 'moderate' }, inside),
    reading: ({ text: word, pinyin }) => element('phoneme', { alphabet: 'sapi', ph: sapi(pinyin) }, text(word)),
  };
}

/** `chong2 ban4` as SAPI writes it: `chong 2 - ban 4`. */
const sapi = (pinyin: string): string => pinyin.replace(/([a-zü:]+)(\d)/g, '$1 $2').replace(/(\d) (?=[a-z])/g, '$1 - ');
