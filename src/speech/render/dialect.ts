import type { SpeechNode } from '../speech.ts';
import type { Language } from './language.ts';
import { element, type Markup, text, together } from './markup.ts';
import { groupsOf } from './plain.ts';

export interface Spoken {
  /** Characters a minute. */
  pace: number;
  language: Language;
  /** She is hard of hearing. */
  louder?: boolean;
}

/** How one brand writes speech. What a brand cannot do it leaves out; the words always stay. */
export interface Dialect {
  speak(inside: Markup, spoken: Spoken): Markup;
  pause(ms: number): Markup;
  digits(digits: string, language: Language): Markup;
  phone(digits: string, language: Language): Markup;
  strong(inside: Markup): Markup;
  /** A word of ours that engines misread. */
  reading(word: Language['readings'][number], language: Language): Markup;
}

const GROUP_PAUSE = 300; // ms between the groups of a number

/** Digits and numbers written out, a breath between the groups: for engines whose say-as is not to be relied on. */
export function phoneWritten(digits: string, language: Language, pause: Dialect['pause']): Markup {
  return together(
    ...groupsOf(digits).flatMap((group, n) =>
      (n === 0 ? [] : [pause(GROUP_PAUSE)]).concat(text(language.digits(group))),
    ),
  );
}

/** Pauses as `<break>`: Alexa, AliGenie and Azure. */
export const breakFor = (ms: number): Markup => element('break', { time: `${ms}ms` });

/** A spoken answer in one brand's markup, with its root element. */
export function renderMarkup(nodes: SpeechNode[], dialect: Dialect, spoken: Spoken): Markup {
  return dialect.speak(inside(nodes, dialect, spoken.language), spoken);
}

function inside(nodes: SpeechNode[], dialect: Dialect, language: Language): Markup {
  return together(...nodes.map((node) => one(node, dialect, language)));
}

function one(node: SpeechNode, dialect: Dialect, language: Language): Markup {
  if (node.kind === 'pause') return dialect.pause(node.ms);
  if (node.kind === 'digits') return dialect.digits(node.digits, language);
  if (node.kind === 'phone') return dialect.phone(node.digits, language);
  if (node.kind === 'strong') return dialect.strong(inside(node.of, dialect, language));
  if (node.kind === 'reading') return dialect.reading(node, language);
  return text(node.text);
}
