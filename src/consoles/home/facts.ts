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

function brandFacts(platforms: Record<string, boolean> = {}): Fact[] {
  return BRANDS.map(([brand, name]) => {
    const on = platforms[brand] === true;
    return { name, on, words: on ? '已接通' : '没有配置' };
  });
}

const SPEECH: Record<string, string> = {
  azure: '微软语音，听得懂说话',
  embedded: '自带的机器声音；听写用打字代替',
  sherpa: '本机识别，声音不出这台机器',
  silent: '没有声音，只显示文字',
};

/** Which voice speaks, which ear listens. */
function speechFact(speech: string | undefined): Fact {
  return {
    name: '声音',
    words: SPEECH[speech ?? ''] ?? speech ?? '没说',
    on: speech !== undefined && speech !== 'silent',
  };
}

const ENGINES: Record<string, string> = { pglite: '自带的 PGlite', postgres: 'PostgreSQL' };

function storeFacts({ database, engine = '', redis }: Readiness): Fact[] {
  const stood = (state: string | undefined) => (state === 'up' ? '' : '，现在连不上');
  return [
    { name: '存办件', words: `${ENGINES[engine] ?? '数据库'}${stood(database)}`, on: database === 'up' },
    { name: '存对话', words: `Redis${stood(redis)}`, on: redis === 'up' },
  ];
}

/** What runs here, in the order of the page. */
export function factsOf(readiness: Readiness): Fact[] {
  return [...brandFacts(readiness.platforms), speechFact(readiness.speech), ...storeFacts(readiness)];
}
