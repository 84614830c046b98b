import { describe, expect, test } from 'vitest';
import { createChineseFormatters } from '../../src/speech/formatters/chinese.ts';
import { createEnglishFormatters } from '../../src/speech/formatters/english.ts';
import type { Formatters, Given } from '../../src/speech/formatters/formatter.ts';
import { loadLocale } from '../../src/speech/locale.ts';
import type { Language } from '../../src/speech/render/language.ts';
import { renderPlain } from '../../src/speech/render/plain.ts';
import { loadChineseWords, loadEnglishWords } from '../../src/speech/words.ts';

const TODAY = '2026-11-23';
const chinese = createChineseFormatters(loadChineseWords('locales'), () => TODAY);
const english = createEnglishFormatters(loadEnglishWords('locales'), () => TODAY);
const zh = loadLocale('locales', 'zh-CN', () => TODAY).language;
const en = { ...loadLocale('locales', 'en-US', () => TODAY).language };

function say(
  formatters: Formatters,
  language: Language,
  formatter: string,
  given: Partial<Given> & { value: Given['value'] },
): string {
  const nodes = formatters.get(formatter)?.({ before: '', after: '', ...given });
  return nodes ? renderPlain(nodes, language) : 'no such formatter';
}

type Row = [formatter: string, given: Partial<Given> & { value: Given['value'] }, said: string];

const CHINESE: Row[] = [
  ['spokenDate', { value: '2026-11-25' }, '十一月二十五号，星期三'],
  ['spokenDate', { value: '2026-11-29' }, '十一月二十九号，星期天'],
  ['spokenDate', { value: '2026-12-02' }, '十二月二号，星期三'],
  ['spokenDate', { value: '2026-11-24', today: TODAY }, '明天，十一月二十四号，星期二'],
  ['spokenDate', { value: '2026-11-25', after: '{spokenTime}' }, '十一月二十五号，星期三，'],
  ['nearDate', { value: '2026-11-23' }, '今天'],
  ['nearDate', { value: '2026-11-24' }, '明天，星期二'],
  ['nearDate', { value: '2026-11-25' }, '后天，星期三'],
  ['nearDate', { value: '2026-11-26' }, '十一月二十六号，星期四'],
  ['nearDate', { value: '2026-11-26', today: '2026-11-25' }, '明天，星期四'],
  ['farDate', { value: '2027-01-15', today: '2026-11-23' }, '一月十五号，星期五'],
  ['farDate', { value: '2028-09-03', today: '2026-11-23' }, '二零二八年九月三号'],
  ['fullDate', { value: '2024-03-01' }, '二零二四年三月一号'],
  ['weekday', { value: '2026-11-27' }, '星期五'],
  ['spokenTime', { value: '09:00' }, '上午九点'],
  ['spokenTime', { value: '14:30' }, '下午两点半'],
  ['spokenTime', { value: '09:15' }, '上午九点一刻'],
  ['spokenTime', { value: '10:45' }, '上午十点三刻'],
  ['spokenTime', { value: '12:00' }, '中午十二点'],
  ['spokenTime', { value: '00:20' }, '夜里十二点二十分'],
  ['spokenTime', { value: '08:05' }, '上午八点零五分'],
  ['spokenTime', { value: '19:40' }, '晚上七点四十分'],
  ['clockTime', { value: '14:00' }, '两点'],
  ['half', { value: 'AM' }, '上午'],
  ['half', { value: 'PM' }, '下午'],
  ['address', { value: '12号楼' }, '十二号楼'],
  ['address', { value: '1门1203' }, '一门幺二零三'],
  ['money', { value: 1045 }, '一千零四十五块'],
  ['money', { value: 2 }, '两块'],
  ['money', { value: 12000 }, '一万两千块'],
  ['money', { value: 10.5 }, '十块五毛'],
  ['money', { value: 10.05 }, '十块零五分'],
  ['money', { value: 0.2 }, '两毛'],
  ['money', { value: '150' }, '一百五十块'],
  ['number', { value: 2 }, '二'],
  ['number', { value: 2, after: '条消息' }, '两'],
  ['number', { value: 2, before: '您排第', after: '个' }, '二'],
  ['number', { value: 12000 }, '一万二'],
  ['number', { value: 12000, after: '多人' }, '一万两千'],
  ['count', { value: 2, argument: '样' }, '两样'],
  ['count', { value: 22, argument: '个' }, '二十二个'],
  ['count', { value: ['甲', '乙', '丙'], argument: '样' }, '三样'],
  ['ordinal', { value: 2 }, '第二'],
  ['digits', { value: '6121' }, '六幺二幺'],
  ['digits', { value: 'A12' }, 'A幺二'],
  ['digits', { value: '120101194601011234' }, '幺二三四'],
  ['phone', { value: '13800001234' }, '幺三八，零零零零，幺二三四'],
  ['phone', { value: '+86 138 0000 1234' }, '幺三八，零零零零，幺二三四'],
  ['phone', { value: '02266328888' }, '零二二，六六三二，八八八八'],
  ['phone', { value: '66328888' }, '六六三二，八八八八'],
  ['phone', { value: '12345' }, '幺二三四五'],
  ['phone', { value: '6222021234567890123' }, '零幺二三'],
  ['phone', { value: '138****1234' }, '幺二三四'],
  ['tail', { value: '13800006632' }, '六六三二'],
  ['tail', { value: '32' }, '三二'],
  ['list', { value: ['甲'] }, '甲'],
  ['list', { value: ['甲', '乙'] }, '甲和乙'],
  ['list', { value: ['甲', '乙', '丙'] }, '甲、乙和丙'],
  ['pairs', { value: ['甲', '乙', '丙'] }, '甲和乙、丙'],
  ['ordinalList', { value: ['甲', '乙'] }, '第一，甲；第二，乙'],
  ['duration', { value: 20, argument: 'minutes' }, '二十分钟'],
  ['duration', { value: 90, argument: 'minutes' }, '一个半小时'],
  ['duration', { value: 80, argument: 'minutes' }, '一个小时二十分钟'],
  ['duration', { value: 2, argument: 'hours' }, '两个小时'],
  ['duration', { value: 0.5, argument: 'hours' }, '半个小时'],
  ['duration', { value: 20, argument: 'workdays' }, '二十个工作日'],
  ['duration', { value: 2, argument: 'days' }, '两天'],
  ['percent', { value: 15 }, '百分之十五'],
  ['percent', { value: 2.5 }, '百分之二点五'],
  ['word', { value: 'collect', argument: 'direction' }, '取'],
  ['sentences', { value: '一句。两句。' }, '一句。两句。'],
];

const ENGLISH: Row[] = [
  ['spokenDate', { value: '2026-11-25' }, 'Wednesday, November twenty-fifth'],
  ['spokenDate', { value: '2026-11-24', today: TODAY }, 'Tomorrow, Tuesday, November twenty-fourth'],
  ['nearDate', { value: '2026-11-24' }, 'Tomorrow, Tuesday'],
  ['farDate', { value: '2028-09-03', today: '2026-11-23' }, 'September third, twenty twenty-eight'],
  ['nearDate', { value: '2026-11-23' }, 'Today'],
  ['fullDate', { value: '2024-03-01' }, 'March first, twenty twenty-four'],
  ['weekday', { value: '2026-11-27' }, 'Friday'],
  ['spokenTime', { value: '09:00' }, 'Nine in the morning'],
  ['spokenTime', { value: '14:30' }, 'Half past two in the afternoon'],
  ['spokenTime', { value: '09:15' }, 'A quarter past nine in the morning'],
  ['spokenTime', { value: '10:45' }, 'Ten forty-five in the morning'],
  ['spokenTime', { value: '12:00' }, 'Noon'],
  ['spokenTime', { value: '08:05' }, 'Eight oh five in the morning'],
  ['clockTime', { value: '14:00' }, 'Two'],
  ['half', { value: 'PM' }, 'Afternoon'],
  ['address', { value: 'Building 12' }, 'Building twelve'],
  ['money', { value: 1 }, 'One yuan'],
  ['money', { value: 10.5 }, 'Ten yuan five jiao'],
  ['number', { value: 12000 }, 'Twelve thousand'],
  ['count', { value: 1, argument: 'message|messages' }, 'One message'],
  ['count', { value: ['a', 'b'], argument: 'message|messages' }, 'Two messages'],
  ['ordinal', { value: 3 }, 'Third'],
  ['digits', { value: '61' }, 'Six one'],
  ['digits', { value: 'A12' }, 'A one two'],
  ['phone', { value: '13800001234' }, 'One three eight, zero zero zero zero, one two three four'],
  ['tail', { value: '13800006632' }, 'Six six three two'],
  ['list', { value: ['a', 'b', 'c'] }, 'A, b and c'],
  ['pairs', { value: ['a', 'b', 'c'] }, 'A and b, c'],
  ['ordinalList', { value: ['a', 'b'] }, 'First, a; second, b'],
  ['duration', { value: 90, argument: 'minutes' }, 'One and a half hours'],
  ['duration', { value: 80, argument: 'minutes' }, 'One hour twenty minutes'],
  ['duration', { value: 1, argument: 'workdays' }, 'One working day'],
  ['percent', { value: 15 }, 'Fifteen percent'],
  ['word', { value: 'collect', argument: 'direction' }, 'Collect'],
  ['sentences', { value: 'One. Two.' }, 'One. Two.'],
];

describe('formatters', () => {
  test.each(CHINESE)('zh-CN %s %j', (formatter, given, said) => expect(say(chinese, zh, formatter, given)).toBe(said));
  test.each(ENGLISH)('en-US %s %j', (formatter, given, said) => expect(say(english, en, formatter, given)).toBe(said));

  test('both languages have the same formatters, and each stands in the tables', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    expect([...new Set(CHINESE.map(([name]) => name))].sort()).toEqual([...chinese.keys()].sort());
    expect([...new Set(ENGLISH.map(([name]) => name))].sort()).toEqual([...english.keys()].sort());
  });

  test.each([
    ['spokenDate', '2026-02-30'],
    ['spokenDate', 'tomorrow'],
    ['spokenTime', '25:00'],
    ['number', 'many'],
    ['phone', 'none'],
    ['word', 'unheard-of'],
    ['half', 'NOON'],
  ])('%s refuses %s', (formatter, value) => {
    expect(() => say(chinese, zh, formatter, { value })).toThrow();
    expect(() => say(english, en, formatter, { value })).toThrow();
  });

  test('a value in a message shows its shape, not itself', () => {
    expect(() => say(chinese, zh, 'spokenDate', { value: '王芳1946-01-01' })).toThrow('xx0000-00-00');
  });
});
