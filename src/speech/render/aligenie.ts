import { breakFor, type Dialect } from './dialect.ts';
import { element, text } from './markup.ts';

const OWN_PACE = 250; // characters a minute that we take its own rate for

/** 天猫精灵: the Aliyun dialect. The rate is an attribute of speak; there is no stress. */
export const aligenie: Dialect = {
  speak: (inside, { pace }) => element('speak', { rate: String(rate(pace / OWN_PACE)) }, inside),
  pause: breakFor,
  digits: (digits) => element('say-as', { 'interpret-as': 'digits' }, text(digits)),
  phone: (digits) => element('say-as', { 'interpret-as': 'telephone' }, text(digits)),
  strong: (inside) => inside,
  reading: ({ text: word, pinyin }) => element('phoneme', { alphabet: 'py', ph: pinyin }, text(word)),
};

/** Aliyun's scale: -500 is half, 500 double speed, by its formula (1 - 1/speed) over 0.002 below and 0.001 above one. */
function rate(speed: number): number {
  const scaled = (1 - 1 / speed) / (speed < 1 ? 0.002 : 0.001);
  return Math.max(-500, Math.min(500, Math.round(scaled)));
}
