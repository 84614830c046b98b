/** The stage of home.ts on stores of the test run's own. */
import type { Database } from '../../src/store/database.ts';
import { freshRedis } from '../support/redis.ts';
import { openStageOn } from './home.ts';

export { atSpeaker, type HomeWish, type Played, type Stage } from './home.ts';

/** Opens the stage on a migrated database. */
export async function openStage(database: Database) {
  const { redis, connect } = await freshRedis();
  return openStageOn({ database, redis, subscriber: await connect('subscriber') });
}
