import { readingMs } from './sentences.ts';

export interface Playing {
  stop(): void;
  /** She speaks into it: it stops where it is, and may go on from there. */
  pause(): void;
  resume(): void;
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
  /** Done when the last word is said: silence at the end of a sound is not waited for. */
  toLastWord?: boolean;
}

const TICK_MS = 120;
/** Every sound of the house's voice ends with so much silence. */
const TAIL_MS = 60;
/** A sound that is still being made has no length yet, or an absurd one. */
const LONGEST_SECONDS = 600;

/** Plays an answer; one without sound, or whose sound the browser withholds, is shown for as long as speaking it would take. */
export function play(options: PlayOptions): Playing {
  return options.audioUrl ? playSound(options, options.audioUrl) : playSilently(options);
}

function playSilently({ text, pace, onProgress, onDone }: PlayOptions): Playing {
  const length = readingMs(text, pace);
  let spoken = 0;
  let last = performance.now();
  let paused = false;
  const timer = setInterval(() => {
    const now = performance.now();
    if (!paused) spoken += now - last;
    last = now;
    if (spoken < length) return onProgress(spoken / length);
    clearInterval(timer);
    onDone(false);
  }, TICK_MS);
  return {
    stop: () => clearInterval(timer),
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
  };
}

function playSound(options: PlayOptions, url: string): Playing {
  const sound = new Audio(url);
  let instead: Playing | undefined;
  let over = false;
  const timer = setInterval(() => {
    if (!instead && sound.currentTime > 0)
      options.onProgress(Math.min(1, sound.currentTime / lengthOf(sound, options)));
  }, TICK_MS);
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
  const done = () => finish(() => options.onDone(true));
  sound.onended = done;
  if (options.toLastWord) sound.onplaying = () => afterLastWord(sound, () => over, done);
  sound.onerror = withoutSound;
  void sound.play().catch(withoutSound);
  return {
    stop: () => {
      finish(() => sound.pause());
      instead?.stop();
    },
    pause: () => (instead ? instead.pause() : sound.pause()),
    resume: () => {
      if (instead) instead.resume();
      else if (!over) void sound.play().catch(withoutSound);
    },
  };
}

/** A sound whose length is not known is heard to its end. */
function afterLastWord(sound: HTMLAudioElement, over: () => boolean, done: () => void): void {
  const left = (sound.duration - sound.currentTime) * 1000 - TAIL_MS;
  if (over() || !(sound.duration < LONGEST_SECONDS)) return;
  if (left <= 0) done();
  else setTimeout(() => afterLastWord(sound, over, done), Math.max(10, left));
}

function lengthOf(sound: HTMLAudioElement, { text, pace }: PlayOptions): number {
  const known = sound.duration > 0 && sound.duration < LONGEST_SECONDS;
  return known ? sound.duration : readingMs(text, pace) / 1000;
}
