/** Two ends of a call that can be told apart: microphones that beep at different heights, and ears that measure what arrives. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFound } from '../../scripts/programs.mjs';
import { CHROMIUM_ARGS } from './chromium.ts';

const RATE = 48_000;
const SECONDS = 4;

/**
 * Beeps of 250 ms with pauses, as speech has them: a steady tone would be taken for noise and suppressed. Each voice has a
 * rhythm of its own: of two that beep together for ever only the louder could be heard.
 */
function beeps(hertz: number): Buffer {
  const every = 0.42 + hertz / 10_000;
  const samples = new Int16Array(RATE * SECONDS);
  for (let n = 0; n < samples.length; n++) {
    const at = n / RATE;
    const sounds = at % every < 0.25;
    samples[n] = sounds ? Math.round(Math.sin(2 * Math.PI * hertz * at) * 15_000) : 0;
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

/** A Chromium of its own whose microphone beeps at `hertz`: of one process all pages have the same microphone. */
export const openVoice = (hertz: number): Promise<Browser> => openMicrophone(beeps(hertz));

/** One whose microphone hears this WAV, over and over. */
export async function openMicrophone(wav: Buffer): Promise<Browser> {
  const file = join(await mkdtemp(join(tmpdir(), 'jialiban-voice-')), 'microphone.wav');
  await writeFile(file, wav);
  return chromium.launch({
    executablePath: chromiumFound(),
    args: [
      ...CHROMIUM_ARGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
    ],
  });
}

export interface Heard {
  /** Where most of the energy lies. */
  hertz: number;
  /** 0 to 1, of the loudest moment. */
  level: number;
}

/** Listens for a second and a half to what comes from the far ends in this page; `undefined` where nothing is connected. */
export function listen(page: Page, ms = 1_500): Promise<Heard | undefined> {
  return page.evaluate<Heard | undefined>(`(${LISTEN})(${ms})`);
}

const LISTEN = `async (ms) => {
  const elements = [...document.querySelectorAll('audio[data-leg]')].filter((one) => one.srcObject && !one.muted);
  const element = elements.at(-1);
  if (!element) return undefined;
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(element.srcObject).connect(ear);
  const spectrum = new Float32Array(ear.frequencyBinCount);
  const wave = new Float32Array(ear.fftSize);
  let best = { hertz: 0, level: 0 };
  const until = performance.now() + ms;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    ear.getFloatFrequencyData(spectrum);
    ear.getFloatTimeDomainData(wave);
    const level = Math.max(...wave.map(Math.abs));
    const top = spectrum.indexOf(Math.max(...spectrum));
    if (level > best.level) best = { hertz: top * context.sampleRate / ear.fftSize, level };
  }
  await context.close();
  return best;
}`;

/** Listens until the far end's beeps are heard, or what `sought` knows, at most `seconds`. @throws when they never are */
export async function hears(page: Page, sought: number | ((heard: Heard) => boolean), seconds = 20): Promise<Heard> {
  const isIt = typeof sought === 'number' ? ({ hertz }: Heard) => Math.abs(hertz - sought) < 25 : sought;
  const until = Date.now() + seconds * 1000;
  let heard: Heard | undefined;
  while (Date.now() < until) {
    heard = await listen(page, 600);
    if (heard && heard.level > 0.01 && isIt(heard)) return heard;
    if (!heard) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${sought} Hz were not heard, but ${JSON.stringify(heard)}`);
}
