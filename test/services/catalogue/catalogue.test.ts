import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CatalogueProblems, loadCatalogue } from '../../../src/services/catalogue/catalogue.ts';

const catalogue = loadCatalogue();
const root = new URL('../../../', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The matters of the language contract: what residents may ask about. */
const MATTERS = [
  ...[
    '老年优待证',
    '老年乘车卡',
    '最低生活保障',
    '低收入家庭救助',
    '特困人员供养',
    '残疾人两项补贴',
    '困难残疾人生活补贴',
  ],
  ...[
    '重度残疾人护理补贴',
    '高龄老年人健康关爱金',
    '残疾人证',
    '养老待遇资格认证',
    '长期护理保险',
    '老年助餐',
    '社会保障卡',
  ],
  ...[
    '居家养老服务补贴',
    '居住证',
    '临时救助',
    '租房补贴',
    '独生子女父母奖励',
    '医疗救助',
    '城乡居民医疗保险',
    '异地就医备案',
  ],
  ...['退役军人优待证', '户口簿', '身份证'],
];
/** Spoken elements of a guide, all but the lists and what is for machines. */
const SPOKEN = [
  ...([
    'gist',
    'acceptedBy',
    'basis',
    'audience',
    'conditions',
    'materialsNote',
    'commonMistakes',
    'steps',
    'fee',
  ] as const),
  ...(['timeLimit', 'enquiry', 'supervision', 'place', 'hours', 'channels', 'trips', 'amount', 'arrears'] as const),
];

const sentences = (text: string) => text.split(/[。！？]/).filter(Boolean);
const length = (sentence: string) => [...sentence.replace(/[，、：“”]/g, '')].length;
const spoken = [
  ...catalogue.guides.flatMap(({ matter, elements }) =>
    SPOKEN.flatMap((name) => (elements[name] ? [{ where: `${matter} ${name}`, text: elements[name] }] : [])),
  ),
  ...catalogue.policies.flatMap(({ code, title, gist, body, source }) =>
    [title, gist, body, source].map((text) => ({ where: code, text })),
  ),
];

/** A copy of the catalogue with one file changed. */
function changed(file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(scratch, 'copy-'));
  const folder = join(copy, 'catalogue');
  cpSync(join(root, 'catalogue'), folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  return folder;
}

function problemsOf(folder: string): string[] {
  try {
    loadCatalogue(folder);
    return [];
  } catch (thrown) {
    if (thrown instanceof CatalogueProblems) return thrown.problems;
    throw thrown;
  }
}

describe('the catalogue', () => {
  it('has a guide for each matter that can be asked about', () => {
    expect(catalogue.guides.map(({ matter }) => matter).sort()).toEqual([...MATTERS].sort());
  });

  it('knows every matter that understanding knows', () => {
    const items = JSON.stringify(parse(readFileSync(join(root, 'intents/items.yaml'), 'utf8')));
    for (const matter of MATTERS) expect(items).toContain(matter);
  });

  it('states in which class of public service a matter lies', () => {
    const classes =
      '公共教育、劳动就业、社会保障、医疗卫生、住房保障、公共安全、交通出行、社区服务、文化体育、金融服务、邮电通信、水电气暖、“三农”服务、扶贫脱贫';
    for (const { elements } of catalogue.guides) expect(classes.split('、')).toContain(elements.category);
  });

  it('marks every place as an example, and as nothing else', () => {
    for (const place of catalogue.places) expect([place.sample, place.name.startsWith('示例')]).toEqual([true, true]);
  });

  it('has three centres, nineteen stations and four windows at the centres', () => {
    const codes = (kind: string) => catalogue.places.filter((place) => place.kind === kind).map(({ code }) => code);
    expect(codes('centre')).toHaveLength(3);
    expect(codes('station')).toHaveLength(19);
    const windowsAt = (places: string[]) => catalogue.windows.filter(({ place }) => places.includes(place)).length;
    expect([windowsAt(codes('centre')), windowsAt(codes('station'))]).toEqual([4, 19]);
  });

  it('has stations that are still being prepared, and they cannot be booked', () => {
    const preparing = catalogue.places.filter(({ status }) => status === 'preparing');
    expect(preparing.length).toBeGreaterThan(0);
    expect(preparing.every(({ bookable }) => !bookable)).toBe(true);
  });
});

describe('what is spoken from it', () => {
  it('comes in sentences that are heard at one go', () => {
    const long = spoken.flatMap(({ where, text }) =>
      sentences(text)
        .filter((one) => length(one) > 24)
        .map((one) => `${where}: ${one}`),
    );
    expect(long).toEqual([]);
    const all = spoken.flatMap(({ text }) => sentences(text));
    expect(all.filter((one) => length(one) <= 20).length / all.length).toBeGreaterThan(0.95);
  });

  it('is in plain words', () => {
    const stiff = /未|勿|须|系指|申请人|本人持|予以|办结|核验|户籍|老人家|请耐心|您说错/;
    expect(spoken.filter(({ text }) => stiff.test(text))).toEqual([]);
  });

  it('has no digits, which every voice reads in its own way', () => {
    expect(spoken.filter(({ text }) => /[0-9]/.test(text))).toEqual([]);
  });

  it('names an amount, an age or a term only where a document stands behind it', () => {
    const figure = /[零〇一二两三四五六七八九十百千]+(块|折|岁|成|个工作日|个月|张|年)/;
    const loose = catalogue.guides.flatMap(({ matter, elements, sources }) => {
      const covered = new Set(sources.flatMap(({ covers }) => covers));
      return SPOKEN.filter((name) => figure.test(elements[name] ?? '') && !covered.has(name)).map(
        (name) => `${matter} ${name}`,
      );
    });
    expect(loose).toEqual([]);
  });

  it('gives no phone but the ones whose number is known', () => {
    expect(new Set(catalogue.guides.map(({ elements }) => elements.phone))).toEqual(new Set(['12345']));
  });

  it('says that an unknown amount is unknown', () => {
    for (const { elements, sources } of catalogue.guides) {
      const covered = sources.some(({ covers }) => covers.includes('amount'));
      if (elements.amount && !covered) expect(elements.amount).toContain('我没有准数');
    }
  });

  it('lets both rules on the bus card stand, each with its year', () => {
    const conditions = catalogue.guides.find(({ matter }) => matter === '老年乘车卡')?.elements.conditions ?? '';
    for (const part of ['二〇二〇年', '滨海户口', '二〇二四年', '不看户口']) expect(conditions).toContain(part);
  });

  it('has an English gist for everything', () => {
    for (const { elements } of catalogue.guides) expect(elements.gistEn).toMatch(/^[A-Z][ -~]+\.$/);
    for (const { gistEn } of catalogue.policies) expect(gistEn).toMatch(/^[0-9A-Z][ -~]+\.$/);
  });
});

describe('a mistake in it', () => {
  it('is told with file and line, together with all others', () => {
    const folder = changed('guides/elder-card.yaml', (text) =>
      text.replace('version: 1', 'version: one').replace('  fee:', '  fees:'),
    );
    const lines = readFileSync(join(folder, 'guides/elder-card.yaml'), 'utf8').split('\n');
    const problems = problemsOf(folder);
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start)) + 1;
    expect(
      problems.some((problem) => problem.startsWith(`catalogue/guides/elder-card.yaml:${at('version')} version`)),
    ).toBe(true);
    expect(problems.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [
      'windows.yaml',
      (text: string) => text.replace('place: station-03', 'place: station-99'),
      /windows\.yaml:\d+ no place station-99/,
    ],
    ['places.yaml', (text: string) => text.replace('parent: centre-west', 'parent: station-01'), /needs a centre/],
    [
      'places.yaml',
      (text: string) => text.replace('    shortHours: 流动服务车，一周来两个上午\n', ''),
      /less than seven hours/,
    ],
    [
      'policies/dibao-2025.yaml',
      (text: string) => text.replace('matter: 最低生活保障', 'matter: 低保'),
      /no guide for/,
    ],
    [
      'guides/residence-permit.yaml',
      (text: string) => text.replace('sample: true', 'sample: false'),
      /weak source needs sample: true/,
    ],
    ['holidays.yaml', (text: string) => text.replace('2026-01-04', '2026-01-02'), /2026-01-02 is off and a workday/],
    ['guides/dibao.yaml', (text: string) => `${text}\n  - :`, /dibao\.yaml:\d+/],
  ])('in %s is found', (file, change, problem) => {
    expect(problemsOf(changed(file, change)).join('\n')).toMatch(problem);
  });
});
