/** What may befall each errand: how it begins, what a resident says, how its effects turn out. Small, and said out loud. */
import type { GuideForHer } from '../../../src/dialogue/errands/guide.ts';
import type { CaseForHer } from '../../../src/dialogue/errands/progress.ts';
import { CASE_STATUSES } from '../../../src/store/schema.ts';
import type { Intent, Slots } from '../../../src/understanding/meaning.ts';
import type { Happening, Kept } from './walk.ts';

export interface Sample {
  starts: unknown[];
  events: Happening[];
  /** What tells two states apart, where the whole context would be too much. */
  keyOf?: (stop: Kept) => unknown;
  mayBefall?: (stop: Kept, event: Happening) => boolean;
}

const start = (intent: Intent, slots: Slots = {}, aside = false) => ({ residentId: 'resident', intent, slots, aside });
const gave = (intent: Intent, slots: Slots = {}) => ({ type: 'GAVE', intent, slots });
const chose = (n: number) => ({ type: 'CHOSE', n });
const YES = { type: 'YES' };
const NO = { type: 'NO' };
const BACK = { type: 'BACK' };

// ---- pickup

const CARD = '老年优待证';
const PERMIT = '天津市居住证';
const station = { id: 'station', name: '示例一号便民服务站' };
const centre = { id: 'centre', name: '示例一号邻里中心' };
const offer = (start: string, over: object = {}) => ({
  slotId: start,
  place: station,
  day: '2026-11-25',
  start,
  exact: true,
  ...over,
});
const standing = (matter: string, over: object = {}) => ({
  id: matter,
  matter,
  direction: 'collect',
  place: station,
  day: '2026-11-25',
  start: '09:00',
  ...over,
});
const NINE = offer('09:00');
const ELEVEN = offer('11:00');
const ELSEWHERE = offer('14:00', { place: centre, day: '2026-11-27', exact: false });
const OFFERS = [[], [NINE], [NINE, ELEVEN], [{ ...NINE, exact: false }], [{ ...NINE, exact: false }, ELSEWHERE]];

const pickup: Sample = {
  starts: [
    start('pickup.book'),
    start('pickup.book', { item: CARD }),
    start('pickup.book', { item: CARD, date: '2026-11-25', time: 'AM' }),
    start('pickup.book', { item: PERMIT, direction: 'hand_in', date: '2026-11-25' }),
    start('pickup.change'),
    start('pickup.cancel'),
    start('pickup.query'),
  ],
  events: [
    { type: 'LOOKED', ready: [], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [] },
    { type: 'LOOKED', ready: [CARD, PERMIT], standing: [] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD)] },
    { type: 'LOOKED', ready: [CARD], standing: [standing(CARD), standing(PERMIT, { direction: 'hand_in' })] },
    ...OFFERS.map((offers) => ({ type: 'OFFERED', offers })),
    { type: 'HELD', held: { seatId: 'seat', ...NINE } },
    { type: 'TAKEN', offers: [] },
    { type: 'TAKEN', offers: [ELEVEN, ELSEWHERE] },
    { type: 'BOOKED', booking: standing(CARD) },
    { type: 'ALREADY', booking: standing(CARD) },
    { type: 'CANCELLED' },
    { type: 'RELEASED' },
    YES,
    NO,
    BACK,
    ...[0, 1, 2, -1, 9].map(chose),
    gave('pickup.book', { item: CARD }),
    gave('pickup.book', { date: '2026-11-27' }),
    gave('pickup.book', { time: '11:00' }),
    gave('pickup.book', { time: 'PM' }),
    gave('pickup.book', { direction: 'hand_in' }),
    gave('pickup.book', { ordinal: '0' }),
    gave('pickup.change'),
    gave('pickup.cancel'),
    gave('pickup.query'),
    gave('correction', { time: '09:00' }),
  ],
  // Which day and hour she named changes words only; that she named them is what matters.
  keyOf: ({ value, context }) => {
    const { intent, slots, ready, standing, offers, held, chosenBooking, already } = context as Record<string, never[]>;
    const { item, direction, date, time } = slots as unknown as Slots;
    const named = [item, direction, date !== undefined, time !== undefined];
    const held_ = [held !== undefined, chosenBooking !== undefined, already !== undefined];
    return [value, intent, named, ready?.length, standing?.length, offers?.length, ...held_];
  },
};

// ---- guide

const GUIDE = {
  matter: CARD,
  words: {
    gist: { gist: '满六十岁就能办。' },
    where: { place: '便民服务站', channels: '津心办' },
    when: { hours: '工作日', timeLimit: '当场办' },
    fee: { fee: '不要钱。' },
    conditions: { conditions: '满六十岁。' },
    amount: { amount: undefined },
    materialsNote: { note: undefined },
    mistakes: { mistakes: '照片要一寸的。' },
    who: { station: station.name, phone: '02266885566' },
  },
};
const here = { station: station.name, address: '和畅路一号', phone: undefined };
const hours = { opens: '09:00', closes: '17:00', breakFrom: '12:00', breakUntil: '13:30' };
const atStation = (words: object) => ({
  type: 'FOUND',
  guide: { matter: '', words: { who: here, stationWhere: here, stationWhen: words }, materials: [] },
});
const ELIGIBILITIES = [
  undefined,
  { phrase: 'guide.eligible_yes', values: { age: 60 } },
  { phrase: 'guide.eligible_not_yet', values: { age: 65, from: '2026-12-15' } },
  { phrase: 'guide.eligible_no', values: { age: 80 } },
  { phrase: 'guide.eligible_unknown', values: { conditions: '满六十岁。' } },
];
const ELEMENTS = ['materials', 'where', 'when', 'fee', 'eligibility', 'who', 'lookup'] as const;

const guide: Sample = {
  starts: ELEMENTS.flatMap((element) => [
    start(`guide.${element}`),
    start(`guide.${element}`, { item: CARD }),
    start(`guide.${element}`, { item: CARD }, true),
  ]),
  events: [
    { type: 'FOUND', guide: { ...GUIDE, materials: [] } },
    { type: 'FOUND', guide: { ...GUIDE, materials: ['身份证', '照片', '户口本'] } },
    atStation({ ...here, ...hours }),
    atStation({ ...here, opens: '09:00', closes: '12:00' }),
    atStation(here),
    { type: 'UNKNOWN' },
    { type: 'TOLD' },
    ...ELIGIBILITIES.map((eligibility) => ({ type: 'CHECKED', eligibility })),
    YES,
    NO,
    BACK,
    ...[1, 2, 3, 9].map(chose),
    ...ELEMENTS.map((element) => gave(`guide.${element}`)),
    gave('guide.lookup', { item: CARD }),
    gave('guide.where', { item: PERMIT }),
  ],
  keyOf: ({ value, context }) => {
    const { intent, slots, aside, guide, told } = context as {
      [name: string]: unknown;
      slots: Slots;
      guide?: GuideForHer;
    };
    const { matter, materials, words } = guide ?? {};
    return [value, intent, slots.item, aside, matter, materials?.length, words?.stationWhen, told];
  },
  // Of a matter its guide is found or not; without one there is only the station to tell of.
  mayBefall: ({ context }, { type, guide }) => {
    const named = Boolean((context.slots as Slots).item);
    if (type === 'FOUND') return named === Boolean((guide as GuideForHer).matter);
    return type !== 'UNKNOWN' || named;
  },
};

// ---- progress

const aCase = (over: Partial<CaseForHer>): CaseForHer => ({
  matter: CARD,
  tail: '4821',
  status: 'accepted',
  delivery: 'none',
  overdueDays: 0,
  missing: [],
  sensitive: false,
  ...over,
});
const CASES: CaseForHer[] = [
  ...CASE_STATUSES.map((status) => aCase({ status, missing: status === 'correction' ? ['照片'] : [] })),
  aCase({ promisedOn: '2026-12-10', handler: '赵敏', reason: '照片不清楚', remedy: '重照一张' }),
  aCase({ overdueDays: 3, handler: '赵敏' }),
  aCase({ overdueDays: 3 }),
  aCase({ delivery: 'ready', status: 'concluded' }),
  aCase({ sensitive: true }),
];
const READY = aCase({ delivery: 'ready', status: 'concluded' });

const progress: Sample = {
  starts: [
    start('progress.query'),
    start('progress.query', { item: CARD }),
    start('progress.query', { case_no_tail: '4821' }),
  ],
  events: [
    { type: 'LOOKED', cases: [] },
    ...CASES.map((one) => ({ type: 'LOOKED', cases: [one] })),
    { type: 'LOOKED', cases: [READY, aCase({ sensitive: true }), aCase({})] },
    YES,
    NO,
    BACK,
    gave('progress.query'),
    gave('progress.query', { item: CARD }),
    gave('progress.query', { case_no: '20261123004821' }),
  ],
};

// ---- policy

const policyFor = (over: object = {}) => ({
  policyId: 'p',
  title: '高龄津贴',
  gist: '满八十岁能领。',
  body: '带身份证去便民服务站。',
  source: '示例文件',
  reason: { phrase: 'policy.reason_age', values: { age: 80 } },
  sensitive: false,
  heard: false,
  ...over,
});
const REASONS = [
  { phrase: 'policy.reason_turns', values: { age: 80 } },
  { phrase: 'policy.reason_flag', values: {} },
  { phrase: 'policy.reason_all', values: {} },
];

const policy: Sample = {
  starts: [start('policy.news')],
  events: [
    { type: 'LOOKED', policies: [] },
    { type: 'LOOKED', policies: [policyFor()] },
    { type: 'LOOKED', policies: [policyFor({ matter: CARD })] },
    { type: 'LOOKED', policies: [policyFor({ sensitive: true })] },
    {
      type: 'LOOKED',
      policies: [...REASONS.map((reason) => policyFor({ reason })), policyFor({ sensitive: true })],
    },
    { type: 'MARKED' },
    YES,
    NO,
    BACK,
    ...[0, 1, 2, 3, -1, 9].map(chose),
    gave('policy.news'),
  ],
};

// ---- agent

const callback = (over: object) => ({
  station: station.name,
  day: '2026-11-23',
  time: '11:30',
  place: 2,
  already: false,
  ...over,
});
const NUMBER = '13920001234';

const agent: Sample = {
  starts: [
    start('agent.call'),
    start('agent.call', { agreed: 'yes', reason: 'visit' }),
    start('callback.request'),
    start('callback.request', { phone: NUMBER }),
    start('callback.request', { phone: '139' }),
  ],
  events: [
    { type: 'LOOKED' },
    { type: 'LOOKED', phoneTail: '1234' },
    { type: 'REQUESTED', callback: callback({}) },
    { type: 'REQUESTED', callback: callback({ clerk: '赵敏', phoneTail: '1234' }) },
    { type: 'REQUESTED', callback: callback({ already: true }) },
    YES,
    NO,
    BACK,
    gave('callback.request'),
    gave('callback.request', { phone: NUMBER }),
    gave('callback.request', { phone: '1392' }),
  ],
};

/** By errand. A new errand has no sample until somebody writes one: the test says so. */
export const SAMPLES: Record<string, Sample> = { pickup, guide, progress, policy, agent };

// ---- the conversation around all errands

/** Asked once more when understanding was in doubt. */
const CONFIRMED: Intent[] = [
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
  'apply.start',
  'apply.withdraw',
  'visit.request',
  'complaint',
];
const moment = (inErrand: boolean, asked: boolean, whoIsOpen: boolean) => ({
  inErrand,
  asked,
  whoIsOpen,
  names: whoIsOpen ? ['王姨', '李叔'] : ['王姨'],
  values: { errand: inErrand ? 'pickup' : undefined, item: CARD },
});
const MOMENTS = [
  moment(true, true, false),
  moment(false, false, false),
  moment(false, false, true),
  moment(false, true, true),
];
const WISHES: { intent: Intent; slots: Slots }[] = [
  { intent: 'guide.lookup', slots: {} },
  { intent: 'pickup.book', slots: { item: CARD } },
  ...CONFIRMED.map((intent) => ({ intent, slots: {} })),
];
const KINDS = ['medical', 'fire', 'gas', 'crime', 'fall', 'self_harm', undefined];
const CONTROLS = ['REPEAT', 'SLOWER', 'FASTER', 'LOUDER', 'SOFTER', 'HELP', 'CANCEL', 'STOP', 'WAIT', 'WHY', 'SCAM'];
const MORE_CONTROLS = ['PERSONAL_DATA', 'SMALLTALK', 'ELSEWHERE'];
const answers: Happening[] = [
  ...['LAUNCH', 'SILENCE', 'ANSWER', 'YES', 'NO', 'CANCEL'].map((type) => ({ type })),
  { type: 'UNCLEAR', noise: false },
  { type: 'UNCLEAR', noise: true },
  { type: 'WHO', residentId: 'resident' },
  ...WISHES.flatMap((wish) => [
    { type: 'WISH', wish, doubtful: false, buildable: true, personal: true },
    { type: 'WISH', wish, doubtful: wish.intent !== 'guide.lookup', buildable: true, personal: true },
    { type: 'WISH', wish, doubtful: false, buildable: false, personal: false },
  ]),
];
const controls: Happening[] = [
  ...[...CONTROLS, ...MORE_CONTROLS].map((type) => ({ type, slots: {} })),
  ...KINDS.map((kind) => ({ type: 'EMERGENCY', slots: kind ? { kind } : {} })),
];

/** Misses and silences are counted without end; beyond two they make no difference. */
export const CONVERSATION: Sample = {
  starts: [undefined],
  events: [
    ...answers.flatMap((one) => MOMENTS.map((now) => ({ ...one, ...now }))),
    ...controls.map((one) => ({ ...one, ...MOMENTS[0] })),
  ],
  keyOf: ({ value, context }) => {
    const { misses, silences, pending } = context as { misses: number; silences: number; pending?: { intent: string } };
    return [value, Math.min(misses, 2), Math.min(silences, 2), pending?.intent];
  },
};
