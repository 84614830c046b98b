import { eq } from 'drizzle-orm';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { type CarrierStandIn, startCarrier } from '../../src/connectors/stand-ins/carrier.ts';
import { staff } from '../../src/store/schema.ts';
import { buildApp } from '../support/app.ts';
import { accountOf, obstacles, openChromium, openPage, overflows, signIn } from './chromium.ts';
import { bookByTalking, openSpeaker, say } from './talking.ts';

const CARRIER_KEY = 'between-us';

let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;
let carrier: CarrierStandIn;
/** One desk and one home, which stay open from test to test as they do at work. */
let desk: Page;
let home: Page;

beforeAll(async () => {
  const opening = openChromium();
  await buildConsoles(process.cwd());
  carrier = await startCarrier({ key: CARRIER_KEY });
  app = await buildApp({ env: { CARRIER_URL: carrier.url, CARRIER_KEY } });
  await app.core.database.db.update(staff).set({ phone: '02266660001' }).where(eq(staff.role, 'supervisor'));
  browser = await opening;
  home = (await openPage(browser, app.url)).page;
  desk = await openDesk();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await carrier?.close();
});

/** The supervisor's desk shows every station; the first home's station is not told in demo.json. */
async function openDesk(width?: number): Promise<Page> {
  const { page } = await openPage(browser, app.url, width);
  await signIn(page, '/clerk?view=desk', accountOf(app.demo.accounts, 'supervisor'));
  return page;
}

/** The carrier says what became of the call that it was asked for last. */
async function carrierTells(state: string): Promise<void> {
  const { status } = await fetch(`${app.url}/webhooks/carrier`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CARRIER_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ key: carrier.joined().at(-1)?.key, state }),
    signal: AbortSignal.timeout(20_000),
  });
  expect(status).toBe(204);
}

/** Opens one coming day after the other until the wanted row is seen. */
async function walkTheDays(bookings: Locator, wanted: Locator): Promise<void> {
  const days = bookings.locator('.coming button');
  await days.first().waitFor();
  for (const day of (await days.allInnerTexts()).map((label) => label.replace(/ \d+ 人$/, ''))) {
    await days.filter({ hasText: day }).click();
    await bookings.getByRole('heading', { name: `${day}来的人` }).waitFor();
    await bookings.locator('.booking').first().waitFor();
    if (await wanted.isVisible()) return;
  }
  throw new Error('the booking stands on no coming day');
}

describe('the clerk’s desk', () => {
  it('shows the booking that a resident has just made by talking', async () => {
    const speaker = app.demo.speakers[0];
    await openSpeaker(home, speaker?.deviceId ?? '');
    expect(await bookByTalking(home, '我想约个时间去拿老年证')).toMatchObject({ phrase: 'pickup.booked' });

    const bookings = desk.locator('#desk-bookings');
    const name = `${speaker?.residents[0]?.name.slice(0, 1)}*`;
    const row = bookings.locator('.booking').filter({ hasText: name }).filter({ hasText: '老年优待证' });
    await walkTheDays(bookings, row.first());
    expect(await row.first().innerText()).toContain('来取');
    expect(await bookings.innerText()).not.toContain(speaker?.residents[0]?.name);
  });

  it('takes the callback that a resident asked for: number with a reason, the carrier, no answer, done', async () => {
    await openSpeaker(home, app.demo.speakers[1]?.deviceId ?? '');
    let heard = await say(home, '让人给我打电话');
    for (let turn = 0; turn < 4 && heard.asking !== 'nothing'; turn++) heard = await say(home, '行');

    const name = `${app.demo.speakers[1]?.residents[0]?.name.slice(0, 1)}*`;
    const row = desk.locator('.callback').filter({ hasText: name }).first();
    await row.waitFor();
    await row.getByRole('button', { name: '看电话' }).click();
    const asked = desk.getByRole('dialog');
    expect(await obstacles(desk)).toEqual([]);
    await asked.getByRole('button', { name: '给她回电话' }).click();
    await row.locator('a[href^="tel:"]').waitFor();
    await row.getByRole('button', { name: '拨她的电话' }).click();
    await row.getByText('正在拨').waitFor();
    await carrierTells('no_answer');
    await row.locator('[data-carrier="no_answer"]').waitFor();
    await row.getByText('打过 1 次').waitFor();
    await row.getByRole('button', { name: '没人接' }).click();
    await row.getByText('打过 2 次').waitFor();
    await row.getByRole('button', { name: '解决了' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('opens a case with its road, and writes the next step', async () => {
    const found = desk.locator('.case').filter({ hasText: '已受理' }).first();
    await found.getByRole('button').click();
    const drawer = desk.getByRole('dialog');
    await drawer.getByRole('heading', { name: '走到哪了' }).waitFor();
    await drawer.getByLabel('到了哪一步').click();
    await desk.locator('.ant-select-item-option', { hasText: '审查' }).click();
    await drawer.getByRole('button', { name: '记下' }).click();
    await drawer.locator('.road').getByText('审查').first().waitFor();
    expect(await obstacles(desk)).toEqual([]);
    await desk.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('is walked with the keyboard, and the letters can be turned off', async () => {
    await desk.locator('.case').first().waitFor();
    await desk.keyboard.press('3');
    await desk.keyboard.press('j');
    await desk.keyboard.press('e');
    await desk.getByRole('dialog').waitFor();
    await desk.keyboard.press('Escape');
    await desk.getByRole('dialog').waitFor({ state: 'detached' });
    await desk.keyboard.press('?');
    await desk.getByRole('switch', { name: '用单个字母的快捷键' }).click();
    await desk.keyboard.press('Escape');
    await desk.getByRole('dialog').waitFor({ state: 'detached' });
    await desk.keyboard.press('?');
    expect(await desk.getByRole('dialog').count()).toBe(0);
  });

  it('is read in English by whoever chooses so, at every width, and in Chinese again', async () => {
    await desk.getByRole('button', { name: 'English' }).click();
    await desk.getByRole('heading', { name: 'Cases', exact: true }).waitFor();
    await desk.locator('.case').first().waitFor();
    expect(await obstacles(desk)).toEqual([]);
    for (const width of [1024, 390, 1440]) {
      await desk.setViewportSize({ width, height: 900 });
      expect(await overflows(desk), `${width}`).toBe(false);
    }
    await desk.getByRole('button', { name: '中文' }).click();
    await desk.getByRole('heading', { name: '办件', exact: true }).waitFor();
  });

  it('shows one list at a time on a phone, with tabs below', async () => {
    const desk = await openDesk(390);
    await desk.locator('#desk-callbacks').waitFor();
    expect(await desk.locator('#desk-cases').isVisible()).toBe(false);
    await desk.getByRole('button', { name: '办件', exact: true }).click();
    await desk.locator('#desk-cases').waitFor();
    expect(await desk.locator('#desk-callbacks').isVisible()).toBe(false);
    await desk.goBack();
    await desk.locator('#desk-callbacks').waitFor();
    await desk.getByRole('button', { name: '我', exact: true }).click();
    await desk.getByRole('button', { name: '退出登录' }).click();
    await desk.getByLabel('账号').waitFor();
    await desk.context().close();
  });
});
