/** The ears of the community's own speaker: a recogniser that knows what is likely to be said, and how she speaks. */
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import type { Log } from './log.ts';
import type { Locale } from './platforms/platform.ts';
import type { Recogniser as SpeakerRecogniser } from './platforms/speaker/parts.ts';
import {
  type Captions,
  createCaptions,
  createListening,
  createVoiceActivity,
  type ListeningParts,
  loadHearingWords,
  openHearing,
} from './speech/hearing/index.ts';

export interface Ears {
  /** For start-up lines and /readyz. */
  profile: 'azure' | 'sherpa' | 'none';
  detail: string;
  /** For the speaker's socket; undefined: sound is answered with `no_recogniser`. */
  recogniser?: SpeakerRecogniser;
  /** For live calls; who agreed to them is for the caller to know. */
  captions?: Captions;
}

type EarsConfig = Pick<Config, 'azure' | 'sherpaModelDir'>;
type EarsCore = Pick<Core, 'matters' | 'read' | 'clock' | 'log'> & { services: Pick<Core['services'], 'hints'> };

/** Official names and what people call them; the service takes some hundreds. */
const MOST_COMMON = 400;

/** Loads what is configured. What is missing is said in `detail`, never thrown. */
export async function openEars({ azure, sherpaModelDir }: EarsConfig, core: EarsCore): Promise<Ears> {
  const { recogniser, profile, detail } = await openHearing({
    azure: azure && hears(azure) ? { key: azure.key, region: azure.region, host: azure.hostStt } : undefined,
    sherpa: sherpaModelDir ? { modelDir: sherpaModelDir } : undefined,
  });
  if (!recogniser) return { profile, detail };
  const parts = { recogniser, activity: await createVoiceActivity(), words: loadHearingWords() };
  const common = await commonHints(core);
  return {
    profile,
    detail,
    recogniser: forSpeakers(parts, core, common),
    captions: createCaptions({ ...parts, hints: common }),
  };
}

const hears = ({ key, region, hostStt }: NonNullable<Config['azure']>) => Boolean((key && region) || hostStt);

async function commonHints({ matters, services, log }: EarsCore): Promise<string[]> {
  const places = await services.hints.places().catch((thrown: unknown) => {
    log.warn({ err: thrown }, 'the places are not known to the recogniser');
    return [];
  });
  const names = matters().map(({ name }) => name);
  const folk = matters().flatMap((matter) => matter.folk);
  return [...new Set([...names, ...places, ...folk])].slice(0, MOST_COMMON);
}

function forSpeakers(parts: ListeningParts, core: EarsCore, common: string[]): SpeakerRecogniser {
  const { services, log } = core;
  /** Of the devices that are connected here. */
  const own = new Map<string, string[]>();
  return {
    async prepare({ deviceId }) {
      own.set(deviceId, []);
      const hints = await hintsAt(services, deviceId, log);
      if (own.has(deviceId)) own.set(deviceId, hints);
    },
    leave: (deviceId) => void own.delete(deviceId),
    open({ deviceId, locale, patienceMs }, opening) {
      const hints = [...(own.get(deviceId) ?? []), ...common];
      const complete = standsAlone(core, locale);
      const listening = createListening(parts, { ...opening, locale, hints, patienceMs, complete });
      return {
        ...listening,
        async finish() {
          const heard = await listening.finish();
          return { ...heard, isBackchannel: (asked) => parts.words.isBackchannel(heard.text, locale, asked) };
        },
      };
    },
  };
}

async function hintsAt({ hints }: EarsCore['services'], deviceId: string, log: Log): Promise<string[]> {
  try {
    return await hints.at(deviceId);
  } catch (thrown) {
    log.warn({ err: thrown }, 'her own matters are not known to the recogniser');
    return [];
  }
}

/** A whole wish needs no long wait for more. What is an answer only where it was asked for gets all of her patience. */
const standsAlone =
  ({ read, clock }: EarsCore, locale: Locale) =>
  (text: string) =>
    read({ text, locale, now: clock.now() }).decision === 'accept';
