/** What the errand in hand hears of her sentence: an answer, her own words, a number, the way back. Pure. */
import type { Intent } from '../understanding/meaning.ts';
import type { Input } from './events.ts';
import { lengthOf } from './hearing/plain-words.ts';
import type { Talk } from './talk.ts';

/** Short sentences that steer the talk; what is longer, or only half understood, is her story. */
const STEERING = new Set<Intent>([
  ...([
    'yes',
    'no',
    'back',
    'repeat',
    'slower',
    'faster',
    'louder',
    'softer',
    'help',
    'cancel',
    'stop',
    'wait',
  ] as const),
  ...(['why', 'emergency', 'scam.check', 'agent.call', 'callback.request'] as const),
]);
const STEERING_LENGTH = 36;

/** Whether the sentence answers a question for her own words; undefined when it steers the talk instead. */
export function answersInWords({ meaning, text, instead, apart }: Input, talk: Talk): 'words' | 'no' | undefined {
  const asked = talk.asked?.words;
  if (instead || apart || !asked || !meaning || !text) return undefined;
  const { intent, decision, slots } = meaning;
  // It was found to be of her words, and none of them.
  if (intent === 'emergency' || slots.element) return undefined;
  const steers = STEERING.has(intent) && decision !== 'ask' && lengthOf(text) <= STEERING_LENGTH;
  if (!steers) return 'words';
  const ends = intent === 'cancel' || intent === 'stop' || (intent === 'no' && Object.keys(slots).length === 0);
  return asked === 'optional' && ends ? 'no' : undefined;
}

/** What the errand in hand hears of the same meaning. */
export function eventForErrand(input: Input, talk: Talk): { type: string } {
  const { meaning } = input;
  if (input.forgot) return { type: 'FORGOT' };
  const own = answersInWords(input, talk);
  if (own === 'no') return { type: 'NO' };
  if (own) return { type: 'GAVE', intent: meaning?.intent, slots: {}, words: input.text } as { type: string };
  const slots = meaning?.slots ?? {};
  const bare = Object.keys(slots).length === 0;
  if (meaning?.intent === 'select.number' && slots.ordinal)
    return { type: 'CHOSE', n: Number(slots.ordinal) } as { type: string };
  if (meaning?.intent === 'yes') return { type: 'YES' };
  if (meaning?.intent === 'back') return { type: 'BACK' };
  if (bare && (meaning?.intent === 'no' || meaning?.intent === 'correction')) return { type: 'NO' };
  return { type: 'GAVE', intent: meaning?.intent, slots } as { type: string };
}
