/** What she says of a call that was promised, of a visit, of a rating, or of a booking beside its slots: read into the slots of the errand that has it. Pure. */
import type { Expecting, Intent, Meaning, Slots } from '../understanding/meaning.ts';
import { errandOf } from './errand-of.ts';
import { isPassing } from './passing.ts';
import { meant } from './sentence.ts';
import type { Promised, StandingWords } from './standing-words.ts';
import { PROMISED } from './standing-words.ts';
import type { Talk } from './talk.ts';

interface Said {
  text: string;
  talk: Talk;
  expecting: Expecting;
  read: (text: string, expecting?: Expecting) => Meaning;
  /** 闺女, 邻居: what somebody is to her, and no name. */
  isKin: (name: string) => boolean;
}

const INTENT_OF: Record<Promised, Intent> = { callback: 'callback.request', visit: 'visit.request' };
const ERRAND_OF: Record<Promised, string> = { callback: 'agent', visit: 'visit' };
/** The last thing done was of this kind: it need not be named again. */
const DONE: Record<Promised, RegExp> = { callback: /^agent\.callback/, visit: /^visit\./ };
const ALWAYS_THEIRS = new Set<Intent>(['emergency', 'scam.check', 'complaint', 'privacy.erase', 'privacy.who']);
/** What else such a sentence is easily taken for. */
const LOOSE =
  /^(?:cancel|no|correction|stop|wait|launch|out_of_scope|smalltalk|why|guide\.who|pickup\.(?:book|change|cancel|query))$/;

const accepted = (meaning: Meaning, intent: Intent, slots: Slots, why: string): Meaning =>
  meant(meaning, intent, slots, `_standing.yaml#${why}`);

/** Her sentence as it bears on what stands. */
export function ofWhatStands(words: StandingWords, read: Meaning, said: Said): Meaning {
  const meaning = withoutErrands(words, read, said);
  const couple = coupleMeant(words, meaning, said);
  if (couple) return couple;
  const agrees = meaning.intent === 'yes' && !words.says('sendsKin', said.text);
  if ((agrees || ALWAYS_THEIRS.has(meaning.intent)) && meaning.decision === 'accept') return meaning;
  const inHand = said.talk.frames.at(-1)?.machine;
  if (inHand === undefined && takesBackRating(words, said)) return ofRating(words, meaning, said);
  const promised = inHand === undefined ? PROMISED.find((what) => isOf(words, what, meaning, said)) : undefined;
  if (promised) return ofPromised(words, promised, meaning, said);
  return ofBooking(words, meaning, said);
}

const OF_DOCUMENT = /^(?:pickup|progress)\./;
function isOf(words: StandingWords, what: Promised, meaning: Meaning, said: Said): boolean {
  const { text, talk } = said;
  const justDone = DONE[what].test(talk.topic?.done?.phrase ?? '');
  const about = words.about(what, text) ?? (justDone && whenIn(what, words, said) ? 'move' : undefined);
  if (!about) return false;
  if (words.names(what, text)) return true;
  // 「我约的取证是哪天」, 「老年证啥时候能拿」: that is named, too.
  if (OF_DOCUMENT.test(meaning.intent) && (words.says('collects', text) || meaning.slots.item)) return false;
  const loose =
    meaning.decision !== 'accept' || LOOSE.test(meaning.intent) || errandOf(meaning.intent) === ERRAND_OF[what];
  return loose && justDone;
}

/** A new day or hour, read as the answer to a question for it: where she says it, and not in the reason she gives. */
function whenIn(what: Promised, words: StandingWords, { text, read }: Said): Slots | undefined {
  const all = text.split(/[，,。；;、]/u).reverse();
  const clauses = all.filter((one) => one.trim() && !words.isBusy(one));
  const changing = clauses.filter((one) => words.about(what, one) === 'move');
  for (const clause of [...changing, ...clauses]) {
    const { date, time } = read(clause, { errand: ERRAND_OF[what], asking: 'date' }).slots;
    if (date || time) return { ...(date ? { date } : {}), ...(time ? { time } : {}) };
  }
  return undefined;
}

/** 我刚才评错了: of the rating she just gave, or with the word for it. */
const takesBackRating = (words: StandingWords, { text, talk }: Said): boolean =>
  words.rates('wrong', text) && (talk.topic?.errand === 'rate' || words.rates('judged', text));

function ofRating(words: StandingWords, meaning: Meaning, { text, read }: Said): Meaning {
  const instead = words.ratedInstead(text);
  const { rating } = instead ? read(instead, { errand: 'rate', asking: 'rating' }).slots : {};
  return accepted(meaning, 'rate', { about: 'wrong', ...(rating ? { rating } : {}) }, 'rating.wrong');
}

function ofPromised(words: StandingWords, what: Promised, meaning: Meaning, said: Said): Meaning {
  const when = whenIn(what, words, said);
  const about = words.about(what, said.text) ?? (when ? 'move' : 'when');
  const { date, time } = about === 'move' ? (when ?? {}) : {};
  const slots = { about, ...(date ? { date } : {}), ...(time ? { time } : {}) };
  return accepted(meaning, INTENT_OF[what], slots, `${what}.${about}`);
}

const ofPickup = (phrase: string | undefined) => phrase?.startsWith('pickup.') === true;

function ofBooking(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const machine = talk.frames.at(-1)?.machine;
  const passing = machine !== undefined && (isPassing(machine) || talk.asked?.offer === 'pickup');
  const inHand = passing ? undefined : machine;
  const about = meaning.intent.startsWith('pickup.');
  if (inHand !== undefined && inHand !== 'pickup') return meaning;
  const clearly = about && meaning.decision === 'accept' && talk.asked?.offer !== 'pickup';
  if (passing && !clearly && !pendsBooking(talk)) return inPassing(words, meaning, said);
  const off = aDayOff(words, meaning, said);
  if (off) return off;
  const plainly = meaning.intent.startsWith('guide.') && saysPlainly(words, text);
  if (plainly || ((about || meaning.decision !== 'accept') && words.says('handsIn', text))) return handsIn(meaning);
  const forWhom = words.forWhom(text);
  if (forWhom && (about || meaning.decision !== 'accept')) return forAnother(words, meaning, forWhom);
  const ofWhom = inHand === undefined && (about || meaning.decision !== 'accept') ? words.ofWhom(text) : undefined;
  if (ofWhom) return ofAnother(words, meaning, ofWhom, said);
  const justDone = inHand === undefined && ofPickup(talk.topic?.done?.phrase);
  const sends = words.says('sendsKin', text) && (!errandOf(meaning.intent) || meaning.intent === 'agent.call');
  const collects =
    sends || (meaning.decision !== 'accept' && words.says('proxy', text) && words.says('collects', text));
  if (inHand === undefined && !about && !justDone && !collects) return sameHour(words, meaning, said) ?? meaning;
  if (sends || (words.says('proxy', text) && (about || meaning.decision !== 'accept' || meaning.slots.name)))
    return anotherCollects(words, meaning, said);
  return sameHour(words, meaning, said) ?? withBesides(words, meaning, said);
}

/** She was asked whether it is her booking that she means. */
const pendsBooking = ({ conversation }: Talk) =>
  (conversation.context.pending as { intent?: string } | undefined)?.intent?.startsWith('pickup.') === true;
/** 「约吧，礼拜五，让我闺女去拿」 to 「给您约个时间去取吗」, and 「换个人去取」 while something else is told. */
function inPassing(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk, read } = said;
  const collects = words.says('collects', text) && (words.says('proxy', text) || words.says('sendsKin', text));
  const offered = talk.asked?.offer === 'pickup';
  const loose = meaning.decision !== 'accept' || LOOSE.test(meaning.intent) || meaning.intent === 'yes';
  if (!collects || !(offered || loose)) return meaning;
  const { date, time } = offered ? read(text, { errand: 'pickup', asking: 'date' }).slots : meaning.slots;
  const when: Slots = { ...(date ? { date } : {}), ...(time ? { time } : {}) };
  return anotherCollects(words, { ...meaning, slots: { ...meaning.slots, ...when } }, said);
}

/** 我想送户口本过去: a paper of everyday life is no matter of its own, and 送 is handing in. */
const PAPERS = new Set(['户口簿', '身份证']);
function handsIn(meaning: Meaning): Meaning {
  const { item, date, time } = meaning.intent.startsWith('pickup.') ? meaning.slots : ({} as Slots);
  const rest: Slots = { ...(date ? { date } : {}), ...(time ? { time } : {}) };
  const matter: Slots = item && !PAPERS.has(item) ? { item } : {};
  return accepted(meaning, 'pickup.book', { ...rest, ...matter, direction: 'hand_in' }, 'booking.handsIn');
}

const saysPlainly = (words: StandingWords, text: string) =>
  text.split(/[，,。；;、]/u).some((one) => words.says('handsInPlainly', one));

/** 替老张取: another's document, and whose. */
function forAnother(words: StandingWords, meaning: Meaning, forWhom: string): Meaning {
  const { item, date, time } = meaning.slots;
  const forSpouse = words.says('spouse', forWhom) ? 'yes' : '';
  const outsider = words.says('outsider', forWhom) ? 'yes' : '';
  const given = Object.entries({ item, date, time, forSpouse, outsider }).filter(([, value]) => value);
  const slots = { ...Object.fromEntries(given), forWhom, relation: words.atHome(forWhom) };
  return accepted(meaning, 'pickup.book', slots, 'booking.forOther');
}

const WHEN = ['item', 'date', 'time', 'direction', 'mode', 'place'] as const;
/** 「我跟老伴的一块儿去拿」, 「我俩都改礼拜五」: hers, and the other's at home on the same trip. */
function coupleMeant(words: StandingWords, meaning: Meaning, { text, talk: { frames, asked, topic } }: Said) {
  const inHand = frames.at(-1);
  const about = meaning.intent.startsWith('pickup.');
  const talkedOf = ofPickup(topic?.done?.phrase) || words.says('collects', text);
  const open = inHand === undefined && (about || (meaning.decision !== 'accept' && talkedOf));
  const ofBooking = inHand?.machine === 'pickup' || open;
  if (!ofBooking || ALWAYS_THEIRS.has(meaning.intent) || asked?.for === 'name') return undefined;
  if (words.forWhom(text) || words.says('sendsKin', text) || !words.says('couple', text)) return undefined;
  // 「黄叔的也取消」: his alone.
  if (inHand === undefined && words.ofWhom(text)) return undefined;
  if (asked?.phrase === 'pickup.together') return accepted(meaning, 'yes', {}, 'booking.couple');
  const known = (inHand?.context.slots ?? {}) as Slots;
  if (known.couple && meaning.intent === 'yes') return undefined;
  const plain: Intent = about ? meaning.intent : 'pickup.book';
  const ends: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : plain;
  const intent = words.says('moves', text) ? 'pickup.change' : ends;
  const given = WHEN.flatMap((name) => (about && meaning.slots[name] ? [[name, meaning.slots[name]]] : []));
  return accepted(meaning, intent, { ...Object.fromEntries(given), couple: 'yes' }, 'booking.couple');
}

/** 「礼拜五得给他送饭」: nothing is handed in by that. */
function withoutErrands(words: StandingWords, meaning: Meaning, { text }: Said): Meaning {
  const { direction, relation, name, ...slots } = meaning.slots;
  if (direction !== 'hand_in' || !words.says('sendsNoPapers', text) || words.says('handsIn', text)) return meaning;
  return { ...meaning, slots };
}

const EARLIER = { from: 'dayEarlier', by: '-1' } as const;
const LATER = { from: 'dayLater', by: '1' } as const;
/** 「往后挪一天」: counted from what stands. */
function aDayOff(words: StandingWords, meaning: Meaning, { text, talk: { frames } }: Said): Meaning | undefined {
  const moved = [LATER, EARLIER].find(({ from }) => words.says(from, text));
  const open = frames.length === 0 && (meaning.intent.startsWith('pickup.') || meaning.decision !== 'accept');
  const chosen = frames.at(-1)?.machine === 'pickup' && frames.at(-1)?.context.chosenBooking !== undefined;
  if (!moved || !(open || chosen)) return undefined;
  const { time } = meaning.slots;
  const slots: Slots = time ? { shift: moved.by, time } : { shift: moved.by, edge: 'same' };
  return accepted(meaning, 'pickup.change', slots, 'booking.aDayOff');
}

/** 「老黄取证的时间换到礼拜五」: his booking, and not hers. */
function ofAnother(words: StandingWords, meaning: Meaning, forWhom: string, { text }: Said): Meaning {
  const own = meaning.intent.startsWith('pickup.') && meaning.intent !== 'pickup.book' ? meaning.intent : undefined;
  const changes: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : 'pickup.query';
  const intent = own ?? (words.says('changes', text) ? 'pickup.change' : changes);
  const { date, time } = meaning.slots;
  const forSpouse = words.says('spouse', forWhom) || words.says('pronoun', forWhom) ? 'yes' : '';
  const given = Object.entries({ date, time, forSpouse, forWhom }).filter(([, value]) => value);
  return accepted(meaning, intent, Object.fromEntries(given) as Slots, 'booking.ofOther');
}

const OF_HERS = /^[是叫让我他她就那家]*/u;
/** 我闺女刘小梅: what she is, and her name. */
function kinAndName(clause: string, isKin: (name: string) => boolean): string[] {
  const bare = clause.replace(OF_HERS, '');
  const cut = [3, 2].find((at) => bare.length > at + 1 && isKin(bare.slice(0, at)));
  return cut ? [bare.slice(0, cut), bare.slice(cut)] : [clause];
}

/** An answer to who it is that understanding knows no name in. */
export function withBareName(
  words: StandingWords,
  meaning: Meaning,
  { text, talk: { asked, frames }, isKin }: Pick<Said, 'text' | 'talk' | 'isKin'>,
): Meaning {
  if (asked?.for !== 'name' || frames.at(-1)?.machine !== 'pickup') return meaning;
  const clauses = text.split(/[，,。；;、]/u).map((one) => one.trim());
  const apart = clauses.flatMap((one) => kinAndName(one, isKin));
  const name = apart.map((one) => words.bareName(one)).find((one) => one && !isKin(one));
  const relation = apart.map((one) => one.replace(/^[是我他她]+/u, '')).find(isKin);
  const plain = meaning.decision === 'accept' && meaning.slots.name && clauses.length === 1;
  if (!name || plain) return meaning;
  return accepted(meaning, 'pickup.book', { name, ...(relation ? { relation } : {}) }, 'bareName');
}

/** 我女儿王小红替我去: what she is to her, and her name where it is said. */
function anotherCollects(words: StandingWords, meaning: Meaning, { text, isKin }: Said): Meaning {
  const { item, date, time, name: said = '', relation: known = '' } = meaning.slots;
  const kin = said.replace(/^我/u, '');
  const relation = known || (isKin(kin) ? kin : (words.kinSent(text) ?? ''));
  const name = words.nameBehind(relation, text) ?? (kin === relation ? '' : said);
  const both = words.says('both', text) ? 'yes' : '';
  const given = Object.entries({ item, date, time, relation, name, both }).filter(([, value]) => value);
  return accepted(meaning, 'pickup.book', { ...Object.fromEntries(given), mode: 'proxy' }, 'booking.proxy');
}

/** 改到下礼拜一，别改钟点: what she refuses is another hour, not the change. */
function sameHour(words: StandingWords, meaning: Meaning, { text, read, expecting }: Said): Meaning | undefined {
  if (!words.says('sameTime', text)) return undefined;
  const clauses = text.split(/[，,。；;、]/u);
  const changes = clauses.find((clause) => words.says('changes', clause));
  const slots = changes ? read(changes, expecting).slots : meaning.slots;
  if (!changes && !meaning.intent.startsWith('pickup.') && expecting.errand !== 'pickup') return undefined;
  return accepted(meaning, 'pickup.change', { ...slots, edge: 'same' }, 'booking.sameTime');
}

const whichOffered = (words: StandingWords, text: string): string | undefined =>
  (words.says('first', text) && '1') || (words.says('last', text) && '-1') || undefined;

const OTHER = ['otherDay', 'later', 'earlier', 'tooEarly', 'tooLate', 'more'] as const;
const AT_TIMES = /^pickup\.(?:twoTimes|whichOffer|oneTime|nearest|readBack)/;
/** Another day or hour than what is offered or read back, and she names none: 「还有别的吗」. */
function otherThan(words: StandingWords, { slots }: Meaning, text: string, { frames, asked }: Talk) {
  if (frames.length === 0 || !AT_TIMES.test(asked?.phrase ?? '')) return undefined;
  const { day, time } = asked?.values ?? {};
  if (slots.date && slots.date !== day) return undefined;
  const half = slots.time === 'AM' ? 'later' : slots.time === 'PM' ? 'earlier' : 'otherDay';
  const named = OTHER.find((one) => words.says(one, text));
  if (words.isBusy(text)) return named ?? half;
  if (slots.time && slots.time !== time) return undefined;
  return named;
}

/** 「俩都改礼拜五」, 「俩都取消了吧」, 「俩都取」. */
const ofBoth = (words: StandingWords, text: string): Intent =>
  (words.says('moves', text) && 'pickup.change') ||
  (words.about('visit', text) === 'cancel' && 'pickup.cancel') ||
  'pickup.book';

/** Both at once; rather early or late; whatever there is. Only where a day, an hour or a document is talked of. */
function withBesides(words: StandingWords, meaning: Meaning, { text, talk }: Said): Meaning {
  const both = words.says('both', text);
  const asked = talk.asked?.phrase;
  const choosing = talk.frames.length > 0 && ofPickup(asked) && talk.asked?.for !== 'yesno';
  const which = choosing && talk.asked?.for === 'choice' ? whichOffered(words, text) : undefined;
  if (which)
    return { ...accepted(meaning, 'pickup.book', { ordinal: which }, 'booking.first'), intent: 'select.number' };
  const other = otherThan(words, meaning, text, talk);
  if (other) return accepted(meaning, 'pickup.book', { other }, `booking.${other}`);
  const edge = choosing ? (['early', 'late', 'any'] as const).find((one) => words.says(one, text)) : undefined;
  const given = meaning.intent.startsWith('pickup.') ? meaning.slots : {};
  const inHand = talk.frames.at(-1)?.machine === 'pickup' && meaning.intent !== 'yes';
  if (both && (meaning.intent.startsWith('pickup.') || inHand || asked === 'pickup.chooseDocument'))
    return accepted(meaning, ofBoth(words, text), { ...given, both: 'yes' }, 'booking.both');
  const chose = meaning.intent === 'select.number' && meaning.slots.ordinal !== undefined;
  if (!edge || chose || meaning.intent === 'cancel') return meaning;
  return accepted(
    meaning,
    meaning.intent.startsWith('pickup.') ? meaning.intent : 'pickup.book',
    { ...given, edge },
    `booking.${edge}`,
  );
}
