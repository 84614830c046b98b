/** What she says at the read-back of her own words, or just after they were handed in, that is no part of them: 「谁处理」, 「把名字去了」. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { grievance } from './of-grievance.ts';
import { serviceSaid, toldBeside } from './of-rating.ts';
import { breadthOf, clausesOf } from './plain-words.ts';
import { putRight } from './put-right.ts';
import { INSTEAD, meant } from './sentence.ts';

/** What is longer than this is her story. */
const SHORT = 14;
/** What steers her words is said at more length, too: 「那人知道是我告的不？别给我穿小鞋」. */
const STEERS = new Set(['drops', 'dropLast', 'secret', 'named', 'asksName', 'nameless', 'asksCity', 'slip', 'mercy']);
const LONGEST = 30;
/** She wants to hear what stands there. */
const READS_AGAIN = new Set(['again', 'asksWritten']);
const OF_NAME = new Set(['named', 'asksName', 'nameless']);
/** Asked of what was handed in, it is looked up. */
const OF_IT_AFTERWARDS = new Set(['who', 'when', 'tail']);
/** Never bent. */
const STANDS = new Set<Intent>(['emergency', 'scam.check']);

/** 「我不服，你帮我找窗口问问」: somebody who explains it, and nothing written down. */
const WANTS_PERSON = '_asking.yaml#grievance.person';

/** Her sentence with what it wants of her words; anything else stays as it was read. */
export function ofComplaining(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const chosen = STANDS.has(meaning.intent) ? undefined : kindChosen(words, meaning, text, talk);
  if (chosen) return chosen;
  if (!talk.asked?.words) {
    if (talk.asked?.phrase === 'complaint.city') return atCity(words, meaning, text);
    const promised = meaning.intent === 'complaint' || (talk.frames.length === 0 && !meaning.slots.item);
    if (promised && !STANDS.has(meaning.intent) && words.says('grievance', 'promised', text))
      return { ...meaning, intent: 'callback.request', slots: { about: 'when' }, decision: 'accept' };
    if (talk.asked?.offer === 'callback' && words.says('grievance', 'person', text))
      return meant(meaning, 'yes', {}, WANTS_PERSON);
    if (talk.frames.length === 0 && words.says('grievance', 'person', text) && !meaning.slots.item)
      return meant(meaning, 'agent.call', {}, WANTS_PERSON);
    const city = ofCity(words, meaning, text, talk);
    if (city) return meant(meaning, 'complaint', { about: city }, OF_CITY);
    const wronged = grievance(words, meaning, text, talk) ?? toldBeside(words, meaning, text, talk);
    if (wronged) return wronged;
    const opens = words.kind('opening', text);
    // What waits to be rated is rated; where nothing does, her kind words are written down.
    if (isPraise(meaning) && words.says('opening', 'praisesAloud', text))
      return meant(meaning, 'rate', praised(words, meaning, text), '_asking.yaml#opening.praisesAloud');
    if (opens === 'praise' && isPraise(meaning))
      return { ...meaning, intent: 'complaint', slots: { about: 'praise' }, decision: 'accept' };
    if (opens === 'news') return meant(meaning, 'complaint', { element: 'when' }, '_asking.yaml#opening.news');
    if (opens === 'addsLater') return meant(meaning, 'complaint', { how: 'yes' }, '_asking.yaml#opening.addsLater');
    if (opens === 'before') return { ...meaning, intent: 'complaint', slots: {}, decision: 'accept' };
    if (opens && meaning.intent === 'complaint') return { ...meaning, decision: 'accept' };
  }
  if (STANDS.has(meaning.intent)) return meaning;
  // When nobody is to ring her belongs to her words: whoever answers reads it there.
  if (isOfComplaint(talk) && words.says('complaining', 'notThen', text) && [...text].length <= LONGEST)
    return isReadBack(talk)
      ? asked(meaning, { element: 'adds', more: text })
      : { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
  if (isReadBack(talk) && dares(words, text)) return asked(meaning, { element: 'hands' });
  const kind = words.kind('complaining', text);
  if (isReadBack(talk) && (!kind || kind === 'agrees' || kind === 'all')) {
    // 「这个，行」, 「哎呀你听我说啊，就这么交」: the last that she says is the answer.
    const end = words.kind('complaining', clausesOf(text).at(-1) ?? '');
    // 「嗯，就这个」
    const opens = words.kind('complaining', clausesOf(text)[0] ?? '');
    if (end === 'agrees' || (end === 'all' && opens === 'agrees'))
      return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
    if (end === 'hands') return asked(meaning, { element: 'hands' });
  }
  const written =
    isReadBack(talk) && kind !== 'takesIn' && !OF_NAME.has(kind ?? '') && !READS_AGAIN.has(kind ?? '')
      ? rewritten(words, meaning, text)
      : undefined;
  if (written) return written;
  const right = isReadBack(talk) && breadthOf(text) <= LONGEST ? putRight(words, text, herWords(talk)) : undefined;
  if (right) return asked(meaning, { element: 'swap', ...right });
  // 「下回让他大点声」: to be passed on, and no word about how we speak.
  if (isReadBack(talk) && !kind && words.says('asIs', 'toldHim', text))
    return asked(meaning, { element: 'adds', more: text });
  // 「就是不让我说话」 is no yes: it belongs to her words, as 「还有…」 does.
  if (isReadBack(talk) && (kind === 'part' || (!kind && words.says('grievance', 'wronged', text))))
    return asked(meaning, { element: 'adds', more: text });
  const steers = isOfComplaint(talk) && STEERS.has(kind ?? '') && breadthOf(text) <= LONGEST;
  if (steers) return asked(meaning, { element: kind ?? '', ...(kind === 'mercy' ? { more: text } : {}) });
  if (breadthOf(text) > SHORT) return meaning;
  if (isReadBack(talk)) return atReadBack(words, meaning, text, kind);
  const after = kind && OF_IT_AFTERWARDS.has(kind) && hasHandedIn(talk);
  return after && isLoose(meaning) ? asked(meaning, { element: kind }) : meaning;
}

/** 「我不提意见，我要办不成事那个窗口」: the other kind of it, wherever she says so. What she tells beside it are her words. */
function kindChosen(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning | undefined {
  const names = (one: string) => words.says('opening', 'cannotGetDone', one);
  if (isOfComplaint(talk)) {
    const kind = names(text) ? 'cannot_get_done' : words.says('opening', 'complaintInstead', text) ? 'complaint' : '';
    return kind && breadthOf(text) <= LONGEST ? asked(meaning, { element: 'kind', kind }) : undefined;
  }
  const clauses = clausesOf(text);
  if (!clauses.some(names)) return undefined;
  const tells = clauses.some(
    (one) => !names(one) && breadthOf(one) > SHORTEST_STORY && !words.kind('complaining', one),
  );
  const where: Slots = words.says('opening', 'whereWindow', text) ? { about: 'window' } : {};
  return meant(meaning, 'complaint', { kind: 'cannot_get_done', ...where, ...(tells ? {} : { how: 'yes' }) }, INSTEAD);
}
const SHORTEST_STORY = 6;

/** 「交吧，我也豁出去了」, 「不怕他」: it is handed in, and her courage is no sentence for it. */
function dares(words: AskingWords, text: string): boolean {
  const clauses = clausesOf(text);
  const rest = clauses.filter((one) => !words.says('complaining', 'dares', one));
  const agrees = (one: string) => words.says('complaining', 'hands', one) || words.says('complaining', 'agrees', one);
  return rest.length < clauses.length && rest.every(agrees);
}

/** A kind word is marked where she only says it; what is to be written down is. */
const MAY_BE_PRAISE = new Set<Intent>(['rate', 'smalltalk', 'out_of_scope', 'complaint']);
const isPraise = ({ intent, slots }: Meaning) => MAY_BE_PRAISE.has(intent) && !slots.rating;

/** Of whom she would say something kind, and whether she asks how that is done. */
function praised(words: AskingWords, { slots: { name } }: Meaning, text: string): Slots {
  const service = serviceSaid(words, text) ?? (words.says('asIs', 'ofWindow', text) ? 'case' : undefined);
  const how: Slots = words.says('opening', 'asksHow', text) ? { how: 'yes' } : {};
  return { about: 'note', ...(service ? { service } : {}), ...(name ? { name } : {}), ...how };
}

const OF_CITY = '_asking.yaml#complaining.asksCity';
const MAY_BE_CITYS = new Set<Intent>(['complaint', 'out_of_scope', 'guide.who', 'smalltalk']);
/** 「路灯坏了归谁管」, 「电梯又坏了」, 「一二三四五是干嘛的」: whose it is, and nothing to be written down here. */
function ofCity(words: AskingWords, { intent, decision, slots }: Meaning, text: string, { frames }: Talk) {
  const open = frames.length === 0 && (decision !== 'accept' || MAY_BE_CITYS.has(intent)) && !STANDS.has(intent);
  if (!open || slots.item) return undefined;
  if (words.says('city', 'line', text)) return 'line';
  const here = words.says('city', 'inVain', text) || words.says('city', 'noted', text);
  const citys = words.says('complaining', 'asksCity', text) || words.says('city', 'told', text);
  return citys && !words.says('asIs', 'ofWindow', text) ? (here ? 'here' : 'city') : undefined;
}

/** What she would have written beside her words, or in their place. */
function rewritten(words: AskingWords, meaning: Meaning, text: string): Meaning | undefined {
  for (const how of ['instead', 'adds'] as const) {
    const more = words.written(how, text);
    if (more) return asked(meaning, { element: how, more });
  }
  const gone = words.written('without', text);
  return gone ? asked(meaning, { element: 'swap', from: gone, to: '' }) : undefined;
}

/** She cannot ring the city's line: somebody rings her and does it with her. */
function atCity(words: AskingWords, meaning: Meaning, text: string): Meaning {
  const here = words.says('city', 'inVain', text) || words.says('city', 'noted', text);
  if (here) return meant(meaning, 'complaint', { element: 'here' }, '_asking.yaml#city');
  if (words.says('city', 'number', text)) return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  if (!words.says('city', 'cannot', text)) return meaning;
  const call = { intent: 'callback.request' as const, slots: { agreed: 'yes' }, decision: 'accept' as const };
  return { ...meaning, ...call, confidence: 1, why: INSTEAD };
}

/** What is to be handed in, as far as she has said it. */
export const herWords = ({ frames }: Talk) => String(frames.at(-1)?.context.words ?? '');
const isOfComplaint = ({ frames }: Talk) => frames.at(-1)?.machine === 'complaint';

/** What somebody promised just now is asked of that, and not of a call. */
const LOOSE = new Set<Intent>([
  'callback.request',
  'agent.call',
  'guide.who',
  'out_of_scope',
  'guide.when',
  'progress.query',
]);
const isLoose = ({ intent, decision, slots }: Meaning) => decision !== 'accept' || (LOOSE.has(intent) && !slots.item);

/** Her words stand, and she is asked about them. */
export const isReadBack = ({ asked: question, frames }: Talk) =>
  question?.offer === 'complaint' && frames.at(-1)?.machine === 'complaint';

/** What bears no name is nowhere to be found as hers. */
const hasHandedIn = ({ frames, topic, last }: Talk) =>
  frames.length === 0 && topic?.errand === 'complaint' && !last.some(({ phrase }) => NOT_HANDED_IN.test(phrase));
const NOT_HANDED_IN = /^complaint\.(?:notedNameless|declined|city|asksCity)/;

function atReadBack(words: AskingWords, meaning: Meaning, text: string, kind: string | undefined): Meaning {
  if (kind && kind !== 'tail') return asked(meaning, { element: kind });
  const swap = words.swap(text);
  return swap ? asked(meaning, { element: 'swap', ...swap }) : meaning;
}

const asked = (meaning: Meaning, slots: Meaning['slots']): Meaning =>
  meant(meaning, 'complaint', slots, `_asking.yaml#complaining.${slots.element}`);
