/** What is said on both sides as 16 kHz samples, for captions; it listens beside the call and never into it. */
import worklet from '../speaker/capture.worklet.js?url';

export type Who = 'clerk' | 'resident';

export interface Tap {
  /** What is heard of this side from now on. */
  hear(who: Who, track: MediaStreamTrack): void;
  close(): void;
}

const RATE = 16_000;

/** Hands over 20 ms at a time. A browser that cannot do it costs the captions, never the call. */
export function createTap(onSamples: (who: Who, samples: Int16Array) => void): Tap {
  const context = new AudioContext({ sampleRate: RATE });
  const ready = context.audioWorklet.addModule(worklet);
  const sides = new Map<Who, { track: MediaStreamTrack; source: MediaStreamAudioSourceNode }>();

  const connect = async (who: Who, track: MediaStreamTrack) => {
    const source = context.createMediaStreamSource(new MediaStream([track]));
    sides.get(who)?.source.disconnect();
    sides.set(who, { track, source });
    await ready;
    if (sides.get(who)?.source !== source || context.state === 'closed') return;
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => onSamples(who, data as Int16Array);
    source.connect(node);
  };

  return {
    hear(who, track) {
      if (sides.get(who)?.track === track) return;
      void connect(who, track).catch(() => undefined); // without captions the call goes on
    },
    close() {
      sides.clear();
      void context.close();
    },
  };
}
