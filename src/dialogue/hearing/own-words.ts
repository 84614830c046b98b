/** Where her own words are wanted: what belongs to them, what she wants of them, and what is something else altogether. Pure but for `read`. */
import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { edited } from './edited-words.ts';
import { herWords, isReadBack } from './of-complaining.ts';
import { bare, breadthOf, clausesOf, markedClauses } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, isClear, type Listened, OF_SOUND, PLAIN, type Sentence } from './sentence.ts';

/** Done beside her words, or instead of them. */
const WISHES = /^(?:progress|agent|callback|guide|pickup|visit|policy|apply|rate)(?:\.|$)/;
/** Where a rating is wished for, any of these says that nothing was to be written. */
const REFUSES = new Set(['drops', 'leavesOut', 'bothOff', 'holds', 'dropLast']);
/** What may stand before something else that she says in the same breath. */
const FIRST = new Set([...REFUSES, 'nameless', 'named', 'takesIn']);
/** What is written down: with anything else said beside it, that is done first, and her words are read back last. */
const WRITES = new Set(['adds', 'instead', 'swap', 'hands']);
/** Answered before what else she wants of them. */
const ASKS = new Set(['secret', 'who', 'when', 'mercy']);
/** With these it is over: they come last. */
const ENDS = new Set(['hands', 'who', 'when', 'secret', 'asks', 'asksCity']);
/** What is longer than this is her story, whatever it asks. */
const LONGEST = 30;
const SHORTEST = 3;
/** She was asked whether another sentence goes in. */
const ADDS = new Set(['complaint.addThis', 'complaint.addAll']);
/** She was asked what is wrong of them. */
const MENDS = new Set(['complaint.whichWrong', 'complaint.readToMend']);
const MOST_CLAUSES = 6;

type Hears = (text: string) => Listened;

/** @param read her sentence, bent by what it wants of her words. @param alone hears a part of it by itself */
export function inHerWords(ears: Ears, read: Meaning, sentence: Sentence, alone: Hears): Listened {
  const { text, talk } = sentence;
  // 「话说得忒快」 is told of somebody, and no order to the speaker.
  const ofThem = OF_SOUND.has(read.intent) && ears.asking.says('asIs', 'theirSpeech', text);
  const meaning = ofThem ? ofNoIntent(read) : read;
  const heard = { meaning, text };
  if (talk.frames.at(-1)?.machine !== 'complaint' || meaning.intent === 'emergency') return heard;
  if (meaning.slots.element === 'kind') return heard;
  if (mumbles(ears.asking, sentence))
    return { meaning: { ...meaning, intent: 'wait', slots: {}, decision: 'accept' }, text };
  const words = {
    hers: herWords(talk),
    mending: MENDS.has(talk.asked?.phrase ?? ''),
    adding: ADDS.has(talk.asked?.phrase ?? ''),
  };
  const mended = isReadBack(talk) ? edited(ears, meaning, text, words) : undefined;
  if (mended) return { ...mended, text };
  const judged = insteadOfWriting(ears.asking, meaning, sentence);
  if (judged) return judged;
  const refused = refusedFor(ears.asking, sentence);
  if (refused) return refused;
  const two = isReadBack(talk) ? inOrder(sentence, alone) : undefined;
  if (two) return two;
  if (meaning.slots.element) return heard;
  if (meaning.intent === 'yes')
    return isReadBack(talk) && !saysYes(ears, text) ? { meaning: ofNoIntent(meaning), text } : heard;
  const wish = wishBeside(ears.asking, sentence);
  if (wish) return { meaning: wish, text, apart: true };
  const asks = isReadBack(talk) && asksUs(ears, text) ? ofWords(meaning, 'asks') : undefined;
  return asks ? { meaning: asks, text } : heard;
}

/** 「嗯……那个……」, or 「好」 to 「您慢慢说」: she has not begun, and is waited for. At the read-back 「嗯」 is a yes. */
function mumbles(words: AskingWords, { text, talk }: Sentence): boolean {
  const begins = !isReadBack(talk) && isAsked(talk);
  return Boolean(
    words.edit('mumbles', bare(text)) ??
      (begins && (words.edit('willTell', bare(text)) || kindOf(words, text) === 'agrees')),
  );
}

/** 「停，我不提意见了，我要评价」, 「先别交，我就是想打个好评」: nothing is written, and how she was served is asked. */
function insteadOfWriting(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Listened | undefined {
  const clause = clausesOf(text).find((one) => words.says('grievance', 'rates', one));
  if (!clause) return undefined;
  const refuses = [meaning.slots.element, ...clausesOf(text).map((one) => kindOf(words, one))].some(isRefusal);
  if (refuses) return { meaning: ofWords(meaning, 'drops'), text, beside: clause };
  return breadthOf(text) <= LONGEST && isAsked(talk) ? { meaning: asRating(read(text)), text, apart: true } : undefined;
}
const kindOf = (words: AskingWords, clause: string) => words.kind('complaining', clause);
const isRefusal = (kind: string | undefined) => kind !== undefined && REFUSES.has(kind);
const isAsked = ({ asked }: Talk) => asked?.words === 'wanted';
const asRating = (read: Meaning): Meaning => ({
  ...read,
  ...(read.intent === 'rate' ? {} : { intent: 'rate', slots: {} }),
  decision: 'accept',
});

/** 「行了别交了，给我查查我那老年证」, 「哎呀，别写了」: what she wishes instead is done when that was said. */
function refusedFor(words: AskingWords, { text, talk, read }: Sentence): Listened | undefined {
  const clauses = clausesOf(text);
  const refusal = clauses.find((one) => isRefusal(kindOf(words, one)));
  if (!refusal || !isAsked(talk)) return undefined;
  const kind = kindOf(words, refusal) ?? '';
  const ofBeside = talk.asked?.phrase === 'complaint.addThis' && kind === 'leavesOut';
  const rest = clauses.filter((one) => !isRefusal(kindOf(words, one)));
  const wish = [rest.join('，'), ...rest].find((part) => part.length >= SHORTEST && isWish(read(part)));
  if (wish) return { meaning: ofWords(read(refusal), ofBeside ? kind : 'drops'), text, beside: wish };
  const plainly = isReadBack(talk) && rest.every((one) => breadthOf(one) < SHORTEST);
  return plainly && clauses.length > 1 && !kindOf(words, text)
    ? { meaning: ofWords(read(refusal), kind), text }
    : undefined;
}
const LIKELY = 0.5;
const isWish = ({ intent, decision, confidence }: Meaning) =>
  decision !== 'ask' && confidence >= LIKELY && WISHES.test(intent);

/** 「那甭写我名儿了。再加一句，他让我等了俩钟头」: two orders, one after the other. */
function inOrder({ text }: Sentence, alone: Hears): Listened | undefined {
  const clauses = markedClauses(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return undefined;
  const cuts = clauses.slice(1).map((_, n): Cut => [clauses.slice(0, n + 1).join(''), clauses.slice(n + 1).join('')]);
  return fitting(cuts, FIRST, alone) ?? fitting([...cuts].reverse(), WRITES, alone) ?? fitting(cuts, ASKS, alone);
}
type Cut = [string, string];

/** Her words without what she only orders us: 「再添一句」, 「你给我记上」. Whole where she says nothing else. */
export function withoutOrders(words: AskingWords, text: string): string {
  const told = markedClauses(text).filter((one) => !words.says('complaining', 'order', one));
  const rest = told.map((one) => words.afterJustSay(one)).join('');
  return told.length > 0 ? rest.replace(END_MARK, '').trim() : text;
}

function fitting(cuts: Cut[], first: Set<string>, alone: Hears): Listened | undefined {
  for (const [left, right] of cuts) {
    if (right.length < SHORTEST) continue;
    const heard = alone(left.replace(END_MARK, ''));
    const { element = '' } = heard.meaning.slots;
    if (!first.has(element) || heard.beside) continue;
    const then = alone(right);
    const other = then.meaning.slots.element ?? '';
    if (!then.apart && (!other || other === element)) continue;
    // 「是四天，不是三天，你给我改改」: the order to do what she has just said, and none to begin anew.
    if (WRITES.has(element) && other === 'slip') return heard;
    const readLast = WRITES.has(element) && !ENDS.has(other) && !then.apart;
    return readLast ? { ...then, beside: heard.text } : { ...heard, beside: right.trim() };
  }
  return undefined;
}
const END_MARK = /[,，。;；、！!]+$/u;

/** 「行了行了那人后来给我办了」, 「对着我喊」: a word of agreeing in her story hands nothing in. */
const saysYes = ({ manner, asking }: Ears, text: string): boolean =>
  clausesOf(text).some((one) => manner.afterYes(one) === '' || AGREES.has(kindOf(asking, one) ?? ''));
const AGREES = new Set(['agrees', 'hands']);
const ofNoIntent = (meaning: Meaning): Meaning => ({ ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' });

/** 「我那老年证好了没有」: plainly a wish of its own, and no story. */
function wishBeside(words: AskingWords, { text, read }: Sentence): Meaning | undefined {
  if (breadthOf(text) > LONGEST || words.says('grievance', 'tells', text)) return undefined;
  const last = clausesOf(text).at(-1) ?? text;
  return [text, last]
    .map((part) => read(part))
    .find((one) => isClear(one) && one.confidence >= PLAIN && isWish(one) && errandOf(one.intent) !== 'complaint');
}

/** A question put to us; 「他凭嘛不给我办」 and what he asked her are her story. */
function asksUs({ manner, asking }: Ears, text: string): boolean {
  if (breadthOf(text) > LONGEST || asking.says('grievance', 'tells', text)) return false;
  return asksSomething(manner, clausesOf(text).at(-1) ?? text);
}

const ofWords = (meaning: Meaning, element: string): Meaning => ({
  ...meaning,
  intent: 'complaint',
  slots: { element },
  decision: 'accept',
  confidence: 1,
  why: `_asking.yaml#complaining.${element}`,
});
