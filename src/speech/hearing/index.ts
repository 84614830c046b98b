/** Which recogniser there is: Azure where it is configured, else a model of our own, else none, and that is said. */
import { type AzureAccess, createAzureRecogniser } from './azure.ts';
import { createEnduring } from './enduring.ts';
import type { Recogniser } from './hearing.ts';
import { createSherpaRecogniser, SherpaMissing, type SherpaOptions } from './sherpa.ts';

export interface HearingChoice {
  azure?: AzureAccess;
  sherpa?: SherpaOptions;
}

export interface Hearing {
  recogniser?: Recogniser;
  profile: Recogniser['profile'] | 'none';
  /** For the operator: what is live, or what is missing. */
  detail: string;
}

/** Never throws for what an operator can mend: it says what it is. */
export async function openHearing({ azure, sherpa }: HearingChoice): Promise<Hearing> {
  if (azure) return live(createEnduring(createAzureRecogniser(azure)));
  if (!sherpa) return { profile: 'none', detail: 'typed text stands in for a recogniser' };
  try {
    return live(await createSherpaRecogniser(sherpa));
  } catch (thrown) {
    const why = thrown instanceof SherpaMissing ? thrown.message : 'its model could not be loaded';
    return { profile: 'none', detail: `SHERPA_MODEL_DIR is set, but ${why}; typed text stands in` };
  }
}

const live = (recogniser: Recogniser): Hearing => ({
  recogniser,
  profile: recogniser.profile,
  detail: recogniser.status().detail,
});

export { type Captions, createCaptions } from './captions.ts';
export { loadHearingWords } from './hearing-words.ts';
export { createListening, type ListeningParts } from './listening.ts';
export { createVoiceActivity } from './voice-activity.ts';
