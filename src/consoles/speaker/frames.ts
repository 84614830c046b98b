/** The words of protocol jialiban.v1, as the browser speaks and hears them. */
import type { AudioState, LegState, SpeakerCaption, SpeakerEnd, SpeakerOffer, SpeakerState } from '../../calls/wire.ts';

export interface Choice {
  n: number;
  text: string;
}

export interface Settings {
  pace?: number;
  volume?: number;
  quiet?: unknown;
}

export interface Answer {
  type: 'reply';
  id: string;
  text: string;
  audioUrl?: string;
  listen: boolean;
  end: boolean;
  pace: number;
  choices?: Choice[];
  errand: string | null;
  phrase: string;
  asking: string;
}

export interface Notice {
  type: 'notice';
  id: string;
  kind: 'policy' | 'progress' | 'reminder' | 'system';
  expires?: string;
}

export type ServerFrame =
  | { type: 'ready'; protocol: string; conversation: string; heartbeat: number; settings: Settings; resume: boolean }
  | Answer
  | Notice
  | { type: 'heard'; id: string; text: string }
  | { type: 'audio.end'; id: string; why: 'pause' | 'nothing' | 'longest' | 'failed' }
  | { type: 'hush' | 'resume'; id: string }
  | { type: 'ping' }
  | { type: 'error'; code: string; text: string; id?: string; audioUrl?: string }
  | SpeakerOffer
  | SpeakerState
  | SpeakerEnd
  | SpeakerCaption
  | { type: 'call.leg'; call: string; leg: string; state: LegState; audio?: AudioState }
  | { type: 'rtc'; call: string; leg: string; description?: unknown; candidate?: unknown };

/** Frames that want an answer: each gets a UUID and may be sent again with it. */
export type Asking =
  | { type: 'wake' }
  | { type: 'say'; text: string }
  | { type: 'silence' }
  | { type: 'bargein' }
  | { type: 'audio.stop' };

/** Frames that want none. */
export type Telling =
  | { type: 'played'; id: string }
  | { type: 'notice.ack'; id: string; state: 'announced' | 'heard' | 'partly' | 'refused' }
  | { type: 'call.answer'; call: string }
  | { type: 'call.end'; call: string }
  | { type: 'rtc'; call: string; leg: string; description?: unknown; candidate?: unknown }
  | { type: 'call.leg'; call: string; leg: string; state: LegState; audio?: AudioState }
  | { type: 'audio.start'; id: string; format: 'pcm16'; endpoint?: boolean }
  | { type: 'pong' };

const MIC = 1;
const PCM16 = 0;

/** A microphone frame: u8 type, u8 codec, u16 seq, u32 ms, all big-endian, then the samples, little-endian. */
export function micFrame(seq: number, ms: number, samples: Int16Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(8 + samples.byteLength);
  const header = new DataView(frame.buffer);
  header.setUint8(0, MIC);
  header.setUint8(1, PCM16);
  header.setUint16(2, seq & 0xffff);
  header.setUint32(4, ms >>> 0);
  frame.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 8);
  return frame;
}
