import { readingMs } from './sentences.ts';

export interface Playing {
  stop(): void;
}

export interface PlayOptions {
  text: string;
  audioUrl?: string;
  /** Characters a minute. */
  pace: number;
  /** 0 to 1, several times a second. */
  onProgress(share: number): void;
  /** `sound`: whether it was really heard. */
  onDone(sound: boolean): void;
}

/** Plays an answer; one without sound, or whose sound the browser withholds, is shown for as long as speaking it would take. */
export function play(options: PlayOptions): Playing {
  return options.audioUrl ? playSound(options, options.audioUrl) : playSilently(options);
}

function playSilently({ text, pace, onProgress, onDone }: PlayOptions): Playing {
  const length = readingMs(text, pace);
  const begun = performance.now();
  const timer = setInterval(() => {
    const share = (performance.now() - begun) / length;
    if (share < 1) return onProgress(share);
    clearInterval(timer);
    onDone(false);
  }, 120);
  return { stop: () => clearInterval(timer) };
}

function playSound(options: PlayOptions, url: string): Playing {
  const sound = new Audio(url);
  let instead: Playing | undefined;
  let over = false;
  const timer = setInterval(() => {
    if (!instead && sound.duration > 0) options.onProgress(sound.currentTime / sound.duration);
  }, 120);
  const finish = (act: () => void) => {
    if (over) return;
    over = true;
    clearInterval(timer);
    act();
  };
  const withoutSound = () =>
    finish(() => {
      instead = playSilently(options);
    });
  sound.onended = () => finish(() => options.onDone(true));
  sound.onerror = withoutSound;
  void sound.play().catch(withoutSound);
  return {
    stop: () => {
      finish(() => sound.pause());
      instead?.stop();
    },
  };
}
