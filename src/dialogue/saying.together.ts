/** What is said to two things of one breath: the answer's outcome, what was asked beside it, and last the question that now waits. Pure. */
import type { Say } from '../speech/speech.ts';
import type { Next } from './hands.ts';

/** She was not understood: what was beside the answer is left out. */
const LOST = /^conversation\.(?:notHeard|choices|offerPerson)/;
const BACK = 'conversation.backTo';
/** What such an answer already says: asked in the same breath, it is not said once more. */
const TOLD_THERE: Record<string, string[]> = {
  'pickup.booked': ['pickup.about_bring', 'pickup.about_where'],
  'pickup.changed': ['pickup.about_bring', 'pickup.about_where'],
  'complaint.noted': ['complaint.open'],
};

/** @param first what the answer led to. @param second what the rest of the sentence led to there */
export function inOneBreath(first: Next, second: Next): Next {
  const waits = first.asked?.phrase;
  if (second.says.length === 0 || second.says.some(({ phrase }) => LOST.test(phrase))) return first;
  const told = withoutQuestion(first.says, waits);
  const known = first.says.flatMap(({ phrase }) => TOLD_THERE[phrase] ?? []);
  const said = told.map(({ phrase }) => phrase).filter((phrase) => phrase.startsWith('conversation.'));
  const more = second.says.filter(({ phrase }) => !known.includes(phrase) && !said.includes(phrase));
  const again = second.asked?.phrase === waits;
  return { ...second, says: [...told, ...(again ? asFirstAsked(more, waits) : more)] };
}

/** What comes back to a question goes with it. */
function withoutQuestion(says: Say[], waits: string | undefined): Say[] {
  if (says.at(-1)?.phrase !== waits) return says;
  return says.slice(0, says.at(-2)?.phrase === BACK ? -2 : -1);
}

/** Nothing was asked yet to which one could come back. */
const asFirstAsked = (says: Say[], waits: string | undefined): Say[] =>
  says
    .filter(({ phrase }) => phrase !== BACK)
    .map((one) => (one.phrase === waits ? { ...one, variant: undefined } : one));
