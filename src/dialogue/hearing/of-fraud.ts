/** What she says of a caller who wants her money: it is gone, he has her number, whom she may ring, whether to give it at all. Pure. */
import type { Intent, Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { meant } from './sentence.ts';

/** Something has happened already: that comes before everything she may wish. */
const HAPPENED = new Set(['paid', 'leaked', 'door', 'asksPapers']);
/** Said while a fraud is talked of, and of nothing else. */
const IN_ITS_MIDST: Record<string, string> = { told: 'leaked', spent: 'paid', opens: 'door' };
/** What understanding may take such a sentence for. */
const MAY_BE = new Set<Intent>(['scam.check', 'out_of_scope', 'smalltalk', 'correction', 'complaint', 'repeat', 'why']);
/** While a fraud is talked of, these may be about it too: 「那我报警行吗」 raises no alarm about a burglar. */
const MAY_BE_OF_IT = new Set<Intent>(['emergency', 'agent.call', 'callback.request', 'guide.lookup', 'no', 'stop']);

/** What was said last was about a fraud. */
const isTalkedOf = ({ last }: Talk) => last.some(({ phrase }) => phrase.startsWith('conversation.scam'));

/** In the midst of something that is done here a mere likeness is no fraud: no word of one was said. */
const isGuess = ({ intent, decision, confidence }: Meaning, { frames }: Talk): boolean =>
  intent === 'scam.check' &&
  decision !== 'accept' &&
  confidence < GUESS &&
  frames.length > 0 &&
  !isPassing(frames.at(-1)?.machine);
const GUESS = 0.5;

/** Her sentence as it is meant of a fraud; what is about anything else stays. */
export function ofFraud(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const suspects = isPassing(talk.frames.at(-1)?.machine) && words.says('asIs', 'suspects', text);
  if (suspects && MAY_BE.has(meaning.intent)) return meant(meaning, 'scam.check', {}, '_asking.yaml#asIs.suspects');
  const said = words.kind('fraud', text);
  if (!said)
    return isGuess(meaning, talk) ? { ...meaning, intent: 'out_of_scope', slots: {}, decision: 'ask' } : meaning;
  const about = IN_ITS_MIDST[said] ?? said;
  const { intent, slots, decision } = meaning;
  const atDoor = (said === 'door' || (said === 'opens' && isTalkedOf(talk))) && intent !== 'emergency';
  const open = decision !== 'accept' || MAY_BE.has(intent) || atDoor;
  // 「行，那他再打来我接不接」: nothing was asked that it could agree to.
  const beside = intent === 'yes' && talk.asked === undefined;
  const ofIt = isTalkedOf(talk) && (open || beside || MAY_BE_OF_IT.has(intent));
  if (about === 'besieged' && (open || ofIt))
    return { ...meaning, intent: 'emergency', slots: { kind: 'crime' }, decision: 'accept', confidence: 1 };
  const alarm = intent === 'emergency' && slots.kind !== 'crime';
  if (alarm || !(ofIt || (open && HAPPENED.has(said)))) return meaning;
  return { ...meaning, intent: 'scam.check', slots: { about }, decision: 'accept', why: `_asking.yaml#${about}` };
}
