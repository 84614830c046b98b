import type { ComplaintContext, TicketForHer } from '../../../src/dialogue/errands/complaint.setup.ts';
import { BACK, gave, NO, type Sample, said, start, YES } from './sample.ts';

const ticket = (over: Partial<TicketForHer> = {}): TicketForHer => ({
  id: 'ticket',
  tail: '0831',
  state: 'open',
  until: '2026-11-30',
  overdue: false,
  ...over,
});
const KINDS = ['complaint', 'cannot_get_done', 'suggestion'] as const;

/** Too long to be listened to in one go. */
const LONG = '我去了三趟都没办成，'.repeat(15);

export const complaint: Sample = {
  starts: [
    start('complaint'),
    start('complaint', { kind: 'cannot_get_done' }),
    start('complaint', { element: 'when' }),
    start('complaint', { about: 'city' }),
    start('complaint', { about: 'line' }),
    start('complaint', { about: 'here' }),
    { ...start('complaint'), words: '电梯坏了，打了没人管' },
    start('complaint', { about: 'praise' }),
    { ...start('complaint'), words: '楼道灯坏了半个月没人修' },
    { ...start('complaint'), words: LONG },
  ],
  events: [
    ...KINDS.flatMap((kind) => [
      { type: 'SORTED', kind, about: 'ours', told: false },
      { type: 'SORTED', kind, about: 'ours', told: true },
    ]),
    { type: 'SORTED', kind: 'complaint', about: 'city', told: true },
    { type: 'SORTED', kind: 'complaint', about: 'ours', told: true, cityToo: true },
    { type: 'SORTED', kind: 'complaint', about: 'answers', told: false },
    { type: 'OPENED', ticket: ticket() },
    { type: 'LOOKED', tickets: [] },
    { type: 'LOOKED', tickets: [ticket()] },
    { type: 'LOOKED', tickets: [ticket({ overdue: true }), ticket({ state: 'answered', answer: '灯换了。' })] },
    { type: 'TOLD' },
    YES,
    NO,
    BACK,
    gave('complaint'),
    said('灯到现在还不亮'),
    ...[
      'hands',
      'who',
      'when',
      'nameless',
      'holds',
      'anew',
      'again',
      'asksWritten',
      'all',
      'drops',
      'dropLast',
      'secret',
      'named',
      'asksName',
      'takesIn',
      'leavesOut',
      'onlyThis',
      'bothOff',
      'which',
      'asksCity',
      'here',
      'asks',
      'slip',
      'sayMore',
    ].map((element) => gave('complaint', { element })),
    ...['adds', 'instead', 'mercy'].map((element) => gave('complaint', { element, more: '是礼拜五上午' })),
    gave('complaint', { element: 'swap', from: '楼道', to: '厕所' }),
    gave('complaint', { element: 'swap', from: '楼道', to: '' }),
    gave('complaint', { element: 'swap', from: '门口', to: '厕所' }),
  ],
  // How much she has said so far matters only where it is a lot.
  keyOf: ({ value, context }) => {
    const {
      slots,
      words,
      former,
      kind,
      about,
      told,
      cityToo,
      beside,
      besides,
      asked,
      at,
      tickets,
      ticket,
      nameless,
      consoled,
    } = context as unknown as ComplaintContext;
    return [
      value,
      // What it was opened for matters only until that is decided.
      value === 'sorting' || value === 'deciding' ? slots.about : undefined,
      words !== undefined,
      (words?.length ?? 0) >= LONG.length,
      former !== undefined,
      cityToo,
      besides,
      beside !== undefined,
      kind,
      about,
      told,
      asked,
      at,
      tickets.length,
      ticket !== undefined,
      nameless,
      consoled,
    ];
  },
};
