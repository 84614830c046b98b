/** The operator's whole day, in a browser against the real database. */
import { readFile } from 'node:fs/promises';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { household, installing, outbox, speaker } from '../../src/store/schema.ts';
import { connectSpeaker } from '../../src/tools/speaker-client.ts';
import { buildApp } from '../support/app.ts';
import {
  accountOf,
  createDesks,
  type Desks,
  LAYOUTS,
  obstacles,
  openChromium,
  overflows,
  type Watched,
  wrongAt,
} from './chromium.ts';

let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;
let desk: Desks;
let home: typeof household.$inferSelect;
beforeAll(async () => {
  await buildConsoles(process.cwd());
  app = await buildApp();
  browser = await openChromium();
  desk = createDesks(browser, app.url);
  const [first] = await app.core.database.db.select().from(household).limit(1);
  if (!first) throw new Error('no household');
  home = first;
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const operatorAt = (path: string, width?: number): Promise<Watched> =>
  desk(accountOf(app.demo.accounts, 'operator'), path, width);
const rowOf = async (serial: string) => {
  const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.serial, serial));
  return row;
};
const addressWords = () => `${home.community} ${home.building} ${home.unit}`;

/** Chooses the first home of the sample, wherever homes are chosen. */
async function chooseHome(page: Page, button: string, room?: string): Promise<void> {
  const found = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === addressWords());
  await page.getByLabel('住户地址').fill(addressWords());
  await found;
  await page.getByRole('radio', { name: addressWords() }).first().check();
  if (room) await page.getByLabel('放在哪间屋（可以不填）').selectOption(room);
  await page.getByRole('button', { name: button }).click();
}

const SECTIONS = [
  ['/operator', '序列号'],
  ['/operator/overview', '在线率'],
  ['/operator/register', '导入一批'],
  ['/operator/register?way=code', '按配对码'],
  ['/operator/install', '装哪一台？'],
  ['/operator/firmware', '发布新版'],
  ['/operator/partners', '接口密钥'],
  ['/operator/messages', '没送到的'],
] as const;

describe.each(LAYOUTS.map((layout) => ({ layout })))('$layout pixels wide', ({ layout }) => {
  it('each section opens without a fault, an obstacle or a sideways scroll', async () => {
    const { page, faults, settled } = await operatorAt('/operator', layout[0]);
    for (const [path, words] of SECTIONS) {
      await page.goto(path);
      await page.getByText(words, { exact: true }).first().waitFor();
      await settled();
      expect([path, await wrongAt(page, layout)]).toEqual([path, []]);
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('a speaker comes to be known', () => {
  it('by hand, and is put into a home', async () => {
    const { page, faults } = await operatorAt('/operator/register?way=one');
    await page.getByLabel('序列号').fill('HAND-1');
    await page.getByLabel('设备号').fill('hand-1');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('设备密钥（只给这一次）').waitFor();
    await page.getByRole('button', { name: '装到一户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '装到一户' }).click();
    await chooseHome(page, '就这户', '客厅');
    await page.getByText('装好了').first().waitFor();
    expect(await rowOf('HAND-1')).toMatchObject({ status: 'bound', householdId: home.id, room: '客厅' });
    expect(faults).toEqual([]);
    await page.close();
  });

  it('by the code that it reads out', async () => {
    const code = await app.core.services.pairing.codeFor({ brand: 'dueros', device: 'new-box' });
    const { page } = await operatorAt('/operator/register?way=code');
    await page.locator('.ant-otp input').first().click();
    await page.keyboard.type(String(code));
    await chooseHome(page, '装到这户');
    await page.getByText('装好了').first().waitFor();
    const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.brandDevice, 'new-box'));
    expect(row).toMatchObject({ status: 'bound', householdId: home.id, pairingCode: null });
    await page.close();
  });

  it('by a file: first what is wrong by row, then all at once, and the tokens as a file', async () => {
    const { page, faults } = await operatorAt('/operator/register');
    const line = `${home.community},${home.building},${home.unit},卧室`;
    const file = (...lines: string[]) => ({
      name: '音箱.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['序列号,品牌,设备号,小区,楼栋,门牌,房间', ...lines].join('\n')),
    });
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles(file(`FILE-1,社区音箱,file-1,${line}`, 'FILE-1,小度,file-2,,,,'));
    await page.getByText('2 行里有 1 行要改').waitFor();
    await page.getByText('序列号：和文件里前面一行重复').waitFor();
    expect(await obstacles(page)).toEqual([]);
    expect(await rowOf('FILE-1')).toBeUndefined();
    await choose.setInputFiles(file(`FILE-1,社区音箱,file-1,${line}`, 'FILE-2,小度,file-2,,,,'));
    await page.getByText('2 行都没问题').waitFor();
    expect(await rowOf('FILE-1')).toBeUndefined();
    await page.getByRole('button', { name: '登记这 2 台' }).click();
    await page.getByText('2 台都登记好了').waitFor();
    expect(await rowOf('FILE-1')).toMatchObject({ status: 'bound', room: '卧室' });
    expect(await rowOf('FILE-2')).toMatchObject({ status: 'new' });
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载密钥' }).click(),
    ]);
    expect(await readFile(await saved.path(), 'utf8')).toMatch(/"FILE-1","file-1","[\w-]{43}"/);
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('what is done to speakers', () => {
  it('one is moved, suspended, comes back and is wiped: its line is cut, its way stays readable', async () => {
    const sample = app.demo.speakers[2];
    if (!sample) throw new Error('no speaker');
    const before = await app.core.database.db.select().from(speaker).where(eq(speaker.brandDevice, sample.deviceId));
    const id = before[0]?.id ?? '';
    const { page, faults } = await operatorAt(`/operator?speaker=${id}`);
    const dialog = page.getByRole('dialog').first();
    await dialog.getByRole('button', { name: '移到别家' }).click();
    await chooseHome(page, '就这户');
    await page.getByText('已移到新家').waitFor();
    const now = async () => (await app.core.database.db.select().from(speaker).where(eq(speaker.id, id)))[0];
    expect(await now()).toMatchObject({ householdId: home.id, status: 'bound' });
    await dialog.getByRole('button', { name: '停用' }).click();
    await dialog.getByRole('button', { name: '恢复' }).click();
    await dialog.getByRole('button', { name: '停用' }).waitFor();
    const line = await connected(sample.deviceId, sample.token);
    await dialog.getByRole('button', { name: '清除' }).click();
    await page.getByLabel('为什么清除').fill('住户说丢了');
    await page.getByRole('dialog').last().getByRole('button', { name: '清除' }).click();
    await page.getByText('这台音箱已经清除').waitFor();
    expect(await line.closed).toBe(1008);
    expect(await now()).toMatchObject({ status: 'wiped', householdId: null, tokenHash: null });
    for (const words of ['清除', '恢复', '停用', '移机'])
      await dialog.locator('.road').getByText(words, { exact: true }).waitFor();
    expect(await obstacles(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('settings reach one that is connected', async () => {
    const sample = app.demo.speakers[3];
    if (!sample) throw new Error('no speaker');
    const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.brandDevice, sample.deviceId));
    const line = await connected(sample.deviceId, sample.token);
    const { page } = await operatorAt(`/operator?speaker=${row?.id}`);
    await page.getByLabel('安静从').fill('20:30');
    await page.getByRole('slider', { name: '音量' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: '保存设置' }).click();
    await page.getByText('设置好了').waitFor();
    expect(line.frames.find(({ type }) => type === 'settings')).toMatchObject({ volume: 65, quiet: '20:30-08:00' });
    await page.close();
  });

  it('several are suspended together, and the table leaves as a file', async () => {
    const { page, settled } = await operatorAt('/operator?q=SAMPLE-003');
    await page.getByRole('checkbox', { name: '选 SAMPLE-0031', exact: true }).check();
    await page.getByRole('checkbox', { name: '选 SAMPLE-0032', exact: true }).check();
    await page.getByText('选了 2 台').waitFor();
    await page.getByRole('toolbar').getByRole('button', { name: '停用' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await page.getByText('2 台已停用').waitFor();
    for (const serial of ['SAMPLE-0031', 'SAMPLE-0032'])
      expect(await rowOf(serial)).toMatchObject({ status: 'suspended' });
    const refused = {
      status: 429,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: '等一会儿再导出' }),
    };
    await page.route('**/api/speakers/export**', (route) => route.fulfill(refused), { times: 1 });
    await settled(); // the table comes anew, and what stands above it moves
    // The list stands off the page until it finds its place: it is chosen where it is, and not scrolled to.
    const csv = page.getByRole('menuitem', { name: 'CSV 文件' });
    await page.getByRole('button', { name: '导出' }).click();
    await csv.dispatchEvent('click');
    await page.getByText('等一会儿再导出').waitFor();
    await csv.waitFor({ state: 'hidden' });
    await settled();
    await page.locator('button:not(.ant-btn-loading)', { hasText: '导出' }).click();
    const [saved] = await Promise.all([page.waitForEvent('download'), csv.dispatchEvent('click')]);
    const text = await readFile(await saved.path(), 'utf8');
    expect(text).toContain('"SAMPLE-0031","社区音箱"');
    expect(text).not.toContain('SAMPLE-0001"');
    await page.close();
  });

  it('messages that did not arrive say why, and go out again together', async () => {
    const { db } = app.core.database;
    const dead = (destination: string, topic: string, lastError: string) => ({
      destination,
      topic,
      lastError,
      payload: {},
      attempts: 8,
      dueAt: app.clock.now(),
      deadAt: app.clock.now(),
    });
    await db
      .insert(outbox)
      .values([
        dead('sms', 'guide.sent', 'status 401'),
        dead('binhai', 'booking.created', 'no answer: TimeoutError'),
        dead('webhook', 'speaker.silent', 'status 503'),
        dead('sms', 'notice', 'no number or no consent'),
      ]);
    const { page, faults } = await operatorAt('/operator/messages');
    const table = page.getByRole('region', { name: '没送到的清单' });
    await table.getByText('对方不认我们的密钥。核对密钥，再重发').waitFor();
    expect(await table.getByText('她没有留号码').count()).toBe(0);
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('checkbox', { name: '选 短信：办事指南' }).check();
    await page.getByRole('checkbox', { name: '选 物业系统：音箱的事' }).check();
    await page.getByRole('toolbar').getByRole('button', { name: '重发' }).click();
    await page.getByText('2 条又去送了').waitFor();
    await table.getByText('对方不认我们的密钥').waitFor({ state: 'detached' });
    await table.getByText('对方一直没有答').waitFor();
    const left = await db
      .select()
      .from(outbox)
      .where(and(isNotNull(outbox.deadAt), eq(outbox.attempts, 8)));
    expect(left.map(({ destination }) => destination).sort()).toEqual(['binhai', 'sms']);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('labels carry a code to scan and the station’s number', async () => {
    const row = await rowOf('SAMPLE-0002');
    const { page, faults } = await operatorAt(`/operator/labels?ids=${row?.id}`);
    await page.getByRole('img', { name: 'SAMPLE-0002 的二维码' }).waitFor();
    expect(await page.locator('.sticker-phone').textContent()).toMatch(/^\d{7,}$/);
    expect(await page.evaluate("document.querySelector('.sticker img').naturalWidth > 0")).toBe(true);
    expect(await obstacles(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('is read in English by whoever chooses so, and in Chinese again', async () => {
    const { page, faults } = await operatorAt('/operator/partners');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Event notices' }).waitFor();
    await page.getByText('See speakers').first().waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '事件通知' }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it('the whole page can be walked through by keyboard', async () => {
    const { page } = await operatorAt('/operator');
    await page.getByRole('link', { name: '总览' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '要去看看的' }).waitFor();
    await page.goBack();
    await page.getByRole('searchbox', { name: '找音箱' }).waitFor();
    await page.getByRole('button', { name: 'SAMPLE', exact: false }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('on the worker’s phone', () => {
  it('an installation goes through all its steps, her digits unseen, and leaves nothing in sight', async () => {
    const row = await rowOf('SAMPLE-0005');
    const { page, faults } = await operatorAt(`/operator/install?speaker=${row?.id}`, 390);
    await page.locator('.install-people button').first().click();
    const at = (name: string) => page.getByRole('heading', { name }).waitFor();
    const reachable = async () => {
      expect(await obstacles(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
    };
    await at('怎么称呼您？');
    await page.getByLabel('称呼', { exact: true }).fill('五楼大姐');
    await reachable();
    await page.getByRole('button', { name: '就这么叫' }).click();
    await at('听得清吗？');
    await page.getByRole('button', { name: /听得清/ }).click();
    await at('说哪种话？');
    await page.getByRole('button', { name: /中文/ }).click();
    await at('约四个数');
    await page.getByRole('button', { name: '递给她了' }).click();
    for (const digit of '73917391') await page.getByRole('button', { name: digit, exact: true }).click();
    expect(await page.locator('body').textContent()).not.toContain('7391');
    await reachable();
    await page.getByRole('button', { name: '好了，还给师傅' }).click();
    await at('念给她听');
    await page.getByRole('button', { name: '记下了' }).isDisabled();
    for (const yes of await page.locator('.consent .ant-radio-button-wrapper:first-child').all()) await yes.click();
    await reachable();
    await page.getByRole('button', { name: '记下了' }).click();
    await at('有急事找谁？');
    await page.getByLabel('姓名', { exact: true }).fill('王强');
    await page.getByLabel('是她的').selectOption('儿子');
    await page.getByLabel('电话', { exact: true }).fill('139 1234 5678');
    await reachable();
    await page.getByRole('button', { name: '记下了' }).click();
    await at('什么时候要安静？');
    await page.getByRole('button', { name: '就这样' }).click();
    await at('试一声');
    await page.getByRole('button', { name: '她听见了' }).click();
    await at('贴上电话');
    await page.getByRole('button', { name: '贴好了' }).click();
    await at('看一遍');
    await reachable();
    await page.getByRole('button', { name: '装完了' }).click();
    await at('装好了');
    const [done] = await app.core.database.db
      .select()
      .from(installing)
      .where(eq(installing.speakerId, row?.id ?? ''));
    expect(Object.keys(done?.steps ?? {})).toHaveLength(9);
    expect(done?.finishedAt).not.toBeNull();
    const answer = await page.evaluate(`fetch('/api/installations/${done?.id}').then((response) => response.status)`);
    expect(answer).toBe(404);
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await page.close();
  });
});

describe('the property system', () => {
  it('gets a key that works at once and no more when it is revoked', async () => {
    const { page, faults } = await operatorAt('/operator/partners');
    await page.getByLabel('给谁用').fill('物业工单');
    await page.getByRole('checkbox', { name: '看音箱' }).check();
    await page.getByRole('button', { name: '发放密钥' }).click();
    const key = (await page.locator('code.secret').textContent()) ?? '';
    expect(await obstacles(page)).toEqual([]);
    const ask = () =>
      fetch(`${app.url}/api/speakers?pageSize=1`, {
        headers: { authorization: `Bearer ${key}` },
        signal: AbortSignal.timeout(10_000),
      });
    expect((await ask()).status).toBe(200);
    await page.getByRole('button', { name: '收好了' }).click();
    const newest = page.getByRole('listitem').filter({ hasText: '物业工单' }).first();
    await newest.getByRole('button', { name: '作废' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
    await newest.getByText('已作废').waitFor();
    expect((await ask()).status).toBe(401);
    expect(faults).toEqual([]);
    await page.close();
  });
});

/** A real speaker on its line, with the frames that it was sent and the code that it was closed with. */
async function connected(deviceId: string, token: string) {
  const frames: { type: string }[] = [];
  let gone: (code: number) => void = () => undefined;
  const closed = new Promise<number>((resolve) => {
    gone = resolve;
  });
  const url = `${app.url.replace('http', 'ws')}/speaker`;
  const heard = (frame: { type: string }) => void frames.push(frame);
  const line = connectSpeaker({
    url,
    credentials: { deviceId, token },
    reconnectWithin: 0,
    heard,
    closed: (code) => gone(code),
  });
  await line.ready;
  return { frames, closed };
}
