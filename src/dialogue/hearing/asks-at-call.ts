/** What she asks while a call is being offered or settled: it is answered first, and is neither a yes to the call nor a number. Pure but for `read`. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { ofChange } from './of-change.ts';
import { AFTER_DEATH, ofDeath } from './of-death.ts';
import { ofItsNickname } from './of-policy.ts';
import { piecesOf } from './plain-words.ts';
import { asksSomething, onlyAsks } from './question.ts';
import { refuses } from './remarks.ts';
import { type Ears, isClear, type Listened, meant, type Sentence } from './sentence.ts';

/** The call is offered, or settled. */
const SETTLES = /^agent\.(?:offerCallback|knownPhone|whichPhone|oddPhone|longPhone|readPhoneBack|callbackWhichTime)$/;
/** What tells something, and does nothing. */
const TELLS = /^(?:guide|policy)\.|^pickup\.query$/;
/** The conversation's own offer of somebody who rings. */
const isOffered = ({ asked, frames, conversation }: Talk): boolean =>
  asked?.offer === 'callback' && frames.length === 0 && conversation.value !== 'attending';

/** @param alone hears a part of the sentence by itself. @returns the question, or that nobody is to ring yet; nothing where she answers */
export function asksAtCall(ears: Ears, whole: Sentence, alone: (text: string) => Listened): Listened | undefined {
  const { talk, text } = whole;
  if (talk.alarm || !(SETTLES.test(talk.asked?.phrase ?? '') || isOffered(talk))) return undefined;
  if (isOfLife(ears, whole)) return undefined;
  if (ears.standing.calls('notAfter', text)) return { meaning: notAfter(whole), text };
  if (isNotYet(ears.manner, text)) return { meaning: notYet(whole), text };
  // 「别让他们上家来，打电话就行」
  if (ears.standing.calls('onlyRings', text))
    return { meaning: meant(whole.read(text), 'yes', {}, '_standing.yaml#calling.onlyRings'), text };
  const instead = thisAndNoCall(ears, whole);
  if (instead) return instead;
  const comes = comesInstead(ears, whole);
  if (comes) return comes;
  if (isLooking(ears.manner, text))
    return { meaning: meant(whole.read(text), 'wait', {}, '_manner.yaml#holdOn'), text };
  const asked = questionIn(ears, whole);
  if (!asked)
    return talk.frames.length > 0 && asksWhatNobodyKnows(ears, whole) ? { meaning: unread(whole), text } : undefined;
  const answer = text.slice(0, asked.at).replace(/[\p{P}\s]+$/u, '');
  // 「行，打吧，那证到底下来没有」: the call is settled, then that is told.
  const heard = answer ? alone(answer) : undefined;
  return heard?.meaning.intent === 'yes' ? { ...heard, beside: asked.text } : { meaning: asked.meaning, text };
}

/** 「我不要电话，先给我申请老年证」: nobody is to ring, and what she wants is heard. */
function thisAndNoCall({ standing, manner }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  const clauses = piecesOf(text);
  // 「先别打」 only puts it off.
  const refuses = (one: string) => standing.calls('notAtAll', one) && !manner.again('thisFirst', one);
  if (talk.frames.at(-1)?.machine !== 'agent' || !clauses.some(refuses)) return undefined;
  const rest = clauses.filter((one) => !refuses(one)).join('，');
  const wish = read(rest);
  const errand = errandOf(wish.intent);
  if (rest && wish.decision !== 'ask' && errand && errand !== 'agent')
    return { meaning: { ...wish, slots: ofMatter(wish, talk), decision: 'accept' }, text: rest, instead: true };
  const { date, time } = read(rest, OF_CALL).slots;
  if (date || time || standing.applies('otherPhone', rest)) return undefined;
  const none = meant(read(text), 'callback.request', { about: 'cancel' }, '_standing.yaml#calling.notAtAll');
  return { meaning: none, text, ...(rest ? { beside: rest } : {}) };
}
/** Of the matter for which somebody was to ring. */
function ofMatter({ intent, slots }: Meaning, { frames }: Talk): Slots {
  const { item } = (frames.at(-1)?.context.slots ?? {}) as Slots;
  return intent === 'apply.start' && item && !slots.item ? { ...slots, item } : slots;
}
const OF_CALL = { errand: 'callback', asking: 'date' } as const;
/** 「别五点以后打」: by then the station is closed, so that is a yes; an earlier hour is the morning. */
function notAfter({ text, read }: Sentence): Meaning {
  const { time = CLOSES } = read(text, { errand: 'callback', asking: 'date' }).slots;
  const early = /^\d/.test(time) && time < CLOSES;
  return early
    ? meant(read(text), 'callback.request', { time: 'AM', agreed: 'yes' }, '_standing.yaml#calling.notAfter')
    : meant(read(text), 'yes', {}, '_standing.yaml#calling.notAfter');
}
const CLOSES = '17:00';

/** 「要不还是让他上家来吧，电话里说不清」: not a call, but somebody who comes; where a call is to settle who comes it is no other wish. */
function comesInstead({ standing }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  const { reason } = (talk.frames.at(-1)?.context.slots ?? {}) as Slots;
  if (talk.frames.length === 0 || reason === 'visit' || !standing.calls('comesInstead', text)) return undefined;
  return {
    meaning: meant(read(text), 'visit.request', {}, '_standing.yaml#calling.comesInstead'),
    text,
    instead: true,
  };
}

/** 「一三六……等会儿我找找」: what she gave of it is begun anew. */
const isLooking = (manner: Manner, text: string): boolean => manner.again('holdOn', piecesOf(text).at(-1) ?? '');

/** What a death or a move leaves to be done has its own answer. */
const isOfLife = ({ asking }: Ears, whole: Sentence): boolean =>
  ofDeath(asking, whole.read(whole.text), whole).why === AFTER_DEATH ||
  ofChange(asking, whole.read(whole.text), whole, undefined) !== undefined;

/** 「先别打」, and nothing else. */
function isNotYet(manner: Manner, text: string): boolean {
  const pieces = piecesOf(text);
  const not = (one: string) => manner.again('thisFirst', one);
  return pieces.some(not) && pieces.every((one) => not(one) || manner.again('holdOn', one));
}
const notYet = ({ text, talk, read }: Sentence): Meaning =>
  talk.frames.length > 0
    ? meant(read(text), 'callback.request', { when: 'notYet' }, '_manner.yaml#thisFirst')
    : meant(read(text), 'no', {}, '_manner.yaml#thisFirst');

interface Asked {
  meaning: Meaning;
  text: string;
  /** Where it begins in the sentence. */
  at: number;
}

/** The first clause that asks, with what stands behind it. */
function questionIn(ears: Ears, sentence: Sentence): Asked | undefined {
  const { text, talk } = sentence;
  let from = 0;
  for (const piece of piecesOf(text)) {
    const at = text.indexOf(piece, from);
    from = at + piece.length;
    if (!wantsToKnow(ears, piece, talk)) continue;
    for (const part of [text.slice(at), piece, text]) {
      const meaning = asAsked(ears, { ...sentence, text: part });
      if (meaning) return { meaning, text: part, at };
    }
  }
  return undefined;
}

/** Of the call itself she asks nothing here. */
function wantsToKnow({ manner, asking, asides }: Ears, text: string, talk: Talk): boolean {
  const plain: Meaning = { intent: 'out_of_scope', slots: {}, decision: 'ask', confidence: 0, why: '' };
  if (asides.find(text, plain, talk)) return false;
  return asksSomething(manner, text) || asking.says('ofCase', 'tellMe', text);
}

function asAsked({ asking }: Ears, { text, talk, read, ...others }: Sentence): Meaning | undefined {
  const meaning = read(text);
  const { intent, slots, decision } = meaning;
  if (intent === 'progress.query' && decision !== 'ask') return { ...meaning, decision: 'accept', confidence: 1 };
  if (isClear(meaning) && TELLS.test(intent)) return meaning;
  const named = ofItsNickname(asking, meaning, { ...others, text, read, talk: { ...talk, frames: [] } });
  if (named !== meaning) return named;
  const ofCase = ['late', 'state'].find((kind) => asking.says('ofCase', kind, text));
  const item: Slots = slots.item ? { item: slots.item } : {};
  return ofCase && isLoose(meaning)
    ? meant(meaning, 'progress.query', item, `_asking.yaml#ofCase.${ofCase}`)
    : undefined;
}
const LOOSE = new Set<Intent>(['out_of_scope', 'smalltalk', 'yes', 'no', 'correction', 'help', 'wait', 'why']);
const isLoose = ({ intent, decision }: Meaning) => decision !== 'accept' || LOOSE.has(intent);

/** 「我孙子几点放学」: a question, and no yes. */
function asksWhatNobodyKnows({ manner, standing, asides }: Ears, { text, talk, read }: Sentence): boolean {
  const meaning = read(text);
  const { date, time, phone, item, about } = meaning.slots;
  if (date || time || phone || item || about || standing.calls('bears', text) || !isLoose(meaning)) return false;
  if (meaning.intent === 'why' || refuses(manner, text, talk)) return false;
  return onlyAsks(manner, text) && !manner.says('agrees', text) && !asides.find(text, meaning, talk);
}
const unread = ({ text, read }: Sentence): Meaning => ({
  ...read(text),
  intent: 'out_of_scope',
  slots: {},
  decision: 'ask',
});
