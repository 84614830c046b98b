import type { Brand, Locale } from './platform.ts';

/** What a brand can do: decides which steps of a conversation can run on it, and nothing else. */
export interface Capabilities {
  /** The words as spoken reach us; otherwise only the brand's intent and slots. */
  rawText: boolean;
  /** We are told when she stays silent. */
  silence: boolean;
  /** We are told when the session is over. */
  end: boolean;
  /** We can speak first. */
  push: boolean;
  /** Spoken by the brand itself when she stays silent. */
  reprompt: boolean;
  markup: boolean;
  screen: boolean;
  /** How it keeps the next words for the question in hand: by the slot that is asked for, by one that takes any words, not at all. */
  elicits: 'slot' | 'words' | 'none';
  /** It is told what may be chosen, so that it knows the words and the numbers. */
  choices: boolean;
  /** It keeps a reminder by itself, once she has permitted it. */
  reminder: boolean;
  /** It is seen from which network or city it speaks, and so when that is another than it is used to. */
  network: boolean;
  locales: readonly Locale[];
}

export const CAPABILITIES: Record<Brand, Capabilities> = {
  speaker: {
    rawText: true,
    silence: true,
    end: false,
    push: true,
    reprompt: false,
    markup: true,
    screen: true,
    elicits: 'none',
    choices: true,
    reminder: false,
    network: true,
    locales: ['zh-CN', 'en-US'],
  },
  dueros: {
    rawText: true,
    silence: false,
    end: true,
    push: true,
    reprompt: true,
    markup: true,
    screen: true,
    elicits: 'slot',
    choices: true,
    reminder: true,
    network: true,
    locales: ['zh-CN'],
  },
  alexa: {
    rawText: false,
    silence: false,
    end: true,
    push: true,
    reprompt: true,
    markup: true,
    screen: true,
    elicits: 'words',
    choices: false,
    reminder: true,
    network: false,
    locales: ['en-US'],
  },
  aligenie: {
    rawText: true,
    silence: false,
    end: false,
    push: true,
    reprompt: false,
    markup: true,
    screen: false,
    elicits: 'slot',
    choices: true,
    reminder: false,
    network: true,
    locales: ['zh-CN'],
  },
  xiaoai: {
    rawText: true,
    silence: true,
    end: true,
    push: false,
    reprompt: false,
    markup: false,
    screen: true,
    elicits: 'none',
    choices: false,
    reminder: false,
    network: false,
    locales: ['zh-CN'],
  },
};
