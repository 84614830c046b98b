import { describe, expect, test } from 'vitest';
import type { Voice } from '../../src/speech/speech.ts';
import { speedFor } from '../../src/speech/synthesiser/embedded.ts';
import { createHanziExpander } from '../../src/speech/synthesiser/hanzi.ts';
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import { createSoundCache } from '../../src/speech/synthesiser/sound-cache.ts';
import { createSpelling } from '../../src/speech/synthesiser/spelling.ts';
import { joinedBy, readWav, type Sound, trimmed, writeWav } from '../../src/speech/synthesiser/wav.ts';
import { loadChineseWords } from '../../src/speech/words.ts';

/** Root mean square of the samples, 0 to 32767. */
const energy = ({ samples }: Sound): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));

const ELDER: Voice = { locale: 'zh-CN', pace: 190 };
const { live, detail } = await createEmbeddedVoice().status();
if (!live) console.warn(`the embedded voice is not tried: ${detail}`);

describe.runIf(live)('the embedded voice', { timeout: 120_000 }, () => {
  const voice = createEmbeddedVoice({ deadlineMs: 60_000 }); // the machine may be busy
  const speak = (text: string, as = ELDER) => voice.speak({ text }, as);
  const secondsOf = (wav: Buffer | undefined) => {
    const sound = wav && readWav(wav);
    return sound ? sound.samples.length / sound.rate : 0;
  };

  test('speaks Chinese as a WAV of PCM16 mono with true sizes and sound in it', async () => {
    const wav = (await speak('约好了。十一月二十五号，星期三，上午九点。'))?.wav ?? Buffer.alloc(44);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt16LE(34)]).toEqual([1, 1, 16]);
    const sound = readWav(wav);
    expect(sound && energy(sound)).toBeGreaterThan(500);
    expect(secondsOf(wav)).toBeGreaterThan(3);
  });

  test('speaks English', async () => {
    expect(
      secondsOf((await speak('It is booked. See you on Wednesday.', { ...ELDER, locale: 'en-US' }))?.wav),
    ).toBeGreaterThan(1);
  });

  test('a slower pace takes longer', async () => {
    const sentence = '老年优待证就是坐车逛公园用的那个证';
    const [slow, fast] = await Promise.all([
      speak(sentence, { ...ELDER, pace: 130 }),
      speak(sentence, { ...ELDER, pace: 240 }),
    ]);
    expect(secondsOf(slow?.wav)).toBeGreaterThan(secondsOf(fast?.wav) * 1.4);
  });

  test('a pace in characters a minute is kept within a tenth', async () => {
    const sentence = '老年优待证就是坐车逛公园用的那个证办好了我再告诉您';
    for (const pace of [130, 190, 240]) {
      const heard = ([...sentence].length / secondsOf((await speak(sentence, { ...ELDER, pace }))?.wav)) * 60;
      expect(Math.abs(heard - pace) / pace).toBeLessThan(0.15);
    }
  });

  test('the same answer asked for many times at once sounds the same each time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => speak('您要第几个？')));
    expect(new Set(all.map((one) => one?.wav.toString('base64'))).size).toBe(1);
  });

  test('text that could be taken for an option, phoneme or markup is only words', async () => {
    for (const text of ['-w /etc/x 好', '[[h@l"oU]] 好', '<voice>好</voice>', '好\0好', '好'.repeat(1500)]) {
      expect(secondsOf((await speak(text))?.wav)).toBeGreaterThan(0.1);
    }
  });

  test('nothing to say makes no sound', async () => {
    expect(await speak('')).toBeUndefined();
    expect(await speak('……')).toBeUndefined();
  });

  test('a run that is too slow is ended and the text stands alone', async () => {
    const hurried = createEmbeddedVoice({ deadlineMs: 1 });
    expect(await hurried.speak({ text: '好' }, ELDER)).toBeUndefined();
  });
});

describe('without the program', () => {
  const silent = createEmbeddedVoice({ program: 'no-such-program' });
  test('the status says so and answers stay text', async () => {
    expect(await silent.status()).toEqual({ live: false, detail: 'espeak-ng is not installed: answers are text only' });
    expect(await silent.speak({ text: '好' }, ELDER)).toBeUndefined();
  });
});

describe('what the embedded voice is given to read', () => {
  const words = loadChineseWords('locales');
  const expand = createHanziExpander(words);
  const spell = createSpelling(words);

  test.each([
    ['2026年11月25日9:30', '二零二六年十一月二十五号九点半'],
    ['2026-11-25', '二零二六年十一月二十五号'],
    ['2017年40号文', '二零一七年四十号文'],
    ['带2张照片', '带两张照片'],
    ['每月1,200元', '每月一千二百元'],
    ['2个工作日', '两个工作日'],
    ['12月2日', '十二月二日'],
    ['打12345', '打幺二三四五'],
    ['120急救', '幺二零急救'],
    ['022-66328888', '零二二六六三二八八八八'],
    ['减免50%', '减免百分之五十'],
    ['8:30-17:00', '八点半到五点'],
    ['3.5公里', '三点五公里'],
    ['A座', '诶座'],
    ['１２楼', '十二楼'],
    ['第2个', '第二个'],
    ['下午2点半', '下午两点半'],
    ['2倍', '两倍'],
    ['2万元', '两万元'],
    ['尾号4012', '尾号四零幺二'],
    ['口令是4827', '口令是四八二七'],
    ['138****1234', '幺三八，幺二三四'],
    ['〔2017〕40号', '〔二零一七〕四十号'],
    ['2单元201室', '二单元二零幺室'],
  ])('%s is read as %s', (text, read) => expect(expand(text)).toBe(read));

  test('no figure and no Latin letter is left', () => {
    expect(expand('Wi-Fi 5G 2026/1/1 007 1e9 3,000.50 99999 v2')).not.toMatch(/[0-9A-Za-z]/);
  });

  test('pinyin carries tones, a neutral tone is five, marks are pauses', () => {
    expect(spell('好的，您的孩子呢？')).toBe('hao3 de5, nin2 de5 hai2 zi5 ne5?');
    expect(spell('长城，重庆。')).toMatch(/^chang2 cheng2, chong2 qing4\.$/);
    expect(spell('您说：“好。”')).toBe('nin2 shuo1, hao3.');
  });

  test.each([
    ['您还得等，这个得问窗口。', 'nin2 hai2 dei3 deng3, zhe4 ge5 dei3 wen4 chuang1 kou3.'],
    ['这条说得不准，那条用得上', 'zhe4 tiao2 shuo1 de5 bu4 zhun3, na4 tiao2 yong4 de5 shang4'],
    ['记得取得回执', 'ji4 de5 qu3 de2 hui2 zhi2'],
    ['请重新填，重度残疾', 'qing3 chong2 xin1 tian2, zhong4 du4 can2 ji2'],
    ['市里发卡，只为给您办事', 'shi4 li3 fa1 ka3, zhi3 wei4 gei3 nin2 ban4 shi4'],
    ['还是换，还没办完', 'hai2 shi4 huan4, hai2 mei2 ban4 wan2'],
    ['银行，行吗', 'yin2 hang2, xing2 ma5'],
    ['长期护理，站长', 'chang2 qi1 hu4 li3, zhan4 zhang3'],
    ['取不了，办了', 'qu3 bu4 liao3, ban4 le5'],
    ['不着急，慢慢地说', 'bu4 zhao2 ji2, man4 man4 de5 shuo1'],
    ['都办好了，供暖', 'dou1 ban4 hao3 le5, gong1 nuan3'],
    ['一样一趟一遍', 'yi2 yang4 yi2 tang4 yi2 bian4'],
    ['一一九，一一零，一二零', 'yao1 yao1 jiu3, yao1 yao1 ling2, yao1 er4 ling2'],
    ['一二三四五', 'yi1 er4 san1 si4 wu3'],
    ['二零一七年', 'er4 ling2 yi1 qi1 nian2'],
    ['单阿姨', 'shan4 a1 yi2'],
  ])('%s is spelled %s', (text, spelled) => expect(spell(text)).toBe(spelled));

  test('a slower pace is a slower speed', () => {
    const speeds = [120, 150, 190, 230, 260].map((pace) => speedFor('zh-CN', pace));
    expect(speeds).toEqual([...speeds].sort((a, b) => a - b));
  });
});

describe('sounds', () => {
  const tone = (length: number) => ({
    rate: 1000,
    samples: Int16Array.from({ length }, (_, n) => (n % 2 ? 1000 : -1000)),
  });

  test('a WAV reads back as it was written', () => expect(readWav(writeWav(tone(50)))).toEqual(tone(50)));
  test('what is no WAV is none', () => expect(readWav(Buffer.from('RIFF'))).toBeUndefined());
  test('sounds are joined with silence between', () =>
    expect(joinedBy(10, [tone(5), tone(5)]).samples).toHaveLength(20));

  test('silence at the ends is cut', () => {
    const padded = {
      rate: 1000,
      samples: Int16Array.from([...new Int16Array(500), ...tone(50).samples, ...new Int16Array(500)]),
    };
    expect(trimmed(padded).samples.length).toBeLessThan(200);
    expect(trimmed({ rate: 1000, samples: new Int16Array(500) }).samples).toHaveLength(0);
  });

  test('the cache stays within its bytes, makes a sound once, and forgets a failure', async () => {
    const cache = createSoundCache(200);
    let made = 0;
    const make = async () => {
      made += 1;
      return tone(40);
    };
    await Promise.all([cache.get('a', make), cache.get('a', make)]);
    expect(made).toBe(1);
    await cache.get('b', make);
    await cache.get('c', make);
    expect(cache.held).toBeLessThanOrEqual(200);
    expect(await cache.get('d', async () => undefined)).toBeUndefined();
    expect(await cache.get('d', make)).toBeDefined();
  });
});
