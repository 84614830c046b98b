/** A speaker that belongs to no home: it hears its code and whom to tell, and not one personal word. */
import type { Reply, Utterance } from './platforms/platform.ts';
import { compose } from './reply.ts';
import type { Pairing } from './services/fleet/pairing.ts';
import type { Say, Speech } from './speech/speech.ts';
import { type EmergencyParts, emergencyIn } from './trouble.ts';

export interface StrangerParts extends EmergencyParts {
  speech: Speech;
  pairing: Pick<Pairing, 'codeFor'>;
}

/** Bound to another account, suspended and wiped speakers hear the same without a code. An emergency is answered first. */
export async function strangerReply(parts: StrangerParts, said: Utterance): Promise<Reply> {
  const emergency = emergencyIn(parts, said);
  if (emergency) {
    return compose(parts.speech, said, [{ phrase: emergency }, { phrase: 'conversation.alertNone' }], { listen: true });
  }
  const code = await parts.pairing.codeFor(said);
  const says: Say[] = [{ phrase: 'conversation.unknownSpeaker', values: code ? { code } : {} }];
  return compose(parts.speech, said, says, { end: true });
}
