import { breakFor, type Dialect } from './dialect.ts';
import { element, text } from './markup.ts';

// Characters a minute that we take Alexa's own rate for; 20 percent is the slowest it accepts.
const OWN_PACE = 215;
const SLOWEST = 20;

/** Alexa: the full set. */
export const alexa: Dialect = {
  speak: (inside, { pace }) => {
    const rate = Math.max(SLOWEST, Math.round((pace / OWN_PACE) * 100));
    return element('speak', {}, element('prosody', { rate: `${rate}%` }, inside));
  },
  pause: breakFor,
  digits: (digits) => element('say-as', { 'interpret-as': 'digits' }, text(digits)),
  phone: (digits) => element('say-as', { 'interpret-as': 'telephone' }, text(digits)),
  strong: (inside) => element('emphasis', { level: 'moderate' }, inside),
  reading: ({ text: word, alias }) => element('sub', { alias }, text(word)),
};
