/**
 * The dialogue: what was meant becomes what is said and done.
 * A turn steps the conversation machine, then the errand in hand; effects run once by their key and come back as events.
 */
import { getInitialSnapshot } from 'xstate';
import type { Locale } from '../platforms/platform.ts';
import type { Expecting } from '../understanding/meaning.ts';
import { type Assurance, loadAssurance } from './assurance.ts';
import type { ConversationEvent, Wish } from './conversation.facts.ts';
import { machine as conversation } from './conversation.ts';
import { errandOf } from './errand-of.ts';
import type { ErrandDefinition } from './errands/errand.ts';
import { eventOf, type HomeForDialogue, type Input } from './events.ts';
import { createHand } from './hand.ts';
import type { Hands, Next } from './hands.ts';
import { loadAsides } from './hearing/asides.ts';
import { loadAskingWords } from './hearing/asking-words.ts';
import { withoutChatter } from './hearing/chatter.ts';
import { listen } from './hearing/listening.ts';
import { loadManner } from './hearing/manner.ts';
import { loadOpenings } from './hearing/openings.ts';
import type { Ears, Listened, Sentence } from './hearing/sentence.ts';
import { loadStandingWords } from './hearing/standing-words.ts';
import { behindSlip } from './hearing/who-and-what.ts';
import { inOneBreath } from './saying.together.ts';
import { isOutdated } from './stack.ts';
import type { Talk } from './talk.ts';
import { askedBeyond } from './told-again.ts';

/** A conversation that nobody has begun yet. */
function freshTalk(): Talk {
  const { value, context } = getInitialSnapshot(conversation);
  return { version: 1, conversation: { value, context: { ...context } }, frames: [], last: [] };
}

/** What understanding should expect from the next sentence. */
function expectingOf(talk: Talk): Expecting {
  const top = talk.frames.at(-1);
  const slots = (top?.context.slots ?? {}) as Record<string, string>;
  const standing = top?.context.chosenBooking as { day: string; start: string } | undefined;
  return {
    errand: top?.machine,
    asking: (talk.asked?.for as Expecting['asking']) ?? 'nothing',
    item: slots.item || undefined,
    offer: talk.asked?.offer,
    options: talk.options,
    booking: standing && { date: standing.day, time: standing.start },
  };
}

/** What only makes sense to a question: after an update that question is asked anew, and the answer belongs to none. */
const ANSWERS = new Set<string>(['YES', 'NO', 'ANSWER', 'UNCLEAR', 'SILENCE']);

/** What an update took out of her hands, with what she says of it now: a new value joins those that were known. */
function wishAfresh(interrupted: Wish, meaning: Input['meaning']): Wish {
  const { ordinal: _, ...said } = meaning?.slots ?? {}; // the list that it counted is gone
  const elsewhere = said.item !== undefined && said.item !== interrupted.slots.item;
  return { ...interrupted, slots: elsewhere ? said : { ...interrupted.slots, ...said } };
}

/** A value, or the wish itself again, said after an update: the wish of before with what was known of it. */
function resumed(event: ConversationEvent, interrupted: Wish, meaning: Input['meaning']): ConversationEvent {
  if (event.type !== 'WISH' || errandOf(event.wish.intent) !== errandOf(interrupted.intent)) return event;
  return { ...event, wish: { ...event.wish, slots: wishAfresh(interrupted, meaning).slots } };
}

const earsFor = (locale: Locale): Ears => ({
  manner: loadManner(locale),
  standing: loadStandingWords(locale),
  asides: loadAsides(locale),
  asking: loadAskingWords(locale),
  openings: loadOpenings(locale),
});

/** A sentence, and what hears the rest of it when its answer is taken. */
export type Heard = Listened & Pick<Input, 'andThen'>;

/** The answer was given before it: a question beside it, or 「我不说了嘛」, is none to what is asked next. */
function noAnswer(heard: Heard): Heard {
  const { meaning, question } = heard;
  const none = NO_ANSWER_BESIDE.has(meaning.intent) || (meaning.intent === 'yes' && question === true);
  if (!none || OF_THE_MOMENT.test(meaning.why)) return heard;
  return { ...heard, meaning: { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' } };
}
/** 「行，打我的」: which number, said beside the yes to the call. */
const OF_THE_MOMENT = /^_standing\.yaml/;
const NO_ANSWER_BESIDE = new Set(['stop', 'correction']);

/** Some recognisers write a pause in Chinese as a space. */
const withPauses = (text: string): string => text.trim().replaceAll(PAUSE, '，');
const PAUSE = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

interface DialogueParts {
  errands: Record<string, ErrandDefinition>;
  assurance?: Assurance;
}

/** The dialogue over its errands; all that it remembers is the talk it is given. */
export function createDialogue({ errands, assurance = loadAssurance() }: DialogueParts) {
  const ears = { 'zh-CN': earsFor('zh-CN'), 'en-US': earsFor('en-US') };
  const definition = (name: string): ErrandDefinition | undefined => errands[name];

  const known = {
    buildable: (errand: string) => definition(errand) !== undefined,
    takesWords: (errand: string) => definition(errand)?.takesWords === true,
    levelOf: assurance.ofIntent,
  };

  /** A question that an update took away is asked no more; what it was about is still known. */
  function expecting(talk: Talk): Expecting {
    if (talk.alarm && talk.alarm !== 'self_harm') return { asking: 'nothing' };
    const dropped = talk.frames.find((frame) => isOutdated(frame, definition(frame.machine)));
    if (!dropped) return expectingOf(talk);
    const { item } = (dropped.context.slots ?? {}) as Record<string, string>;
    return { errand: known.buildable(dropped.machine) ? dropped.machine : undefined, asking: 'nothing', item };
  }

  /** One turn. Throws what an effect throws and leaves `before` as it was: the caller says it kindly and nothing is lost. */
  async function step(before: Talk, input: Input, home: HomeForDialogue, hands: Hands): Promise<Next> {
    const first = await answered(before, input, home, hands);
    const { end, talk } = first.next;
    // Whether it is so she is asked first: nothing is heard of what stands beside it.
    if (!input.andThen || end || talk.asked?.offer === 'life') return first.next;
    const { kind, elsewhere } = input;
    const second = await heardOut(talk, { kind, elsewhere, ...input.andThen(talk) }, home, hands, first.ordinals);
    return inOneBreath(first.next, second.next);
  }

  /** One sentence, and where it only led to what was just told, what she may have meant by it. */
  async function answered(before: Talk, input: Input, home: HomeForDialogue, hands: Hands) {
    const first = await heardOut(before, input, home, hands, 0);
    const beyond = askedBeyond(before, input, first.next);
    return beyond ? heardOut(before, beyond, home, hands, 0) : first;
  }

  /** One sentence, to its end. @param ordinal of the last effect before it in this turn */
  async function heardOut(before: Talk, input: Input, home: HomeForDialogue, hands: Hands, ordinal: number) {
    const talk = structuredClone(before);
    if (home.residents.length === 1) talk.residentId = home.residents[0]?.id;
    const hand = createHand({ talk, home, hands, definition, assurance, input, ordinal });
    if (input.meaning?.slots.alone) talk.unheard = true;
    const interrupted = hand.dropOutdated();
    const event = eventOf(input, talk, home, known);
    if (input.second) await hand.keepSecond(input.second);
    if (interrupted && event && ANSWERS.has(event.type)) await hand.start(wishAfresh(interrupted, input.meaning));
    else if (event) await hand.converse(interrupted ? resumed(event, interrupted, input.meaning) : event);
    await hand.breakLoop(event);
    await hand.keepUp();
    return { next: hand.finish(), ordinals: hand.ordinals() };
  }

  /** Her sentence with all that lies in it, before anything is decided. */
  function hear(sentence: Omit<Sentence, 'expecting'>): Heard {
    const { locale, talk } = sentence;
    const { manner, standing } = ears[locale];
    const spoken = withPauses(sentence.text);
    const said = withoutChatter(manner, behindSlip(standing, spoken, talk), talk);
    const text = talk.asked?.words ? said : manner.inPlainWords(said);
    const heard = listen(ears[locale], { ...sentence, text, expecting: expecting(talk) });
    const { beside } = heard;
    if (!beside) return heard;
    const rest = manner.afterByTheWay(beside) || beside;
    return { ...heard, andThen: (later) => noAnswer(hear({ ...sentence, talk: later, text: rest })) };
  }

  return { step, hear, fresh: freshTalk, expecting };
}

export type Dialogue = ReturnType<typeof createDialogue>;
export type { Next } from './hands.ts';
