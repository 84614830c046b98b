import type { Dialect } from './dialect.ts';
import { element, text } from './markup.ts';

/** 小度: silence, say-as and sub only; it has no rate, no stress and no pinyin. */
export const dueros: Dialect = {
  speak: (inside) => element('speak', {}, inside),
  pause: (ms) => element('silence', { time: `${ms}ms` }),
  digits: (digits) => element('say-as', { type: 'number:digits' }, text(digits)),
  phone: (digits) => element('say-as', { type: 'telephone' }, text(digits)),
  strong: (inside) => inside,
  reading: ({ text: word, alias }) => element('sub', { alias }, text(word)),
};
