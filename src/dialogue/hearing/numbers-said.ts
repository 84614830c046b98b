/** Numbers in her sentence: the agreed digits where they are asked for, and those that must not be said at all. Pure. */
import type { ConversationEvent, Moment } from '../conversation.facts.ts';
import type { Input } from '../events.ts';
import type { Talk } from '../talk.ts';
import { digitRuns, isCard, isCode, isTooLong, spokenDigits } from './spoken-digits.ts';

/** Numbers that are asked for, or were understood as something that may be said. */
const NUMBER_SLOTS = ['phone', 'case_no', 'case_no_tail', 'date'];
/** Of a telephone, though only a yes was asked for. */
const OF_PHONE = /Phone(?:Back)?$/;
const NUMBER_QUESTIONS = new Set(['phone', 'case_no']);

/** Asked for, or remembered while a person is offered instead. */
const hearsPin = ({ asked }: Talk): boolean => asked?.for === 'pin' || asked?.phrase === 'identity.forgot';

/** The agreed digits while they are asked for; a card's, an identity's or a code's at any moment. */
export function digitsSaid({ text, meaning }: Input, talk: Talk, moment: Moment): ConversationEvent | undefined {
  // 二幺幺七 while the digits are heard is no call for help, whatever lies in it.
  const agreed = text && hearsPin(talk) ? spokenDigits(text) : undefined;
  if (agreed && agreed !== 'card') return { type: 'PIN', ...moment };
  if (!text || meaning?.intent === 'emergency') return undefined;
  if (!hearsPin(talk)) {
    const { for: wanted = '', phrase = '' } = talk.asked ?? {};
    const ofPhone = wanted === 'phone' || OF_PHONE.test(phrase);
    const asked = ofPhone || NUMBER_QUESTIONS.has(wanted);
    const allowed = asked || NUMBER_SLOTS.some((name) => meaning?.slots[name]);
    const secret = digitRuns(text).some(
      (run) => (isCard(run) && !(ofPhone && isTooLong(run))) || (isCode(run) && !allowed),
    );
    return secret ? { type: 'CARD', ...moment } : undefined;
  }
  const said = spokenDigits(text);
  if (said === 'card') return { type: 'CARD', ...moment };
  return said ? { type: 'PIN', ...moment } : undefined;
}
