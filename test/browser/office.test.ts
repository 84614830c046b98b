import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { startJobs } from '../../src/jobs/index.ts';
import { createSealer } from '../../src/store/audit.ts';
import { parseKeyRing } from '../../src/store/keys.ts';
import { consent, delivery, policy, resident, speaker } from '../../src/store/schema.ts';
import { buildApp } from '../support/app.ts';
import { accountOf, createDesks, type Desks, obstacles, openChromium, openPage, overflows } from './chromium.ts';
import { heardAfter, openSpeaker } from './talking.ts';

let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;
let desk: Desks;
let stopJobs: () => Promise<void>;

beforeAll(async () => {
  await buildConsoles(process.cwd());
  app = await buildApp();
  stopJobs = startJobs(app.core);
  browser = await openChromium();
  desk = createDesks(browser, app.url);
});
afterAll(async () => {
  await browser?.close();
  await stopJobs?.();
  await app?.close();
});

const officers = () => app.demo.accounts.filter(({ role }) => role === 'officer');

async function asOfficer(n: number, path = '/office', width?: number): Promise<Page> {
  const account = officers()[n];
  if (!account) throw new Error('there are two officers');
  return (await desk(account, path, width)).page;
}

/** For whoever wants to look: `SHOTS=<folder>`. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** A home with our own speaker where the one person living there agreed to chimes. */
async function chimingHome() {
  const { db } = app.core.database;
  const rows = await db
    .select({ device: speaker.brandDevice, householdId: speaker.householdId, residentId: resident.id })
    .from(speaker)
    .innerJoin(resident, eq(resident.householdId, speaker.householdId))
    .innerJoin(consent, and(eq(consent.residentId, resident.id), eq(consent.purpose, 'push'), eq(consent.given, true)))
    .where(and(eq(speaker.brand, 'speaker'), eq(speaker.status, 'bound'), eq(resident.state, 'living')));
  const alone = rows.find((row) => rows.filter(({ householdId }) => householdId === row.householdId).length === 1);
  if (!alone) throw new Error('no such home');
  return alone;
}

async function writePolicy(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: '写一条政策' }).click();
  const field = (name: RegExp) => page.getByRole('textbox', { name });
  await field(/^题目/).fill(title);
  await field(/^一句话/).fill('六十岁以上的都有。');
  await field(/^细说/).fill('十二月一号开始，到站里领。');
  await field(/^出处/).fill('示例文件');
  await page.getByLabel('条件：从几岁').fill('60');
}

describe('a policy', () => {
  it('is written, signed by another officer, chimes at a speaker that listens and is heard there', async () => {
    const home = await chimingHome();
    const { page: speakerPage } = await openPage(browser, app.url);
    await openSpeaker(speakerPage, home.device);
    const writer = await asOfficer(0);
    await writePolicy(writer, '今年冬天的暖心包');
    await writer.getByText('发布前要另一位同事签').waitFor();
    await writer.getByText('因为您满六十岁了').first().waitFor();
    expect(await obstacles(writer)).toEqual([]);
    await shot(writer, 'policy-editor');
    await writer.getByRole('button', { name: '提交' }).click();
    await writer.getByText('自己写的，要另一位同事来签').waitFor();

    const signer = await asOfficer(1);
    await signer.getByRole('button', { name: '今年冬天的暖心包' }).click();
    await signer.getByRole('button', { name: '签发' }).click();
    const begun = performance.now();
    await speakerPage.getByText('有一条您的消息').waitFor();
    process.stdout.write(`the chime came ${Math.round(performance.now() - begun)} ms after the press of 签发\n`);
    const heard = await heardAfter(speakerPage, () => speakerPage.getByRole('button', { name: '念给我听' }).click());
    expect(heard.text).toContain('今年冬天的暖心包');
    await heardAfter(speakerPage, () => speakerPage.locator('.answer-choices button').first().click());
    const [told] = await app.core.database.db
      .select({ state: delivery.state })
      .from(delivery)
      .innerJoin(policy, eq(policy.id, delivery.policyId))
      .where(and(eq(policy.title, '今年冬天的暖心包'), eq(delivery.residentId, home.residentId)));
    expect(told?.state).toMatch(/heard|partly|announced/);
    await signer.getByText('已发完').waitFor();
    await shot(signer, 'policy-progress');
    expect(await obstacles(signer)).toEqual([]);
    for (const page of [speakerPage, writer, signer]) await page.close();
  });

  it('that is wrong is taken back, and the office says why', async () => {
    const page = await asOfficer(0);
    await page.getByRole('button', { name: '今年冬天的暖心包' }).click();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '撤回这一条' });
    await dialog.getByLabel('为什么撤').fill('日子写错了');
    await shot(page, 'policy-recall');
    await dialog.getByRole('button', { name: '撤回' }).click();
    await page.getByText('日子写错了').waitFor();
    await page.getByRole('dialog').getByText('已撤回').first().waitFor();
    await page.close();
  });

  it('can be written on a narrower screen without a sideways scroll', async () => {
    const page = await asOfficer(0, '/office', 1024);
    await writePolicy(page, '窄屏');
    await page.getByText('发布前要另一位同事签').waitFor();
    await shot(page, 'policy-editor-1024');
    expect(await overflows(page)).toBe(false);
    expect(await obstacles(page)).toEqual([]);
    await page.close();
  });
});

describe('a guide', () => {
  it('becomes a new version that another officer signs, seen beside the old one', async () => {
    const writer = await asOfficer(0, '/office?part=guides&q=优待证');
    await writer.getByRole('button', { name: '老年优待证', exact: true }).click();
    await writer.getByRole('button', { name: '改成新一版' }).click();
    await writer.getByRole('textbox', { name: /^一句话/ }).fill('坐地铁、逛公园用的证，要耐心等待。');
    await writer.getByText('不说「耐心等待」').waitFor();
    await shot(writer, 'guide-editor');
    expect(await obstacles(writer)).toEqual([]);
    await writer.getByRole('textbox', { name: /^一句话/ }).fill('就是坐地铁、逛公园用的那个证。');
    await writer.getByRole('textbox', { name: /^申请条件/ }).fill('满了六十五岁就能办。外地户口的，要问窗口。');
    await writer.getByRole('textbox', { name: /^服务对象/ }).fill('六十岁以上、住在生态城的老人。');
    await writer.getByRole('button', { name: '提交' }).click();
    await writer.getByText('自己写的，要另一位同事来签').waitFor();

    const signer = await asOfficer(1, '/office?part=guides&only=submitted');
    await signer.getByRole('button', { name: '老年优待证', exact: true }).click();
    await signer.getByRole('tab', { name: '版本和不同' }).click();
    await signer.locator('ins', { hasText: '住在生态城' }).waitFor();
    const marks = (element: string, mark: 'del' | 'ins') =>
      signer.getByRole('row').filter({ hasText: element }).locator(mark).allTextContents();
    expect([await marks('一句话', 'del'), await marks('一句话', 'ins')]).toEqual([
      ['六十到六十九岁是绿的。七十往上是紫红的。'],
      [],
    ]);
    expect([await marks('申请条件', 'del'), await marks('申请条件', 'ins')]).toEqual([['六十岁'], ['六十五岁']]);
    expect([await marks('服务对象', 'del'), await marks('服务对象', 'ins')]).toEqual([[], ['、住在生态城']]);
    await shot(signer, 'guide-difference');
    await signer.getByRole('button', { name: '签发' }).click();
    await signer.getByText('今天核实过，没变').waitFor();
    expect(await obstacles(signer)).toEqual([]);
    for (const page of [writer, signer]) await page.close();
  });

  it('lists open without an obstacle at every width', async () => {
    for (const width of [1440, 1024]) {
      const page = await asOfficer(0, '/office?part=guides', width);
      await page.getByText('核实日期', { exact: true }).waitFor();
      expect(await overflows(page)).toBe(false);
      await shot(page, `guides-${width}`);
      await page.close();
    }
  });
});

const asRole = (role: string, path: string, width?: number) => desk(accountOf(app.demo.accounts, role), path, width);

describe('whoever answers for the service', () => {
  it('sees the month, finds what stands in the way, and takes the paper along', async () => {
    const { page, settled } = await asRole('supervisor', '/office?part=oversight');
    await page.getByRole('list', { name: '亮灯' }).waitFor();
    await page.getByRole('button', { name: '找一找' }).click();
    await page.getByRole('button', { name: '派人' }).first().waitFor();
    await page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
    await settled();
    expect(await obstacles(page)).toEqual([]);
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      await settled();
      expect(await overflows(page)).toBe(false);
      await page.evaluate('window.scrollTo(0, 0)');
      await shot(page, `oversight-${width}`);
    }
    const begun = page.waitForEvent('download');
    await page.getByRole('button', { name: '打印月报' }).click();
    expect((await begun).suggestedFilename()).toMatch(/\.pdf$/);
    await page.close();
  });

  it('labels a sentence nobody understood', async () => {
    const { page } = await asRole('supervisor', '/office?part=sentences');
    const row = page.getByRole('row').filter({ hasText: '那个本本能不能早点给我' });
    await row.getByRole('combobox').click();
    await page.keyboard.type('查进度');
    await page.keyboard.press('Enter');
    await page.getByText('标好了').waitFor();
    await row.waitFor({ state: 'detached' });
    await shot(page, 'sentences');
    expect(await obstacles(page)).toEqual([]);
    await page.close();
  });

  it('brings in the special list: line by line first, then all of it', async () => {
    const { db } = app.core.database;
    const rows = await db.select().from(resident).where(eq(resident.state, 'living'));
    const used = rows.map(({ phoneIndex }) => phoneIndex);
    const her = rows.find(
      ({ flags, phoneIndex }) => phoneIndex && !flags.special && used.filter((one) => one === phoneIndex).length === 1,
    );
    const phone = app.core.fields.open(her?.phoneSealed ?? '', `resident.phoneSealed:${her?.id}`);
    const file = (lines: string) => ({
      name: '名单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`手机号,级别\n${lines}`),
    });
    const { page } = await asRole('supervisor', '/office?part=residents');
    await page.getByRole('button', { name: '导入重点关心名单' }).click();
    const dialog = page.getByRole('dialog', { name: '导入重点关心名单' });
    const choose = (lines: string) => dialog.locator('input[type=file]').setInputFiles(file(lines));
    await choose(`${phone},二级\n139,一级`);
    await dialog.getByText('号码：不是手机号或身份证号').waitFor();
    await shot(page, 'special-list');
    expect(await obstacles(page)).toEqual([]);
    await choose(`${phone},二级`);
    await dialog.getByText('新列入').waitFor();
    await dialog.getByRole('button', { name: '列入 1 人' }).click();
    await dialog.getByText('名单改好了：列入 1 人。').waitFor();
    const [after] = await db
      .select({ flags: resident.flags })
      .from(resident)
      .where(eq(resident.id, her?.id ?? ''));
    expect(after?.flags.special).toEqual({ grade: 2 });
    await page.close();
  });

  it('registers somebody who has moved in, and opens her record', async () => {
    const { page } = await asRole('supervisor', '/office?part=residents');
    await page.getByRole('button', { name: '登记一位居民' }).click();
    const form = page.getByRole('dialog', { name: '登记一位居民' });
    await form.getByLabel('住哪儿').selectOption({ index: 1 });
    await form.getByLabel('姓名').fill('示例赵新来');
    await form.getByLabel('称呼').fill('赵姨');
    await form.getByLabel(/^身份证号/).fill('999999194802030022');
    expect(await form.getByLabel('生日', { exact: true }).inputValue()).toBe('1948-02-03');
    await shot(page, 'resident-new');
    expect(await obstacles(page)).toEqual([]);
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('tab', { name: '谁看过' }).waitFor();
    const [her] = await app.core.database.db.select().from(resident).where(eq(resident.name, '示例赵新来'));
    expect(her).toMatchObject({ called: '赵姨', sex: 'female', birthDate: '1948-02-03', hukou: 'binhai' });
    await page.close();
  });

  it('finds a resident by the number she says, masked, and sees who looked', async () => {
    const { db } = app.core.database;
    const [her] = await db.select().from(resident).where(eq(resident.state, 'living'));
    const phone = app.core.fields.open(her?.phoneSealed ?? '', `resident.phoneSealed:${her?.id}`);
    await app.core.services.dataRights.wished(her?.id ?? '', 'forget', {
      kind: 'resident',
      id: her?.id ?? '',
      role: 'resident',
    });
    const { page } = await asRole('supervisor', '/office?part=residents');
    const owed = page.getByRole('region', { name: '她们要的' });
    await owed.getByText('删掉资料').waitFor();
    await shot(page, 'residents-wishes');
    expect(await obstacles(page)).toEqual([]);
    await owed.getByRole('button', { name: '不办了' }).click();
    const sure = page.getByRole('dialog', { name: '「删掉资料」不办了？' });
    await sure.getByLabel('为什么不办，她会问的').fill('她改主意了');
    await sure.getByRole('button', { name: '不办了' }).click();
    await owed.waitFor({ state: 'detached' });
    await page.getByLabel('她说的号码').fill(phone);
    await page.getByLabel('为什么找').fill('她来电话');
    await page.getByRole('button', { name: '找', exact: true }).click();
    await page.getByRole('table').getByRole('button').first().click();
    expect(await page.getByText(her?.name ?? '无名').count()).toBe(0);
    await page.getByRole('tab', { name: '谁看过' }).click();
    await page.getByText('按号码找人').first().waitFor();
    await shot(page, 'resident');
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('tab', { name: '身边的人' }).click();
    await page.getByRole('heading', { name: '有急事通知谁' }).waitFor();
    await page.getByText('没有登记紧急联系人。').waitFor();
    await shot(page, 'resident-near');
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('button', { name: '改一项' }).click();
    const one = page.getByRole('dialog', { name: '改一项' });
    await one.getByLabel('哪一项').selectOption('channel');
    await one.getByLabel('改成').selectOption('sms');
    await shot(page, 'resident-correct');
    await one.getByRole('textbox').fill('耳朵背，要短信');
    await one.getByRole('button', { name: '改', exact: true }).click();
    await page.getByText('改好了').waitFor();
    await page.getByRole('button', { name: '她现在' }).click();
    await page.getByLabel('在哪儿').selectOption('hospital');
    await page.getByLabel('谁说的、怎么知道的').fill('女儿来说的');
    await page.getByRole('button', { name: '记下' }).click();
    await page.getByText(/^记下了/).waitFor();
    await page.close();
  });
});

describe('accounts and records', () => {
  it('the security administrator opens an account and is shown its password once', async () => {
    const { page, settled } = await asRole('security', '/office');
    const username = `new.clerk${randomInt(1_000_000)}`; // a second try opens another
    await page.getByRole('button', { name: '开一个账号' }).click();
    await page.getByLabel('账号字母和数字').fill(username);
    await page.getByRole('dialog').getByLabel('姓名').fill('示例新同事');
    await page.getByRole('dialog').getByLabel('地方').selectOption('示例一号便民服务站');
    await page.getByRole('dialog').getByLabel('工作电话').fill('13900000009');
    await shot(page, 'account-new');
    await page.getByRole('button', { name: '开', exact: true }).click();
    await page.getByRole('dialog').getByText('一次性密码').waitFor();
    expect(await page.locator('.handed').first().innerText()).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    await page.getByRole('button', { name: '知道了' }).click();
    await page.getByRole('button', { name: new RegExp(username) }).click();
    const reach = page.getByRole('region', { name: '怎么找到她' });
    expect(await reach.getByLabel('工作电话').inputValue()).toBe('13900000009');
    await reach.getByLabel(/^会说英语/).check();
    await reach.getByRole('button', { name: '存下' }).click();
    await page.getByText('存好了').waitFor();
    expect(await reach.getByLabel(/^会说英语/).isChecked()).toBe(true);
    await shot(page, 'account');
    await page.getByRole('button', { name: '关闭' }).click();
    await settled();
    await shot(page, 'accounts');
    expect(await obstacles(page)).toEqual([]);
    await page.close();
  });

  it('the auditor verifies the chain on a press', async () => {
    const { database, secrets, clock } = app.core;
    const sealer = createSealer({ database, key: parseKeyRing(secrets.secretKeys), clock });
    const { page } = await asRole('auditor', '/office');
    while ((await sealer.sealOnce()) > 0);
    await page.getByRole('button', { name: '验一遍' }).click();
    await page.getByText('记录的链条是完整的').waitFor();
    await shot(page, 'audit');
    expect(await obstacles(page)).toEqual([]);
    await page.close();
  });
});
