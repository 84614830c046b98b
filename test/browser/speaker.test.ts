import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { buildApp } from '../support/app.ts';
import { obstacles, openChromium, openPage, overflows, type Watched } from './chromium.ts';
import { bookByTalking, heardAfter, openSpeaker, say } from './talking.ts';

let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  await buildConsoles(process.cwd());
  app = await buildApp();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(async () => {
  watched = await openPage(browser, app.url);
  return () => watched.page.context().close();
});

const device = (n: number) => app.demo.speakers[n]?.deviceId ?? '';

describe('the speaker in the browser', () => {
  it('is opened by choosing a home, and stays there over a reload', async () => {
    const { page, faults } = watched;
    await page.goto('/speaker');
    await page.getByRole('searchbox').fill(app.demo.speakers[1]?.household.slice(0, 4) ?? '');
    await page.locator('.homes-home').first().click();
    await page.getByRole('button', { name: '叫醒音箱' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '叫醒音箱' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('books a document by talking, with the choices as buttons', async () => {
    const { page, faults } = watched;
    await openSpeaker(page, device(0));
    const heard = await bookByTalking(page, '我想约个时间去拿老年证');
    expect(heard).toMatchObject({ phrase: 'pickup.booked' });
    expect(heard.text).toContain('约好了');
    expect(faults).toEqual([]);
  });

  it('answers a touch, the keys that are always there, and silence', async () => {
    const { page } = watched;
    await openSpeaker(page, device(2));
    const woken = await heardAfter(page, () => page.getByRole('button', { name: '叫醒音箱' }).click());
    expect(woken.phrase).toMatch(/^conversation\./);
    const again = await heardAfter(page, () => page.getByRole('button', { name: '再说一遍' }).click());
    expect(again.text).not.toBe('');
    const help = await heardAfter(page, () => page.getByRole('button', { name: '帮助' }).click());
    expect(help.phrase).toMatch(/^conversation\./);
    await heardAfter(page, () => page.getByRole('button', { name: '不出声' }).click());
  });

  it('shows large type and large keys, on a phone too', async () => {
    const { page } = await openPage(browser, app.url, 390);
    await openSpeaker(page, device(3));
    await say(page, '我想约个时间去取证');
    const sizes = await page.evaluate<number[]>(`
      [...document.querySelectorAll('.speaker *')]
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && one.checkVisibility() && !one.closest('.unseen'))
        .map((one) => parseFloat(getComputedStyle(one).fontSize))`);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(18);
    const answer = await page.evaluate<string[]>(
      `(({ fontSize, lineHeight }) => [fontSize, lineHeight])(getComputedStyle(document.querySelector('.answer-text')))`,
    );
    const [type = 0, line = 0] = answer.map(Number.parseFloat);
    expect(type).toBeGreaterThanOrEqual(24);
    expect(line / type).toBeGreaterThanOrEqual(1.5);
    for (const key of await page.locator('.speaker-key:visible, .answer-choices button').all()) {
      expect((await key.boundingBox())?.height).toBeGreaterThanOrEqual(60);
    }
    expect(await overflows(page)).toBe(false);
    expect(await obstacles(page)).toEqual([]);
    await page.context().close();
  });

  it('can be used with the keyboard alone, and reads its answers to a screen reader', async () => {
    const { page } = watched;
    await openSpeaker(page, device(4));
    const field = page.getByLabel('跟音箱说的话');
    await field.focus();
    await heardAfter(page, async () => {
      await page.keyboard.type('帮助');
      await page.keyboard.press('Enter');
    });
    expect(await page.locator('.answer-text').getAttribute('aria-live')).toBe('polite');
    expect(await obstacles(page)).toEqual([]);
  });

  it('says honestly that it cannot hear sound where there is no recogniser', async () => {
    const { page } = watched;
    await openSpeaker(page, device(6));
    const key = page.getByRole('button', { name: '按住说话' });
    await key.hover();
    await page.mouse.down();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    await page.mouse.up();
    expect(await key.getAttribute('aria-pressed')).toBe('false');
    expect((await say(page, '帮助')).phrase).toMatch(/^conversation\./);
  });

  it('lights the lamp for a notice and tells it only when asked', async () => {
    const { page, faults } = watched;
    await openSpeaker(page, device(7));
    const notice = { type: 'notice', id: crypto.randomUUID(), kind: 'policy', expires: '2026-11-24T09:30:00+08:00' };
    expect(await app.core.bus.toDevice(device(7), notice)).toBe(true);
    await page.getByText('有一条您的消息').waitFor();
    expect(await page.locator('.body-lamp').count()).toBe(1);
    const told = await heardAfter(page, () => page.getByRole('button', { name: '念给我听' }).click());
    expect(told.text).not.toBe('');
    expect(await page.locator('.body-lamp').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it('gives way when it is opened a second time, and takes over again when asked', async () => {
    const { page } = watched;
    await openSpeaker(page, device(5));
    const other = await openPage(browser, app.url);
    await openSpeaker(other.page, device(5));
    await page.getByText('这个音箱在别处打开了').waitFor();
    await page.getByRole('button', { name: '在这里接着用' }).click();
    await page.getByRole('button', { name: '叫醒音箱' }).and(page.locator(':enabled')).waitFor();
    await other.page.getByText('这个音箱在别处打开了').waitFor();
    await other.page.context().close();
  });
});
