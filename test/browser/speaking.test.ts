/** The page's own microphone: a sentence by espeak-ng in Chromium's microphone, streamed to the real recogniser's SDK, answered with sound. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { type AzureSpeech, startAzureSpeech } from '../../src/connectors/stand-ins/azure-speech.ts';
import { writeWav } from '../../src/speech/synthesiser/wav.ts';
import { buildApp } from '../support/app.ts';
import { canSpeak, joined, said, silence } from '../support/sounds.ts';
import { obstacles, openChromium, openPage } from './chromium.ts';
import { heardAfter, openSpeaker } from './talking.ts';

const SENTENCE = '老年证怎么办';
/** What she says into the answer, seven seconds after the question. */
const INTO = '等一下我拿眼镜';
const live = await canSpeak();

describe.runIf(live)('a resident at the microphone of the page', () => {
  let service: AzureSpeech;
  let app: Awaited<ReturnType<typeof buildApp>>;
  let browser: Browser;

  beforeAll(async () => {
    await buildConsoles(process.cwd());
    service = await startAzureSpeech();
    const hosts = {
      AZURE_SPEECH_HOST_STT: service.url,
      AZURE_SPEECH_HOST_TTS: service.url,
      AZURE_SPEECH_KEY: service.key,
    };
    app = await buildApp({ env: hosts });
    const file = join(mkdtempSync(join(tmpdir(), 'jialiban-said-')), 'said.wav');
    const samples = joined(silence(700), await said(SENTENCE), silence(7000), await said(INTO), silence(20_000));
    writeFileSync(file, writeWav({ rate: 16_000, samples }));
    browser = await openChromium(file);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await service?.close();
  });

  const device = (n: number) => app.demo.speakers[n]?.deviceId ?? '';
  const microphone = (page: Page) => page.getByRole('button', { name: '按住说话' });
  /** What the meter shows of her voice. */
  const level = async (page: Page) =>
    Number(
      await page.evaluate<string>(
        `getComputedStyle(document.querySelector('.said-level')).getPropertyValue('--level')`,
      ),
    );

  it('is told to whoever runs it: what hears and what speaks', async () => {
    const ready = await (await fetch(`${app.url}/readyz`)).json();
    expect(ready).toMatchObject({ speech: 'azure', voice: 'azure', hearing: 'azure' });
  });

  it('holds the key, speaks, lets go, and hears the answer', async () => {
    const { page, faults } = await openPage(browser, app.url);
    await openSpeaker(page, device(0));
    service.next({ interim: ['老年证', SENTENCE], text: SENTENCE });
    const heard = await heardAfter(page, async () => {
      await microphone(page).hover();
      await page.mouse.down();
      await expect.poll(() => level(page), { interval: 50, timeout: 10_000 }).toBeGreaterThan(0.3);
      await page.locator('.answer-hearing[data-heard="true"]').waitFor();
      await page.mouse.up();
    });
    expect(heard.phrase).toMatch(/^guide\./);
    await page.locator('.answer-now').first().waitFor();
    expect(service.spoken().length).toBeGreaterThan(0);
    await page.locator('.transcript [data-who="her"]').last().filter({ hasText: SENTENCE }).waitFor();
    expect(await microphone(page).getAttribute('aria-pressed')).toBe('false');
    expect(await obstacles(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('taps once and is understood without letting go of anything; taps again and it is shut', async () => {
    const { page, faults } = await openPage(browser, app.url);
    await openSpeaker(page, device(1));
    service.next({ interim: [SENTENCE], text: SENTENCE });
    const heard = await heardAfter(page, () => microphone(page).click());
    expect(heard.phrase).toMatch(/^guide\./);
    expect(await microphone(page).getAttribute('aria-pressed')).toBe('true');
    await microphone(page).click();
    await expect.poll(() => microphone(page).getAttribute('aria-pressed')).toBe('false');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('speaks into the answer: it stops, and what she said is answered', async () => {
    const { page, faults } = await openPage(browser, app.url);
    await openSpeaker(page, device(3));
    service.next({ interim: [SENTENCE], text: SENTENCE }, { interim: [INTO], text: INTO });
    await heardAfter(page, () => microphone(page).click());
    await page.locator('.answer-now').first().waitFor();
    const told = await heardAfter(page, () => page.locator('.answer-hearing', { hasText: INTO }).waitFor());
    expect(told.phrase).toMatch(/^conversation\./);
    expect(await page.locator('.transcript [data-who="her"]').allInnerTexts()).toEqual([
      expect.stringContaining(SENTENCE),
      expect.stringContaining(INTO),
    ]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('does the same with the space bar', async () => {
    const { page } = await openPage(browser, app.url);
    await openSpeaker(page, device(2));
    service.next({ interim: [SENTENCE], text: SENTENCE });
    await microphone(page).focus();
    const heard = await heardAfter(page, async () => {
      await page.keyboard.down(' ');
      await page.locator('.answer-hearing[data-heard="true"]').waitFor();
      await page.keyboard.up(' ');
    });
    expect(heard.phrase).toMatch(/^guide\./);
    await page.context().close();
  });
});
