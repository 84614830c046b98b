/** While she is asked how she was served: what is no rating yet, and one that is put right in the middle of something else. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { ratingPutRight } from './of-promised.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { INSTEAD, type Listened, meant, type Sentence } from './sentence.ts';
import type { StandingWords } from './standing-words.ts';

/** 「态度挺好，就是嘛也没办成」, 「满意行不行」: said back before it is kept. */
export function doubtedRating(
  manner: Manner,
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { asked, frames }: Talk,
): Meaning {
  // 「给上回来我家那人打分」: that she will give a mark is plain, whatever it is like.
  if (!asked && meaning.intent === 'rate' && words.says('asIs', 'givesMark', text))
    return { ...meaning, decision: 'accept' };
  if (asked?.for !== 'rating') return meaning;
  if (words.says('asIs', 'middling', text)) return marking(MIDDLING, { doubt: 'yes' }, meaning);
  const { one } = (frames.at(-1)?.context ?? {}) as { one?: { service: string } };
  const service = serviceSaid(words, text);
  // 「上回来家那个小伙子挺好的」, asked about a call: of which is said back before it is kept.
  if (service && one && service !== one.service) {
    const kind: Slots = words.says('opening', 'praisesAloud', text) ? { about: 'note' } : {};
    return meant(meaning, 'rate', { ...ratingIn(meaning), ...kind, service, doubt: 'yes' }, '_asking.yaml#asIs.of');
  }
  // 「不评了，怕人家知道」: why not is no mark.
  const refuses = piecesOf(text).some((one) => words.says('asIs', 'refusesMark', one));
  if (!meaning.slots.rating && !service && refuses) return meant(meaning, 'no', {}, '_asking.yaml#asIs.refusesMark');
  if (!meaning.slots.rating && words.says('opening', 'praisesAloud', text)) return agreesTo(meaning);
  if (!meaning.slots.rating) return meaning.decision === 'ask' ? willing(manner, meaning, text) : meaning;
  const praised = words.says('asIs', 'best', text);
  const doubt = praised || manner.says('but', text) || asksSomething(manner, text) || isNoChoice(manner, words, text);
  return doubt ? { ...meaning, slots: { ...meaning.slots, doubt: 'yes' } } : meaning;
}

/** Which service she speaks of: the one who came to her, or the one on the telephone. */
export const serviceSaid = (words: AskingWords, text: string): 'visit' | 'call' | undefined =>
  words.says('asIs', 'ofVisit', text) ? 'visit' : words.says('asIs', 'ofCall', text) ? 'call' : undefined;

/** 「给上回来我家那人打分」: of which service, known from her first sentence. */
export function withService(words: AskingWords, meaning: Meaning, text: string): Meaning {
  const service = meaning.intent === 'rate' && !meaning.slots.service ? serviceSaid(words, text) : undefined;
  if (!service) return meaning;
  const sure = words.says('grievance', 'rates', text) ? ({ decision: 'accept' } as const) : {};
  return { ...meaning, ...sure, slots: { ...meaning.slots, service } };
}

/** 「哎别五颗，四颗吧，他来晚了」 to 「记非常满意，对吗」: another mark, whatever else she says. */
export function otherMark(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  if (talk.asked?.offer !== 'rate') return meaning;
  const { slots } = (talk.frames.at(-1)?.context ?? {}) as { slots?: { rating?: string } };
  if (words.says('asIs', 'middling', text)) return marking(MIDDLING, {}, meaning);
  const marks = clausesOf(text).filter((one) => words.says('asIs', 'marks', one) && !words.says('asIs', 'noMark', one));
  const rating = marks.map((one) => read(one, FOR_THE_MARK).slots.rating).findLast((one) => one !== undefined);
  const refuses = [text, ...piecesOf(text)].some((one) => words.says('asIs', 'refusesMark', one));
  if (!rating && refuses) return meant(meaning, 'rate', { about: 'declines' }, '_asking.yaml#asIs.refusesMark');
  if (!rating || (rating === slots?.rating && meaning.intent === 'yes')) return meaning;
  return marking(rating, {}, meaning);
}
/** 「也不是说不好」 is neither good nor bad: GB/T 39046 A.8. */
const MIDDLING = '3';
const marking = (rating: string, slots: Slots, meaning: Meaning): Meaning =>
  meant(meaning, 'rate', { ...slots, rating }, '_asking.yaml#asIs.marks');
const ratingIn = ({ slots: { rating } }: Meaning): Slots => (rating ? { rating } : {});

/** What she says beside the mark, or instead of it: a word for whoever it was, why it is so bad, or something to be written down. */
export const besideTheMark = (words: AskingWords, meaning: Meaning, sentence: Sentence): Listened | undefined =>
  wordForHim(words, meaning, sentence) ??
  reasonForMark(words, meaning, sentence) ??
  wordsInstead(words, meaning, sentence);

/** 「我不打分，我提个意见，就说那姑娘好」: no mark, and what she would say is written down. */
function wordsInstead(words: AskingWords, meaning: Meaning, { text, talk }: Sentence): Listened | undefined {
  if (talk.asked?.offer === 'note') return beganAtOnce(words, meaning, text);
  if (talk.asked?.for !== 'rating' && talk.asked?.offer !== 'rate') return undefined;
  const clauses = piecesOf(text);
  const rest = clauses.filter((one) => !words.says('asIs', 'refusesMark', one));
  const tells = rest.some((one) => words.says('opening', 'complaint', one) || words.says('opening', 'praise', one));
  if (rest.length === clauses.length || !tells) return undefined;
  const told = rest.join('，');
  return written(words, meaning, told);
}

/** 「他来了嘛也没弄」 to 「记不满意，对吗」: why it is so bad is a yes to it, and her reason. */
function reasonForMark(words: AskingWords, meaning: Meaning, { text, talk }: Sentence): Listened | undefined {
  const { level = 0 } = (talk.frames.at(-1)?.context ?? {}) as { level?: number };
  const bad = talk.asked?.offer === 'rate' && level >= BAD;
  const tells = words.says('asIs', 'ofHim', text) && !words.says('asIs', 'praises', text);
  if (!bad || !tells || meaning.slots.rating || meaning.intent === 'emergency') return undefined;
  return { meaning: meant(meaning, 'yes', {}, '_asking.yaml#asIs.ofHim'), text, beside: text };
}
const BAD = 4;

/** 「挺好的，下回让他说慢点儿」: the mark, then a word for whoever it was, written down in hers. Right after the mark she may say it by itself. */
function wordForHim(words: AskingWords, meaning: Meaning, sentence: Sentence): Listened | undefined {
  const { text, talk, read, expecting } = sentence;
  const clauses = clausesOf(text);
  const at = clauses.findIndex((one) => words.says('asIs', 'toldHim', one));
  if (at < 0 || meaning.intent === 'emergency') return undefined;
  const told = clauses.slice(at).join('，');
  const all = clauses.filter((one, n) => n > 0 || !words.says('complaining', 'agrees', one)).join('，');
  if (!talk.asked && talk.frames.length === 0 && talk.last.some(({ phrase }) => JUDGED.has(phrase)))
    return { meaning: meant(meaning, 'complaint', { kind: 'suggestion' }, '_asking.yaml#asIs.toldHim'), text: all };
  const confirms = talk.asked?.offer === 'rate';
  if (!confirms && talk.asked?.for !== 'rating') return undefined;
  // Gone on from the mark that she has named, or said in the place of one.
  if (at === 0)
    return confirms
      ? { meaning: meant(meaning, 'yes', {}, '_asking.yaml#asIs.toldHim'), text, beside: told }
      : written(words, meaning, told);
  const mark = read(clauses.slice(0, at).join('，'), expecting);
  const answers = mark.intent === 'yes' || Boolean(mark.slots.rating);
  return answers && mark.decision !== 'ask' ? { meaning: mark, text, beside: told } : undefined;
}

/** 「那行吧，就说她挺好」 to the offer to write it down: that is what is written. */
function beganAtOnce(words: AskingWords, meaning: Meaning, text: string): Listened | undefined {
  const clauses = piecesOf(text);
  const at = clauses.findIndex((one) => words.says('asIs', 'praises', one) || words.says('asIs', 'justSay', one));
  if (at < 0 || words.says('asIs', 'refusesMark', text)) return undefined;
  return written(words, meaning, clauses.slice(at).join('，'));
}

/** 「他就是来晚了点儿」 right after her mark, or after her words were handed in: it is read back, and perhaps written down. */
export function toldBeside(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning | undefined {
  const open = talk.frames.length === 0 && !talk.asked && (meaning.decision === 'ask' || LOOSE.has(meaning.intent));
  const judged = talk.last.some(({ phrase }) => JUDGED.has(phrase));
  if (!open || !judged || meaning.slots.item || !words.says('asIs', 'ofHim', text)) return undefined;
  const slots: Slots = words.says('asIs', 'praises', text) ? { about: 'praise' } : { kind: 'suggestion' };
  return meant(meaning, 'complaint', slots, '_asking.yaml#asIs.ofHim');
}
const LOOSE = new Set<Meaning['intent']>(['out_of_scope', 'smalltalk', 'rate', 'repeat', 'complaint']);
const JUDGED = new Set([
  'rate.nonePraise',
  'rate.thanked',
  'rate.followed',
  'rate.stands',
  'complaint.noted',
  'complaint.notedNameless',
]);

function written(words: AskingWords, meaning: Meaning, text: string): Listened {
  const slots: Slots = words.says('asIs', 'praises', text) ? { about: 'praise' } : { kind: 'suggestion' };
  return { meaning: meant(meaning, 'complaint', slots, INSTEAD), text, instead: true };
}
const FOR_THE_MARK = { errand: 'rate', asking: 'rating' } as const;

/** 「嗯」, 「我想给他说句好话」: she will, and has chosen nothing. */
const agreesTo = (meaning: Meaning): Meaning => ({ ...meaning, intent: 'yes', slots: {}, decision: 'accept' });
const willing = (manner: Manner, meaning: Meaning, text: string): Meaning =>
  manner.afterYes(text) === '' ? agreesTo(meaning) : meaning;

/** 「好」 may be a yes to being asked, and 「态度挺好，我给她打个分」 says that she will choose. */
const isNoChoice = (manner: Manner, words: AskingWords, text: string): boolean =>
  manner.again('plainly', text) || words.says('asIs', 'givesMark', text);

/** 「那个评价改成不满意」 while she tells something in her own words: it is of the rating she has just given. */
export function ratingAmid(
  words: StandingWords,
  meaning: Meaning,
  { text, talk, read }: Sentence,
): Meaning | undefined {
  const ofIt = talk.topic?.errand === 'rate' && words.rates('wrong', text) && words.rates('judged', text);
  return ofIt ? ratingPutRight(words, meaning, { text, read }) : undefined;
}
