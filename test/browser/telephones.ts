/** The two ends of a call as people use them: a speaker at home, desks at the station. */
import type { Browser, Page } from 'playwright-core';
import type { BuiltApp } from '../support/app.ts';
import { openPage, signIn } from './chromium.ts';
import { openSpeaker, say } from './talking.ts';

type Running = Pick<BuiltApp, 'url'> & { demo: Pick<BuiltApp['demo'], 'accounts' | 'speakers'> };

/** How the microphones are told apart: hers, two clerks', the supervisor's. */
export const HERTZ = { home: 440, first: 1_000, second: 1_500, above: 2_000 } as const;

/** The page keeps its sockets and its peer connections where a test can cut them, as a bad network would. */
const KEEP_LINES = `
  const Plain = WebSocket;
  window.lines = [];
  window.WebSocket = class extends Plain {
    constructor(...args) { super(...args); window.lines.push(this); }
  };
  const Peer = RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Peer {
    constructor(...args) { super(...args); window.peers.push(this); }
  };`;

const STANDING = "peers.findLast((one) => one.connectionState === 'connected')";

/** A desk at which somebody has said that she is there. */
export async function openDesk(browser: Browser, app: Running, username: string, width?: number): Promise<Page> {
  const account = app.demo.accounts.find((one) => one.username === username);
  if (!account) throw new Error(`nobody is ${username}`);
  const { page } = await openPage(browser, app.url, width);
  await page.addInitScript(KEEP_LINES);
  await signIn(page, '/clerk', account);
  if (account.role === 'supervisor') await page.locator('.board').waitFor();
  else await beThere(page);
  return page;
}

async function beThere(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: '开始接电话' });
  const there = page.locator('.presence[data-state="available"]');
  await start.or(there).first().waitFor();
  for (let tries = 0; tries < 3 && (await start.isVisible()); tries++) {
    await start.click(); // what was refused because the machine is busy is pressed again, as she would
    await start.waitFor({ state: 'detached', timeout: 8_000 }).catch(() => undefined);
  }
  await there.waitFor();
}

/** The speaker of one of the first homes in the browser: they belong to the station of the demo clerks. */
export async function openHome(browser: Browser, app: Running, n = 0): Promise<Page> {
  const { page } = await openPage(browser, app.url);
  await page.addInitScript(KEEP_LINES);
  await openSpeaker(page, app.demo.speakers[n]?.deviceId ?? '');
  return page;
}

export async function askForSomebody(page: Page): Promise<void> {
  await say(page, '我要找人');
  await page.locator('.line-card').waitFor();
}

export async function accept(page: Page): Promise<void> {
  await page.locator('.offer').waitFor();
  await page.getByRole('button', { name: /^接/ }).click();
  await page.locator('.call-bar').waitFor();
}

/** Hangs up and says what came of it. */
export async function endCall(page: Page, outcome: string): Promise<void> {
  await page.getByRole('textbox', { name: '备注' }).fill('老年证的事说清楚了');
  await page.getByRole('button', { name: '挂断' }).click();
  await page.getByRole('button', { name: outcome }).first().click();
}

/** The microphone was pulled out: its track is over, the line still stands. */
export async function pullMicrophone(page: Page): Promise<void> {
  await page.evaluate(`${STANDING}.getSenders()[0].track.stop()`);
}

/** Nothing is sent any more, and nobody has said so. @returns puts it back */
export async function muffle(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(`(async () => {
    const [sender] = ${STANDING}.getSenders();
    window.muffled = { sender, put: sender.replaceTrack.bind(sender) };
    await sender.replaceTrack(null);
    sender.replaceTrack = async () => undefined;
  })()`);
  return () =>
    page.evaluate(`(async () => {
      const { sender, put } = window.muffled;
      delete sender.replaceTrack;
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      await put(sound.getAudioTracks()[0]);
    })()`);
}

/** The name of the way that the sound takes: another one after it was sought anew. */
export function wayOf(page: Page): Promise<string> {
  return page.evaluate<string>(`/a=ice-ufrag:(\\S+)/.exec(${STANDING}.currentLocalDescription.sdp)[1]`);
}

/** The network is gone for a moment: every socket of the page breaks off. */
export async function dropLines(page: Page): Promise<void> {
  await page.evaluate('window.lines.forEach((line) => line.close())');
}
