/** The real ears: the vendor's SDK against a service that speaks its protocol, the detector, the end-of-speech rule. */
import { startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { openEars } from '../../../src/ears.ts';
import { createLog } from '../../../src/log.ts';
import type { Reply, Utterance } from '../../../src/platforms/platform.ts';
import { writeAudio } from '../../../src/platforms/speaker/audio.ts';
import type { SpeakerOptions } from '../../../src/platforms/speaker/parts.ts';
import type { SpeakerClientOptions } from '../../../src/tools/speaker-client.ts';
import { frames, pcm } from '../../support/sounds.ts';
import { atEnd } from '../../support/stores.ts';
import { NOW } from './brands.ts';
import { startSpeakers } from './speakers.ts';

export const OWN_HINTS = ['老年优待证'];

export async function startEars() {
  const service = await startAzureSpeech();
  atEnd(() => service.close());
  const azure = { key: service.key, region: undefined, hostStt: service.url, hostTts: undefined };
  const ears = await openEars(
    { azure, sherpaModelDir: undefined },
    {
      services: { hints: { at: async () => OWN_HINTS, places: async () => ['东片邻里中心'] } },
      matters: () => [{ id: 'chengche', name: '老年乘车卡', folk: ['敬老卡'], apply: true }],
      read: ({ text }) => ({
        intent: 'out_of_scope',
        slots: {},
        decision: text.endsWith('怎么办') ? 'accept' : 'ask',
        confidence: 1,
        why: '',
      }),
      clock: { now: () => NOW },
      log: createLog({ level: 'silent' }),
    },
  );
  return { service, ears };
}

/** A device that sends its microphone as it comes, in real time. */
export async function speakerWithEars(
  turn: (said: Utterance) => Promise<Reply>,
  options: Partial<SpeakerOptions> = {},
) {
  const { service, ears } = await startEars();
  const served = await startSpeakers(turn, { recogniser: ears.recogniser, ...options });
  let seq = 0;
  const device = async (deviceId: string, more: Partial<SpeakerClientOptions> = {}) => {
    const heard: (Record<string, unknown> & { at: number })[] = [];
    const client = served.connect(deviceId, {
      heard: (frame) => heard.push({ ...frame, at: performance.now() }),
      ...more,
    });
    await client.ready;
    /** Twenty milliseconds each; returns when the last was sent. */
    const sound = async (samples: Int16Array, codec: 'pcm16' | 'opus' = 'pcm16') => {
      const begun = performance.now();
      let sent = 0;
      for (const frame of frames(samples)) {
        client.sound(writeAudio({ kind: 'mic', codec, seq: seq++, ms: sent * 20, sound: pcm(frame) }));
        sent += 1;
        const early = begun + sent * 20 - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      }
    };
    const frame = async (type: string, id?: string) => {
      for (;;) {
        const found = heard.find((one) => one.type === type && (id === undefined || one.id === id));
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    return { client, heard, sound, frame };
  };
  return { service, ...served, device };
}
