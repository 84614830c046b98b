/** Whether somebody speaks, frame by frame: the WebRTC detector behind a gate of its own, since it takes steady noise for a voice. */
import fvad, { type Fvad } from '@echogarden/fvad-wasm';
import { FRAME_SAMPLES, RATE } from './hearing.ts';
import { createSpectrum, type Shape } from './spectrum.ts';

/**
 * One frame, judged. `hum`: voiced, but with a closed mouth (an agreeing sound, no word). `breath`: as loud as a voice, but
 * none: an s or a t, when a voice follows.
 */
export type Frame = 'quiet' | 'breath' | 'hum' | 'voice';

export interface Detector {
  /** Exactly one frame of 20 ms. `over`: how many times louder than the room a voice must be; more while our own voice sounds. */
  judge(samples: Int16Array, over?: number): Frame;
  free(): void;
}

export interface VoiceActivity {
  open(): Detector;
}

const MODE = 2;
/** Below this nothing is a voice: about -56 dB. */
const SILENT = 50;
const OVER_THE_ROOM = 2.2;
const FLATTEST_VOICE = 0.36;
/** A hum has no more than this above 700 Hz, once the room's own noise there is taken off. */
const HUM_OPENNESS = 0.025;
const NOISE_VARIES = 3;
/** The room is learnt downwards at once and upwards slowly, so that a long sentence is not taken for the room; a steady hum sooner: it is a machine. */
const ROOM_RISES = { else: 1.004, humming: 1.02 };

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
  const shapeOf = createSpectrum();
  let room = { loudness: SILENT * 4, open: 0 };
  let freed = false;

  const sounds = (samples: Int16Array): boolean => {
    engine.HEAP16.set(samples, memory >> 1);
    return engine._fvad_process(handle, memory, samples.length) === 1;
  };

  return {
    judge(samples, over = 1) {
      const shape = shapeOf(samples);
      const loud = isLoud(shape, room.loudness * over);
      const voiced = sounds(samples) && loud && shape.flatness < FLATTEST_VOICE;
      const open = Math.max(0, shape.open - room.open * NOISE_VARIES) / shape.power;
      const frame = !voiced ? (loud ? 'breath' : 'quiet') : open < HUM_OPENNESS ? 'hum' : 'voice';
      room = learnt(room, shape, frame);
      return frame;
    },
    free() {
      if (freed) return;
      freed = true;
      engine._fvad_free(handle);
      engine._free(memory);
    },
  };
}

interface Room {
  loudness: number;
  open: number;
}

function learnt(room: Room, { loudness, open }: Shape, frame: Frame): Room {
  const rises = frame === 'hum' ? ROOM_RISES.humming : ROOM_RISES.else;
  const quieter = Math.max(SILENT / 2, Math.min(loudness, room.loudness * rises));
  return {
    loudness: quieter,
    open: frame === 'quiet' || frame === 'breath' ? room.open * 0.9 + open * 0.1 : room.open,
  };
}

const isLoud = ({ loudness }: Shape, room: number): boolean => loudness > SILENT && loudness > room * OVER_THE_ROOM;
