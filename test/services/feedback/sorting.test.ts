import { describe, expect, it } from 'vitest';
import { loadFeedbackFacts } from '../../../src/services/feedback/facts.ts';
import { sortOpinion } from '../../../src/services/feedback/sorting.ts';

const { words } = loadFeedbackFacts();
const opened = (said: string, locale: 'zh-CN' | 'en-US' = 'zh-CN') =>
  sortOpinion(said, { locale, sorting: words[locale], opening: true });
const answered = (said: string) => sortOpinion(said, { locale: 'zh-CN', sorting: words['zh-CN'], opening: false });

describe('what she wants written down', () => {
  it.each(['我要投诉', '我要提个意见', '我有个建议', '我想反映个情况', '办不成事', '我要投诉窗口的人', '提意见'])(
    '%s: she is asked what it is',
    (said) => expect(opened(said).told).toBe(false),
  );

  it.each(['跑了三趟都没办成', '窗口那个姑娘说话太难听', '我要投诉窗口的人冲我嚷嚷', '建议你们中午也开门'])(
    '%s: she has said it',
    (said) => expect(opened(said)).toMatchObject({ about: 'ours', told: true }),
  );

  it.each(['我上回提的意见', '我上回提的意见有信儿吗', '上次投诉的事怎么样了', '我反映的给答复了吗'])(
    '%s: she asks for the answer',
    (said) => expect(opened(said).about).toBe('answers'),
  );

  it.each(['暖气不热', '我们家停水了', '楼道的路灯坏了', '电梯老坏'])('%s: the city looks after it', (said) =>
    expect(opened(said).about).toBe('city'),
  );

  it('is ours when our window is in it, whatever else', () => {
    expect(opened('窗口那儿暖气不热，等得人直哆嗦').about).toBe('ours');
  });

  it('is of a kind', () => {
    expect(opened('跑了三趟都没办成').kind).toBe('cannot_get_done');
    expect(opened('我有个建议').kind).toBe('suggestion');
    expect(opened('窗口的人冲我嚷嚷').kind).toBe('complaint');
  });

  it('is whatever she answers, once she was asked', () => {
    expect(answered('慢')).toMatchObject({ about: 'ours', told: true });
    expect(answered('上回提的意见没人理').about).toBe('ours');
    expect(answered(' ').told).toBe(false);
  });

  it('is sorted in English too', () => {
    expect(opened('I want to complain', 'en-US').told).toBe(false);
    expect(opened('I want to complain about the clerk who shouted at me', 'en-US').told).toBe(true);
    expect(opened('the heating is not working', 'en-US').about).toBe('city');
  });
});
