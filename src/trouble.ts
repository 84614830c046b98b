/** When a turn fails: the kind sentence. An emergency is answered even when every store is down. */

import type { Clock } from './clock.ts';
import { emergencyPhrase } from './dialogue/conversation.ts';
import { asRefusal } from './errors.ts';
import type { Reply, Utterance } from './platforms/platform.ts';
import { compose } from './reply.ts';
import type { Speech } from './speech/speech.ts';
import type { Read } from './understanding/meaning.ts';

interface TroubleParts {
  read: Read;
  speech: Speech;
  clock: Clock;
}

/** Never throws. The talk stands as it was: she may say it again and nothing is lost. */
export function troubleReply({ read, speech, clock }: TroubleParts, said: Utterance, thrown: unknown): Reply {
  const { phrase, values } = asRefusal(thrown);
  const emergency = emergencyIn(read, said, clock);
  const says = emergency ? [{ phrase: emergency }, { phrase: 'conversation.alertNone' }] : [{ phrase, values }];
  return compose(speech, said, says, { listen: true });
}

function emergencyIn(read: Read, said: Utterance, clock: Clock): string | undefined {
  if (said.kind === 'intent' && said.intent?.name === 'emergency') return emergencyPhrase(said.intent.slots.kind);
  if (!said.text) return undefined;
  const { intent, slots } = read({ text: said.text, now: clock.now(), locale: said.locale });
  return intent === 'emergency' ? emergencyPhrase(slots.kind) : undefined;
}
