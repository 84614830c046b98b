import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Ice, SpeakerCaption, SpeakerEnd, SpeakerOffer, SpeakerState } from '../../../src/calls/wire.ts';
import { readAudio, writeAudio } from '../../../src/platforms/speaker/audio.ts';
import {
  type CallOutFrame,
  CLOSE,
  ERROR_CODES,
  type Frame,
  type HelloFrame,
  type OutFrame,
  PROTOCOL,
  readHello,
  readMessage,
} from '../../../src/platforms/speaker/protocol.ts';
import { ASKINGS, ERRANDS } from '../../../src/understanding/meaning.ts';
import { described, listed, takenApart, wrongWith } from '../../support/speaker-document.ts';

const prose = readFileSync('docs/speaker-protocol.md', 'utf8');
const { messages, schemas } = described.components;

/** Every member that a frame can have: one that the code gains is missing here, which does not compile. */
type Whole<F> = { [Member in keyof F]-?: Exclude<F[Member], undefined> };
type Taken = Frame | HelloFrame;
type Told = Exclude<OutFrame, CallOutFrame> | SpeakerOffer | SpeakerState | SpeakerCaption | SpeakerEnd | Passed;
/** What is passed on from the other end of a call. */
type Passed =
  | { type: 'rtc'; call: string; leg: string; description?: unknown; candidate?: unknown }
  | { type: 'call.leg'; call: string; leg: string; state: string; audio?: string };
/** `hush` and `resume` are one shape with two names. */
type Named<F, T> = F extends { type: infer Own } ? (T extends Own ? Omit<F, 'type'> & { type: T } : never) : never;
type Samples<F extends { type: string }> = { [T in F['type']]: Whole<Named<F, T>> };

const [id, call, leg] = ['u-1', 'c-1', 'l-1'];
const caps = { audio: true, mic: true, aec: true, rtc: true, screen: true, voice: true };
const TAKEN: Samples<Taken> = {
  hello: { type: 'hello', deviceId: 'd', token: 't', ticket: 'x', caps },
  wake: { type: 'wake', id },
  say: { type: 'say', id, text: '老年证怎么办' },
  silence: { type: 'silence', id },
  bargein: { type: 'bargein', id },
  'audio.start': { type: 'audio.start', id, format: 'pcm16', endpoint: true },
  'audio.stop': { type: 'audio.stop', id },
  played: { type: 'played', id },
  'notice.ack': { type: 'notice.ack', id, state: 'heard' },
  status: { type: 'status', firmware: '1.2.3', volume: 60 },
  pong: { type: 'pong' },
  'call.answer': { type: 'call.answer', call },
  'call.end': { type: 'call.end', call },
  'call.leg': { type: 'call.leg', call, leg, state: 'connected', audio: 'no_uplink' },
  rtc: { type: 'rtc', call, leg, description: { type: 'offer', sdp: '' }, candidate: { candidate: '' } },
};

const choices = [{ n: 1, text: '上午九点' }];
const settings = { pace: 190, volume: 60, quiet: '21:00-08:00' };
const release = { version: '2', url: 'https://x.example/f', sha256: 'ab', notBefore: '2026-11-24T02:00:00+08:00' };
const ice: Ice = {
  iceServers: [{ urls: ['turn:x'], username: 'u', credential: 'c' }],
};
const aloud = { text: '好', ssml: '<speak>好</speak>', audioUrl: '/voice/x.wav', pace: 190, listen: true };
const asked = { errand: 'pickup', phrase: 'pickup.twoTimes', asking: 'choice', choices };
const TOLD: Samples<Told> = {
  ready: {
    type: 'ready',
    protocol: PROTOCOL,
    conversation: 'speaker:d',
    heartbeat: 5,
    settings,
    resume: false,
    update: release,
  },
  reply: { type: 'reply', id, end: false, ...aloud, ...asked },
  error: { type: 'error', id, code: 'busy', text: '等一下', audioUrl: '/voice/x.wav' },
  heard: { type: 'heard', id, text: '老年' },
  'audio.end': { type: 'audio.end', id, why: 'pause' },
  hush: { type: 'hush', id },
  resume: { type: 'resume', id },
  'voice.start': { type: 'voice.start', id, codec: 'pcm16' },
  'voice.end': { type: 'voice.end', id, why: 'said' },
  notice: { type: 'notice', id, kind: 'policy', expires: '2026-11-24T08:00:00+08:00' },
  settings: { type: 'settings', ...settings },
  update: { type: 'update', ...release },
  ping: { type: 'ping' },
  'call.offer': { type: 'call.offer', call, who: '王', station: '站', topic: '证', code: '桂花', rings: 20, ...aloud },
  'call.state': {
    type: 'call.state',
    call,
    state: 'connecting',
    position: 2,
    wait: [60, 180],
    leg,
    ice,
    prepare: ice,
    replaces: 'l-0',
    who: '王',
    station: '站',
    topic: '证',
    renew: ice,
    version: 3,
    chime: true,
    music: false,
    lost: 'clerk',
    audio: 'ok',
    captions: true,
    ...aloud,
  },
  'call.caption': { type: 'call.caption', call, who: 'clerk', text: '您好', final: true },
  'call.end': { type: 'call.end', call, outcome: 'solved', end: false, ...aloud, ...asked },
  'call.leg': { type: 'call.leg', call, leg, state: 'lost', audio: 'dead_microphone' },
  rtc: { type: 'rtc', call, leg, description: { type: 'answer', sdp: '' }, candidate: null },
};

it('describes every frame that is sent or taken, with every member that it can have', () => {
  expect(Object.values(TAKEN).flatMap(wrongWith)).toEqual([]);
  expect(Object.values(TOLD).flatMap(wrongWith)).toEqual([]);
  expect(listed('toServer').toSorted()).toEqual([...Object.keys(TAKEN), 'sound'].toSorted());
  expect(listed('toDevice').toSorted()).toEqual([...Object.keys(TOLD), 'sound'].toSorted());
  expect(Object.keys(messages).toSorted()).toEqual(Object.keys(described.channels.speaker.messages).toSorted());
});

it('asks for what the code asks for, member by member', () => {
  const takes = (frame: object) => {
    const text = JSON.stringify(frame);
    return (readMessage(text).frame ?? readHello(text)) !== undefined;
  };
  for (const [type, frame] of Object.entries(TAKEN)) {
    expect(takes(frame), type).toBe(true);
    for (const member of Object.keys(frame).filter((name) => name !== 'type')) {
      const { [member as 'type']: _left, ...rest } = frame;
      const needed = messages[type]?.payload.required.includes(member) ?? false;
      expect(takes(rest), `${type} without ${member}`).toBe(!needed);
      if (needed) expect(wrongWith(rest), `${type} without ${member}`).not.toEqual([]);
    }
  }
  expect(wrongWith({ type: 'ping', more: 1 })).not.toEqual([]);
  expect(wrongWith({ type: 'nothing we know' })).not.toEqual([]);
});

it('lays out a binary frame as the code does, of either kind and codec', () => {
  for (const kind of ['mic', 'voice'] as const) {
    for (const codec of ['pcm16', 'opus'] as const) {
      const frame = { kind, codec, seq: 0xabcd, ms: 0x89abcdef, sound: Buffer.from([1, 2, 3]) };
      expect(takenApart(writeAudio(frame))).toEqual(frame);
      expect(readAudio(writeAudio(frame))).toEqual(frame);
    }
  }
});

it('knows the same words as the code, in both documents', () => {
  expect(described.info.version).toBe(PROTOCOL);
  expect(messages.error?.payload.properties.code?.enum).toEqual([...ERROR_CODES]);
  expect(new Set(schemas.asking?.enum as string[])).toEqual(new Set(ASKINGS));
  expect(schemas.errand?.enum).toEqual([...ERRANDS, null]);
  for (const word of [
    ...Object.keys(messages).filter((name) => name !== 'sound'),
    ...ERROR_CODES,
    ...ASKINGS,
    ...ERRANDS,
    ...Object.values(CLOSE).map(String),
  ]) {
    expect(prose, word).toContain(word);
  }
});
