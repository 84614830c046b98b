/** What may be a voice by its loudness and its shape alone: before the detector on the server, and by itself in a page. */
import { createSpectrum, type Shape } from './spectrum.ts';

/**
 * One frame, judged. `hum`: voiced, but with a closed mouth (an agreeing sound, no word). `breath`: as loud as a voice, but
 * none: an s or a t, when a voice follows.
 */
export type Frame = 'quiet' | 'breath' | 'hum' | 'voice';

export interface Gate {
  /** `sounds`: what a detector says of it. `over`: how many times louder than the room a voice must be. */
  judge(samples: Int16Array, sounds: boolean, over: number): Frame;
}

/** A voice that is meant is so much louder than what echo cancellation leaves over of our own. */
export const OVER_OUR_VOICE = 2.5;

/** Below this nothing is a voice: about -56 dB. */
const SILENT = 50;
const OVER_THE_ROOM = 2.2;
const FLATTEST_VOICE = 0.36;
/** A hum has no more than this above 700 Hz, once the room's own noise there is taken off. */
const HUM_OPENNESS = 0.025;
const NOISE_VARIES = 3;
/** The room is learnt downwards at once and upwards slowly, so that a long sentence is not taken for the room; a steady hum sooner: it is a machine. */
const ROOM_RISES = { else: 1.004, humming: 1.02 };

/** Knows the room it is in after a moment. */
export function createGate(): Gate {
  const shapeOf = createSpectrum();
  let room = { loudness: SILENT * 4, open: 0 };
  return {
    judge(samples, sounds, over) {
      const shape = shapeOf(samples);
      const loud = isLoud(shape, room.loudness * over);
      const voiced = sounds && loud && shape.flatness < FLATTEST_VOICE;
      const open = Math.max(0, shape.open - room.open * NOISE_VARIES) / shape.power;
      const frame = !voiced ? (loud ? 'breath' : 'quiet') : open < HUM_OPENNESS ? 'hum' : 'voice';
      room = learnt(room, shape, frame);
      return frame;
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
  const voiced = frame === 'hum' || frame === 'voice';
  return { loudness: quieter, open: voiced ? room.open : room.open * 0.9 + open * 0.1 };
}

const isLoud = ({ loudness }: Shape, room: number): boolean => loudness > SILENT && loudness > room * OVER_THE_ROOM;
