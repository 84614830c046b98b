/** A question about what was just told, in words that no intent knows or that mean something else by themselves: 「那为嘛没批」, 「别再播这个」. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { meant } from './sentence.ts';

/** The errands that know such pieces, and the intent that carries them there. */
const PIECED = { progress: 'progress.query', policy: 'policy.news' } as const satisfies Record<string, Intent>;
export type Pieced = keyof typeof PIECED;
const isPieced = (errand: string | undefined): errand is Pieced => errand !== undefined && errand in PIECED;

/** What is never bent: safety, the ways out, an agreement, the digits. */
const STANDS = new Set<Intent>(['emergency', 'scam.check', 'yes', 'no', 'stop', 'cancel', 'wait', 'agent.call']);
const STANDS_ALWAYS = new Set<Intent>([
  'callback.request',
  'visit.request',
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
]);

/** A refusal, or what is missing, was told a moment ago. */
export const wasRefused = (last: Talk['last']) => last.some(({ phrase }) => REFUSAL.test(phrase));
const REFUSAL = /^progress\.(?:denied|rejected|notGranted|check_whyMore|check_elsewhere|bookHandIn)$/;
/** What is missing was told a moment ago. */
export const lacksPapers = (last: Talk['last']) => last.some(({ phrase }) => PAPERS.test(phrase));
const PAPERS = /^progress\.(?:correction|bringTo|check_copies|check_shape|check_notTold|check_lacks)$/;
/** Asked of a refusal alone; and of papers that are missing, though their name is a matter of its own. */
const OF_REFUSAL = new Set(['gap', 'elsewhere']);
const OF_PAPERS = new Set(['copies', 'shape', 'notTold', 'lacks', 'handedIn', 'bring', 'others']);

const ONLY_OF_PAPERS = new Set(['copies', 'shape', 'notTold']);
/** Late was told a moment ago: whoever presses hears it no second time. */
const wasLate = (last: Talk['last']) => last.some(({ phrase }) => LATE.test(phrase));
const LATE = /^progress\.(?:overdue|notLostLate|chased|ownedUp|step)$/;

/** 「我不是交过了吗，是不是给我弄丢了」: that she gave it counts, whatever she fears became of it. */
const gaveIt = (manner: Manner, errand: Pieced, text: string): 'handedIn' | undefined =>
  errand === 'progress' && piecesOf(text).some((one) => manner.piece(errand, one) === 'handedIn')
    ? 'handedIn'
    : undefined;

/** 「能不能催催」 of what was told a moment ago needs no second telling. */
const isPushed = (element: string, { last }: Talk): boolean =>
  element === 'push' && last.some(({ phrase }) => OF_STATE.test(phrase));
const OF_STATE =
  /^progress\.(?:submitted|received|accepted|reviewing|producing|whenPromised|whenOpen|notLost|who|whoStation|check_hurry)$/;

/** What is asked of what was told: in other places the same words mean something else. */
function pieceAsked(manner: Manner, errand: Pieced, text: string, { last, topic }: Talk): string | undefined {
  const element = gaveIt(manner, errand, text) ?? manner.piece(errand, text);
  const ofPapers = lacksPapers(last) || topic?.errand === 'progress' || errand === 'progress';
  if (ONLY_OF_PAPERS.has(element ?? '') && !ofPapers) return undefined;
  if (!OF_REFUSAL.has(element ?? '')) return element;
  if (!wasRefused(last)) return undefined;
  return element === 'gap' ? 'why' : element;
}

/** The errand that the sentence is about: the one it names, the one in hand, or the one that has just ended. */
function aboutWhich({ intent, slots, decision }: Meaning, { frames, topic, last }: Talk): Pieced | undefined {
  const named = errandOf(intent);
  const inHand = frames.at(-1)?.machine;
  if (inHand === 'guide' && wasRefused(last)) return 'progress';
  const bare = inHand === 'guide' && !itemInHand(frames.at(-1));
  const ofMatter = isPieced(named) && slots.item !== undefined;
  if (inHand && !isPieced(inHand) && !bare && decision !== 'accept' && !ofMatter) return undefined;
  if (isPieced(named)) return named;
  // She asked where the station is, and goes on about what was told before.
  // Of a policy only while it is what was told last.
  const over = topic?.errand === 'policy' && !last.some(({ phrase }) => phrase.startsWith('policy.'));
  const near = bare && isPieced(topic?.errand) ? topic?.errand : (inHand ?? (over ? undefined : topic?.errand));
  return isPieced(near) ? near : undefined;
}

const itemInHand = (frame: Talk['frames'][number] | undefined) =>
  (frame?.context.slots as { item?: string } | undefined)?.item;

/** 「嘛时候能下来」 right after several were told: of the last of them. */
function ofLastTold(element: string, slots: Slots, { frames, topic, last }: Talk): Slots {
  const told = last.some(({ phrase }) => phrase.startsWith('progress.'));
  const item = element === 'when' && told && frames.length === 0 && topic?.errand === 'progress' && topic.item;
  return item && !slots.item ? { ...slots, item } : slots;
}

/** 「怎么没说要户口本」: of what she handed in, and not of the register. */
function withoutPaper({ item, ...slots }: Slots): Slots {
  return item && !isPaper(item) ? { ...slots, item } : slots;
}

/** Her sentence with the piece that it asks for. */
export function withPiece(manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const errand = aboutWhich(meaning, talk);
  const element = errand && pieceAsked(manner, errand, text, talk);
  if (!errand || !element || (STANDS.has(meaning.intent) && !isMeantSo(element, errand, talk))) return meaning;
  // To be told of it is no call that is wanted now: 「下来了给我打个电话」.
  const ofPapers = OF_PAPERS.has(element) && lacksPapers(talk.last);
  // 「头一个几号能好」 in the midst of her cases wants no time for anything.
  const ofDay = element === 'when' && talk.frames.at(-1)?.machine === 'progress';
  if (element !== 'tell' && !ofPapers && !ofDay && isOfItsOwn(meaning, errand)) return meaning;
  // The paper that she names is no case of hers.
  const own = !ofPapers && errandOf(meaning.intent) === errand ? meaning.slots : {};
  const { ordinal: _, ...all } = own;
  const named = OF_PAPERS.has(element) ? withoutPaper(all) : ofLastTold(element, all, talk);
  const told = errand === 'progress' && (wasRefused(talk.last) || wasLate(talk.last) || isPushed(element, talk));
  const slots: Slots = told ? { ...named, told: 'yes' } : named;
  return meant(meaning, PIECED[errand], { ...slots, element }, `_manner.yaml#${errand}.${element}`);
}

/** Enough of what is being told ends that, and not the talk; 「帮我找窗口问问」 of a refusal is about it. */
const isMeantSo = (element: string, errand: Pieced, { frames, last }: Talk) =>
  element === 'enough'
    ? frames.at(-1)?.machine === errand
    : element === 'why' && (errand === 'policy' || wasRefused(last));

/** A clear wish about a matter that she names, or one that would do something. */
function isOfItsOwn({ intent, slots, decision }: Meaning, errand: Pieced): boolean {
  if (decision !== 'accept' || errandOf(intent) === errand) return false;
  return STANDS_ALWAYS.has(intent) || Boolean(slots.item);
}
