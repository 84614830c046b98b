/** The loudness of the microphone, drawn straight into an element fifty times a second: no picture of the page depends on it. */
export interface VoiceMeter {
  /** Takes 20 ms; tells when it has been dead for two seconds: not one sample that is not zero. */
  hear(samples: Int16Array): 'dead' | undefined;
  rest(): void;
  attach(element: HTMLElement | null): void;
}

const DEAD_FRAMES = 100;
/** Loudness in decibels below full scale at which nothing and everything is shown. */
const QUIETEST = -55;
const LOUDEST = -12;

export function createVoiceMeter(): VoiceMeter {
  let element: HTMLElement | null = null;
  let dead = 0;
  const show = (level: number) => element?.style.setProperty('--level', level.toFixed(2));
  return {
    hear(samples) {
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
      dead = power === 0 ? dead + 1 : 0;
      show(levelOf(power));
      return dead === DEAD_FRAMES ? 'dead' : undefined;
    },
    rest() {
      dead = 0;
      show(0);
    },
    attach(next) {
      element = next;
    },
  };
}

/** 0 to 1 for the mean square of 16-bit samples. */
export function levelOf(power: number): number {
  const decibels = 10 * Math.log10(power / 32_768 ** 2 + 1e-12);
  return Math.min(1, Math.max(0, (decibels - QUIETEST) / (LOUDEST - QUIETEST)));
}
