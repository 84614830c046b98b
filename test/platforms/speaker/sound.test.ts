import { describe, expect, it } from 'vitest';
import { readAudio, writeAudio } from '../../../src/platforms/speaker/audio.ts';
import type { Recogniser } from '../../../src/platforms/speaker/parts.ts';
import { openedSocket, startSpeakers } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const frame = (seq: number, sound = Buffer.alloc(640, seq)) =>
  writeAudio({ kind: 'mic', codec: 'pcm16', seq, ms: seq * 20, sound });

describe('a binary frame', () => {
  it('is eight bytes of header, big-endian, and sound', () => {
    const bytes = writeAudio({ kind: 'voice', codec: 'opus', seq: 0x0102, ms: 0x03040506, sound: Buffer.from([9]) });
    expect([...bytes]).toEqual([2, 1, 1, 2, 3, 4, 5, 6, 9]);
    expect(readAudio(bytes)).toMatchObject({ kind: 'voice', codec: 'opus', seq: 0x0102, ms: 0x03040506 });
    expect(readAudio(Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
    expect(readAudio(Buffer.from([1, 2, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
    expect(readAudio(Buffer.from([1, 0, 0]))).toBeUndefined();
  });
});

describe('without a recogniser', () => {
  it('sound is answered kindly and aloud, never with an invented sentence', async () => {
    const recording = recordingTurn();
    const { connect } = await startSpeakers(recording.turn, { voice: async () => '/voice/abc.wav' });
    const client = connect('device-a');
    await client.ready;
    expect(await client.ask({ type: 'audio.start', id: 'a-1', format: 'pcm16' })).toEqual({
      type: 'error',
      id: 'a-1',
      code: 'no_recogniser',
      text: '我这儿：no_recogniser',
      audioUrl: '/voice/abc.wav',
    });
    expect(await client.ask({ type: 'audio.stop', id: 'a-1' })).toMatchObject({ code: 'no_recogniser' });
    expect(recording.heard).toEqual([]);
  });

  it('bare sound is remarked upon once, not fifty times a second', async () => {
    const { url } = await startSpeakers(recordingTurn().turn);
    const raw = await openedSocket(url, 'device-a');
    for (let i = 0; i < 50; i++) raw.socket.send(frame(i));
    raw.send({ type: 'say', id: 'after', text: '喂' });
    await raw.frame('reply');
    expect(raw.heard.filter((one) => one.type === 'error')).toHaveLength(1);
  });
});

describe('with a recogniser', () => {
  const sounds: number[] = [];
  let words = '我想查老年证';
  const recogniser: Recogniser = {
    open: () => ({
      write: (sound) => void sounds.push(sound.length),
      sounding: () => undefined,
      finish: async () => {
        if (words === 'fails') throw new Error('gone');
        return { text: words, isBackchannel: () => false };
      },
      abort: () => undefined,
    }),
  };

  it('sound becomes words under the id of its frames', async () => {
    const recording = recordingTurn();
    const { connect } = await startSpeakers(recording.turn, { recogniser });
    const client = connect('device-a');
    await client.ready;
    client.tell({ type: 'audio.start', id: 'a-1', format: 'pcm16' });
    for (let i = 0; i < 5; i++) client.sound(frame(i));
    expect(await client.ask({ type: 'audio.stop', id: 'a-1' })).toMatchObject({ type: 'reply', id: 'a-1' });
    expect(sounds).toEqual([640, 640, 640, 640, 640]);
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'words', text: '我想查老年证', requestId: 'a-1' });
  });

  it('nothing heard is silence; a stop sent again hears the stored reply; a recogniser that fails is told', async () => {
    const recording = recordingTurn();
    const { connect } = await startSpeakers(recording.turn, { recogniser });
    const client = connect('device-b');
    await client.ready;
    const speak = async (id: string) => {
      client.tell({ type: 'audio.start', id });
      client.sound(frame(1));
      const answer = await client.ask({ type: 'audio.stop', id });
      client.tell({ type: 'played', id });
      return answer;
    };
    words = '';
    await speak('s-1');
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'silence', requestId: 's-1' });
    words = '老年证';
    const first = await speak('s-2');
    expect(await client.ask({ type: 'audio.stop', id: 's-2' })).toEqual(first);
    words = 'fails';
    expect(await speak('s-3')).toMatchObject({ type: 'error', code: 'unavailable', id: 's-3' });
  });

  it('what comes faster than a microphone is dropped', async () => {
    sounds.length = 0;
    words = '好';
    const { url } = await startSpeakers(recordingTurn().turn, { recogniser });
    const raw = await openedSocket(url, 'device-c');
    raw.send({ type: 'audio.start', id: 'f-1' });
    for (let i = 0; i < 60; i++) raw.socket.send(frame(i, Buffer.alloc(8 * 1024)));
    raw.send({ type: 'audio.stop', id: 'f-1' });
    await raw.frame('reply');
    expect(sounds.length).toBeLessThan(20);
  });
});

describe('a voice', () => {
  it('puts its address into the reply; late or broken, the reply goes without', async () => {
    const answer = async (voice: () => Promise<string | undefined>) => {
      const { connect } = await startSpeakers(recordingTurn(() => ({ markup: '<speak>好</speak>' })).turn, {
        voice,
        medium: 'azure',
      });
      return connect('device-a').say('喂');
    };
    expect(await answer(async () => '/voice/1.wav')).toMatchObject({
      audioUrl: '/voice/1.wav',
      ssml: '<speak>好</speak>',
    });
    expect(await answer(async () => Promise.reject(new Error('broken')))).not.toHaveProperty('audioUrl');
    expect(await answer(() => new Promise(() => undefined))).not.toHaveProperty('audioUrl');
  });
});
