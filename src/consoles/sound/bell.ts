/** A telephone that rings: two notes, a pause, again. Not shrill: it rings beside people who are being served. */
const PERIOD_S = 2.4;

export interface Bell {
  ring(): void;
  stop(): void;
}

/** Silent and without an audio context until it rings. A browser that wants a click first lets it ring unheard. */
export function createBell(): Bell {
  let context: AudioContext | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const once = () => {
    if (context) for (const at of [0, 0.45]) strike(context, context.currentTime + at);
  };
  return {
    ring() {
      if (timer !== undefined) return;
      context = new AudioContext();
      once();
      timer = setInterval(once, PERIOD_S * 1000);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      void context?.close();
      context = undefined;
    },
  };
}

function strike(context: AudioContext, at: number): void {
  for (const [hertz, loudness] of [
    [587, 0.3],
    [784, 0.22],
  ] as const) {
    const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.002, at + 0.42);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.45);
  }
}
