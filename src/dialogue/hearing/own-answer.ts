/** A question whose answer is hers alone: her own words, her name, her number, the agreed digits. Pure but for `read`. */
import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import { callsOffWhatStands } from './aftermath.ts';
import type { Manner } from './manner.ts';
import { ofCalling } from './of-calling.ts';
import { ofCollecting } from './of-collecting.ts';
import { withBareName } from './of-whose.ts';
import { piecesOf } from './plain-words.ts';
import { putsOff, refuses, remarkIn, withRemark } from './remarks.ts';
import { INSTEAD, isClear, type Listened, type Sentence } from './sentence.ts';
import { digitRuns } from './spoken-digits.ts';
import type { StandingWords } from './standing-words.ts';

/** She wants none of it written down; what she wishes beside that is done instead. */
export function inHerWords(meaning: Meaning, { text, read }: Sentence): Listened {
  if (meaning.slots.element !== 'drops') return { meaning, text };
  const told = piecesOf(text)
    .filter((clause) => clause.length > 2)
    .map((clause) => read(clause));
  const wish = told.findLast((one) => one.decision === 'accept' && WISHES.test(one.intent));
  return wish ? { meaning: wish, text, instead: true } : { meaning, text };
}
const WISHES = /^(?:progress|agent|callback|guide|pickup|visit|policy)\./;

const DIGITS = 3;
/** 「先不说那个，给我约个时间」 while her digits are asked for: what she wishes by another errand. */
function otherWish({ text, talk, read }: Sentence): Meaning | undefined {
  if (digitRuns(text).some((run) => run.length >= DIGITS)) return undefined;
  const inHand = talk.frames.at(-1)?.machine;
  const told = [text, ...piecesOf(text)].map((part) => read(part));
  return told.find((one) => isClear(one) && WISHES.test(one.intent) && errandOf(one.intent) !== inHand);
}

type IsKin = Pick<Manner, 'isKin'>;
/** At a question whose answer is hers alone: a refusal, another time, that she does not know it; else the answer. */
export function closed(manner: Manner, standing: StandingWords, heard: Meaning, sentence: Sentence & IsKin): Listened {
  const { text, talk } = sentence;
  const asked = talk.asked;
  if (asked?.for === 'resident') return { meaning: heard, text };
  const off =
    asked?.for === 'name' ? ofCollecting(standing, callsOffWhatStands(manner, heard, text, talk), text, talk) : heard;
  if (off !== heard) return { meaning: off, text };
  const ofPin = asked?.for === 'pin';
  const other = ofPin ? otherWish(sentence) : undefined;
  if (other) return { meaning: other, text, instead: true };
  if (ofPin && manner.says('forgot', text)) return { meaning: heard, text, forgot: true };
  const notAlone = ofPin && manner.says('notAlone', text);
  const notNow = notAlone || refuses(manner, text, talk) || putsOff(manner, heard, text, talk);
  const remark = talk.alarm || notNow ? remarkIn(manner, heard, text, talk) : undefined;
  if (ofPin && !remark && manner.says('keeps', text))
    return { meaning: { ...heard, intent: 'no', slots: {}, decision: 'accept' }, text };
  return {
    ...withRemark(ofCalling(standing, withBareName(standing, heard, sentence), sentence), text, remark),
    ...(heard.why === INSTEAD ? { instead: true } : {}),
  };
}
