// Runs a program of ours as the owner of the data directory: lock, private Redis, the program, and the same backwards.
import { spawn } from 'node:child_process';
import { constants as access, accessSync, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { take } from './lock.mjs';
import { alive, end, gone, identify, npmAbove } from './processes.mjs';
import { keepRedis } from './redis.mjs';
import { Stop, say } from './say.mjs';

const ORPHAN_MS = 12_000; // a server without its launcher notices within a second and has five to stop (src/parent.ts); opening a database may keep it from looking
const CLOSING_MS = 20_000;
const TOLD_TO_STOP = new Set([0, 128 + constants.signals.SIGINT, 128 + constants.signals.SIGTERM]);
const REPEAT_MS = 1_500; // a Ctrl-C reaches us from the terminal and from npm: that is one wish, not two

/** Takes the data directory or stops, saying who has it. */
export async function own(dataDir, command) {
  makeDirectory(dataDir);
  const { lock, owner } = await take(dataDir, { command, say, lost: () => lostDirectory(dataDir) });
  if (!lock) {
    throw new Stop(
      `${dataDir} is in use by ${owner.command ?? 'another process'} (pid ${owner.pid ?? 'unknown'}, since ${owner.since ?? 'unknown'}).\n` +
        'Stop that one first, or set DATA_DIR to another directory.',
    );
  }
  await clearOrphan(lock.left);
  return lock;
}

function makeDirectory(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, access.W_OK);
  } catch (error) {
    throw new Stop(`${dataDir} cannot be used (${error.code}): set DATA_DIR to a directory of yours.`);
  }
}

function lostDirectory(dataDir) {
  say(`${dataDir} was taken away: stopping.`);
  process.exit(1);
}

/** The server of a launcher that was killed stops by itself; one that cannot is ended, since it holds the database open. */
async function clearOrphan(server) {
  if (!alive(server)) return;
  say(`Waiting for the server of an earlier start (pid ${server.pid}) to stop …`);
  if (!(await gone(server, ORPHAN_MS))) await end(server, 0);
}

/**
 * Starts the program in a group of its own: what is sent to our whole group reaches it once, through us. It is written into the lock at
 * once; should we die before that, it finds at its first look that it has no launcher (src/parent.ts).
 */
function spawnNoted({ args, cwd, env, terminal }, lock) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, LAUNCHER_PID: String(process.pid) },
    stdio: 'inherit',
    detached: !terminal,
  });
  if (child.pid) lock.note({ server: identify(child.pid) });
  return child;
}

/** Resolves with the exit code; a signal counts 128 and its number, as in a shell. */
function finished(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code));
  });
}

/** Calls `stop(signal)` for every wish to stop: a signal, or the death of the npm above us. */
function onWish(stop) {
  let last = 0;
  const wish = (signal) => {
    if (Date.now() - last < REPEAT_MS) return;
    last = Date.now();
    stop(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, wish);
  const npm = npmAbove();
  setInterval(() => npm && !alive(npm) && wish('SIGTERM'), 500).unref();
}

/** Runs the program until it ends or we are told to stop. */
function supervise(program, lock) {
  const life = { child: undefined, stopping: false };
  onWish((signal) => {
    if (program.terminal && signal === 'SIGINT') return; // the keyboard told it already
    if (!life.stopping) lock.note({ stopping: true });
    life.stopping = true;
    life.child?.kill(signal);
    setTimeout(() => life.child?.kill('SIGKILL'), CLOSING_MS).unref();
  });
  life.run = async () => {
    if (life.stopping) return 0;
    life.child = spawnNoted(program, lock);
    const code = await finished(life.child);
    if (code > 128 && !life.stopping) say(`The program was ended from outside (${code}).`);
    return life.stopping && TOLD_TO_STOP.has(code) ? 0 : code;
  };
  return life;
}

/**
 * Owns the data directory for as long as the program runs, then stops the private Redis and gives the directory back.
 * @param program `{ args, cwd, env, terminal }`: arguments for node; `terminal` leaves it in our group, where it may read the keyboard
 * @param redis whether it needs a private Redis
 * @param watch called with `restart()`: the program is then started again instead of ending
 * @returns the program's exit code; 0 when it stopped because it was told to
 */
export async function launch({ lock, dataDir, program, redis: wanted = false, watch }) {
  let redis;
  try {
    const life = supervise(program, lock);
    redis = wanted ? await keepRedis(dataDir) : undefined;
    if (redis) program.env = { ...program.env, REDIS_URL: redis.url };
    let again = false;
    watch?.(() => {
      again = true;
      life.child?.kill('SIGTERM');
    });
    for (;;) {
      again = false;
      const code = await life.run();
      if (!again || life.stopping) return code;
    }
  } finally {
    await redis?.stop();
    lock.release();
  }
}
