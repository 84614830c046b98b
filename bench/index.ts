/** npm run bench [-- --quick] [-- scenario …]: measures, prints ratios, keeps bench/results/. Nothing absolute is claimed. */
import { parseArgs } from 'node:util';
import { type Report, tell } from './report.ts';
import { booking } from './scenarios/booking.ts';
import { call } from './scenarios/call.ts';
import { eldersSpeak } from './scenarios/elders.ts';
import { fanout } from './scenarios/fanout.ts';
import { speech } from './scenarios/speech.ts';
import { start } from './scenarios/start.ts';
import { turn } from './scenarios/turn.ts';
import { understanding } from './scenarios/understanding.ts';
import { privateStores, type Stores } from './stores.ts';

const MEASURED: Record<string, (stores: Stores, quick: boolean) => Promise<Report>> = {
  turn,
  booking,
  start,
  speech,
  call,
};
/** These print figures of their own. */
const TOLD: Record<string, (stores: Stores, quick: boolean) => Promise<void>> = { fanout, elders: eldersSpeak };
/** What is run when nothing is named; elders are judged, and asked for by name. */
const ALL = ['turn', 'booking', 'understanding', 'start', 'speech', 'fanout'];
const NAMES = [...ALL, 'call', 'elders'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, trace: { type: 'boolean' } },
});
const quick = values.quick ?? false;
const wanted = positionals.length > 0 ? positionals : ALL;
const unknown = wanted.filter((name) => !NAMES.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`There is no scenario ${unknown.join(', ')}: take ${NAMES.join(', ')}.\n`);
  process.exitCode = 1;
} else {
  for (const name of wanted) await measure(name);
}

async function measure(name: string): Promise<void> {
  process.stderr.write(`${name} …\n`);
  const scenario = MEASURED[name];
  const told = TOLD[name];
  if (!scenario && !told) return understanding(quick);
  const stores = await privateStores();
  const stop = () => void stores.close().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    if (scenario) tell(await scenario(stores, quick), quick);
    else await told?.(stores, quick);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await stores.close();
  }
}
