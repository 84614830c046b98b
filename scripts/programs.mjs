// Programs that npm cannot bring: looked for, installed where we may, else named in the words to type.
import { existsSync, readdirSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { find, quietly, show } from './commands.mjs';
import { Stop, say } from './say.mjs';

/** The headless one first: the same engine without a window's own pages, which cost a quarter of the time here. */
const CHROMIUM = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const PRINTED_FONT = '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc';
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The browser that tests open, or undefined; `CHROMIUM` in the environment names another. */
export function chromiumFound() {
  const named = process.env.CHROMIUM;
  const found = CHROMIUM.map((name) => find(name)).find((file) => file !== undefined);
  return named ?? found ?? (existsSync(MAC_CHROME) ? MAC_CHROME : undefined);
}

/** By its file where fontconfig's own programs are absent: the headless shell brings the library alone. */
async function hasChineseFont() {
  if (process.platform === 'darwin' || existsSync(PRINTED_FONT)) return true;
  const { code, output } = await quietly('fc-list', [':lang=zh', 'family']);
  return code === 0 && output.trim() !== '';
}

/** `there` says whether it can be used; `apt` and `brew` name the package; `without` says what a missing one costs where it is not needed. */
export const PROGRAMS = {
  redis: { name: 'Redis', there: () => find('redis-server'), apt: 'redis-server', brew: 'redis' },
  voice: {
    name: 'espeak-ng',
    there: () => find('espeak-ng'),
    apt: 'espeak-ng',
    brew: 'espeak-ng',
    without: 'Without espeak-ng the speaker is silent: replies are text only.',
  },
  browser: {
    name: 'Chromium',
    there: () => chromiumFound() !== undefined,
    apt: 'chromium-headless-shell',
    brew: '--cask google-chrome',
  },
  postgres: {
    name: 'PostgreSQL',
    there: () => find('initdb') || (existsSync(DEBIAN_POSTGRES) && readdirSync(DEBIAN_POSTGRES).length > 0),
    apt: 'postgresql',
    brew: 'postgresql@15',
  },
  font: {
    name: 'a Chinese font',
    there: hasChineseFont,
    apt: 'fonts-wqy-microhei',
  },
  paper: {
    name: 'a Chinese font for printed reports',
    there: () => process.platform === 'darwin' || existsSync(PRINTED_FONT),
    apt: 'fonts-wqy-microhei',
    without: 'Without a Chinese font the monthly report cannot be printed (PDF).',
  },
};

/** What `npm start` needs; a cloud voice makes the embedded one needless, an outside Redis the private one. */
export function forStart(env, { privateRedis }) {
  const cloudVoice = (env.AZURE_SPEECH_KEY && env.AZURE_SPEECH_REGION) || env.AZURE_SPEECH_HOST_TTS;
  return [...(privateRedis ? [PROGRAMS.redis] : []), ...(cloudVoice ? [] : [PROGRAMS.voice]), PROGRAMS.paper];
}

/** What the whole test run needs. */
export const FOR_TESTS = [PROGRAMS.redis, PROGRAMS.postgres, PROGRAMS.browser, PROGRAMS.voice, PROGRAMS.font];

async function missing(programs) {
  const there = await Promise.all(programs.map((program) => program.there()));
  return programs.filter((_, index) => !there[index]);
}

async function install(programs) {
  const names = programs.map((program) => program.name).join(', ');
  if (find('apt-get') && process.getuid() === 0) {
    say(`Installing ${names} (apt-get) …`);
    return aptInstall(programs.map((program) => program.apt));
  }
  if (process.platform === 'darwin' && find('brew')) {
    say(`Installing ${names} (brew) …`);
    for (const { brew } of programs) if (brew) await show('brew', ['install', ...brew.split(' ')]);
  }
  return undefined;
}

/** The exact words to type, for this system. */
function toType(programs) {
  if (process.platform === 'darwin') return programs.map(({ brew }) => `  brew install ${brew}`).join('\n');
  if (find('apt-get')) {
    return `  sudo apt-get install --no-install-recommends ${programs.map(({ apt }) => apt).join(' ')}`;
  }
  return `  (with your system's package manager) ${programs.map(({ name }) => name).join(', ')}`;
}

/** Has these programs there, or stops with the words to type. With `anyway` it only says what is missing. */
export async function havePrograms(programs, { anyway = false } = {}) {
  const first = await missing(programs);
  if (first.length === 0) return;
  const trouble = await install(first);
  const still = await missing(first);
  if (still.length === 0) return;
  if (trouble) say(trouble);
  const needed = still.filter((program) => !program.without);
  const words = `${still.map((program) => program.name).join(', ')} could not be installed from here. Please type:\n${toType(still)}`;
  if (needed.length > 0 && !anyway) throw new Stop(words);
  say(words);
  for (const { without } of still) if (without) say(without);
}
