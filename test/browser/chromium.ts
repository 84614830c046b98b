/** A real Chromium, pages that remember what went wrong in them, and the accessibility check. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page, type Request, type Response } from 'playwright-core';
import { chromiumFound } from '../../scripts/programs.mjs';

/** What every Chromium of the tests is started with. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** A microphone that beeps, allowed without asking. */
const MICROPHONE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/** The system's Chromium; `CHROMIUM` names another. `speaking`: a WAV that its microphone hears, once, instead of beeps. */
export function openChromium(speaking?: string): Promise<Browser> {
  const heard = speaking ? [`--use-file-for-fake-audio-capture=${speaking}%noloop`] : [];
  return chromium.launch({
    executablePath: chromiumFound(),
    args: [...CHROMIUM_ARGS, ...MICROPHONE, ...heard],
  });
}

/** A server that is overloaded, as on a busy machine, says so, and the page asks again: no fault of the page. */
const BUSY = /status of 503/;

export interface Watched {
  page: Page;
  /** Errors on the console and thrown in the page. */
  faults: string[];
  /** Resolves when nothing that the page asked for is on its way any more and it has drawn what came. */
  settled(): Promise<void>;
}

/** A page in a context of its own, `width` pixels wide; under 500 it is a phone. */
export async function openPage(browser: Browser, url: string, width = 1440): Promise<Watched> {
  return watchedPage(await contextOf(browser, url, width));
}

function contextOf(browser: Browser, url: string, width: number): Promise<BrowserContext> {
  const phone = width < 500;
  return browser.newContext({
    baseURL: url,
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
  });
}

async function watchedPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on(
    'console',
    (message) => message.type() === 'error' && !BUSY.test(message.text()) && faults.push(message.text()),
  );
  page.on('pageerror', (error) => faults.push(error.message));
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  page.on('response', (response) => response.status() >= 500 && tellRefused(response));
  return { page, faults, settled: () => settle(page, underWay) };
}

/** For whoever reads a red run: a page that waits in vain may have been refused. */
function tellRefused(response: Response): void {
  const { pathname } = new URL(response.url());
  process.stdout.write(`a page was refused: ${response.status()} ${response.request().method()} ${pathname}\n`);
}

/** Drawn twice with nothing under way: what an answer brings about may ask again. */
async function settle(page: Page, underWay: ReadonlySet<Request>): Promise<void> {
  for (let calm = 0; calm < 2; calm = underWay.size === 0 ? calm + 1 : 0)
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 25)))');
}

/**
 * Pages of people who have signed in: through the interface, once for each account, so that a test begins at its subject.
 * Pages of one account and width share a browser's memory, as on a desk that works all day.
 */
export function createDesks(browser: Browser, url: string) {
  const cookies = new Map<string, Promise<Cookie>>();
  const contexts = new Map<string, Promise<BrowserContext>>();

  async function contextFor(account: Account, width: number): Promise<BrowserContext> {
    const context = await contextOf(browser, url, width);
    await context.addCookies([await remembered(cookies, account.username, () => cookieOf(url, account))]);
    return context;
  }

  return async function desk(account: Account, path: string, width = 1440): Promise<Watched> {
    const context = await remembered(contexts, `${account.username} ${width}`, () => contextFor(account, width));
    const opened = await watchedPage(context);
    opened.page.setDefaultTimeout(40_000); // the machine may be shared
    await opened.page.goto(path);
    await opened.page.locator('.frame').waitFor();
    return opened;
  };
}

export type Desks = ReturnType<typeof createDesks>;

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

interface Cookie {
  name: string;
  value: string;
  url: string;
}

async function cookieOf(url: string, { username, password }: Account): Promise<Cookie> {
  const response = await fetch(new URL('/api/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password }),
    signal: AbortSignal.timeout(20_000),
  });
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? [];
  if (!name || !value) throw new Error(`${username} could not sign in: ${response.status}`);
  return { name, value, url };
}

/** Rows of a table beyond these are as those before them. */
const ALIKE = 'tbody tr:nth-child(n+9)';

/** Colours on their way from one state to the next are not what anybody reads. What moves for ever is left out. */
const AT_REST = `Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
  .map((one) => one.finished))`;

/** What axe finds, one line for each place. Nothing is framed here and only faults are read: so it needs no second page and no lists of what is well. */
export async function obstacles(page: Page): Promise<string[]> {
  await page.evaluate(AT_REST);
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .exclude(ALIKE);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Whether the page is wider than the window: nobody scrolls sideways on a phone. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
}

/** The widths that pages are used at, by the page that shows them: a desk whose window is made narrower, and a phone. */
export const LAYOUTS = [[1440, 1024], [390]] as const;
export type Layout = (typeof LAYOUTS)[number];

/** The page at every width of its layout: the obstacles, and a line where it is wider than the window. It is left at the first width. */
export async function wrongAt(page: Page, layout: Layout): Promise<string[]> {
  const wrong: string[] = [];
  for (const width of layout) {
    if (layout.length > 1) await page.setViewportSize({ width, height: 900 });
    if (await overflows(page)) wrong.push(`${width} pixels wide: wider than that`);
    wrong.push(...(await obstacles(page)).map((obstacle) => `${width} pixels wide: ${obstacle}`));
  }
  if (layout.length > 1) await page.setViewportSize({ width: layout[0], height: 900 });
  return wrong;
}

interface Account {
  role: string;
  username: string;
  password: string;
}

/** Signed in already when the page comes up: where signing in is not what is looked at. */
export async function signIn(page: Page, path: string, { username, password }: Account): Promise<void> {
  const answer = await page.request.post('/api/session', { data: { username, password } });
  if (!answer.ok()) throw new Error(`${username} was not signed in: ${answer.status()}`);
  await page.goto(path);
  await page.locator('.frame').waitFor();
}

/** Signs in on the page that is asked for, as a person does. */
export async function signInByHand(page: Page, path: string, { username, password }: Account): Promise<void> {
  await page.goto(path);
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator('.frame').waitFor();
}

/** Whoever of the demo accounts has this role. */
export function accountOf<A extends Account>(accounts: readonly A[], role: string): A {
  const found = accounts.find((account) => account.role === role);
  if (!found) throw new Error(`no demo account is ${role}`);
  return found;
}
