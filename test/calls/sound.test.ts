import { describe, expect, it } from 'vitest';
import { createCaptioning } from '../../src/calls/captioning.ts';
import { createBudget, LARGEST_SOUND, readSound } from '../../src/calls/sound.ts';
import type { CallFrame, OutFrame } from '../../src/calls/wire.ts';

const frame = (type: number, samples = 4, codec = 0) =>
  Buffer.from([type, codec, 0, 1, 0, 0, 0, 9, ...Array(samples).fill(1)]);

describe('sound of a desk', () => {
  it('is told apart by whose it is, and what is none of ours is left out', () => {
    expect(readSound(frame(1))).toMatchObject({ who: 'clerk', pcm: Buffer.from([1, 1, 1, 1]) });
    expect(readSound(frame(2))).toMatchObject({ who: 'resident' });
    for (const wrong of [frame(3), frame(1, 4, 1), frame(1, 3), frame(1, 0), frame(2, LARGEST_SOUND), Buffer.alloc(0)])
      expect(readSound(wrong)).toBeUndefined();
  });

  it('is taken as fast as it may be spoken and not faster', () => {
    let now = 0;
    const budget = createBudget(1_000, () => now);
    expect(budget.take(2_000)).toBe(true);
    expect(budget.take(1)).toBe(false);
    now += 500;
    expect([budget.take(500), budget.take(1)]).toEqual([true, false]);
    now += 3_600_000; // a long silence saves up no more than two seconds
    expect([budget.take(2_000), budget.take(1)]).toEqual([true, false]);
  });
});

describe('captions of a desk', () => {
  const call = (change: Partial<CallFrame> = {}) =>
    ({ type: 'call', call: 'c', state: 'talking', leg: 'l', captions: 'on', ...change }) as CallFrame;

  /** A recogniser that writes down what it is given. */
  function opened() {
    const heard: string[] = [];
    const calls: { open: boolean; say(leg: string, text: string, final: boolean): void }[] = [];
    const [told, home]: [OutFrame[], object[]] = [[], []];
    const along = createCaptioning({
      captions: {
        open: ({ caption }) => {
          const own = {
            open: true,
            say: (leg: string, text: string, final: boolean) => caption({ leg, utterance: 1, text, final }),
          };
          calls.push(own);
          return {
            write: (leg, pcm) => void heard.push(`${leg} ${pcm.length}`),
            close: async () => {
              own.open = false;
            },
          };
        },
      },
      about: async () => ({ locale: 'zh-CN', hints: [], device: 'd' }),
      send: (one) => told.push(one),
      toHome: async (_device, one) => home.push(one),
      failed: (thrown) => {
        throw thrown;
      },
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { along, heard, calls, told, home, settled };
  }

  it('hear nothing before her page has the call and she has agreed, and nothing while she is held', async () => {
    const { along, heard, calls, settled } = opened();
    for (const change of [
      { captions: 'no_consent' },
      { leg: undefined },
      { state: 'held' },
      { state: 'connecting' },
    ] as const) {
      along.note(call(change));
      along.hear(frame(1));
      await settled();
    }
    expect([heard, calls]).toEqual([[], []]);
    along.note(call());
    along.hear(frame(2));
    await settled();
    expect(heard).toEqual(['resident 4']);
    along.note(call({ state: 'held' }));
    along.hear(frame(2));
    await settled();
    expect(heard).toHaveLength(1);
    expect(calls.map(({ open }) => open)).toEqual([false]);
  });

  it('come to the desk as they grow; her screen gets what the clerk has said, when it is whole', async () => {
    const { along, calls, told, home, settled } = opened();
    along.note(call());
    await settled();
    calls[0]?.say('resident', '我的', false);
    calls[0]?.say('resident', '我的证', true);
    calls[0]?.say('clerk', '您下周三', false);
    calls[0]?.say('clerk', '您下周三来', true);
    expect(told.map((one) => one.type === 'caption' && [one.leg, one.text, one.final])).toEqual([
      ['resident', '我的', false],
      ['resident', '我的证', true],
      ['clerk', '您下周三', false],
      ['clerk', '您下周三来', true],
    ]);
    expect(home).toEqual([{ type: 'call.caption', call: 'c', who: 'clerk', text: '您下周三来', final: true }]);
    along.close();
    await settled();
    expect(calls.map(({ open }) => open)).toEqual([false]);
  });
});
