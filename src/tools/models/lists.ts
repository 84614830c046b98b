/** For consoles without an import: lists to be pasted, in Chinese, out of intents/zh-CN. */
import { join } from 'node:path';
import type { ItemSource } from '../../understanding/chinese/items.ts';
import { readCatalogue, readYaml } from '../../understanding/grammar/source.ts';
import type { Intent } from '../../understanding/meaning.ts';
import { byIntent, samplesOf, slotsIn } from './sentences.ts';

export interface Brand {
  folder: string;
  name: string;
  /** What its console calls these things. */
  words: { intent: string; sentence: string; dictionary: string };
  /** What this console needs beside the lists. */
  notes: string[];
  /** Slots that every intent has there. */
  everywhere: string[];
}

const ALIGENIE_SLOTS = [
  'item',
  'date',
  'time',
  'phone',
  'name',
  'rating',
  'direction',
  'mode',
  'place',
  'kind',
  'case_no',
  'ordinal',
];

export const BRANDS: Brand[] = [
  {
    folder: 'dueros',
    name: '小度（DuerOS）',
    words: { intent: '意图', sentence: '常用表达', dictionary: '词典' },
    notes: [
      '技能收到的是原话，意图只在没有原话时使用：表达写得全，技能才不容易被抢走。',
      '每个意图都加可选槽位 ordinal（序数）：让她在几样里挑一样的时候，技能用它告诉平台可以挑什么。',
    ],
    everywhere: ['ordinal'],
  },
  {
    folder: 'aligenie',
    name: '天猫精灵（AliGenie）',
    words: { intent: '意图', sentence: '语料', dictionary: '实体' },
    notes: [
      '默认意图的标识填 welcome，也加下面说的全部槽位。',
      '每个意图都加 intents.csv 里列出的全部槽位，都设成可选：平台靠追问槽位（words）或请她选一个（ordinal）才会继续收音。',
    ],
    everywhere: ['words', ...ALIGENIE_SLOTS],
  },
  {
    folder: 'xiaoai',
    name: '小爱同学（小米）',
    words: { intent: '意图', sentence: '说法', dictionary: '词表' },
    notes: ['在自己的音箱上说「进入开发者模式」测试，说「进入用户模式」退出。'],
    everywhere: [],
  },
];

/** Slots whose values the platform knows itself. */
const OF_THE_PLATFORM: Record<string, string> = {
  date: '日期',
  time: '时间',
  phone: '电话号码',
  ordinal: '序数',
  case_no: '数字和字母',
  words: '任意文本',
  age: '数字',
};
const MOST_OF_A_TEMPLATE = 12;
const BOM = '\ufeff'; // without it a spreadsheet takes Chinese for something else

/** Every file of one brand's folder by its path. */
export function listsFor(brand: Brand, root: string): Record<string, string> {
  const catalogue = readCatalogue(root);
  const sentences = sentencesByIntent(root);
  const words = dictionaries(root);
  const hasSource = (slot: string) => slot in words || slot in OF_THE_PLATFORM;
  const rows = [...sentences].map(([intent, texts]) => {
    const all = [...catalogue[intent].slots, ...slotsUsed(texts), ...brand.everywhere];
    const slots = [...new Set(all)].filter(hasSource);
    return [nameOf(intent), catalogue[intent].example, slots.map(withSource).join(' '), String(texts.length)];
  });
  const files: Record<string, string> = {
    'README.txt': readme(brand),
    'intents.csv': csv([['标识', '例句', '槽位', `${brand.words.sentence}条数`], ...rows]),
  };
  for (const [intent, texts] of sentences) files[`intents/${nameOf(intent)}.txt`] = `${texts.join('\n')}\n`;
  for (const [slot, entries] of Object.entries(words))
    files[`dictionaries/${slot}.csv`] = csv([['词条', '同义词'], ...entries]);
  return files;
}

/** A console refuses a sentence whose slot its intent does not have. */
const slotsUsed = (texts: string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? ''));

const nameOf = (intent: Intent) => intent.replaceAll('.', '_');
const withSource = (slot: string) => (OF_THE_PLATFORM[slot] ? `${slot}(平台自带：${OF_THE_PLATFORM[slot]})` : slot);

/** A sentence belongs to the first intent that has it: consoles refuse it a second time. */
function sentencesByIntent(root: string): Map<Intent, string[]> {
  const taken = new Set<string>();
  const found = new Map<Intent, string[]>();
  const catalogue = readCatalogue(root);
  for (const [intent, samples] of byIntent(samplesOf(root, 'zh-CN', MOST_OF_A_TEMPLATE))) {
    const said = samples
      .filter(({ parts }) => new Set(slotsIn(parts)).size === slotsIn(parts).length)
      .map(({ parts }) => parts.map((part) => ('word' in part ? part.word : `{${part.slot}}`)).join(''));
    const texts = [catalogue[intent].example, ...said].filter((text) => !taken.has(text) && Boolean(taken.add(text)));
    found.set(intent, texts);
  }
  return found;
}

type Words = Record<string, string[]>;
type Told = Record<string, { strong?: string[]; weak?: string[] } | string[]>;

/** Words by slot: the value, then what else it is called. */
export function dictionaries(root: string): Record<string, string[][]> {
  const file = <T>(name: string): T => readYaml<T>(join(root, 'intents', 'zh-CN', name));
  const items = readYaml<ItemSource[]>(join(root, 'intents', 'items.yaml'));
  const { direction, mode, kind } = file<Record<string, Told>>('_keywords.yaml');
  const { strong: ratings } = file<{ strong: Words }>('_ratings.yaml');
  const { kin } = file<{ kin: string[] }>('_people.yaml');
  const { elsewhere, spot } = file<Record<'elsewhere' | 'spot', string[]>>('_elsewhere.yaml');
  const { heads, tails, alone } = file<Record<string, string[]>>('_places.yaml');
  const places = [...(alone ?? []), ...(heads ?? []).flatMap((head) => (tails ?? []).map((tail) => `${head}${tail}`))];
  return {
    item: items.map(({ name, folk = [], describes = [] }) => [name, ...folk, ...describes]),
    place: places.map((name) => [name]),
    rating: entriesOf(ratings),
    direction: entriesOf(direction),
    mode: entriesOf(mode),
    kind: entriesOf(kind),
    name: kin.map((word) => [word]),
    elsewhere: elsewhere.map((word) => [word]),
    spot: spot.map((word) => [word]),
  };
}

/** The empty key holds words that are to be looked past. */
function entriesOf(told: Told | Words = {}): string[][] {
  return Object.entries(told)
    .filter(([value]) => value !== '')
    .map(([value, words]) => [
      ...new Set([value, ...(Array.isArray(words) ? words : [...(words.strong ?? []), ...(words.weak ?? [])])]),
    ]);
}

const csv = (rows: string[][]) => `${BOM}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function readme({ name, words, notes }: Brand): string {
  const lines = [
    `${name}控制台没有公开的导入格式，以下清单逐项粘贴。`,
    '',
    `一、${words.dictionary}：dictionaries/ 里每个文件建一个${words.dictionary}，名称与文件名相同；第一列是标准词，其后各列是同义词。`,
    `二、${words.intent}：按 intents.csv 建${words.intent}，标识原样填写；槽位名称原样填写，注明「平台自带」的选平台的公共${words.dictionary}。`,
    `三、${words.sentence}：intents/ 里每个文件对应一个${words.intent}，一行一条，花括号里是槽位。`,
    ...notes.map((note, index) => `${'四五六七'[index] ?? '·'}、${note}`),
    '',
    '清单由 npm run models 从 intents/ 生成，请勿手改。',
  ];
  return `${lines.join('\n')}\n`;
}
