/** The same question again and again, and what she says is understood and leads nowhere: the third time a person is offered instead. Pure. */
import { createHash } from 'node:crypto';
import type { Say } from '../speech/speech.ts';
import type { ConversationEvent } from './conversation.facts.ts';
import type { Ask } from './errands/errand.ts';
import type { Frame, Talk } from './talk.ts';

type Stuck = NonNullable<Talk['stuck']>;
type Event = ConversationEvent['type'] | undefined;

/** One turn as far as it is done. */
export interface TurnSoFar {
  event: Event;
  /** What waits now. */
  question: Ask | undefined;
  says: Say[];
  /** The errand in hand. */
  frame: Frame | undefined;
}

/** Answers to a question. What steers the talk, a small question beside it, a moment's silence: none of that is in vain. */
const ANSWERS = new Set<Event>(['ANSWER', 'YES', 'NO', 'HALF_YES', 'UNCLEAR']);
/** Not understood: the ladder of repair counts that by itself. */
const MISSED = /^conversation\.(?:notHeard|noAnswer|askCaller|choices|help_|television)/;
const AROUND = /^conversation\./;
/** Wrong digits are counted where they are checked. */
const OWN_END = new Set(['nothing', 'pin']);
const PATIENCE = 3;

/** How often this has been asked, this turn included. Another question, or anything that is known now and was not before, begins anew. */
export function askedInVain(before: Stuck | undefined, { event, question, says, frame }: TurnSoFar): Stuck | undefined {
  const offered = before?.offered ?? [];
  if (!question || OWN_END.has(question.for)) return frame && { ...NEVER, offered };
  const mark = markOf(question, frame);
  if (before?.mark !== mark) return { ...NEVER, mark, offered };
  if (!ANSWERS.has(event)) return before;
  const missed = says.some(({ phrase }) => MISSED.test(phrase));
  const told = says.map(({ phrase }) => phrase).filter((phrase) => phrase !== question.phrase && !AROUND.test(phrase));
  const news = told.some((phrase) => !before.told.includes(phrase));
  return {
    mark,
    times: before.times + (news ? 0 : 1),
    understood: before.understood || !missed,
    told: [...new Set([...before.told, ...told])],
    offered,
  };
}
const NEVER: Stuck = { mark: '', times: 1, understood: false, told: [], offered: [] };

/** It is asked for the third time, she was understood meanwhile, and nobody was offered yet at this question. */
export function isInVain(stuck: Stuck | undefined, { event, question }: TurnSoFar): boolean {
  if (!stuck || !question || !ANSWERS.has(event)) return false;
  return stuck.times >= PATIENCE && stuck.understood && !stuck.offered.includes(question.phrase);
}

/** The question with its values, and all that the errand knows by now. */
function markOf({ phrase, values }: Ask, frame: Frame | undefined): string {
  const known = JSON.stringify([phrase, values ?? {}, frame ? [frame.machine, frame.value, frame.context] : []]);
  return createHash('sha256').update(known).digest('base64url').slice(0, 16);
}
