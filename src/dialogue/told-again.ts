/** The answer of a moment ago is no answer to one who says that she asks something else: then somebody who knows is offered. Pure. */
import type { Input } from './events.ts';
import type { Next } from './hands.ts';
import { ASKED_AS } from './hearing/of-told-last.ts';
import { meant } from './hearing/sentence.ts';
import type { Talk } from './talk.ts';

/** Whether all that is told now was told in the answer before; what is asked at its end does not count. */
function isToldAgain({ last }: Talk, { says, asked, onceMore }: Next): boolean {
  const known = new Set(last.map(marked));
  const tells = says.filter(({ phrase }) => phrase !== asked?.phrase && !phrase.startsWith('conversation.'));
  return !onceMore && tells.length > 0 && tells.every((one) => known.has(marked(one)));
}

const marked = ({ phrase, values }: { phrase: string; values?: object }) => JSON.stringify([phrase, values]);

/** Her sentence as a question to somebody who knows; nothing where the answer stands as it is. */
export function askedBeyond(before: Talk, input: Input, next: Next): Input | undefined {
  const asked = ASKED_AS[next.errand ?? ''];
  if (!asked || !input.meaning || !input.askedOther || !isToldAgain(before, next)) return undefined;
  const { item } = input.meaning.slots;
  const slots = { ...(item ? { item } : {}), ...asked.slots };
  return { ...input, meaning: meant(input.meaning, asked.intent, slots, 'told again') };
}
