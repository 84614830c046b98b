/** The loudness of the microphone, drawn straight into an element fifty times a second: no picture of the page depends on it. */
export interface VoiceMeter {
  /** Takes 20 ms; tells when it was dead for its first two seconds: not one sample that is not zero. A quiet room is never so. */
  hear(samples: Int16Array): 'dead' | undefined;
  rest(): void;
  attach(element: HTMLElement | null): void;
}

const DEAD_FRAMES = 100;
/** Loudness in decibels below full scale at which nothing and everything is shown. */
const QUIETEST = -55;
const LOUDEST = -12;

/** For one microphone; `rest()` between two uses of it, so that a dead one is told of again. */
export function createVoiceMeter(): VoiceMeter {
  let element: HTMLElement | null = null;
  let frames = 0;
  let alive = false;
  const show = (level: number) => element?.style.setProperty('--level', level.toFixed(2));
  return {
    hear(samples) {
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
      alive ||= power > 0;
      frames += 1;
      show(levelOf(power));
      return !alive && frames === DEAD_FRAMES ? 'dead' : undefined;
    },
    rest() {
      frames = 0;
      alive = false;
      show(0);
    },
    attach(next) {
      element = next;
    },
  };
}

/** 0 to 1 for the mean square of 16-bit samples. */
function levelOf(power: number): number {
  const decibels = 10 * Math.log10(power / 32_768 ** 2 + 1e-12);
  return Math.min(1, Math.max(0, (decibels - QUIETEST) / (LOUDEST - QUIETEST)));
}
