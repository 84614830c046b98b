/** Our voice as frames down the socket: in order, a little ahead, held while she speaks, never more than a slow line is worth. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type AudioFrame, readAudio, writeAudio } from '../../../src/platforms/speaker/audio.ts';
import type { Recogniser } from '../../../src/platforms/speaker/parts.ts';
import type { OutFrame } from '../../../src/platforms/speaker/protocol.ts';
import { createVoicing } from '../../../src/platforms/speaker/voicing.ts';
import { startSpeakers } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const FRAME = 640;
const VOICE = { audio: true, mic: true, aec: true, voice: true };

/** Each frame filled with its own number. */
async function* frames(count: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < count; n++) yield Buffer.alloc(FRAME, n % 256);
}

const until = async (holds: () => boolean) => {
  while (!holds()) await pause(5);
};

async function deviceThatListens(caps: object, count: number, recogniser?: Recogniser) {
  const paths: string[] = [];
  const { connect, bus } = await startSpeakers(recordingTurn(({ text }) => ({ text: text ?? '' })).turn, {
    recogniser,
    voice: async ({ text }) => `/audio/${text}`,
    sound: (path) => {
      paths.push(path);
      return frames(count);
    },
  });
  const heard: (OutFrame | AudioFrame)[] = [];
  const client = connect('device-a', {
    caps,
    heard: (frame) => heard.push(frame),
    voice: (frame) => heard.push({ ...frame, sound: Buffer.from(frame.sound) }),
  });
  await client.ready;
  const sound = () => heard.filter((one): one is AudioFrame => 'kind' in one);
  const told = (type: string) => heard.filter((one) => 'type' in one && one.type === type);
  return { client, bus, heard, sound, told, paths };
}

describe('a device that asks for frames', () => {
  it('hears the whole answer after its reply, in order, in frames of 20 ms', async () => {
    const { client, heard, sound, told, paths } = await deviceThatListens(VOICE, 40);
    await client.say('喂', 'one');
    await until(() => told('voice.end').length === 1);
    expect(paths).toEqual(['/audio/喂']);
    const order = heard.filter((one) => 'kind' in one || ['reply', 'voice.start', 'voice.end'].includes(one.type));
    expect(
      order.map((one) => ('kind' in one ? 'sound' : one.type)).filter((one, n, all) => one !== all[n - 1]),
    ).toEqual(['reply', 'voice.start', 'sound', 'voice.end']);
    expect(told('voice.start')).toEqual([{ type: 'voice.start', id: 'one', codec: 'pcm16' }]);
    expect(told('voice.end')).toEqual([{ type: 'voice.end', id: 'one', why: 'said' }]);
    expect(sound().map(({ seq, ms, kind, sound: pcm }) => [kind, seq, ms, pcm[0], pcm.length])).toEqual(
      Array.from({ length: 40 }, (_, n) => ['voice', n, n * 20, n, FRAME]),
    );
  });

  it('is sent little more than a second and a half ahead, and nothing more once she wants another thing', async () => {
    const { client, sound, told } = await deviceThatListens(VOICE, 1000);
    await client.say('说来话长', 'long');
    await until(() => sound().length >= 70);
    await pause(100);
    expect(sound().length).toBeLessThan(120);
    await client.say('别的', 'next');
    await until(() => told('voice.start').length === 2);
    expect(told('voice.end')).toEqual([{ type: 'voice.end', id: 'long', why: 'stopped' }]);
    client.tell({ type: 'played', id: 'next' });
    await until(() => told('voice.end').length === 2);
    expect(told('voice.end')[1]).toEqual({ type: 'voice.end', id: 'next', why: 'stopped' });
  });

  it('that did not ask is sent none', async () => {
    const { client, sound, paths } = await deviceThatListens({ audio: true }, 10);
    expect(await client.say('喂')).toMatchObject({ audioUrl: '/audio/喂' });
    await client.say('喂');
    expect(sound()).toEqual([]);
    expect(paths).toEqual([]);
  });
});

describe('words that come with a frame of a call', () => {
  const WORDS = { type: 'call.state', call: 'c-1', state: 'queued', text: '正在给您找人，您稍等。' };

  it('are sent as frames like an answer, after their frame', async () => {
    const { bus, heard, told } = await deviceThatListens(VOICE, 5);
    expect(await bus.toDevice('device-a', WORDS)).toBe(true);
    await until(() => told('voice.end').length === 1);
    const types = heard.map((one) => ('kind' in one ? 'sound' : one.type));
    expect(types.indexOf('call.state')).toBeLessThan(types.indexOf('voice.start'));
    expect(told('voice.start')).toEqual([{ type: 'voice.start', id: 'call:c-1', codec: 'pcm16' }]);
  });

  it('are our own voice: without echo cancellation nothing is heard before they were played', async () => {
    const written: number[] = [];
    const recogniser: Recogniser = {
      open: () => ({
        write: (sound) => void written.push(sound.length),
        sounding: () => undefined,
        finish: async () => ({ text: '接', isBackchannel: () => false }),
        abort: () => undefined,
      }),
    };
    const { bus, client, told } = await deviceThatListens({ audio: true, mic: true }, 5, recogniser);
    await bus.toDevice('device-a', WORDS);
    await until(() => told('call.state').length === 1);
    const speak = async (id: string) => {
      client.tell({ type: 'audio.start', id });
      client.sound(writeAudio({ kind: 'mic', codec: 'pcm16', seq: 0, ms: 0, sound: Buffer.alloc(FRAME) }));
      return client.ask({ type: 'audio.stop', id });
    };
    await speak('early');
    expect(written).toEqual([]);
    client.tell({ type: 'played', id: 'call:c-1' });
    expect(await speak('then')).toMatchObject({ type: 'reply', text: '接' });
    expect(written).toEqual([FRAME]);
  });
});

describe('what is being sent', () => {
  function line() {
    const sent: AudioFrame[] = [];
    const told: OutFrame[] = [];
    const state = { room: true, now: 0 };
    const voicing = createVoicing({
      out: {
        send: (frame) => void told.push(frame),
        sound: (data) => {
          const frame = readAudio(data);
          if (frame) sent.push(frame);
        },
        hasRoom: () => state.room,
      },
      failed: (thrown) => {
        throw thrown;
      },
      now: () => state.now,
    });
    return { sent, told, state, voicing };
  }

  it('stops while she speaks into it and goes on where it stopped', async () => {
    const { sent, told, state, voicing } = line();
    voicing.begin('a', frames(150));
    await until(() => sent.length === 76);
    voicing.hold('a');
    state.now = 30_000;
    await pause(80);
    expect(sent.length).toBe(76);
    voicing.goOn('a');
    await pause(80);
    expect(sent.length).toBe(76); // nothing of it has been played meanwhile
    state.now += 2000;
    await until(() => told.length === 2);
    expect(sent.map(({ ms }) => ms)).toEqual(Array.from({ length: 150 }, (_, n) => n * 20));
  });

  it('waits while the line is full, and leaves out what is too late by then', async () => {
    const { sent, state, voicing, told } = line();
    voicing.begin('a', frames(400));
    await until(() => sent.length === 76);
    state.room = false;
    state.now = 3000; // all that was sent has been played, and a second and a half more
    await pause(80);
    expect(sent.length).toBe(76);
    state.now = 6000;
    await pause(80);
    expect(sent.length).toBe(76);
    state.room = true;
    await until(() => sent.length > 76);
    const next = sent[76]?.ms ?? 0;
    expect(next).toBeGreaterThanOrEqual(4000); // what should have been heard two seconds ago
    expect(next).toBeLessThan(6000);
    state.now = 8000;
    await until(() => told.some(({ type }) => type === 'voice.end'));
    expect(sent.at(-1)?.ms).toBe(399 * 20);
  });
});
