/** A question whose answer is hers alone: her name, her number, the agreed digits. Pure but for `read`. */
import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { isPassing } from '../passing.ts';
import { callsOffWhatStands } from './aftermath.ts';
import type { Manner } from './manner.ts';
import { ofCalling } from './of-calling.ts';
import { ofCollecting } from './of-collecting.ts';
import { withBareName } from './of-whose.ts';
import { piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { putsOff, refuses, remarkIn, withRemark } from './remarks.ts';
import { INSTEAD, isClear, type Listened, meant, type Sentence } from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';
import type { StandingWords } from './standing-words.ts';

const WISHES = /^(?:progress|agent|callback|guide|pickup|visit|policy)\./;

const DIGITS = 3;
/** 「先不说那个，给我约个时间」 while her digits are asked for: what she wishes by another errand. */
function otherWish({ text, talk, read }: Sentence): Meaning | undefined {
  if (digitRuns(text).some((run) => run.length >= DIGITS)) return undefined;
  const inHand = talk.frames.at(-1)?.machine;
  const told = [text, ...piecesOf(text)].map((part) => read(part));
  return told.find((one) => isClear(one) && WISHES.test(one.intent) && errandOf(one.intent) !== inHand);
}

const isAsked = (manner: Manner, { intent }: Meaning, text: string): boolean =>
  isPassing(errandOf(intent)) && asksSomething(manner, text);

/** Said beside a number or a name that is asked for. */
const ASIDE = ['who', 'old'] as const;
type IsKin = Pick<Manner, 'isKin'>;
/** At a question whose answer is hers alone: a refusal, another time, that she does not know it; else the answer. */
export function closed(manner: Manner, standing: StandingWords, heard: Meaning, sentence: Sentence & IsKin): Listened {
  const { text, talk } = sentence;
  const asked = talk.asked;
  if (asked?.for === 'resident') return { meaning: heard, text };
  const off =
    asked?.for === 'name' ? ofCollecting(standing, callsOffWhatStands(manner, heard, text, talk), text, talk) : heard;
  if (off !== heard) return { meaning: off, text };
  const spoken = ASIDE.find((kind) => manner.says(kind, text));
  if (spoken && !heard.slots.name && !heard.slots.phone)
    return { meaning: meant(heard, 'smalltalk', { about: spoken }, `_manner.yaml#${spoken}`), text };
  const ofPin = asked?.for === 'pin';
  const other = ofPin ? otherWish(sentence) : undefined;
  // What only tells comes back to the digits.
  if (other) return { meaning: other, text, ...(isAsked(manner, other, text) ? {} : { instead: true }) };
  if (ofPin && manner.says('forgot', text)) return { meaning: heard, text, forgot: true };
  const notAlone = ofPin && manner.says('notAlone', text);
  const notNow = notAlone || refuses(manner, text, talk) || putsOff(manner, heard, text, talk);
  const remark = talk.alarm || notNow ? remarkIn(manner, heard, text, talk) : undefined;
  if (ofPin && !remark && manner.says('keeps', text))
    return { meaning: { ...heard, intent: 'no', slots: {}, decision: 'accept' }, text };
  const meaning = ofCalling(standing, withBareName(standing, heard, sentence), sentence);
  const isInstead = meaning.why === INSTEAD || heard.why === INSTEAD;
  return { ...withRemark(meaning, text, remark), ...(isInstead ? { instead: true } : {}) };
}
