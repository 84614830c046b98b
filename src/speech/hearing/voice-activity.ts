/** Whether somebody speaks, frame by frame: the WebRTC detector behind a gate of its own, since it takes steady noise for a voice. */
import fvad, { type Fvad } from '@echogarden/fvad-wasm';
import { createGate, type Frame } from './gate.ts';
import { FRAME_SAMPLES, RATE } from './hearing.ts';

export interface Detector {
  /** Exactly one frame of 20 ms. `over`: how many times louder than the room a voice must be; more while our own voice sounds. */
  judge(samples: Int16Array, over?: number): Frame;
  free(): void;
}

export interface VoiceActivity {
  open(): Detector;
}

const MODE = 2;

/** Loads the detector once; each `open` has a state of its own and must be freed. */
export async function createVoiceActivity(): Promise<VoiceActivity> {
  const engine = await fvad();
  return { open: () => openDetector(engine) };
}

function openDetector(engine: Fvad): Detector {
  const handle = engine._fvad_new();
  const memory = engine._malloc(FRAME_SAMPLES * 2);
  engine._fvad_set_mode(handle, MODE);
  engine._fvad_set_sample_rate(handle, RATE);
  const gate = createGate();
  let freed = false;

  const sounds = (samples: Int16Array): boolean => {
    engine.HEAP16.set(samples, memory >> 1);
    return engine._fvad_process(handle, memory, samples.length) === 1;
  };

  return {
    judge: (samples, over = 1) => gate.judge(samples, sounds(samples), over),
    free() {
      if (freed) return;
      freed = true;
      engine._fvad_free(handle);
      engine._free(memory);
    },
  };
}
