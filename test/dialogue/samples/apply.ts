import type { ApplyContext } from '../../../src/dialogue/errands/apply.facts.ts';
import type { Happening } from '../support/walk.ts';
import { aCase } from './progress.ts';
import { BACK, CARD, chose, gave, IDENTITY, NO, NUMBER, PERMIT, type Sample, start, YES } from './sample.ts';

const BUS = '老年乘车卡';
const looked = (over: object = {}): Happening => ({
  type: 'LOOKED',
  matters: [CARD, BUS],
  drafts: [],
  standing: [],
  onFile: [],
  ...over,
});
const checked = (matter: string, answer: string, over: object = {}): Happening => ({
  type: 'CHECKED',
  verdict: { matter, answer, documents: ['身份证', '照片'], ...over },
});
const handedIn = aCase({ status: 'submitted' });

export const apply: Sample = {
  starts: [
    start('apply.start'),
    start('apply.start', { item: CARD }),
    start('apply.start', { item: CARD, phone: NUMBER }),
    start('apply.start', { item: PERMIT }),
    start('apply.start', { item: CARD, name: '李叔' }),
    start('apply.start', { draft: 'yes' }),
    start('apply.withdraw'),
    start('apply.withdraw', { item: BUS }),
  ],
  events: [
    looked(),
    looked({ phoneTail: '1234', onFile: [CARD] }),
    looked({ drafts: [{ matter: CARD, answers: { kind: 'first', phone: 'file' } }], phoneTail: '1234' }),
    looked({ standing: [handedIn] }),
    looked({ standing: [handedIn, aCase({ matter: BUS, overdueDays: 3 })] }),
    looked({ standing: [aCase({ status: 'concluded', delivery: 'ready' })] }),
    checked(CARD, 'yes'),
    checked(CARD, 'not_yet', { from: '2026-12-15', age: 60 }),
    checked(CARD, 'unknown'),
    { type: 'KEPT' },
    { type: 'STANDS', standing: [handedIn] },
    { type: 'SUBMITTED', tail: '4821' },
    { type: 'SUBMITTED', tail: '4821', partner: BUS },
    { type: 'WITHDRAWN' },
    { type: 'WITHDRAWN', callEnded: true },
    { type: 'TOO_LATE' },
    ...IDENTITY,
    YES,
    NO,
    BACK,
    ...[1, 2, 3, -1].map(chose),
    gave('apply.start'),
    gave('apply.start', { item: CARD }),
    gave('apply.start', { kind: 'first' }),
    gave('apply.start', { phone: NUMBER }),
    gave('apply.start', { phone: '139' }),
    gave('apply.start', { phone: '1392200012345' }),
    gave('apply.start', { materials: 'home' }),
    gave('apply.start', { explain: 'promise' }),
    gave('apply.start', { reopen: 'phone' }),
    gave('apply.start', { forHerself: 'yes' }),
    gave('correction', { ordinal: '2' }),
    gave('apply.withdraw'),
  ],
  // What was answered matters, and what stands; which of her answers it was only where the way parts.
  keyOf: ({ value, context }) => {
    const { intent, slots, matters, drafts, standing, phoneTail, ...rest } = context as unknown as ApplyContext;
    const { item, kind, phone, materials, promise, name, draft } = slots;
    const here = matters.length > 0 && item ? matters.includes(item) : item;
    const which = [here, name !== undefined, draft !== undefined, intent === 'apply.start'];
    const answers = [kind !== undefined, phone !== undefined, materials && materials === 'home', promise];
    const found = [
      drafts.length > 0 && !rest.draftSettled,
      standing.length,
      standing[0]?.delivery,
      phoneTail !== undefined,
    ];
    const { first, second } = rest.right;
    return [value, which, answers, found, rest.heardPhone !== undefined, first, second];
  },
  // She may say anything anywhere; here she does where it is asked and where it is read back, and thinks better of it twice.
  mayBefall: ({ value }, { type, intent }) => {
    if (intent === 'apply.withdraw') return /^(askingKind|confirming)/.test(String(value));
    return (type !== 'GAVE' && type !== 'BACK') || /^(asking|reading|confirming|offering)/.test(String(value));
  },
};
