import { eq, ne } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { type AzureSpeech, startAzureSpeech } from '../../src/connectors/stand-ins/azure-speech.ts';
import { writeWav } from '../../src/speech/synthesiser/wav.ts';
import { call, staff } from '../../src/store/schema.ts';
import { conversationOf } from '../../src/turn.ts';
import { buildApp } from '../support/app.ts';
import { canSpeak, joined, said, silence } from '../support/sounds.ts';
import { obstacles, overflows } from './chromium.ts';
import { openDoor } from './door.ts';
import { fromWordToVoices, type Marks } from './marks.ts';
import { say } from './talking.ts';
import {
  accept,
  askForSomebody,
  dropLines,
  endCall,
  HERTZ,
  muffle,
  openDesk,
  openHome,
  pullMicrophone,
  wayOf,
} from './telephones.ts';
import { hears, listen, openMicrophone, openVoice } from './voices.ts';

/** What can go wrong in a call, each in turn. Without it one road of each kind: voices, music, a colleague. */
const LONG = process.env.CALLS === 'long';

let service: AzureSpeech;
let app: Awaited<ReturnType<typeof buildApp>>;
const browsers = new Map<keyof typeof HERTZ, Promise<Browser>>();
/** The clocks of calls, which the jobs run in the product. */
let clocks: NodeJS.Timeout | undefined;
let her: Page;
let desk: Page;

/** A microphone of her own for each: opened when it is first wanted. */
function voiceOf(who: keyof typeof HERTZ): Promise<Browser> {
  const opened = browsers.get(who) ?? openVoice(HERTZ[who]);
  browsers.set(who, opened);
  return opened;
}

beforeAll(async () => {
  const opening = [voiceOf('home'), voiceOf('first')];
  await buildConsoles(process.cwd());
  service = await startAzureSpeech();
  const ears = { AZURE_SPEECH_HOST_STT: service.url, AZURE_SPEECH_KEY: service.key };
  app = await buildApp({ env: LONG ? ears : {} });
  await Promise.all(opening);
  clocks = setInterval(() => void app.core.services.calls.sweep().catch(() => undefined), 1_000);
});
afterAll(async () => {
  clearInterval(clocks);
  for (const opened of browsers.values()) await (await opened).close();
  await app?.close();
  await service?.close();
});
beforeEach(async () => {
  if (!desk || desk.isClosed()) desk = await openDesk(await voiceOf('first'), app, 'clerk-a');
  if (!her || her.isClosed()) her = await openHome(await voiceOf('home'), app);
  return clearTheLine;
});

const HOUSE = { kind: 'system', id: 'test', role: 'system' } as const;

/** The next test finds a free line, and a speaker that has forgotten the last one; the two ends stay where they are. */
async function clearTheLine(): Promise<void> {
  const { services, database, sessions } = app.core;
  const live = await database.db.select({ id: call.id }).from(call).where(ne(call.state, 'ended'));
  for (const { id } of live) await services.calls.force(id, 'the test is over', HOUSE).catch(() => undefined);
  await sessions.drop(conversationOf({ brand: 'speaker', device: app.demo.speakers[0]?.deviceId ?? '' }));
  const stay = LONG ? [] : [desk.context(), her.context()];
  for (const opened of browsers.values()) {
    for (const context of (await opened).contexts()) if (!stay.includes(context)) await context.close();
  }
  if (LONG) return;
  await desk.locator('.call').waitFor({ state: 'detached' });
  await her.locator('.line-card').waitFor({ state: 'detached' });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** Until both hear one another, of each call of this file that begins with her word. */
const waits: number[] = [];

async function measured(): Promise<Marks> {
  const marks = await fromWordToVoices(her, desk);
  const { rung, taken, told, heardAtHome, heardAtDesk } = marks;
  waits.push(Math.max(heardAtHome, heardAtDesk));
  console.log(
    `since 「我要找人」: rings ${seconds(rung)}, taken ${seconds(taken)}, she is told who it is ${seconds(told)}, ` +
      `she hears the clerk ${seconds(heardAtHome)}, the clerk hears her ${seconds(heardAtDesk)}`,
  );
  return marks;
}

const states = async () =>
  (await app.core.database.db.select({ state: call.state }).from(call)).map(({ state }) => state);

describe('a call', () => {
  afterAll(() => {
    const [middle = 0] = waits.sort((a, b) => a - b).slice(waits.length >> 1);
    console.log(`「我要找人」 to voices in both directions: median ${seconds(middle)} of ${waits.length} calls`);
  });

  it('goes from 「我要找人」 to voices in both directions, the brief on screen before anybody speaks', async () => {
    const { told, heardAtHome, heardAtDesk } = await measured();
    // Nobody is heard before her speaker has said who is there: a name takes a second.
    expect(Math.min(heardAtHome, heardAtDesk)).toBeGreaterThan(told + 700);
    expect(await desk.locator('.brief').innerText()).toContain('我要找人');
    expect(await desk.locator('.brief').innerText()).toMatch(/王\*/);
    await Promise.all([hears(her, HERTZ.first), hears(desk, HERTZ.home)]);
    expect(await states()).toEqual(expect.arrayContaining(['talking']));

    expect(await obstacles(desk)).toEqual([]);
    for (const width of [1024, 390, 1440]) {
      await desk.setViewportSize({ width, height: 900 });
      expect(await overflows(desk), `${width}`).toBe(false);
    }
    await endCall(desk, '解决了');
    await desk.locator('.call').waitFor({ state: 'detached' });
    await her.locator('.line-card').waitFor({ state: 'detached' });
    expect(await her.locator('audio[data-leg]').count()).toBe(0);
    const hers = eq(call.notes, '老年证的事说清楚了');
    const [ended] = await app.core.database.db.select().from(call).where(hers);
    expect(ended).toMatchObject({ state: 'ended', outcome: 'solved' });
  });

  it('holds with music for her and silence for the clerk, and goes on', async () => {
    await measured();
    await hears(her, HERTZ.first);
    await desk.keyboard.press('h');
    await her.getByText('请您等一下').waitFor();
    await desk.getByText('请她等着').waitFor();
    const music = await hears(her, ({ hertz }) => hertz > 300 && hertz < 800);
    expect(music.level).toBeGreaterThan(0.02);
    expect(await listen(desk, 300)).toBeUndefined(); // her end is muted at the desk
    await desk.keyboard.press('h');
    await Promise.all([hears(her, HERTZ.first), hears(desk, HERTZ.home)]);
  });

  it('is handed to a colleague without a gap: the second leg stands before the first is dropped', async () => {
    await measured();
    await hears(her, HERTZ.first);
    const colleague = await openDesk(await voiceOf('second'), app, 'clerk-b');
    await desk.keyboard.press('t');
    const dialog = desk.getByRole('dialog');
    const row = dialog.getByRole('listitem').filter({ hasText: 'B 角' });
    await row.getByRole('button', { name: '转给她' }).click();
    await colleague.getByText('要转给您').waitFor();
    await hears(her, HERTZ.first); // still there while it rings at the other
    await accept(colleague);
    await hears(her, HERTZ.second, 30);
    await hears(colleague, HERTZ.home);
    await desk.locator('.call').waitFor({ state: 'detached' });
    expect(await her.locator('audio[data-leg]').count()).toBe(1);
    expect(await colleague.locator('.brief').innerText()).toContain('我要找人');
  });

  it('is made from a callback: the clerk clicks, she hears who it is and says yes, and they talk', async () => {
    let heard = await say(her, '让人给我打电话');
    for (let turn = 0; turn < 4 && heard.phrase !== 'agent.callbackNoted'; turn++) heard = await say(her, '行');
    const row = desk.locator('.callback').filter({ hasText: '王*' }).first();
    await row.getByRole('button', { name: '打她的音箱' }).click();
    const ringing = her.locator('.line-card[data-state="offered"]');
    await ringing.waitFor();
    expect(await her.locator('audio[data-leg]').count()).toBe(0); // nothing is opened before she says yes
    await ringing.getByRole('button', { name: '接', exact: true }).click();
    await Promise.all([hears(her, HERTZ.first), hears(desk, HERTZ.home)]);
    await endCall(desk, '解决了');
    await her.locator('.line-card').waitFor({ state: 'detached' });
  });
});

if (LONG) {
  describe('a call that goes wrong', () => {
    it('outlives the loss of both lines, and finds its way anew when they are back', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(her, HERTZ.first);
      await Promise.all([dropLines(desk), dropLines(her)]);
      await hears(her, HERTZ.first); // the sound does not pass through the server
      await desk.locator('.day-fresh').getByText('有变化马上更新').waitFor();
      await Promise.all([hears(her, HERTZ.first), hears(desk, HERTZ.home)]);
      await desk.keyboard.press('h');
      await her.getByText('请您等一下').waitFor();
    });

    it('says so to both where she is not heard, and opens a microphone anew that was pulled out', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(desk, HERTZ.home);
      await pullMicrophone(her);
      await Promise.all([
        desk
          .locator('.call-trouble')
          .getByText(/她那边的声音没传过来|对方的话筒没有声音/)
          .waitFor(),
        her.locator('.line-trouble').getByText('那边听不见您').waitFor(),
        her.locator('.line-words').getByText('您看看话筒，再说一遍').waitFor(), // said aloud, too
      ]);
      await hears(desk, HERTZ.home);
      await Promise.all(
        [desk, her].map((page) => page.locator('.call-trouble, .line-trouble').waitFor({ state: 'detached' })),
      );
    });

    it('seeks its way anew where nothing of the clerk arrives, tells both, and takes it back when she is heard', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(her, HERTZ.first);
      const before = await wayOf(her);
      const restore = await muffle(desk);
      await Promise.all([
        her.locator('.line-trouble').getByText('听不见那边').waitFor(),
        desk.locator('.call-trouble').getByText('她听不见您').waitFor(),
      ]);
      await vi.waitFor(async () => expect(await wayOf(her)).not.toBe(before), { timeout: 10_000, interval: 100 });
      await restore();
      await hears(her, HERTZ.first);
      await Promise.all(
        [desk, her].map((page) => page.locator('.call-trouble, .line-trouble').waitFor({ state: 'detached' })),
      );
      await hears(desk, HERTZ.home);
    });

    it('goes on when its server is killed: the pages find another one, and the voices never stop', async () => {
      const second = await app.another();
      const door = await openDoor(app.url);
      const through = { ...app, url: door.url };
      const [away, there] = [
        await openHome(await voiceOf('above'), through, 1),
        await openDesk(await voiceOf('second'), through, 'clerk-b'),
      ];
      await desk.context().close(); // the first clerk has gone home
      await askForSomebody(away);
      await accept(there);
      await hears(away, HERTZ.second);
      door.leadTo(second.url);
      await hears(away, HERTZ.second);
      await there.locator('.day-fresh').getByText('有变化马上更新').waitFor();
      await there.keyboard.press('h');
      await away.getByText('请您等一下').waitFor();
      await there.keyboard.press('h');
      await Promise.all([hears(away, HERTZ.second), hears(there, HERTZ.above)]);
      await endCall(there, '解决了');
      await away.locator('.line-card').waitFor({ state: 'detached' });
      await door.close();
    });

    it('is taken up again by a page that was loaded anew, with the notes', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(her, HERTZ.first);
      await desk.getByRole('textbox', { name: '备注' }).fill('她说周三来');
      await desk.reload();
      await desk.locator('.call-bar').waitFor();
      expect(await desk.getByRole('textbox', { name: '备注' }).inputValue()).toBe('她说周三来');
      await Promise.all([hears(her, HERTZ.first), hears(desk, HERTZ.home)]);
    });

    it('waits for her when the tab was killed, and is taken over in another browser', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(her, HERTZ.first);
      await desk.context().close();
      await her.getByText('那边断了').waitFor();
      const another = await openDesk(await voiceOf('second'), app, 'clerk-a');
      await another.getByRole('button', { name: '接到这里来' }).click();
      await Promise.all([hears(her, HERTZ.second), hears(another, HERTZ.home)]);
      expect(await another.locator('.brief').innerText()).toContain('我要找人');
    });

    it('belongs to one of two who accept at the same moment', async () => {
      await app.core.database.db.update(call).set({ talkingAt: null }); // she comes back to nobody in particular
      await app.core.database.db.update(staff).set({ duty: 'A' }).where(eq(staff.username, 'clerk-b'));
      const colleague = await openDesk(await voiceOf('second'), app, 'clerk-b');
      await askForSomebody(her);
      await Promise.all([desk.locator('.offer').waitFor(), colleague.locator('.offer').waitFor()]);
      await Promise.all([desk.keyboard.press('y'), colleague.keyboard.press('y')]);
      await Promise.any([desk, colleague].map((page) => page.locator('.call-bar').waitFor()));
      await Promise.all([desk, colleague].map((page) => page.locator('.offer').waitFor({ state: 'detached' })));
      const has = await Promise.all([desk, colleague].map((page) => page.locator('.call-bar').count()));
      expect(has.sort()).toEqual([0, 1]);
      expect((await states()).filter((state) => state !== 'ended')).toHaveLength(1);
      await app.core.database.db.update(staff).set({ duty: 'B' }).where(eq(staff.username, 'clerk-b'));
    });
  });

  describe.runIf(await canSpeak())('captions', () => {
    it('show what she says once she has agreed, and nothing before; she is shown that it is written', async () => {
      const sentence = joined(await said('我的老年证什么时候能拿'), silence(2_500));
      const talking = await openMicrophone(writeWav({ rate: 16_000, samples: sentence }));
      her = await openHome(talking, app);
      await askForSomebody(her);
      await accept(desk);
      const panel = desk.locator('.captions');
      await panel.getByText('她没有同意过字幕').waitFor();
      await her.locator('.line-card[data-state="talking"]').waitFor();
      service.next(...Array.from({ length: 9 }, () => ({ interim: ['我的老年证'], text: '我的老年证什么时候能拿' })));
      await panel.getByRole('button', { name: '她说行' }).click();
      const words = panel.locator('li[data-who="resident"][data-final="true"]').first();
      await words.waitFor();
      expect(await words.innerText()).toContain('什么时候能拿');
      await her.getByText('说的话会打成字，只看，不存').waitFor();
      expect(await obstacles(desk)).toEqual([]);
      await panel.getByRole('button', { name: '她不愿意了' }).click();
      await panel.getByText('她没有同意过字幕').waitFor();
      await talking.close();
    });
  });

  describe('the supervisor', () => {
    it('hears both sides, is shown to the clerk, speaks up, and ends a call that is stuck', async () => {
      await askForSomebody(her);
      await accept(desk);
      await hears(her, HERTZ.first);
      const board = await openDesk(await voiceOf('above'), app, 'supervisor');
      const row = board.locator('.board-going');
      await row.getByRole('button', { name: '只听' }).click();
      await desk.getByText('在听').waitFor();
      await Promise.all([hears(board, HERTZ.home), hears(board, HERTZ.first)]);
      expect(await obstacles(board)).toEqual([]);
      await row.getByRole('button', { name: '三方说' }).click();
      await desk.getByText('三方都听得见').waitFor();
      await hears(her, HERTZ.above, 30);
      await board.locator('.listening').getByRole('button', { name: '不听了' }).click();
      await desk.getByText('三方都听得见').waitFor({ state: 'detached' });
      await hears(her, HERTZ.first);
      await row.getByRole('button', { name: '强制结束' }).click();
      await board.getByLabel('为什么').fill('试一下');
      await board.getByRole('button', { name: '结束它' }).click();
      await desk.locator('.call-bar').waitFor({ state: 'detached' });
      expect((await states()).filter((state) => state !== 'ended')).toEqual([]);
    });
  });
}
