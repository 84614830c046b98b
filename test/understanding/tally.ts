/** What a set of sentences comes to: counts only, so that a set may stay unread. */
import type { Heard, Meaning } from '../../src/understanding/meaning.ts';
import { type Case, judge } from './sheet.ts';

export interface Tally {
  sentences: number;
  /** Shares of all sentences. */
  intent: number;
  acceptedWrong: number;
  /** Of those whose intent is right. */
  slots: number;
  /** Of those that are nobody's wish of ours, how many were accepted as one. */
  outside: number;
  outsideAccepted: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Reads every case and counts. */
export function tally(cases: readonly Case[], read: (heard: Heard) => Meaning): Tally {
  const seen = cases.map((wanted) => {
    const locale = /\p{Script=Han}/u.test(wanted.say) ? ('zh-CN' as const) : ('en-US' as const);
    const found = read({ text: wanted.say, now: wanted.now, locale, expecting: wanted.expecting });
    const outside = wanted.intents.includes('out_of_scope');
    return { ...judge(found, wanted), accepted: found.decision === 'accept', outside };
  });
  const right = seen.filter((one) => one.intent);
  const outside = seen.filter((one) => one.outside);
  return {
    sentences: seen.length,
    intent: share(right.length, seen.length),
    slots: share(right.filter((one) => one.slots).length, right.length),
    acceptedWrong: share(seen.filter((one) => one.accepted && !one.intent).length, seen.length),
    outside: outside.length,
    outsideAccepted: share(outside.filter((one) => one.accepted && !one.intent).length, outside.length),
  };
}

const percent = (of: number): string => `${(100 * of).toFixed(1)} %`;

/** One line of a table. */
export function rowOf(name: string, t: Tally): string {
  const columns = [percent(t.intent), percent(t.slots), percent(t.acceptedWrong), percent(t.outsideAccepted)];
  return `| ${[name, t.sentences, ...columns].join(' | ')} |`;
}

export const TABLE_HEAD = [
  '| set | sentences | intent | slots, where the intent is right | accepted wrong | not ours, yet accepted |',
  '|---|---|---|---|---|---|',
];
