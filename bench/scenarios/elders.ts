/** Simulated elders on seeds that were not used while building: how many failed turns are mended at the first retry. */
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { connectRedis, redisReady } from '../../src/store/redis.ts';
import { openStageOn } from '../../test/conversations/home.ts';
import { elders, printed } from '../../test/elders/report.ts';
import type { Stores } from '../stores.ts';

/** Seeds below 300 were looked at while building; these were not. */
const QUICK = [301, 302];
const WHOLE = [301, 302, 303, 304, 305, 306];
/** Present assistants mend a quarter (arXiv 2403.02421). */
const WANTED = 0.8;
const READY_MS = 10_000;

/** Prints the figures; the process fails below what is promised. */
export async function eldersSpeak(stores: Stores, quick: boolean): Promise<void> {
  const database = await openDatabase(await stores.freshDatabase());
  const clients = [connectRedis(stores.redisUrl, 'commands'), connectRedis(stores.redisUrl, 'subscriber')] as const;
  try {
    await migrate(database);
    for (const client of clients) await redisReady(client, READY_MS);
    const stage = await openStageOn({ database, redis: clients[0], subscriber: clients[1] });
    const seeds = quick ? QUICK : WHOLE;
    const figures = await elders(stage, seeds);
    if (process.argv.includes('--trace'))
      for (const one of figures.sittings) for (const line of one.trace) process.stdout.write(`${line}\n`);
    process.stdout.write(`${printed(figures)}\nseeds ${seeds.join(', ')}, ${database.engine}\n`);
    if (figures.firstRetry < WANTED) process.exitCode = 1;
  } finally {
    for (const client of clients) client.disconnect();
    await database.close();
  }
}
