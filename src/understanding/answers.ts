/** Answers to the question that was just asked: it re-weights the reading, it never blinds it. */
import type { Candidate } from './evidence.ts';
import { type Asking, type Expecting, INTENTS, type Intent } from './meaning.ts';
import { meant, type SlotName, type Span } from './spans.ts';
import type { Hearing } from './tongue.ts';

/** The intent that a bare answer takes, by errand: the one that opens it. */
const ERRAND_INTENT: Record<string, Intent> = {
  policy: 'policy.news',
  guide: 'guide.lookup',
  progress: 'progress.query',
  pickup: 'pickup.book',
  apply: 'apply.start',
  agent: 'agent.call',
  callback: 'callback.request',
  visit: 'visit.request',
  rate: 'rate',
  complaint: 'complaint',
};

const SLOTS_OF: Partial<Record<Asking, SlotName[]>> = {
  item: ['item'],
  date: ['date', 'time'],
  time: ['time', 'date'],
  phone: ['phone'],
  name: ['name'],
  identity: ['name'],
  choice: ['ordinal', 'date', 'time', 'place', 'item', 'name'],
  rating: ['rating'],
  place: ['place'],
  case_no: ['case_no'],
  yesno: ['date', 'time', 'phone', 'name', 'item', 'place', 'ordinal'],
};
const KEYWORD_ASKED = new Set<Asking>(['direction', 'mode', 'kind']);
const CALLBACK_ASKED = new Set<Asking>(['phone', 'name', 'time', 'date']);

/** Understood as ever, whatever is asked. */
export const ALWAYS = new Set<Intent>([
  'repeat',
  'slower',
  'faster',
  'louder',
  'softer',
  'help',
  'back',
  'cancel',
  'stop',
  'wait',
  'why',
  'yes',
  'no',
  'correction',
  'emergency',
  'scam.check',
  'push.optout',
  'privacy.erase',
  'privacy.who',
  'agent.call',
]);

/** The intent of a bare answer in this errand. */
export function intentOfErrand(expecting: Expecting): Intent | undefined {
  const { errand, asking, booking } = expecting;
  if (errand === undefined) return undefined;
  if (errand === 'agent' && asking && CALLBACK_ASKED.has(asking)) return 'callback.request';
  if (
    errand === 'pickup' &&
    booking &&
    (asking === undefined || asking === 'nothing' || asking === 'date' || asking === 'time')
  )
    return 'pickup.change';
  return ERRAND_INTENT[errand];
}

/** How well the sentence answers the question. */
export interface Answer {
  /** The values that answer. */
  spans: Span[];
  /** Share of the sentence that they are. */
  share: number;
  /** A word that answers 取还是交, 寄还是自己取, 丢了还是坏了. */
  keyword: boolean;
  /** It can only be an answer: another value was denied in the same breath (不约礼拜二，礼拜三), or the name that was asked is given as one (我叫…). */
  instead: boolean;
}

/** Values that fit the question; undefined where there is none. */
export function answerTo(asking: Asking | undefined, hearing: Hearing): Answer | undefined {
  if (asking === undefined || asking === 'nothing') return undefined;
  const spans = (SLOTS_OF[asking] ?? []).flatMap((slot) => {
    const span = meant(hearing.spans, slot, asking !== 'yesno');
    return span ? [span] : [];
  });
  const keyword = KEYWORD_ASKED.has(asking) && hearing.keyword(asking as 'direction' | 'mode' | 'kind') !== undefined;
  if (spans.length === 0 && !keyword) return undefined;
  const near = hearing.spans.filter((s) => s.negated || spans.some((t) => t.slot === s.slot));
  const introduced = spans.some((s) => s.introduced === true && (asking === 'name' || asking === 'identity'));
  const denied = hearing.spans.some((s) => s.negated && spans.some((t) => t.slot === s.slot && t.value !== undefined));
  return { spans, share: hearing.share([...spans, ...near]), keyword, instead: denied || introduced };
}

/** Whether the candidate speaks of the errand in hand. */
export function ofErrand(candidate: Candidate, expecting: Expecting): boolean {
  const intent = INTENTS[candidate.intent] as Intent;
  const own = intentOfErrand(expecting);
  return own !== undefined && (intent === own || intent.split('.')[0] === own.split('.')[0]);
}
