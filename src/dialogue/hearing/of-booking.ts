/** What she says of a booking beside its slots: whose turn it is to read it. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPaper } from '../known-matters.ts';
import { besidePolicy, matterInHand } from '../matter-in-hand.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { twoDocuments } from './of-both.ts';
import { aDayOff, sameHour, withBesides } from './of-times.ts';
import { anotherCollects, forAnother, ofAnother } from './of-whose.ts';
import { lacksPapers } from './pieces.ts';
import { clausesOf } from './plain-words.ts';
import { whenBegun } from './reasons.ts';
import { FOR_THE_DAY, type Sentence } from './sentence.ts';
import { LOOSE, ofPickup, ofStanding, type Said, whenOf } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

/** Her sentence as it bears on her booking. */
export function ofBooking(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk } = said;
  const machine = talk.frames.at(-1)?.machine;
  const passing = machine !== undefined && (isPassing(machine) || talk.asked?.offer === 'pickup');
  const inHand = passing ? undefined : machine;
  const registers = registersIt(words, meaning, said);
  if (registers && (inHand === undefined || inHand === 'pickup')) return registers;
  const about = meaning.intent.startsWith('pickup.');
  if (inHand !== undefined && inHand !== 'pickup') return meaning;
  const clearly = about && meaning.decision === 'accept' && talk.asked?.offer !== 'pickup';
  if (passing && !clearly && !pendsBooking(talk)) return inPassing(words, meaning, said);
  const two = twoDocuments(words, meaning, said);
  if (two) return two;
  const off = aDayOff(words, meaning, said) ?? collectsAfterAll(words, meaning, said);
  if (off) return off;
  const papersOf = words.papersOf(text);
  if (papersOf && machine !== 'pickup' && !meaning.slots.about) return handsInFor(words, meaning, papersOf);
  const plainly = meaning.intent.startsWith('guide.') && saysPlainly(words, text);
  const mends = inHand === 'pickup' && meaning.intent === 'correction';
  const brings = words.says('handsIn', text) || (mends && clausesOf(text).some((one) => words.says('handsIn', one)));
  if (plainly || ((about || mends || meaning.decision !== 'accept') && brings)) return handsIn(meaning, talk, mends);
  const forWhom = words.forWhom(text);
  if (forWhom && (about || meaning.decision !== 'accept')) return forAnother(words, meaning, forWhom, said);
  const ofWhom =
    inHand === undefined && (about || meaning.decision !== 'accept') ? inAny(text, words.ofWhom) : undefined;
  if (ofWhom) return ofAnother(words, meaning, ofWhom, said);
  const justDone = inHand === undefined && ofPickup(talk.topic?.done?.phrase);
  const moved = justDone && !words.says('proxy', text) ? movedAtOnce(words, meaning, said) : undefined;
  if (moved) return moved;
  const cannot = justDone ? speaksAgainst(words, meaning, said) : undefined;
  if (cannot) return cannot;
  const unfit = inHand === undefined ? bookedDayUnfit(words, meaning, said) : undefined;
  if (unfit) return unfit;
  const asksBooked = inHand === undefined && meaning.intent === 'pickup.query' && meaning.decision !== 'accept';
  if (asksBooked && words.says('asksBooked', text))
    return ofStanding(meaning, 'pickup.query', {}, 'booking.asksBooked');
  if (justDone && asksOwn(words, meaning, text)) return ofStanding(meaning, 'pickup.query', {}, 'booking.asksOwn');
  const sends = words.says('sendsKin', text) && (about || !errandOf(meaning.intent) || MAY_SEND.has(meaning.intent));
  const collects =
    sends || (meaning.decision !== 'accept' && words.says('proxy', text) && words.says('collects', text));
  if (inHand === undefined && !about && !justDone && !collects) return sameHour(words, meaning, said) ?? meaning;
  if (sends || (words.says('proxy', text) && (about || meaning.decision !== 'accept' || meaning.slots.name)))
    return anotherCollects(words, meaning, said);
  return sameHour(words, meaning, said) ?? withBesides(words, meaning, said);
}

/** What understanding takes it for that somebody is sent. */
const MAY_SEND = new Set<Meaning['intent']>(['agent.call', 'visit.request']);
/** 「改下礼拜一行吗」 right after it was booked: that is moved. */
function movedAtOnce(words: StandingWords, meaning: Meaning, { text, read }: Said): Meaning | undefined {
  const { intent, decision } = meaning;
  const open = decision !== 'accept' && (LOOSE.test(intent) || intent.startsWith('pickup.'));
  const loose = open || intent === 'correction';
  const when = whenOf(read(words.dayAgain(text) ?? text, FOR_THE_DAY).slots);
  const names = Object.keys(when).length > 0;
  return loose && names && words.says('moves', text)
    ? ofStanding(meaning, 'pickup.change', when, 'booking.moves')
    : undefined;
}

/** 「哎呀，二十七我得去复查」 right after that day was booked: another is wanted, and perhaps she names it. */
function speaksAgainst(words: StandingWords, meaning: Meaning, { text, talk, read }: Said): Meaning | undefined {
  const booked = talk.last.find(({ phrase }) => /^pickup\.(?:booked|changed)$/.test(phrase))?.values?.day;
  const loose = meaning.decision !== 'accept' || LOOSE.test(meaning.intent);
  const clauses = clausesOf(text);
  const against = clauses.filter((one) => words.isBusy(one) && !words.says('asksWhether', one));
  const onThatDay = against.some((one) => words.says('thatDay', one) || whenBegun(words, one, read).date === booked);
  if (!booked || !loose || !onThatDay) return undefined;
  const others = clauses.filter((one) => !against.includes(one)).map((one) => words.dayAgain(one) ?? one);
  const when = others.map((one) => whenOf(read(one, FOR_THE_DAY).slots));
  return ofStanding(meaning, 'pickup.change', Object.assign({}, ...when), 'booking.thatDay');
}

/** 「我约的那个日子，我去不了了，要上医院看牙」: whatever was talked of, another day is wanted for it, and perhaps she names it. */
function bookedDayUnfit(words: StandingWords, meaning: Meaning, { text, talk, read, asks }: Said): Meaning | undefined {
  const loose = meaning.decision !== 'accept' || LOOSE.test(meaning.intent);
  if (asks || !loose || talk.asked?.for === 'yesno' || !words.says('bookedDayNot', text)) return undefined;
  const others = clausesOf(text).filter((one) => !words.isBusy(one));
  const when = others.map((one) => whenOf(read(words.dayAgain(one) ?? one, FOR_THE_DAY).slots));
  return ofStanding(meaning, 'pickup.change', Object.assign({}, ...when), 'booking.bookedDayNot');
}

/** 「那我自己那个是明儿几点来着」: whatever was just done with another's, she asks for her own. */
const asksOwn = (words: StandingWords, { intent, decision }: Meaning, text: string) =>
  (decision !== 'accept' || LOOSE.test(intent)) && words.says('asksOwn', text);

/** 「我去站里登记那个钱，给我约一个」: for the matter that is talked of she hands in, and collects nothing. */
function registersIt(words: StandingWords, meaning: Meaning, { text, talk, asks }: Said): Meaning | undefined {
  const { intent, slots, decision } = meaning;
  const clearly = decision === 'accept' && !intent.startsWith('pickup.') && !/^(?:guide|visit|apply)\./.test(intent);
  if (clearly || asks || !words.says('registers', text)) return undefined;
  const item = slots.item && !isPaper(slots.item) ? slots.item : (besidePolicy(talk) ?? matterInHand(talk));
  const of: Slots = item ? { item } : {};
  return ofStanding(meaning, 'pickup.book', { ...whenOf(slots), ...of, direction: 'hand_in' }, 'booking.registers');
}

/** 「那，我约个时候给送去吧，后天头晌」: the day is read as the answer to a question for it. */
function withItsDay(meaning: Meaning, { text, read }: Said): Meaning {
  const { date, time } = read(text, FOR_THE_DAY).slots;
  const when = whenOf({ ...(date ? { date } : {}), ...(time ? { time } : {}) });
  return {
    ...meaning,
    intent: 'pickup.book',
    slots: { ...(meaning.slots.item ? { item: meaning.slots.item } : {}), ...when },
  };
}

/** In the whole of the sentence, else in one of its clauses. */
const inAny = (text: string, find: (said: string) => string | undefined): string | undefined =>
  [text, ...clausesOf(text)].map(find).find((one) => one);

/** She was asked whether it is her booking that she means. */
const pendsBooking = ({ conversation }: Talk) =>
  (conversation.context.pending as { intent?: string } | undefined)?.intent?.startsWith('pickup.') === true;
/** 「约吧，礼拜五，让我闺女去拿」 to 「给您约个时间去取吗」, and 「换个人去取」 while something else is told. */
function inPassing(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, talk, read } = said;
  const offered = talk.asked?.offer === 'pickup';
  // 「让我儿子去」 to that offer: nothing else is to be done there.
  const forIt = offered || words.says('collects', text);
  const collects = forIt && (words.says('proxy', text) || words.says('sendsKin', text));
  const loose = meaning.decision !== 'accept' || LOOSE.test(meaning.intent) || meaning.intent === 'yes';
  // 「不用查了，我给你们送去就是了」: for the case that is being told, or for whichever waits.
  const machine = talk.frames.at(-1)?.machine;
  const brings = clausesOf(text).some((one) => words.says('handsIn', one) && !words.says('arrived', one));
  const ofCase = machine === 'progress' && loose;
  const plainly =
    (machine === 'guide' || machine === 'progress') &&
    !said.asks &&
    !words.says('brought', text) &&
    (loose || /^(?:pickup|guide|progress)\./.test(meaning.intent));
  if (brings && (ofCase || plainly)) return handsIn(withItsDay(meaning, said), talk);
  if (machine === 'progress' && booksInstead(words, said)) return handsIn(withItsDay(meaning, said), talk);
  // 「那一块儿取」 where two lie ready.
  if (offered && !collects && !said.asks && !meaning.slots.mode && words.says('both', text))
    return ofStanding(
      meaning,
      'pickup.book',
      { ...whenOf(read(text, FOR_THE_DAY).slots), both: 'yes' },
      'booking.both',
    );
  if (!collects || !(offered || loose)) return meaning;
  const when = whenOf(offered ? read(text, FOR_THE_DAY).slots : meaning.slots);
  return anotherCollects(words, { ...meaning, slots: { ...meaning.slots, ...when } }, said);
}

/** 「那约吧，明儿……要不还是后儿，头晌去」 to the call about what is missing: she brings it. */
export function booksInstead(
  words: StandingWords,
  { text, talk, read }: Pick<Sentence, 'text' | 'talk' | 'read'>,
): boolean {
  if (talk.asked?.offer !== 'callback' || !lacksPapers(talk.last) || !words.says('booksHerself', text)) return false;
  return read(text, FOR_THE_DAY).slots.date !== undefined;
}

/** 我想送户口本过去: the paper is no matter of its own, and 送 is handing in. */
function handsIn(meaning: Meaning, { topic }: Talk, mends = false): Meaning {
  // The case that was told a moment ago is the one that lacks them.
  const told: Slots = topic?.errand === 'progress' && topic.item && !topic.stands ? { item: topic.item } : {};
  const given: Slots = mends || meaning.intent.startsWith('pickup.') ? meaning.slots : {};
  const matter: Slots = given.item && !isPaper(given.item) ? { item: given.item } : told;
  const paper: Slots = given.item && isPaper(given.item) ? { paper: given.item } : {};
  const slots: Slots = { ...whenOf(given), ...matter, ...paper, direction: 'hand_in' };
  return ofStanding(meaning, 'pickup.book', slots, 'booking.handsIn');
}

/** 「他那户口本，我替他送去」: for his case, and never for hers. */
function handsInFor(words: StandingWords, meaning: Meaning, forWhom: string): Meaning {
  const atHome = words.says('spouse', forWhom) || words.says('pronoun', forWhom);
  const near: Slots = atHome ? { forSpouse: 'yes' } : {};
  const slots: Slots = { ...whenOf(meaning.slots), ...near, forWhom, relation: words.atHome(forWhom) };
  return ofStanding(meaning, 'pickup.book', { ...slots, direction: 'hand_in' }, 'booking.handsInFor');
}

/** 「不交，是取证，我外甥女替我取」 while she is to hand papers in. */
function collectsAfterAll(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { machine, context } = said.talk.frames.at(-1) ?? {};
  const { direction } = (context?.slots ?? {}) as Slots;
  if (machine !== 'pickup' || direction !== 'hand_in' || !words.says('collectsAfterAll', said.text)) return undefined;
  const sent = words.says('proxy', said.text)
    ? anotherCollects(words, meaning, said)
    : ofStanding(meaning, 'pickup.book', whenOf(meaning.slots), 'booking.collects');
  return { ...sent, slots: { ...sent.slots, direction: 'collect' } };
}

const saysPlainly = (words: StandingWords, text: string) =>
  clausesOf(text).some((one) => words.says('handsInPlainly', one));

/** 「礼拜五得给他送饭」: nothing is handed in by that. */
export function withoutErrands(words: StandingWords, meaning: Meaning, { text }: Said): Meaning {
  const { direction, relation, name, ...slots } = meaning.slots;
  if (direction !== 'hand_in' || !words.says('sendsNoPapers', text) || words.says('handsIn', text)) return meaning;
  return { ...meaning, slots };
}
