/** What the operator reads when it has started: where it listens, what is live, what is missing, how to sign in. */
import { openBrands } from './app.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import type { Ears } from './ears.ts';
import { resident } from './store/schema.ts';
import type { Demo } from './store/seed/index.ts';
import type { Voices } from './voices.ts';

interface Started {
  url: string;
  config: Config;
  core: Core;
  voices: Voices;
  ears: Ears;
  demo: Demo | undefined;
}

const EMBEDDED_LIMIT = 5000;

/** Lines for the terminal. Passwords appear only for the sample community, whose people do not exist. */
export async function startLines({ url, config, core, voices, ears, demo }: Started): Promise<string[]> {
  const voice = await voices.status();
  return [
    '',
    `  家里办  ${url}`,
    '',
    `  speaker   ${url}/speaker`,
    `  clerk     ${url}/clerk`,
    `  operator  ${url}/operator`,
    `  office    ${url}/office`,
    `  interface ${url}/api/docs`,
    '',
    `  database  ${await databaseLine(core)}`,
    `  voice     ${voices.profile}: ${voice.detail}`,
    `  hearing   ${ears.profile}: ${ears.detail}`,
    ...brandLines(config),
    ...(config.turn ? [] : ['  relay     none: without TURN_URLS many homes could not be called directly']),
    ...(config.demoClock ? [`  clock     starts at ${config.demoClock.toISOString()} (DEMO_CLOCK)`] : []),
    ...(demo ? demoLines(demo) : []),
    '',
  ];
}

async function databaseLine({ database }: Core): Promise<string> {
  if (database.engine === 'postgres') return 'PostgreSQL';
  const residents = await countResidents(database);
  const note = residents > EMBEDDED_LIMIT ? `; ${residents} residents: use PostgreSQL (DATABASE_URL)` : '';
  return `embedded, for demonstration and one estate${note}`;
}

function brandLines(config: Config): string[] {
  const open = Object.entries(openBrands(config)).filter(([brand, isOpen]) => isOpen && brand !== 'speaker');
  const shut = Object.entries(config.brandsLack).filter(([, lacks]) => lacks.length > 0);
  return [
    ...open.map(([brand]) => `  ${brand.padEnd(9)} open`),
    ...shut.map(([brand, lacks]) => `  ${brand.padEnd(9)} shut: ${lacks.join(', ')} not set`),
  ];
}

function demoLines({ accounts }: Demo): string[] {
  const shown = accounts.map(({ role, username, password, station, duty }) => {
    const where = [station, duty].filter(Boolean).join(' ');
    return `  ${role.padEnd(10)} ${username.padEnd(20)} ${password}   ${where}`;
  });
  return ['', '  Sample community (示例). Sign in with:', ...shown];
}

async function countResidents(database: Core['database']): Promise<number> {
  return database.db.$count(resident);
}
