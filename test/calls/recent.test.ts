import { expect, it } from 'vitest';
import { recentTurnOf } from '../../src/recent.ts';
import type { Seen } from '../../src/turn.ts';

const frame = (machine: string, slots: Record<string, unknown> = {}) => ({ machine, context: { slots } });

/** A turn at which these errands lay open before and after it. */
const turn = (before: object[], after: object[], said: object = { kind: 'words', text: '我要找人' }) =>
  recentTurnOf({
    said,
    before: { frames: before },
    next: { talk: { frames: after } },
    reply: { text: '好', phrase: 'agent.calling' },
  } as unknown as Seen);

it('what she came for goes along with her wish for a person, not the wish itself nor a rating', () => {
  const apply = frame('apply', { item: '老年优待证', kind: 'first', note: undefined });
  const kept = { name: 'apply', slots: { item: '老年优待证', kind: 'first' } };
  expect(turn([apply], [apply, frame('agent')])?.errand).toEqual(kept);
  expect(turn([apply, frame('rate')], [apply])?.errand).toEqual(kept);
  expect(turn([], [frame('rate')])).not.toHaveProperty('errand');
});

it('what was finished or given up in a turn is over', () => {
  expect(turn([frame('pickup', { item: '老年优待证' })], [])?.errand).toEqual({
    name: 'pickup',
    slots: { item: '老年优待证' },
    over: true,
  });
});

it('digits and what is sealed elsewhere are not kept', () => {
  const said = { kind: 'words', text: '我的号码是一三八零零一三八零零零' };
  expect(turn([], [frame('apply', { phone: '13800138000' })], said)).toMatchObject({
    heard: '我的号码是＊',
    errand: { slots: { phone: '＊' } },
  });
  expect(turn([], [], { kind: 'silence' })).toBeUndefined();
});
