/** From what was meant to what the conversation machine hears. Pure. */
import type { Intent, Meaning } from '../understanding/meaning.ts';
import { type Level, reaches } from './assurance.ts';
import { type ConversationEvent, controlEvent, type Moment, rightIn, type Wish } from './conversation.facts.ts';
import { answersInWords } from './errand-events.ts';
import { errandOf } from './errand-of.ts';
import { bearsOnBooking } from './hearing/aftermath.ts';
import type { Part } from './hearing/manner.ts';
import { digitsSaid } from './hearing/numbers-said.ts';
import { lengthOf } from './hearing/plain-words.ts';
import type { Remark } from './hearing/remarks.ts';
import type { Listened } from './hearing/sentence.ts';
import { ofAnothersCase, ofSomebodyAtHome, whoIsMeant, whoSheIs } from './hearing/who-is-meant.ts';
import { isPassing } from './passing.ts';
import type { Frame, Talk } from './talk.ts';

export interface Person {
  id: string;
  called: string;
  sex?: 'female' | 'male';
  /** Where she is, as far as it is known. */
  state?: 'living' | 'hospital' | 'moved' | 'deceased';
}

/** Who is at the speaker, as far as the dialogue needs it. */
export interface HomeForDialogue {
  residents: Person[];
  /** In hospital, moved away or dead: they are spoken of, never spoken to. */
  away?: Person[];
}

export interface Input {
  kind: 'launch' | 'words' | 'intent' | 'silence' | 'end' | 'event';
  meaning?: Meaning;
  /** Only for what the dialogue itself reads: which resident is meant, the agreed digits, an answer in her own words. */
  text?: string;
  second?: Wish;
  enough?: true;
  life?: Listened['life'];
  part?: Part;
  remark?: Remark;
  simpler?: true;
  behindName?: Wish;
  speaker?: Listened['speaker'];
  denied?: Listened['denied'];
  instead?: true;
  apart?: true;
  forgot?: true;
  aside?: Listened['aside'];
  /** What she said beside the answer, heard where that has led. */
  andThen?: (talk: Talk) => Partial<Listened>;
  ofAnother?: true;
  askedOther?: true;
  question?: true;
  /** The platform says that the speaker is not where it is used to be. */
  elsewhere?: boolean;
}

/** A long sentence without one word of ours is the television. */
const NOISE_LENGTH = 30;
const isLong = (text: string) => lengthOf(text) > NOISE_LENGTH * 3;
/** A resident who talks long talks of herself; a newsreader does not. */
const SPEAKS_OF_SELF = /[我俺咱闺孙婿]|\b(i|i'm|my|me|we|our)\b/i;
/** 「我去那儿，站了一头晌」 is nobody on the television; 「我市」, 「我们」 may be. */
const IS_HERSELF = /我(?![国市省区军党们])|俺|\bi\b|\bmy\b/i;
/** Below this a reading is a guess. */
const GUESS = 0.5;

/**
 * Reading is never confirmed. These are, up to the confidence that stands here: what begins with a question of its own and
 * is read back before anything is done needs little, what ends something or takes down her words needs more.
 */
const CONFIRMED_UP_TO: Partial<Record<Intent, number>> = {
  'pickup.book': 0.55,
  'pickup.change': 0.55,
  'apply.start': 0.55,
  'visit.request': 0.55,
  'pickup.cancel': 0.9,
  'apply.withdraw': 0.9,
  complaint: 1,
};

/** The facts by which the conversation decides, worked out of the talk as it stands. */
export function momentOf(talk: Talk, home: HomeForDialogue, input?: Input): Moment {
  const top = talk.frames.at(-1);
  return {
    inErrand: top !== undefined,
    asked: talk.asked !== undefined,
    waits: talk.conversation.value !== 'attending' && talk.asked !== undefined,
    binds: binds(talk),
    alarm: talk.alarm,
    alarmed: talk.alarm !== undefined && talk.alarm !== 'self_harm',
    whoIsOpen: talk.residentId === undefined && home.residents.length > 1,
    elsewhere: input?.elsewhere === true,
    names: home.residents.map((one) => one.called),
    standing: bearsOnBooking(top, talk.asked),
    draft: isDraft(top),
    values: { errand: top?.machine, item: (top?.context.slots as Record<string, string> | undefined)?.item },
  };
}

const isDraft = (top: Frame | undefined): boolean =>
  top?.machine === 'apply' && Boolean((top.context.slots as Record<string, string> | undefined)?.kind);

/** A question that her thanks do not end: something waits for its answer. */
function binds({ asked, frames }: Talk): boolean {
  if (!asked || asked.for === 'nothing' || asked.offer === 'more') return false;
  return !(asked.for === 'choice' && isPassing(frames.at(-1)?.machine));
}

/** What is known of the errands by name. */
export interface Known {
  buildable: (errand: string) => boolean;
  takesWords: (errand: string) => boolean;
  /** How sure we must be of who is speaking before it is handled. */
  levelOf: (intent: Intent) => Level;
}

/** What the conversation machine hears; undefined when there is nothing to answer. */
export function eventOf(input: Input, talk: Talk, home: HomeForDialogue, known: Known): ConversationEvent | undefined {
  const moment = momentOf(talk, home, input);
  if (input.kind === 'end' || input.kind === 'event') return undefined;
  if (input.kind === 'silence') return { type: 'SILENCE', ...moment };
  if (input.kind === 'launch' || (input.meaning?.intent === 'launch' && !input.remark))
    return { type: 'LAUNCH', ...moment };
  if (!input.meaning) return { type: 'UNCLEAR', noise: false, ...moment };
  if (input.remark && input.remark !== 'mistaken') return remarked(input.remark, talk, moment);
  if (input.forgot) return { type: 'ANSWER', ...moment };
  if (input.aside) return { type: 'ASIDE', told: input.aside, ...moment };
  if (input.enough) return { type: 'ENOUGH', ...moment };
  const told = ofSomebodyAtHome(input, talk, home, moment);
  if (told) return told;
  const others = ofAnothersCase(input, talk, home) ?? whoSheIs(input, talk, home);
  if (others) return { type: 'ASIDE', told: others, ...moment };
  return (
    whoIsMeant(input, talk, home, moment) ??
    digitsSaid(input, talk, moment) ??
    ownWords(input, talk, moment) ??
    eventOfMeaning(input.meaning, input, talk, moment, known)
  );
}

const REMARKED = {
  comes: 'WHO_COMES',
  address: 'ADDRESS',
  safe: 'SAFE',
  cared: 'SAFE',
  company: 'COMPANY',
  number: 'NUMBER',
  kin: 'KIN_TOLD',
  helpOff: 'HELP_OFF',
  stay: 'STAY',
  thanks: 'THANKS',
  later: 'LATER',
  back: 'COMES_BACK',
  refuses: 'REFUSES',
  packed: 'PACKED',
  unpacked: 'UNPACKED',
} as const;

function remarked(remark: Exclude<Remark, 'mistaken'>, talk: Talk, moment: Moment): ConversationEvent {
  if (remark === 'noise') return { type: 'UNCLEAR', noise: true, ...moment };
  if (remark === 'half') return { type: 'HALF_YES', offer: talk.asked?.offer ?? '', ...moment };
  return { type: REMARKED[remark], kind: remark === 'cared' ? remark : (talk.alarm ?? ''), ...moment };
}

function ownWords(input: Input, talk: Talk, moment: Moment): ConversationEvent | undefined {
  return answersInWords(input, talk) ? { type: 'ANSWER', ...moment } : undefined;
}

function eventOfMeaning(
  meaning: Meaning,
  input: Input,
  talk: Talk,
  moment: Moment,
  { buildable, takesWords, levelOf }: Known,
): ConversationEvent {
  const { intent, slots, decision, confidence } = meaning;
  const errand = errandOf(intent);
  const answersTop = errand !== undefined && talk.frames.at(-1)?.machine === errand && !input.instead;
  if (decision === 'ask' && intent !== 'emergency' && !answersTop) return unclear(input, moment);
  if (isBroadcast(meaning, input)) return unclear(input, moment);
  if (levelOf(intent) === 'L3') return { type: 'PERSONAL_DATA', slots: { ...rightIn(intent), ...slots }, ...moment };
  if (intent === 'smalltalk' && decision !== 'accept') return unclear(input, moment);
  const control = controlEvent(intent);
  if (control) return { type: control, slots, ...moment };
  if (errand && !answersTop) {
    return {
      type: 'WISH',
      wish: { intent, slots, words: takesWords(errand) ? input.text : undefined },
      doubtful: decision === 'confirm' && confidence <= (CONFIRMED_UP_TO[intent] ?? -1),
      buildable: buildable(errand),
      personal: reaches(levelOf(intent), 'L1'),
      ...moment,
    };
  }
  return answersNothing(talk) && intent !== 'back' ? unclear(input, moment) : answer(meaning, input, moment);
}

/** A long sentence of which hardly anything was understood; or a guess, in the middle of something else, at what she may wish. */
function isBroadcast({ intent, slots, decision, confidence }: Meaning, { text = '' }: Input): boolean {
  // An order about what is written down for her is hers, however long.
  if (intent === 'emergency' || slots.more !== undefined) return false;
  if (isLong(text) && !SPEAKS_OF_SELF.test(text) && !slots.item) return true;
  if (decision === 'accept') return intent === 'out_of_scope' && isLong(text);
  const guess = decision === 'confirm' && confidence < GUESS && !(slots.item && SPEAKS_OF_SELF.test(text));
  return guess && (isLong(text) || (errandOf(intent) !== undefined && Object.keys(slots).length === 0));
}

/** An answer where nobody has said anything: the talk before it was lost. She is asked what she wants, not left in silence. */
const answersNothing = (talk: Talk): boolean => talk.last.length === 0;

/** A yes or a no to nothing ends the talk when it is short; what is longer wants something. */
const FAREWELL_LENGTH = 15;

function answer({ intent, slots }: Meaning, input: Input, moment: Moment): ConversationEvent {
  const bare = Object.keys(slots).length === 0;
  if (!moment.asked && lengthOf(input.text ?? '') > FAREWELL_LENGTH) return unclear(input, moment);
  if (intent === 'yes') return { type: 'YES', ...moment };
  if (bare && (intent === 'no' || intent === 'correction')) return { type: 'NO', ...moment };
  const n = intent === 'select.number' ? Number(slots.ordinal) : undefined;
  return moment.asked || moment.inErrand || intent === 'back'
    ? { type: 'ANSWER', n, ...moment }
    : unclear(input, moment);
}

/** That she asked something is known, though not what: she is told so, and not that she was not heard. */
export const askedIn = ({ question }: Input): { question?: true } => (question ? { question } : {});

function unclear(input: Input, moment: Moment): ConversationEvent {
  const text = input.text ?? '';
  return { type: 'UNCLEAR', noise: isLong(text) && !IS_HERSELF.test(text), ...askedIn(input), ...moment };
}
