/**
 * Repair, once for all errands: what is not understood, silence, control words, side questions, safety.
 * It decides what becomes of an utterance; the errand in hand only ever hears answers to its own question.
 */
import { care } from './conversation.care.ts';
import { control } from './conversation.control.ts';
import { life, lifeQuestions } from './conversation.life.ts';
import { questions } from './conversation.questions.ts';
import { repair } from './conversation.repair.ts';
import { talking } from './conversation.setup.ts';
import { wishes } from './conversation.wishes.ts';

export const machine = talking.createMachine({
  id: 'conversation',
  context: { misses: 0, silences: 0, noises: 0, holding: false, atHome: false },
  initial: 'attending',
  on: { ...repair, ...wishes, ...life, ...care, ...control },
  states: {
    attending: {},
    ...questions,
    ...lifeQuestions,
  },
});
