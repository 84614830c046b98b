import type { Readiness } from '../rest/records.ts';

export interface Fact {
  name: string;
  words: string;
  on: boolean;
}

/** The brands, in the order of the page, with what they are called by the people who buy them. */
const BRANDS: [string, string][] = [
  ['speaker', '社区自有音箱'],
  ['dueros', '小度'],
  ['aligenie', '天猫精灵'],
  ['xiaoai', '小爱同学'],
  ['alexa', 'Alexa（英文）'],
];

/** Which speaker brands are connected, from `/readyz`: a list of names, or an object of name and state. */
export function brandFacts(platforms: unknown): Fact[] {
  return BRANDS.map(([brand, name]) => {
    const on = brand === 'speaker' || brandIsLive(platforms, brand);
    return { name, on, words: on ? '已接通' : '没有配置' };
  });
}

function brandIsLive(platforms: unknown, brand: string): boolean {
  if (Array.isArray(platforms)) return platforms.includes(brand);
  if (typeof platforms !== 'object' || platforms === null) return false;
  const told: unknown = (platforms as Record<string, unknown>)[brand];
  return told === true || told === 'live' || told === 'on' || told === 'ready' || told === 'configured';
}

const SPEECH: Record<string, string> = {
  azure: '微软语音（真人音色，听得懂说话）',
  embedded: '自带的机器声音，听写用打字代替',
  silent: '没有声音，只显示文字',
  sherpa: '本机识别，不出这台机器',
};

/** Which voice speaks, which ear listens. */
export function speechFact(speech: unknown): Fact {
  const profile = wordOf(speech, ['profile', 'name', 'synthesis', 'voice']);
  const voice = wordOf(typeof speech === 'object' ? speech : undefined, ['voice', 'synthesiser', 'synthesis', 'tts']);
  const silent = voice === 'none' || voice === 'silent' || profile === 'silent';
  const words = silent ? SPEECH.silent : (SPEECH[profile ?? ''] ?? profile ?? '未说明');
  return { name: '声音', words: words ?? '未说明', on: !silent && profile !== undefined };
}

/** The two stores. */
export function storeFacts({ database, redis }: Readiness): Fact[] {
  const engine = wordOf(database, ['engine', 'name', 'state']);
  const stood = good(database);
  const kind = engine === 'pglite' ? '自带的 PGlite' : engine === 'postgres' ? 'PostgreSQL' : '数据库';
  return [
    { name: '存办件', words: stood ? kind : `${kind}，现在连不上`, on: stood },
    { name: '存对话', words: good(redis) ? 'Redis' : 'Redis，现在连不上', on: good(redis) },
  ];
}

function good(part: unknown): boolean {
  if (typeof part === 'object' && part !== null) {
    const told = part as Record<string, unknown>;
    return told.ok !== false && told.up !== false && told.ready !== false && told.state !== 'down';
  }
  return part !== false && part !== 'down' && part !== undefined && part !== null;
}

function wordOf(part: unknown, names: string[]): string | undefined {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return undefined;
  const told = part as Record<string, unknown>;
  return names.map((name) => told[name]).find((word): word is string => typeof word === 'string');
}
