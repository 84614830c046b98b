/** What she says beside any errand: thanks, that she goes on tomorrow, that it was too hard to follow, a word to somebody in the room, the television. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { afterAlarm, isHalfYes } from './aftermath.ts';
import { isMistaken } from './life-in.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { IN_ITS_WORDS, type Listened, meant } from './sentence.ts';

/** Each is an event of its own for the conversation around the errands. */
export type Remark =
  | 'half'
  | 'mistaken'
  | 'comes'
  | 'address'
  | 'safe'
  | 'cared'
  | 'company'
  | 'number'
  | 'kin'
  | 'helpOff'
  | 'stay'
  | 'thanks'
  | 'later'
  | 'back'
  | 'refuses'
  | 'packed'
  | 'unpacked'
  | 'noise';

/** 「明儿再打」 puts off the call that is being settled, and not the talk. */
const CALL_LATER = '_standing.yaml#calling.when';

/** Asked whether he is well again: 「不对」 is no to that. */
const IS_BACK = /^conversation\.lifeBack/;
/** The remark that the sentence is; undefined where it is to be understood as it stands. */
export function remarkIn(manner: Manner, meaning: Meaning, text: string, talk: Talk): Remark | undefined {
  const alarm = afterAlarm(manner, meaning, text, talk);
  if (alarm) return alarm;
  if (meaning.intent === 'emergency') return undefined;
  if (talk.calmed && manner.again('helpOff', text)) return 'helpOff';
  const packing = packingOf(manner, meaning, text, talk);
  if (packing) return packing;
  if (isHalfYes(manner, meaning, text, talk)) return 'half';
  if (isBack(manner, text, talk)) return 'back';
  if (!IS_BACK.test(talk.asked?.phrase ?? '') && isMistaken(manner, text, talk)) return 'mistaken';
  if (manner.isThanks(text) && meaning.why !== IN_ITS_WORDS) return 'thanks';
  if (manner.says('broadcast', text)) return 'noise';
  if (talk.frames.length === 0 || meaning.why === CALL_LATER) return undefined;
  if (refuses(manner, text, talk)) return 'refuses';
  // 「先别退，我问问我儿子」 to whether it is to end: it stays, and the question is over.
  if (talk.asked?.offer === 'cancel' && meaning.intent === 'no') return undefined;
  const notNow = talk.asked?.for === 'pin' && manner.says('notAlone', text);
  return notNow || manner.says('later', text) || putsOff(manner, meaning, text, talk) ? 'later' : undefined;
}

/** 「来了，接着办」 after 「给您留着」 or 「等您」: no yes to the question that waits. */
function isBack(manner: Manner, text: string, talk: Talk): boolean {
  const { frames, conversation } = talk;
  const { holding, leftOff } = conversation.context;
  if (asksWhereWeAre(manner, text, talk)) return true;
  return frames.length > 0 && Boolean(holding || leftOff) && manner.again('comesBack', text);
}

/** 「说到哪儿了」, 「接着说呀」 to a question of an errand that does something: it waits for her answer. */
function asksWhereWeAre(manner: Manner, text: string, { frames, asked }: Talk): boolean {
  const waits = asked !== undefined && !asked.words && asked.for !== 'nothing' && !GOES_ON.has(asked.offer ?? '');
  return waits && frames.length > 0 && !isPassing(frames.at(-1)?.machine) && manner.again('whereWeAre', text);
}
/** Here the same words are a yes. */
const GOES_ON = new Set(['more', 'resume', 'privacy']);

/** 「身份证放包里了吗」 「放了放了」 */
function packingOf(manner: Manner, { intent }: Meaning, text: string, { asked }: Talk): Remark | undefined {
  if (asked?.phrase !== 'common.eveningBefore') return undefined;
  if (intent === 'no' || manner.says('unpacked', text)) return 'unpacked';
  return intent === 'yes' || manner.says('packed', text) ? 'packed' : undefined;
}

/** Of what is only told there is nothing to be put off; 「算了，回头再说」 drops it. */
export function putsOff(manner: Manner, { intent, slots }: Meaning, text: string, { frames, asked }: Talk): boolean {
  const alone = piecesOf(text).length === 1 && !manner.putsOff(text);
  const drops = intent === 'cancel' && (alone || manner.says('drops', text));
  if (frames.length === 0 || drops || asked?.offer === 'more') return false;
  // 「心里乱，回头再说吧」, 「我这会儿没心思，过俩礼拜再说吧」: that is no day.
  const nothingElse = Object.keys(slots).every((name) => name === 'date' || name === 'about');
  return manner.putsOff(text) || (nothingElse && piecesOf(text).some((one) => manner.putsOff(one)));
}

/** Her agreed digits she may keep to herself without a word; anything else she is asked may be given to a person instead. */
const HER_OWN = new Set(['pin', 'resident', 'nothing', 'rating']);
/** She will not say what she is asked for. */
export const refuses = (manner: Manner, text: string, { asked }: Talk): boolean =>
  asked !== undefined && !asked.words && !HER_OWN.has(asked.for) && manner.says('refuses', text);

/** What understanding gives where it heard nothing in particular. */
const LOOSE = new Set<Intent>(['out_of_scope', 'smalltalk', 'repeat', 'no', 'correction', 'stop', 'help', 'wait']);
const isLoose = ({ intent, decision }: Meaning) => decision !== 'accept' || LOOSE.has(intent);

/** The sentence as it is meant, where a piece of it says more than the whole. */
export function asMeant(manner: Manner, meaning: Meaning, text: string): Meaning {
  const sure = (intent: Intent, why: string, slots = meaning.slots): Meaning =>
    meant(meaning, intent, slots, `_manner.yaml#${why}`);
  // 「办得太慢了」 is no wish about how we speak.
  if (manner.says('slowWork', text) && (isLoose(meaning) || meaning.intent === 'faster')) {
    return { ...sure('complaint', 'slowWork', {}), decision: 'confirm' };
  }
  if (!isLoose(meaning)) return meaning.intent === 'smalltalk' ? aboutWhat(manner, meaning, text) : meaning;
  if (manner.says('slow', text)) return sure('slower', 'slow');
  if (manner.says('toOthers', text)) return sure('wait', 'toOthers');
  if (manner.says('why', text)) return sure('why', 'why');
  const spoken = meaning.intent === 'smalltalk' || TALK_OF.some((kind) => manner.says(kind, text));
  return spoken ? aboutWhat(manner, { ...meaning, intent: 'smalltalk' }, text) : meaning;
}

/** Found before, and graver than a mood. */
const OF_NEED = new Set(['me', 'hardship', 'harm', 'lonely', 'all', 'lockedIn']);
const TALK_OF = ['who', 'cross', 'sorrow', 'old'] as const;
/** A cheerful question is not met with comfort: sorrow is only what says so. */
function aboutWhat(manner: Manner, meaning: Meaning, text: string): Meaning {
  if (OF_NEED.has(meaning.slots.about ?? '')) return meaning;
  const about = TALK_OF.find((kind) => manner.says(kind, text)) ?? 'chat';
  const decision = about === 'chat' ? meaning.decision : 'accept';
  return { ...meaning, decision, slots: { ...meaning.slots, about } };
}

/** The sentence as it is understood, with the remark that lies in it. */
export const withRemark = (meaning: Meaning, text: string, remark: Remark | undefined): Listened => ({
  meaning,
  text,
  ...(remark ? { remark } : {}),
});
