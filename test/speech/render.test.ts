import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shanghaiInstant } from '../../src/clock.ts';
import type { Medium } from '../../src/platforms/platform.ts';
import { createSpeech } from '../../src/speech/index.ts';
import type { Say, Voice } from '../../src/speech/speech.ts';
import { marksOf } from '../../src/speech/wording.ts';
import { atEnd } from '../support/releasing.ts';
import { readXml } from './xml.ts';

const MEDIA: Exclude<Medium, 'plain'>[] = ['dueros', 'alexa', 'aligenie', 'azure'];
const ELDER: Voice = { locale: 'zh-CN', pace: 190 };
const clock = { now: () => shanghaiInstant('2026-11-23', '09:30') };

/** Speech with phrases of this test's own, beside the real tables. */
function speechWith(chinese: string, english = chinese) {
  const root = mkdtempSync(join(tmpdir(), 'phrases-'));
  atEnd(() => rmSync(root, { recursive: true }));
  for (const [locale, phrases] of [
    ['zh-CN', chinese],
    ['en-US', english],
  ] as const) {
    mkdirSync(join(root, locale));
    for (const table of ['_format.yaml', '_voices.yaml'])
      copyFileSync(`locales/${locale}/${table}`, join(root, locale, table));
    writeFileSync(join(root, locale, 'test.yaml'), phrases);
  }
  return createSpeech({ root, clock });
}

const PHRASES = `
all: "<strong>{name}</strong>，重办。<pause 300/>电话{phone, phone}，尾号{tail, digits}[，在{place}]。{last}"
plain: "{name}"
paused: "一<pause/>二<pause/>三？"
again: { text: "头一句。您要哪样？", again: "您要哪样？" }
turned: { text: "您想听哪一样？", again: ["想听哪一样？", "哪一样都行，您说。"], or: "还想听哪一样？" }
carried: { text: "{day, spokenDate}有两个。您想要哪一个？", again: "您就说哪一个。", or: "{day, spokenDate}还有两个。哪一个合适？" }
calling: "有事您再叫我。"
closing: { text: "这一样办妥了。有事您再叫我。", again: "办妥了，要我就叫。" }
dated: { text: "{day, spokenDate}去。带上您的身份证。", again: "身份证可别忘了。" }
told: "好了。我记下了。"
asked: "头一句。您要哪样？"
optional: "在[{place}的[{room}]]这里"
open: "没有句号"
near: "{day, nearDate}"
list: "{items}"
count: "{n}"
`;

describe('markup', () => {
  const speech = speechWith(PHRASES);
  const values = { name: '王姨', phone: '13800001234', tail: '6632', place: '三号楼', last: '好。' };
  const markup = (medium: Medium, voice = ELDER) =>
    speech.render([{ phrase: 'test.all', values }], voice, medium).markup;

  test('what each brand can do, and the words where it cannot', () => {
    expect(speech.render([{ phrase: 'test.all', values }], ELDER, 'plain')).toEqual({
      text: '王姨，重办。电话幺三八，零零零零，幺二三四，尾号六六三二，在三号楼。好。',
    });
    expect(markup('dueros')).toBe(
      '<speak>王姨，<sub alias="虫办">重办</sub>。<silence time="300ms"/>电话<say-as type="telephone">13800001234</say-as>，尾号<say-as type="number:digits">6632</say-as>，在三号楼。<silence time="700ms"/>好。</speak>',
    );
    expect(markup('alexa')).toBe(
      '<speak><prosody rate="88%"><emphasis level="moderate">王姨</emphasis>，<sub alias="虫办">重办</sub>。<break time="300ms"/>电话<say-as interpret-as="telephone">13800001234</say-as>，尾号<say-as interpret-as="digits">6632</say-as>，在三号楼。<break time="700ms"/>好。</prosody></speak>',
    );
    expect(markup('aligenie')).toBe(
      '<speak rate="-158">王姨，<phoneme alphabet="py" ph="chong2 ban4">重办</phoneme>。<break time="300ms"/>电话<say-as interpret-as="telephone">13800001234</say-as>，尾号<say-as interpret-as="digits">6632</say-as>，在三号楼。<break time="700ms"/>好。</speak>',
    );
    expect(markup('azure')).toContain(
      '<voice name="zh-CN-XiaoxiaoNeural"><mstts:express-as style="gentle"><prosody rate="-24%"><emphasis level="moderate">王姨</emphasis>，<phoneme alphabet="sapi" ph="chong 2 - ban 4">重办</phoneme>。<break time="300ms"/>电话幺三八<break time="300ms"/>零零零零<break time="300ms"/>幺二三四，尾号六六三二',
    );
  });

  test.each([
    ['dueros', 'speak silence say-as sub'],
    ['alexa', 'speak prosody emphasis break say-as sub'],
    ['aligenie', 'speak break say-as phoneme'],
    ['azure', 'speak voice mstts:express-as prosody emphasis break phoneme'],
  ] as const)('%s uses no element that is not its own', (medium, allowed) => {
    const { tags } = readXml(markup(medium) ?? '');
    expect(tags.filter((tag) => !allowed.split(' ').includes(tag))).toEqual([]);
  });

  test('the pace goes where a brand takes one, and stays within 120 and 260', () => {
    expect(markup('alexa', { ...ELDER, pace: 130 })).toContain('rate="60%"');
    expect(markup('azure', { ...ELDER, pace: 130 })).toContain('rate="-48%"');
    expect(markup('aligenie', { ...ELDER, pace: 130 })).toContain('rate="-462"');
    expect(markup('alexa', { ...ELDER, pace: 5 })).toBe(markup('alexa', { ...ELDER, pace: 120 }));
    expect(markup('dueros', { ...ELDER, pace: 130 })).toBe(markup('dueros'));
  });

  test('no value, whatever it is, changes a tag or breaks the markup', () => {
    const harmless = MEDIA.map((medium) => readXml(markup(medium) ?? '').tags);
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.stringMatching(/^[<>&"'\]/#a-z;!? -]{1,60}$/),
      fc.constantFrom(
        '<audio src="https://evil/x.mp3"/>',
        ']]>',
        '&#60;',
        '</speak>',
        '\u202Eabc',
        '\u200B<',
        '\uD800',
        '\uDC00<',
        '{name}',
        '[x]',
        '\0',
        '\uFFFE',
        '<break time="9s"/>',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, place, last) => {
        const letters = (text: string) => /[^\s\p{C}]/u.test(text);
        fc.pre([name, place, last].every(letters));
        const says: Say[] = [
          { phrase: 'test.all', values: { ...values, name: `x${name}`, place: `x${place}`, last: `x${last}` } },
        ];
        MEDIA.forEach((medium, n) => {
          const { tags } = readXml(speech.render(says, ELDER, medium).markup ?? '');
          expect(tags).toEqual(harmless[n]);
        });
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  test('a value of any length is cut, an invisible character is not spoken', () => {
    const long = speech.render([{ phrase: 'test.plain', values: { name: '长'.repeat(100_000) } }], ELDER, 'plain');
    expect(long.text).toHaveLength(1500);
    const hidden = speech.render(
      [{ phrase: 'test.plain', values: { name: 'a\u202Eb\u200Bc\u0007d\uFEFFe\u2028f' } }],
      ELDER,
      'plain',
    );
    expect(hidden.text).toBe('abcde f');
  });
});

describe('phrases put together', () => {
  const speech = speechWith(PHRASES, PHRASES.replace('在[', 'at ['));
  const plain = (...says: Say[]) => speech.render(says, ELDER, 'plain').text;

  test('several phrases are sentences of one answer, a breath between them', () => {
    const says: Say[] = [{ phrase: 'test.open' }, { phrase: 'test.told' }];
    expect(plain(...says)).toBe('没有句号。好了。我记下了。');
    expect(speech.render(says, ELDER, 'dueros').markup).toBe(
      '<speak>没有句号。<silence time="700ms"/>好了。<silence time="700ms"/>我记下了。</speak>',
    );
  });

  test('an optional part leaves when a value inside is missing or empty, an inner one alone', () => {
    expect(plain({ phrase: 'test.optional' })).toBe('在这里');
    expect(plain({ phrase: 'test.optional', values: { place: '' } })).toBe('在这里');
    expect(plain({ phrase: 'test.optional', values: { place: '楼' } })).toBe('在楼的这里');
    expect(plain({ phrase: 'test.optional', values: { place: '楼', room: '屋' } })).toBe('在楼的屋这里');
    expect(plain({ phrase: 'test.optional', values: { room: '屋' } })).toBe('在这里');
  });

  test('a pause is a comma where no mark stands', () => {
    expect(plain({ phrase: 'test.paused' })).toBe('一，二，三？');
  });

  test('numbers and lists without a formatter are still words', () => {
    expect(plain({ phrase: 'test.count', values: { n: 1045 } })).toBe('一千零四十五');
    expect(plain({ phrase: 'test.list', values: { items: ['甲', '乙'] } })).toBe('甲和乙');
  });

  test('nearDate asks the clock that was handed in', () => {
    expect(plain({ phrase: 'test.near', values: { day: '2026-11-24' } })).toBe('明天，星期二');
  });

  test('said again it is shorter; a phrase without a shorter wording is said as it is', () => {
    expect(plain({ phrase: 'test.again', variant: 'again' })).toBe('您要哪样？');
    expect(plain({ phrase: 'test.told', variant: 'again' })).toBe('好了。我记下了。');
  });

  describe('after an answer that said the same', () => {
    const following = (say: Say, before: string) => speech.render([say], ELDER, 'plain', marksOf(before, 'zh-CN')).text;

    test('it is said shorter, then otherwise, and then as at first', () => {
      expect(following({ phrase: 'test.turned' }, '好了。')).toBe('您想听哪一样？');
      expect(following({ phrase: 'test.turned' }, '好了。您想听哪一样？')).toBe('想听哪一样？');
      expect(following({ phrase: 'test.turned', variant: 'again' }, '好了。想听哪一样？')).toBe('哪一样都行，您说。');
      expect(following({ phrase: 'test.turned', variant: 'again' }, '想听哪一样？哪一样都行，您说。')).toBe(
        '您想听哪一样？',
      );
    });

    test('what is new in it is told, in other words than before', () => {
      const thursday = { phrase: 'test.carried', values: { day: '2026-11-26' } };
      expect(following(thursday, '十一月二十五号，星期三有两个。您想要哪一个？')).toBe(
        '十一月二十六号，星期四还有两个。哪一个合适？',
      );
      expect(following(thursday, '十一月二十六号，星期四有两个。您想要哪一个？')).toBe('您就说哪一个。');
    });

    test('a shorter wording is the last way not to repeat, where it leaves out no value', () => {
      expect(following({ phrase: 'test.closing' }, '别的没有了。有事您再叫我。')).toBe('办妥了，要我就叫。');
      const wednesday = { phrase: 'test.dated', values: { day: '2026-11-25' } };
      expect(following(wednesday, '带上您的身份证。')).toBe('十一月二十五号，星期三去。带上您的身份证。');
    });

    test('in one answer the very same is said once, and a sentence that was said there comes otherwise', () => {
      expect(plain({ phrase: 'test.closing' }, { phrase: 'test.closing' })).toBe('这一样办妥了。有事您再叫我。');
      expect(plain({ phrase: 'test.calling' }, { phrase: 'test.closing' })).toBe('有事您再叫我。办妥了，要我就叫。');
    });

    test('short words may stand twice, and where there is no other wording it is said again', () => {
      expect(following({ phrase: 'test.told' }, '好了。我记下了。')).toBe('好了。我记下了。');
      expect(following({ phrase: 'test.asked' }, '您要哪样？')).toMatch(/您要哪样？$/);
    });
  });

  test('what is said into silence is the shorter wording, or the closing question, or nothing', () => {
    const reprompt = (...says: Say[]) => speech.reprompt(says, ELDER, 'plain').text;
    expect(reprompt({ phrase: 'test.told' }, { phrase: 'test.again' })).toBe('您要哪样？');
    expect(reprompt({ phrase: 'test.asked' })).toBe('您要哪样？');
    expect(reprompt({ phrase: 'test.told' })).toBe('');
    expect(reprompt()).toBe('');
  });

  test('nothing to say is an empty text without markup', () => {
    expect(speech.render([], ELDER, 'alexa')).toEqual({ text: '' });
  });

  test('an official Chinese name is said in English to an English speaker', () => {
    const said = speech.render(
      [{ phrase: 'test.plain', values: { name: '老年优待证' } }],
      { locale: 'en-US', pace: 190 },
      'plain',
    );
    expect(said.text).toBe('Senior Citizen Card');
  });
});

describe('mistakes in phrases', () => {
  const reading = (yaml: string) => () => speechWith(yaml);

  test.each([
    ['an unclosed bracket', 'a: "好"\nb: "在[{place}"', 'locales/zh-CN/test.yaml:2 test.b: "]" is missing'],
    ['an empty option', 'a: "[]"', 'test.yaml:1 test.a: empty brackets'],
    ['an option without a value', 'a: "[好]"', 'test.yaml:1 test.a: an optional part needs a value inside'],
    ['an unknown tag', 'a: "<audio/>"', 'test.yaml:1 test.a: cannot read "<audio/>"'],
    ['a value without a name', 'a: "{}"', 'test.a: cannot read "{}"'],
    ['a pause that never ends', 'a: "<pause 99999/>"', 'test.a: a pause is 1 to 10000 ms'],
    [
      'an entry of another shape',
      'a:\n  txt: "好"',
      'test.yaml:1 test.a: "txt" is not one of text, again, or, asks, official',
    ],
    ['broken YAML', 'a: "好\nb: "', 'locales/zh-CN/test.yaml:'],
    ['a phrase written twice', 'a: "好"\na: "行"', 'locales/zh-CN/test.yaml:2'],
  ])('%s is named with its file and line', (_, yaml, message) => expect(reading(yaml)).toThrow(message));

  test('all mistakes are reported together', () => {
    expect(reading('a: "{}"\nb: "["')).toThrow(/test\.a[\s\S]*test\.b/);
  });

  test('a missing value or phrase is named with its place', () => {
    const speech = speechWith('a: "{day, spokenDate}"');
    const say = (values?: Say['values']) => () => speech.render([{ phrase: 'test.a', values }], ELDER, 'plain');
    expect(say()).toThrow('locales/zh-CN/test.yaml:1 test.a: value "day" is missing');
    expect(say({ day: 'soon' })).toThrow('locales/zh-CN/test.yaml:1 test.a: value "day" is not a day');
    expect(() => speech.render([{ phrase: 'test.b' }], ELDER, 'plain')).toThrow(
      'phrase "test.b" is not in locales/zh-CN',
    );
    expect(speech.has('zh-CN', 'test.a')).toBe(true);
    expect(speech.has('en-US', 'test.b')).toBe(false);
  });
});

describe('names and voices in Azure markup', () => {
  const speech = createSpeech({ clock, matters: ['重度残疾人护理补贴', '户口本'] });
  const markupOf = (text: string, voice: Partial<Voice> = {}) =>
    speechWith(`said: "{text}"`).render([{ phrase: 'test.said', values: { text } }], { ...ELDER, ...voice }, 'azure')
      .markup;

  test('a surname that is read otherwise gets its pinyin, before a form of address only', () => {
    expect(markupOf('单姨您好')).toContain('<phoneme alphabet="sapi" ph="shan 4">单</phoneme>姨');
    expect(markupOf('单位在哪')).not.toContain('phoneme');
  });

  test('a dialect voice gets neither pinyin nor style; whom it is hard to hear gets more', () => {
    const dialect = markupOf('单姨您好', { name: 'northeast' });
    expect(dialect).toContain('zh-CN-liaoning-XiaobeiNeural');
    expect(dialect).not.toMatch(/phoneme|express-as/);
    expect(markupOf('您好', { name: 'man' })).toContain('YunyangNeural');
    expect(markupOf('您好', { name: 'nobody' })).toContain('XiaoxiaoNeural');
    expect(markupOf('您好', { louder: true })).toContain('volume="+30%"');
  });

  test('every fixed phrase is known ahead, none that holds a value', () => {
    const fixed = speech.fixed(ELDER, 'azure').map(({ text }) => text);
    expect(fixed.length).toBeGreaterThan(80);
    expect(speech.fixed(ELDER, 'plain').every(({ markup }) => markup === undefined)).toBe(true);
  });
});
