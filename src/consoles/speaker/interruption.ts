/**
 * She speaks into our words: the page stops its voice at once, by the server's own rule. Whether it was meant the server
 * says; where it says nothing (a chair, a cough) the voice goes on.
 */
import { createEndpointer, type Endpointer } from '../../speech/hearing/endpoint.ts';
import { createGate, OVER_OUR_VOICE } from '../../speech/hearing/gate.ts';

/** A voice that can be stopped where it is. */
export interface Voice {
  pause(): void;
  resume(): void;
}

export interface Interruption {
  /** Our voice sounds from now on; `undefined`: it is over. */
  voice(playing: Voice | undefined): void;
  /** Takes 20 ms of the microphone. */
  hear(samples: Int16Array): void;
  /** The server heard her too: from here on it decides. */
  confirmed(): void;
}

/** The server's word is here long before this. */
const UNCONFIRMED_MS = 800;
/** Her silence is not measured here. */
const FOR_EVER = { patienceMs: Number.POSITIVE_INFINITY, longestMs: Number.POSITIVE_INFINITY };

/** For one open microphone; a single answer is stopped once at most. */
export function createInterruption(): Interruption {
  const gate = createGate();
  let sounding: Voice | undefined;
  /** Undefined once it has stopped this answer: what was none does not stop it twice. */
  let endpoint: Endpointer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stopFor(voice: Voice): void {
    endpoint = undefined;
    voice.pause();
    timer = setTimeout(voice.resume, UNCONFIRMED_MS);
  }

  return {
    voice(playing) {
      clearTimeout(timer);
      sounding = playing;
      endpoint = playing && createEndpointer(FOR_EVER);
    },
    hear(samples) {
      const frame = gate.judge(samples, true, sounding ? OVER_OUR_VOICE : 1);
      if (sounding && endpoint?.take(frame, true) === 'speech') stopFor(sounding);
    },
    confirmed() {
      clearTimeout(timer);
      endpoint = undefined;
    },
  };
}
