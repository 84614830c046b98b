import type { Language } from './render/language.ts';
import type { SpeechNode } from './speech.ts';
import { SENTENCE_PAUSE } from './template.ts';

/** Several phrases as one answer: each a whole sentence, a breath between them. */
export function oneAfterTheOther(phrases: SpeechNode[][], language: Language): SpeechNode[] {
  const sentences = phrases.map(tidy).filter((nodes) => nodes.length > 0);
  return tidy(
    sentences.flatMap((nodes, n): SpeechNode[] => {
      const last = n === sentences.length - 1;
      return last ? nodes : [...closed(nodes, language), { kind: 'pause', ms: SENTENCE_PAUSE }];
    }),
  );
}

/** What follows the last breath: the question, where a phrase ends in one. */
export function closingQuestion(tidied: SpeechNode[]): SpeechNode[] {
  const at = tidied.findLastIndex((node) => node.kind === 'pause');
  return tidied.slice(at + 1);
}

/** Texts side by side become one, of two breaths the longer stays, none stands first or last. */
export function tidy(nodes: SpeechNode[]): SpeechNode[] {
  const tidied: SpeechNode[] = [];
  for (const node of nodes) {
    const before = tidied.at(-1);
    if (node.kind === 'pause' && before?.kind === 'pause') {
      tidied[tidied.length - 1] = { kind: 'pause', ms: Math.max(before.ms, node.ms) };
    } else if (node.kind === 'text' && before?.kind === 'text') {
      tidied[tidied.length - 1] = { kind: 'text', text: before.text + node.text };
    } else if (node.kind !== 'pause' || before) {
      tidied.push(node);
    }
  }
  if (tidied.at(-1)?.kind === 'pause') tidied.pop();
  return tidied;
}

function closed(nodes: SpeechNode[], { sentenceEnd }: Language): SpeechNode[] {
  const last = nodes.at(-1);
  const ends = last?.kind === 'text' && /\p{P}\s*$/u.test(last.text);
  return ends ? nodes : tidy([...nodes, { kind: 'text', text: sentenceEnd }]);
}
