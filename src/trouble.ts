/** When a turn fails: the kind sentence. An emergency is answered even when every store is down. */

import type { Clock } from './clock.ts';
import { emergencyPhrase } from './dialogue/conversation.told.ts';
import { asRefusal } from './errors.ts';
import type { Reply, Utterance } from './platforms/platform.ts';
import { compose } from './reply.ts';
import type { Speech } from './speech/speech.ts';
import type { Read } from './understanding/meaning.ts';

export interface EmergencyParts {
  read: Read;
  clock: Clock;
}

interface TroubleParts extends EmergencyParts {
  speech: Speech;
}

/** Never throws. The talk stands as it was: she may say it again and nothing is lost. */
export function troubleReply(parts: TroubleParts, said: Utterance, thrown: unknown): Reply {
  const { phrase, values } = asRefusal(thrown);
  const emergency = emergencyIn(parts, said);
  const says = emergency ? [{ phrase: emergency }, { phrase: 'conversation.alertNone' }] : [{ phrase, values }];
  return compose(parts.speech, said, says, { listen: true });
}

/** The phrase for the emergency that these words tell of; undefined when they tell of none. */
export function emergencyIn({ read, clock }: EmergencyParts, said: Utterance): string | undefined {
  if (said.kind === 'intent' && said.intent?.name === 'emergency') return emergencyPhrase(said.intent.slots.kind);
  if (!said.text) return undefined;
  const { intent, slots } = read({ text: said.text, now: clock.now(), locale: said.locale });
  return intent === 'emergency' ? emergencyPhrase(slots.kind) : undefined;
}
