import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { buildApp } from '../support/app.ts';
import { accountOf, LAYOUTS, obstacles, openChromium, openPage, signIn, signInByHand, wrongAt } from './chromium.ts';

let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;

beforeAll(async () => {
  await buildConsoles(process.cwd());
  app = await buildApp();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const OPEN = [
  ['/', '跟音箱说句话，就把事办了。'],
  ['/speaker', '您想在谁家说话？'],
  ['/clerk', '家里办 · 窗口工作台'],
  ['/operator', '家里办 · 音箱管理'],
  ['/office', '家里办 · 政务办'],
] as const;

/** A page that `open` brings up, as a desk and as a phone. */
async function atEveryWidth(open: (page: Page) => Promise<void>): Promise<void> {
  for (const layout of LAYOUTS) {
    const { page, faults } = await openPage(browser, app.url, layout[0]);
    await open(page);
    expect(await wrongAt(page, layout)).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  }
}

describe('every page', () => {
  it.each(OPEN)('%s opens at every width without a fault, an obstacle or a sideways scroll', async (path, heading) => {
    await atEveryWidth(async (page) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    });
  });
});

/** The operator's page has a section for each of her works and a file of its own. */
const DESKS = [
  ['clerk', '/clerk', '要回的电话'],
  ['officer', '/office', '有效期'],
  ['auditor', '/office', '做了什么'],
] as const;

describe('after signing in', () => {
  it.each(DESKS)('the %s works at %s', async (role, path, words) => {
    await atEveryWidth(async (page) => {
      await signIn(page, path, accountOf(app.demo.accounts, role));
      await page.getByText(words, { exact: true }).first().waitFor();
      await page.waitForLoadState('networkidle');
    });
  });

  it('a role that works elsewhere is shown the way', async () => {
    const { page } = await openPage(browser, app.url);
    await signInByHand(page, '/sign-in', accountOf(app.demo.accounts, 'operator'));
    await page.waitForURL('**/operator');
    await page.goto('/clerk');
    await page.getByText('不归您的账号管').waitFor();
    await page.getByRole('link', { name: '去音箱管理' }).waitFor();
    await page.context().close();
  });

  it('the operator finds the speakers of a home among all by a part of their name', async () => {
    const { page } = await openPage(browser, app.url);
    await signIn(page, '/operator', accountOf(app.demo.accounts, 'operator'));
    const wanted = app.demo.speakers[0]?.deviceId ?? '';
    await page.getByRole('searchbox', { name: '找音箱' }).fill(wanted);
    await page.getByText(/^共 [1-9] 台$/).waitFor();
    await page.getByRole('searchbox', { name: '找音箱' }).fill('没有这个人');
    await page.getByText('没有这样的音箱').waitFor();
    await page.context().close();
  });

  it('signing out brings the sign-in page, also after a reload', async () => {
    const { page, faults } = await openPage(browser, app.url);
    await signIn(page, '/operator', accountOf(app.demo.accounts, 'operator'));
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('账号').waitFor();
    await page.reload();
    await page.getByLabel('账号').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('a wrong password is refused in words, and the account stays typed', async () => {
    const { page } = await openPage(browser, app.url);
    await page.goto('/clerk');
    await page.getByLabel('账号').fill('nobody');
    await page.getByLabel('密码', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '不对' }).waitFor();
    expect(await page.getByLabel('账号').inputValue()).toBe('nobody');
    await page.context().close();
  });

  it('the office reads a policy and a guide in full', async () => {
    const { page } = await openPage(browser, app.url);
    await signIn(page, '/office', accountOf(app.demo.accounts, 'officer'));
    await page.getByRole('tab', { name: '办事指南' }).click();
    await page.getByRole('tabpanel').locator('tbody').getByRole('button').first().click(); // any matter: made at one instant, they have no order
    const guide = page.getByRole('dialog');
    await guide.getByText('申请材料').waitFor();
    expect(await guide.getByText('示范文本及常见错误').count()).toBe(1);
    expect(await obstacles(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the content policy', () => {
  it('gives every page a nonce of its own and none to what is inline', async () => {
    const read = async () => {
      const response = await fetch(new URL('/clerk', app.url), { signal: AbortSignal.timeout(10_000) });
      const policy = response.headers.get('content-security-policy') ?? '';
      return { html: await response.text(), nonce: /'nonce-([^']+)'/.exec(policy)?.[1], policy };
    };
    const [one, other] = [await read(), await read()];
    expect(one.nonce).toBeTruthy();
    expect(one.nonce).not.toBe(other.nonce);
    expect(one.html).toContain(`content="${one.nonce}"`);
    expect(one.html).not.toContain('__NONCE__');
    expect(one.policy).not.toMatch(/script-src[^;]*'unsafe-/);
  });
});
