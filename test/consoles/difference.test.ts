import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../src/consoles/office/difference.ts';

const marked = (before: string, after: string) => {
  const { was, is } = differenceOf(before, after);
  const changed = (pieces: typeof was) => pieces.filter(({ same }) => !same).map(({ text }) => text);
  return [changed(was), changed(is)];
};

describe('what differs between two versions', () => {
  it.each([
    ['words that came', '带身份证。', '带身份证和户口本。', [], ['和户口本']],
    ['words that went', '带身份证和户口本原件。', '带身份证原件。', ['和户口本'], []],
    ['a number that changed', '工本费二十元，当天办好。', '工本费十五元，当天办好。', ['二十'], ['十五']],
    ['two places', '上午九点到社区中心办理。', '上午十点到邻里中心办理。', ['九', '社区'], ['十', '邻里']],
    ['nothing', '一样的话。', '一样的话。', [], []],
    ['everything', '', '新写的。', [], ['新写的。']],
  ])('%s', (_, before, after, went, came) => {
    expect(marked(before, after)).toEqual([went, came]);
  });

  it('leaves both texts whole, and what stands in both the same in both', () => {
    const text = fc
      .array(fc.constantFrom('身份证', '户口本', '二十元', '，', '。', '办理', '𠮷'))
      .map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { was, is } = differenceOf(before, after);
        const whole = (pieces: typeof was) => pieces.map((one) => one.text).join('');
        const same = (pieces: typeof was) => whole(pieces.filter((one) => one.same));
        expect([whole(was), whole(is)]).toEqual([before, after]);
        expect(same(was)).toBe(same(is));
      }),
    );
  });
});
