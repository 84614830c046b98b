import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintPhrases } from '../../src/speech/lint/index.ts';
import { atEnd } from '../support/releasing.ts';

/** The findings on a copy of the real locales with one more phrase. */
function lintWith(chinese: string, english = 'ok: "All right."', values = '') {
  const root = mkdtempSync(join(tmpdir(), 'locales-'));
  atEnd(() => rmSync(root, { recursive: true }));
  cpSync('locales', root, { recursive: true });
  writeFileSync(join(root, 'zh-CN', 'planted.yaml'), chinese);
  writeFileSync(join(root, 'en-US', 'planted.yaml'), english);
  if (values) writeFileSync(join(root, '_values.yaml'), readFileSync(join(root, '_values.yaml'), 'utf8') + values);
  return lintPhrases({ root }).filter(({ phrase }) => phrase.startsWith('planted.'));
}

const faultsOf = (findings: ReturnType<typeof lintWith>) =>
  findings.filter(({ level }) => level === 'fault').map(({ message }) => message);

describe('the phrases as they are', () => {
  test('keep to the manner of speaking, in every language', () => {
    const faults = lintPhrases().filter(({ level }) => level === 'fault');
    expect(faults.map(({ where, phrase, message }) => `${where} ${phrase}: ${message}`)).toEqual([]);
  });
});

describe('a planted fault is found', () => {
  const twin = (key: string) => `${key}: "All right."`;

  test.each([
    ['talking down', '老人家，好了。', '"老人家" is not said'],
    ['an apology', '非常抱歉，没办成。', '"抱歉" is not said'],
    ['a bookish not', '还未办好。', '"未(?!来)" is not said'],
    ['a list name aloud', '您在失能名单上。', '"失能" is not said'],
    ['a password', '请说密码。', '"密码" is not said'],
    ['你 for 您', '你好。', '"你" is not said'],
    ['jargon', '点击这里。', '"点击" is not said'],
    ['figures', '打12345。', 'a number is written in words'],
    ['a promise before the commit', '约好了。', '"约好了" belongs to pickup.booked alone'],
    ['too many sentences', '一件。两件。三件。四件。', 'too much at once'],
    ['too much before a question', '一件。两件。三件。行吗？', 'too much at once'],
    ['words after the question', '行吗？我等着。', 'something is said after the question'],
    ['an endless sentence', `${'很长'.repeat(20)}。`, '40 characters in one sentence'],
    ['an unknown formatter', '{day, sungDate}。', 'there is no formatter "sungDate"'],
    ['an undocumented value', '{mystery}。', 'value "mystery" is not in locales/_values.yaml'],
    ['a value of the wrong kind', '{called, spokenDate}。', 'with the example of locales/_values.yaml'],
  ])('%s', (_, text, message) => {
    const faults = faultsOf(lintWith(`ok: "${text}"`));
    expect(faults.join('\n')).toContain(message);
  });

  test('in the shorter wording too', () => {
    expect(faultsOf(lintWith('ok: { text: "好。", again: "你好。" }')).join()).toContain('"你" is not said');
  });

  test('a phrase that asks without a question mark', () => {
    expect(faultsOf(lintWith('ok: { text: "您要哪样。", asks: true }')).join()).toContain('ends with a question mark');
  });

  test('a phrase that one language lacks', () => {
    expect(faultsOf(lintWith(`${'ok: "好。"'}\nmore: "好。"`, twin('ok')))).toEqual(['it is missing in locales/en-US']);
    expect(faultsOf(lintWith('ok: "好。"', `${twin('ok')}\n${twin('more')}`))).toEqual([
      'it is missing in locales/zh-CN',
    ]);
  });

  test('a value that one language lacks or needs more', () => {
    expect(faultsOf(lintWith('ok: "好。"', 'ok: "Well, {called}."'))).toEqual([
      'value "called" is not in the Chinese phrase',
    ]);
    expect(faultsOf(lintWith('ok: "好[，{called}]。"', 'ok: "Well, {called}."'))).toEqual([
      'value "called" is optional in Chinese',
    ]);
  });

  test('English is held to the same manner', () => {
    expect(faultsOf(lintWith('ok: "好。"', 'ok: "Sorry, elderly user."')).length).toBe(3);
  });

  test('reviewed official text may hold more sentences, and a list of choices is one announcement', () => {
    expect(faultsOf(lintWith('ok: "{conditions}一。二。三。行吗？"'))).toEqual([]);
    expect(faultsOf(lintWith('ok: "一。两个时间。第一，早上。第二，晚上。要哪个？"'))).toEqual([]);
  });

  test('a question has another wording for the second time, which shares no sentence with the first', () => {
    const twice = 'asked twice in a row it repeats a sentence';
    expect(faultsOf(lintWith('ok: "给您约个时间吗？"')).join()).toContain(twice);
    expect(faultsOf(lintWith('ok: { text: "办好了。给您约个时间吗？", again: "给您约个时间吗？" }')).join()).toContain(
      twice,
    );
    expect(faultsOf(lintWith('ok: { text: "办好了。给您约个时间吗？", again: "约个时间去取，好吗？" }'))).toEqual([]);
    expect(faultsOf(lintWith('ok: "行吗？"'))).toEqual([]);
  });

  test('what is told has another wording too, which shares no sentence with the first', () => {
    const twice = 'told twice in a row it repeats a sentence';
    expect(faultsOf(lintWith('ok: "证已经做好了。"')).join()).toContain(twice);
    expect(faultsOf(lintWith('ok: { text: "证已经做好了。", again: "好。证已经做好了。" }')).join()).toContain(twice);
    expect(faultsOf(lintWith('ok: "好。"', 'ok: "Your card is made."')).join()).toContain(twice);
    expect(faultsOf(lintWith('ok: { text: "证已经做好了。", again: "做得了，您的证。" }'))).toEqual([]);
    expect(faultsOf(lintWith('ok: { text: "{reason}证已经做好了。", again: "证已经做好了。" }')).join()).toContain(
      twice,
    );
    expect(faultsOf(lintWith('ok: { text: "证已经做好了。", or: "做得了，您的证。" }'))).toEqual([]);
  });

  test('another wording wants no value that the first can do without', () => {
    const more = 'another wording wants "called", which the first can do without';
    expect(faultsOf(lintWith('ok: { text: "办好了[，{called}]。", again: "{called}，好了。" }')).join()).toContain(
      more,
    );
    expect(faultsOf(lintWith('ok: { text: "{called}，好了。", again: "办好了[，{called}]。" }'))).toEqual([]);
  });

  test.each([
    ['reviewed text', 'ok: { text: "证已经做好了。", official: true }'],
    ['a value and hardly a word of ours', 'ok: "就是{documents, list}。"'],
    ['short words', 'ok: "好，办了。"'],
    ['a piece that is no sentence', 'ok: "请人给您打电话"'],
  ])('one wording is enough for %s', (_, phrase) => {
    expect(faultsOf(lintWith(phrase))).toEqual([]);
  });
});
