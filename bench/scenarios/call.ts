/** From 「我要找人」 in the browser to voices in both directions: two Chromium with microphones, a clerk who takes it at once. */
import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { buildConsoles } from '../../scripts/consoles.mjs';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { every } from '../../src/jobs/every.ts';
import { prepare } from '../../src/prepare.ts';
import { call as callRow } from '../../src/store/schema.ts';
import { announceDemo } from '../../src/store/seed/demo.ts';
import { conversationOf } from '../../src/turn.ts';
import { openVoices } from '../../src/voices.ts';
import { fromWordToVoices, type Marks } from '../../test/browser/marks.ts';
import { HERTZ, openDesk, openHome } from '../../test/browser/telephones.ts';
import { openVoice } from '../../test/browser/voices.ts';
import { median, type Result } from '../measure.ts';
import { percentile, type Report } from '../report.ts';
import { openCore } from '../speech/house.ts';
import type { Stores } from '../stores.ts';

const PROMISED_MS = 3_000;
const WARM_UP = 1;
const HOUSE = { kind: 'system', id: 'bench', role: 'system' } as const;

const NAMES: [keyof Marks, string][] = [
  ['heardAtHome', '「我要找人」 → she hears the clerk'],
  ['heardAtDesk', '「我要找人」 → the clerk hears her'],
  ['rung', '  it rings at the desk'],
  ['taken', '  it is taken'],
  ['told', '  her speaker begins to say who is there'],
];

export async function call(stores: Stores, quick: boolean): Promise<Report> {
  await buildConsoles(process.cwd());
  const house = await openHouse(stores);
  const browsers = await Promise.all([HERTZ.home, HERTZ.first].map(openVoice));
  const [home, station] = browsers;
  try {
    if (!home || !station) throw new Error('two browsers were opened');
    const [her, desk] = [await openHome(home, house), await openDesk(station, house, 'clerk-a')];
    const calls: Marks[] = [];
    for (let n = -WARM_UP; n < (quick ? 4 : 15); n++) {
      const marks = await fromWordToVoices(her, desk);
      if (n >= 0) calls.push(marks);
      await house.clear();
      await desk.locator('.call').waitFor({ state: 'detached' });
      await her.locator('.line-card').waitFor({ state: 'detached' });
    }
    return report(calls);
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await house.close();
  }
}

/** The product with its own voice; the clocks of calls run as its jobs let them. */
async function openHouse(stores: Stores) {
  const dataDir = join(stores.folder, 'call');
  mkdirSync(dataDir);
  const config = readConfig({ DATA_DIR: dataDir, SAMPLE_DATA: 'true' });
  const { core, closeStores } = await openCore(stores);
  await prepare(core, config);
  const voices = openVoices(config, core);
  const app = await createApp({ core, config, voices, started: () => true, longestDelayMs: 60_000 });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const demo = await announceDemo(join(dataDir, 'demo.json'), url);
  if (!demo) throw new Error('the sample community was not announced');
  const stop = every(1_000, core.services.calls.sweep, { name: 'calls', log: core.log });
  const close = async () => {
    await stop();
    await app.close();
    voices.close();
    await closeStores();
  };
  return { url, demo, clear: () => clear(core, demo.speakers[0]?.deviceId ?? ''), close };
}

/** The line is free again, and her speaker has forgotten the talk. */
async function clear({ services, database, sessions }: Core, device: string): Promise<void> {
  const talking = await database.db.select().from(callRow).where(eq(callRow.state, 'talking'));
  for (const { id } of talking) await services.calls.force(id, 'measured', HOUSE);
  await sessions.drop(conversationOf({ brand: 'speaker', device }));
}

function report(calls: Marks[]): Report {
  const whole = calls.map(({ heardAtHome, heardAtDesk }) => Math.max(heardAtHome, heardAtDesk));
  const row = (name: string, blocks: number[]): Result => ({
    name,
    median: median(blocks),
    least: Math.min(...blocks),
    most: Math.max(...blocks),
    ratio: median(blocks) / median(whole),
    blocks,
  });
  return {
    scenario: 'call',
    unit: 'ms since she asked',
    results: [
      row('voices in both directions', whole),
      ...NAMES.map(([mark, name]) =>
        row(
          name,
          calls.map((one) => one[mark]),
        ),
      ),
    ],
    notes: [
      `${calls.length} calls: p95 ${Math.round(percentile(whole, 95))} ms (promised with a free clerk: under ${PROMISED_MS})`,
      `the clerk takes it at once; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    ],
  };
}
