import type { GuideContext, GuideForHer } from '../../../src/dialogue/errands/guide.facts.ts';
import { stationKey } from '../../../src/dialogue/errands/guide.station.ts';
import type { Slots } from '../../../src/understanding/meaning.ts';
import { BACK, CARD, chose, gave, NO, PERMIT, type Sample, STATION, start, YES } from './sample.ts';

const TEXTS = ['acceptedBy', 'basis', 'audience', 'steps', 'enquiry', 'supervision', 'channels', 'trips'];
const GUIDE = {
  matter: CARD,
  words: {
    gist: { gist: '满六十岁就能办。' },
    where: { place: '便民服务站', channels: '津心办' },
    when: { hours: '工作日', timeLimit: '当场办' },
    fee: { fee: '不要钱。' },
    conditions: { conditions: '满六十岁。' },
    amount: { amount: undefined },
    timeLimit: { timeLimit: '五个工作日。' },
    materialsNote: { note: undefined },
    mistakes: { mistakes: '照片要一寸的。' },
    who: { station: STATION.name, phone: '02266885566' },
    stationWhen: { day: '2026-11-23', station: STATION.name, opens: '09:00', closes: '17:00', openUntil: '12:00' },
    ...Object.fromEntries(TEXTS.map((name) => [name, { text: '站里收件。' }])),
    category: { category: '社会保障' },
    source: { source: '示例文件', checkedOn: '2026-11-22' },
    mobile: { name: '大篷车', text: '礼拜二来。' },
    hasLocker: { name: '信包箱', text: '站门口。' },
    centre: { name: '邻里中心', address: '和畅路一号', day: '2026-11-23', opens: '09:00', closes: '17:00' },
    photo: { station: STATION.name, phone: '02266885566' },
    way: { station: STATION.name, address: '和畅路一号' },
    wayCentre: { name: '邻里中心', address: '和畅路一号' },
    phone: { station: '示例站', phone: '02200000001' },
    phoneCentre: { name: '邻里中心', phone: '02200000002' },
    atPlace: { station: STATION.name, phone: '02266885566' },
    noon: { breakFrom: '12:00', breakUntil: '13:30' },
    rule: { conditions: '满六十岁。' },
    eachOwn: { conditions: '满六十岁。' },
    forWhom: { text: '六十岁以上的老人。' },
  },
};
/** Long texts, things of which something is written, money by age; it can be applied for here. */
const LONG = {
  ...GUIDE,
  materials: ['身份证', '户口本'],
  details: [
    { name: '身份证', original: true, copies: 1, note: '一张就够' },
    { name: '户口本', original: true },
  ],
  byVoice: true,
  partial: true,
  words: {
    ...GUIDE.words,
    where: { place: '便民服务站。', channels: '津心办。大厅。网上。' },
    basis: { text: undefined },
    amount: { amount: '一百块。二百块。三百块。四百块。' },
    herAmount: { amount: '每月一百块。' },
    together: { matter: PERMIT },
    hukou: { conditions: '满六十岁。' },
    hasLocker: { name: undefined },
  },
};
const here = { day: '2026-11-23', station: STATION.name, address: '和畅路一号', phone: undefined };
const hours = { opens: '09:00', closes: '17:00', breakFrom: '12:00', breakUntil: '13:30' };
const atStation = (words: object) => ({
  type: 'FOUND',
  guide: { matter: '', words: { who: here, stationWhere: here, stationWhen: words }, materials: [] },
});
const ELIGIBILITIES = [
  undefined,
  { phrase: 'guide.eligible_yes', values: { age: 60, herAge: 72 } },
  { phrase: 'guide.eligible_not_yet', values: { age: 65, herAge: 64, from: '2026-12-15' } },
  { phrase: 'guide.eligible_no', values: { age: 80, herAge: 82, hukou: 'binhai' } },
  { phrase: 'guide.eligible_unknown', values: { conditions: '满六十岁。' } },
];
const ELEMENTS = ['materials', 'where', 'when', 'fee', 'eligibility', 'who', 'lookup'] as const;

const KEPT = new Set([
  'checklist',
  'mobile',
  'kiosk',
  'hasLocker',
  'photo',
  'centre',
  'way',
  'wayCentre',
  'phone',
  'phoneCentre',
  'atPlace',
  'noon',
  'byOthers',
  'noFigure',
  'notAsked',
  'atHome',
  'lost',
  'worn',
  'renew',
  'remind',
  'lacks',
  'ticks',
  'restOfList',
  'missing',
  'basis',
  'reason',
]);

export const guide: Sample = {
  starts: ELEMENTS.flatMap((element) => [
    start(`guide.${element}`),
    start(`guide.${element}`, { item: CARD }),
    start(`guide.${element}`, { item: CARD }, true),
  ]),
  events: [
    { type: 'FOUND', guide: { ...GUIDE, materials: [] } },
    { type: 'FOUND', guide: LONG },
    { type: 'FOUND', guide: { ...GUIDE, materials: ['身份证', '照片', '户口本'] } },
    atStation({ ...here, ...hours }),
    { type: 'FOUND', guide: { ...GUIDE, materials: ['身份证', '照片'], ticked: ['身份证'], partner: PERMIT } },
    atStation({ ...here, day: '2026-11-24', opens: '09:00', closes: '12:00', openUntil: '12:00' }),
    atStation({ ...here, day: '2026-11-28', nextDay: '2026-11-30', nextOpens: '09:00' }),
    atStation({ ...here, day: '2027-03-01', opens: '09:00', closes: '12:00', unsure: 'yes' }),
    atStation(here),
    { type: 'UNKNOWN' },
    { type: 'TOLD' },
    ...ELIGIBILITIES.map((eligibility) => ({ type: 'CHECKED', eligibility })),
    { type: 'CHECKED', eligibility: ELIGIBILITIES[2], reminded: true },
    { type: 'CHECKED', eligibility: { phrase: 'guide.eligible_gets', values: { age: 80, herAge: 82 } } },
    YES,
    NO,
    BACK,
    ...[1, 2, 3, 9].map(chose),
    ...ELEMENTS.map((element) => gave(`guide.${element}`)),
    gave('guide.lookup', { item: CARD }),
    gave('guide.where', { item: PERMIT }),
    gave('guide.when', { date: '2026-11-28' }),
    ...[
      'category',
      'source',
      'mobile',
      'kiosk',
      'locker',
      'hasLocker',
      'centre',
      'photo',
      'way',
      'wayCentre',
      'phone',
      'phoneCentre',
      'atPlace',
      'noon',
      'rule',
      'checklist',
      'mistakes',
      'amount',
      'timeLimit',
      ...TEXTS,
    ].map((element) => gave('guide.lookup', { element })),
    gave('guide.lookup', { element: 'part', part: '站里收件。' }),
    gave('guide.when', { element: 'hours' }),
    gave('guide.where', { also: 'hours' }),
    gave('guide.where', { also: 'hours', date: '2026-11-28' }),
    gave('guide.lookup', { element: 'reason' }),
    ...[
      'byOthers',
      'noFigure',
      'notAsked',
      'written',
      'atHome',
      'lost',
      'worn',
      'renew',
      'remind',
      'together',
      'hukou',
      'copies',
      'size',
      'colour',
      'lacks',
      'whyThis',
      'spoilt',
      'eachOwn',
      'forWhom',
    ].map((element) => gave('guide.lookup', { element })),
    ...['copies', 'lacks'].flatMap((element) =>
      ['身份证', '户口本'].map((material) => gave('guide.lookup', { element, material })),
    ),
    gave('guide.lookup', { element: 'lacks', material: '户口本', of: 'register', lost: 'yes' }),
    ...['idCard', 'register', 'photo', 'bankCard'].map((of) =>
      gave('guide.lookup', { element: 'whyThis', material: '户口本', of }),
    ),
    gave('guide.lookup', { element: 'ticks', has: '身份证', lacks: '户口本' }),
    gave('guide.lookup', { element: 'ticks', has: '身份证、照片、户口本', lacks: '' }),
    gave('guide.lookup', { element: 'ticks', has: '身份证', lacks: '', more: 'yes' }),
    ...['restOfList', 'missing', 'arrears', 'sent'].map((element) => gave('guide.lookup', { element })),
    gave('correction', { ordinal: '2' }),
    { type: 'TICKED' },
  ],
  keyOf: ({ value, context }) => {
    const { intent, slots, aside, guide, told } = context as {
      [name: string]: unknown;
      slots: Slots;
      guide?: GuideForHer;
    };
    const { matter, materials, words } = guide ?? {};
    const { open = [], fetchedFor } = context as unknown as GuideContext;
    const fresh = fetchedFor === stationKey(context as unknown as GuideContext);
    const list = [materials?.length, open.length, guide?.ticked?.length, guide?.partner];
    const element = context.slots && KEPT.has(slots.element ?? '') ? slots.element : Boolean(slots.element);
    const resting = value === 'listening' || value === 'listeningForTicks' || value === 'offeringElements';
    const asked = [value, resting ? '' : [intent, element, slots.date, slots.also], slots.item, aside, matter];
    const more = [(context.rest as string[] | undefined)?.length ?? 0, guide?.byVoice, words?.herAmount !== undefined];
    return [
      ...asked,
      ...list,
      ...more,
      Object.keys(words?.stationWhen ?? {}),
      told,
      fresh,
      context.reading,
      resting ? '' : [slots.has, slots.more],
    ];
  },
  // Of a matter its guide is found or not; without one there is only the station to tell of.
  mayBefall: ({ context }, { type, guide }) => {
    const named = Boolean((context.slots as Slots).item);
    if (type === 'FOUND') return named === Boolean((guide as GuideForHer).matter);
    return type !== 'UNKNOWN' || named;
  },
};
