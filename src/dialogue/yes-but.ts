/** 「行，不过不是这个号」, 「对，还有…」, 「对了，…」: a yes with more behind it is as good as what stands behind it. Pure. */
import type { Meaning } from '../understanding/meaning.ts';
import { errandOf } from './errand-of.ts';
import type { Manner } from './manner.ts';
import type { Talk } from './talk.ts';

const SURE = 0.75;
const SHORTEST = 3;

/** @param read reads a part of the sentence with the question in hand */
export function yesBut(
  manner: Manner,
  meaning: Meaning,
  text: string,
  talk: Talk,
  read: (part: string) => Meaning,
): Meaning {
  const rest = meaning.intent === 'yes' ? manner.afterYes(text) : undefined;
  if (!rest || rest.length < SHORTEST) return meaning;
  const told = read(rest);
  if (bringsMore(told, talk)) return told;
  if (!manner.says('but', rest)) return meaning;
  if (manner.says('notThat', rest)) return { ...meaning, intent: 'no', slots: {} };
  return { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' };
}

/** A no, or a value that is not the one she was just asked about. What belongs to another errand is a second wish. */
function bringsMore({ intent, slots, decision, confidence }: Meaning, { frames, asked }: Talk): boolean {
  if (decision !== 'accept' || confidence < SURE) return false;
  if (intent === 'no') return true;
  const frame = frames.at(-1);
  const ofThis = intent === 'correction' || (errandOf(intent) !== undefined && errandOf(intent) === frame?.machine);
  if (!ofThis) return false;
  const known = JSON.stringify([frame?.context, asked?.values]);
  return Object.entries(slots).some(([name, value]) => name !== 'direction' && !known.includes(`"${value}"`));
}
