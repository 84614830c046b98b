// Where this installation lies, and what its .env says.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Takes in `.env` beside package.json, where there is one; what the environment already says stands. */
export function readDotEnv(root = ROOT) {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The data directory, absolute. */
export function dataDirOf(env, root = ROOT) {
  return resolve(root, env.DATA_DIR || '.data');
}

/** Whether an outside Redis is named: then no private one is started. */
export function hasRedis(env) {
  return Boolean(env.REDIS_URL || env.REDIS_CLUSTER_URLS || env.REDIS_SENTINELS);
}
