/**
 * The dialogue: what was meant becomes what is said and done.
 * A turn steps the conversation machine, then the errand in hand; effects run once by their key and come back as events.
 */
import { getInitialSnapshot } from 'xstate';
import type { Expecting } from '../understanding/meaning.ts';
import { machine as conversation } from './conversation.ts';
import type { ErrandDefinition } from './errands/errand.ts';
import { eventOf, type HomeForDialogue, type Input } from './events.ts';
import { createHand, type Hands, type Next } from './hand.ts';
import type { Talk } from './talk.ts';

/** A conversation that nobody has begun yet. */
export function freshTalk(): Talk {
  const { value, context } = getInitialSnapshot(conversation);
  return { version: 1, conversation: { value, context: { ...context } }, frames: [], last: [] };
}

/** What understanding should expect from the next sentence. */
export function expectingOf(talk: Talk): Expecting {
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

export function createDialogue({ errands }: { errands: Record<string, ErrandDefinition> }) {
  const definition = (name: string): ErrandDefinition | undefined => errands[name];

  const known = {
    buildable: (errand: string) => definition(errand) !== undefined,
    takesWords: (errand: string) => definition(errand)?.takesWords === true,
  };

  /** One turn. Throws what an effect throws and leaves `before` as it was: the caller says it kindly and nothing is lost. */
  async function step(before: Talk, input: Input, home: HomeForDialogue, hands: Hands): Promise<Next> {
    const talk = structuredClone(before);
    if (home.residents.length === 1) talk.residentId = home.residents[0]?.id;
    const hand = createHand({ talk, home, hands, definition, input });
    const interrupted = hand.dropOutdated();
    const event = eventOf(input, talk, home, known);
    if (interrupted && event && ANSWERS.has(event.type)) await hand.start(interrupted);
    else if (event) await hand.converse(event);
    await hand.keepUp();
    return hand.finish();
  }

  return { step, fresh: freshTalk, expecting: expectingOf };
}

export type Dialogue = ReturnType<typeof createDialogue>;
export type { HomeForDialogue, Input } from './events.ts';
export type { EffectCall, Hands, Next } from './hand.ts';
