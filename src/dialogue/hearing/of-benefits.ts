/** What there is for one of her age, asked without the name of anything; how much, and whether she may have it, of what she does name. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import { besidePolicy, matterInHand } from '../matter-in-hand.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { meant } from './sentence.ts';

/** What understanding takes such a question for. */
const MAY_BE = new Set<Intent>(['policy.news', 'out_of_scope', 'smalltalk', 'apply.start', 'help', 'complaint']);
const isOpen = ({ intent, decision }: Meaning) =>
  decision !== 'accept' || MAY_BE.has(intent) || intent.startsWith('guide.');
/** An errand that waits for her answer is not left for it. */
const isFree = ({ frames, asked }: Talk) =>
  frames.length === 0 || (frames.at(-1)?.machine === 'guide' && asked?.phrase === 'guide.whichMatter');

/** What there is at her age is no question about the matter that is being told. */
const TELLS = new Set(['guide', 'policy']);
const isTold = ({ frames, asked }: Talk) =>
  frames.length === 0 || (TELLS.has(frames.at(-1)?.machine ?? '') && asked?.for !== 'checklist');

/** Her sentence as a question about what concerns her, or about the money that she names. */
export function ofBenefits(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { slots, intent } = meaning;
  if (asksArrears(words, meaning, text, talk)) {
    const item = slots.item ?? besidePolicy(talk) ?? matterInHand(talk);
    return meant(
      meaning,
      'guide.lookup',
      { ...(item ? { item } : {}), element: 'arrears' },
      '_asking.yaml#guide.arrears',
    );
  }
  const asksOfIt = intent.startsWith('guide.') || intent === 'policy.news';
  if (slots.item) return asksOfIt && !slots.element ? ofMoney(words, meaning, text) : meaning;
  const kind = words.kind('benefits', text);
  const share = kind === 'myShare' && talk.frames.length === 0;
  const mine = share || (kind === 'mine' && isFree(talk)) || (kind === 'atMyAge' && isTold(talk));
  if (!mine || !isOpen(meaning)) return meaning;
  const ask = { intent: 'policy.news' as const, slots: { element: 'mine' }, decision: 'accept' as const };
  return { ...meaning, ...ask, confidence: 1, why: '_asking.yaml#benefits.mine' };
}

/** What understanding takes it for, whether what was not drawn in time is made good. */
const MAY_BE_ARREARS = new Set<Intent>([
  'policy.news',
  'out_of_scope',
  'smalltalk',
  'apply.start',
  'help',
  'complaint',
  'no',
]);
const asksArrears = (words: AskingWords, { intent, decision }: Meaning, text: string, talk: Talk): boolean =>
  (decision !== 'accept' || MAY_BE_ARREARS.has(intent) || intent.startsWith('guide.')) &&
  (talk.frames.length === 0 || TELLS.has(talk.frames.at(-1)?.machine ?? '')) &&
  words.says('guide', 'arrears', text);

/** 「能领多少」 is how much, 「给不给」 whether she may. */
function ofMoney(words: AskingWords, meaning: Meaning, text: string): Meaning {
  const kind = words.kind('benefits', text);
  const age = words.age(text);
  const slots = { ...meaning.slots, ...(age ? { age } : {}) };
  const sure = { decision: 'accept' as const, confidence: 1, why: `_asking.yaml#benefits.${kind}` };
  if (kind === 'amount') return { ...meaning, ...sure, intent: 'guide.lookup', slots: { ...slots, element: 'amount' } };
  if (kind === 'elsewhere')
    return { ...meaning, ...sure, intent: 'guide.lookup', slots: { ...slots, element: 'hukou' } };
  return kind === 'may' ? { ...meaning, ...sure, intent: 'guide.eligibility' } : meaning;
}
