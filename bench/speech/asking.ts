/** One question to the house, or one word into its answer, and how long each piece of it took. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { OutFrame, ReplyFrame } from '../../src/platforms/speaker/protocol.ts';
import { connectSpeaker, type SpeakerClient } from '../../src/tools/speaker-client.ts';
import type { Credentials, House } from './house.ts';
import { say, silence } from './mouth.ts';

/** Milliseconds of each piece, in their order. */
export interface Stages {
  /** From the end of the sound to the words here, less the recogniser's own time. */
  words: number;
  dialogue: number;
  /** From the answer to its first sound here. */
  voice: number;
  /** From there to the reply at the device. */
  frame: number;
  /** From the reply to the first sound at the device. */
  fetch: number;
  whole: number;
}

const CAPS = { audio: true, mic: true, aec: true, screen: true };

/** A speaker of the house, connected; `heard` is told each frame. */
export async function connect(house: House, credentials: Credentials, heard?: (frame: OutFrame) => void) {
  const url = `${house.url.replace('http', 'ws')}/speaker`;
  const client = connectSpeaker({ url, credentials, reconnectWithin: 0, caps: CAPS, heard });
  await client.ready;
  return client;
}

export interface Question {
  text: string;
  sound: Buffer;
  /** The recogniser's own time from the end of the sound. */
  takesMs: number;
}

/** Held key: from its release to the first sound of the answer. */
export async function ask(house: House, client: SpeakerClient, question: Question): Promise<Stages> {
  const { text, sound, takesMs } = question;
  house.service.next({ text, interim: [text], takesMs });
  const id = randomUUID();
  client.tell({ type: 'audio.start', id, format: 'pcm16' });
  await say(client, sound);
  const ended = performance.now();
  const reply = (await client.ask({ type: 'audio.stop', id })) as ReplyFrame;
  const replied = performance.now();
  await firstSound(house.url, reply);
  const heard = performance.now();
  client.tell({ type: 'played', id });
  const { words, answered, voiced } = house.trace;
  return {
    words: words - ended - takesMs,
    dialogue: answered - words,
    voice: voiced - answered,
    frame: replied - voiced,
    fetch: heard - replied,
    whole: heard - ended - takesMs,
  };
}

/** Open microphone: from her last sound to the first of the answer; her pause is waited for. */
export async function askOpenly(house: House, client: SpeakerClient, question: Question): Promise<number> {
  const { text, sound, takesMs } = question;
  house.service.next({ text, interim: [text], takesMs });
  const id = randomUUID();
  const answer = client.ask({ type: 'audio.start', id, format: 'pcm16', endpoint: true });
  await say(client, sound);
  const ended = performance.now();
  void say(client, silence(3000));
  const reply = (await answer) as ReplyFrame;
  await firstSound(house.url, reply);
  const heard = performance.now();
  client.tell({ type: 'played', id });
  return heard - ended - takesMs;
}

async function firstSound(url: string, { audioUrl }: ReplyFrame): Promise<void> {
  const { ok, body } = await fetch(`${url}${audioUrl ?? '/none'}`, { signal: AbortSignal.timeout(5000) });
  if (!ok || !body) throw new Error('the answer has no sound');
  const reader = body.getReader();
  for (let bytes = 0; bytes <= 44; ) bytes += (await reader.read()).value?.length ?? 45;
  await reader.cancel();
}

/** From her first sound to the frame that stops our voice. */
export async function interrupt(house: House, speaker: Credentials, text: string, sound: Buffer): Promise<number> {
  let hushed: (at: number) => void = () => undefined;
  const stopped = new Promise<number>((resolve) => {
    hushed = resolve;
  });
  const client = await connect(house, speaker, ({ type }) => void (type === 'hush' && hushed(performance.now())));
  await client.say('老年证怎么办');
  house.service.next({ text });
  client.tell({ type: 'audio.start', id: randomUUID(), format: 'pcm16', endpoint: true });
  await say(client, silence(400));
  const began = performance.now();
  void say(client, Buffer.concat([sound, silence(600)]));
  const at = await Promise.race([stopped, late()]);
  client.close();
  return at - began;
}

const late = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('nobody noticed that she spoke')), 5000).unref();
  });
