/** What holds for every sentence, also for one that nobody would say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effortOf } from '../../src/understanding/effort.ts';
import { createUnderstanding } from '../../src/understanding/index.ts';
import { ASKINGS, ERRANDS, INTENTS } from '../../src/understanding/meaning.ts';

const { explain: read } = createUnderstanding(); // read() would hide what is thrown
const now = new Date('2026-11-23T09:30:00+08:00');
const SPOKEN =
  '我你他不没别要想办约取交老年证卡低保什么嘛怎么明天后礼拜三号一二三四五六七八九十零幺点半上下午找人打电话对是好算了停再说第个月初腊正到和，。、？ 0123456789';
const spoken = fc.string({ unit: fc.constantFrom(...SPOKEN), maxLength: 60 });
const anything = fc.oneof(spoken, fc.string({ maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 200 }));
const expecting = fc.record(
  {
    errand: fc.constantFrom(...ERRANDS),
    asking: fc.constantFrom(...ASKINGS),
    value: fc.string({ maxLength: 12 }),
    options: fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe('any sentence', () => {
  it('has a meaning of the contract, and nothing is thrown', () => {
    fc.assert(
      fc.property(anything, expecting, fc.constantFrom('zh-CN' as const, 'en-US' as const), (text, asked, locale) => {
        const found = read({ text, now, locale, expecting: asked });
        expect(INTENTS).toContain(found.intent);
        expect(['accept', 'confirm', 'ask']).toContain(found.decision);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        for (const value of Object.values(found.slots)) expect(value).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });

  it('means the same each time', () => {
    fc.assert(
      fc.property(spoken, expecting, (text, asked) => {
        const heard = { text, now, locale: 'zh-CN' as const, expecting: asked };
        expect(read(heard)).toEqual(read(heard));
      }),
      { numRuns: 150 },
    );
  });

  it('has dates that exist', () => {
    fc.assert(
      fc.property(spoken, (text) => {
        const { date } = read({ text, now, locale: 'zh-CN', expecting: { errand: 'pickup', asking: 'date' } }).slots;
        for (const day of date?.split('/') ?? [])
          expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
      }),
      { numRuns: 300 },
    );
  });

  it('beyond five hundred characters is not read', () => {
    const start = '我想问一下'.repeat(100);
    const end = (tail: string) => read({ text: start + tail, now, locale: 'zh-CN' });
    expect(end('我摔倒了')).toEqual(end(''));
  });
});

describe('digits', () => {
  const digit = fc.constantFrom('零', '幺', '二', '三', '四', '五', '六', '七', '八', '九');
  const value = (said: string): string => [...said].map((d) => '零幺二三四五六七八九'.indexOf(d)).join('');

  it('of a phone are those that were said, in their order, none put in', () => {
    fc.assert(
      fc.property(fc.array(digit, { minLength: 4, maxLength: 12 }), (digits) => {
        const said = digits.join('');
        const { phone } = read({
          text: said,
          now,
          locale: 'zh-CN',
          expecting: { errand: 'agent', asking: 'phone' },
        }).slots;
        if (phone !== undefined) expect(phone).toBe(value(said));
      }),
    );
  });

  it('of the words agreed on never come out', () => {
    fc.assert(
      fc.property(
        fc.array(digit, { minLength: 4, maxLength: 4 }),
        fc.constantFrom('', '是', '嗯，', '咱们约好的是'),
        (digits, before) => {
          const found = read({
            text: before + digits.join(''),
            now,
            locale: 'zh-CN',
            expecting: { errand: 'progress', asking: 'pin' },
          });
          expect(found.slots).toEqual({});
          expect(found.why).not.toContain(digits.join(''));
          expect(found.why).not.toContain(value(digits.join('')));
        },
      ),
    );
  });
});

describe('a denied value', () => {
  const DAYS = ['礼拜二', '礼拜三', '礼拜四', '礼拜五', '礼拜六'];
  const VALUES = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];

  it('never wins over the one that was meant', () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.nat(4),
        fc.constantFrom('不是', '不要', '别', '不约'),
        fc.constantFrom('，', '，是', '，要', ' '),
        (not, yes, deny, then) => {
          fc.pre(not !== yes);
          const text = `${deny}${DAYS[not]}${then}${DAYS[yes]}`;
          expect(read({ text, now, locale: 'zh-CN', expecting: { errand: 'pickup', asking: 'date' } }).slots.date).toBe(
            VALUES[yes],
          );
        },
      ),
    );
  });

  it('loses to its correction', () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.nat(4),
        fc.constantFrom('不对', '哦不', '不不', '说错了', '不是'),
        (first, last, repair) => {
          fc.pre(first !== last);
          const text = `${DAYS[first]}，${repair}，${DAYS[last]}吧`;
          expect(read({ text, now, locale: 'zh-CN', expecting: { errand: 'pickup', asking: 'date' } }).slots.date).toBe(
            VALUES[last],
          );
        },
      ),
    );
  });
});

describe('work', () => {
  const HOSTILE = [
    '我要办',
    '取取取取',
    '第一第二',
    '不是礼拜三',
    '幺',
    '怎么怎么办办',
    '老年优待证',
    '的了吧啊',
    '我想约个时间去拿',
    '一',
    '摔倒了',
  ];

  it.each(HOSTILE)('grows no faster than the sentence: %s again and again', (piece) => {
    const effort = effortOf();
    const short = effort(piece.repeat(200).slice(0, 120));
    const long = effort(piece.repeat(200).slice(0, 480));
    expect(long).toBeLessThan(short * 5 + 2000);
  });
});
