import type { ConversationContext } from '../../../src/dialogue/conversation.facts.ts';
import type { Intent, Slots } from '../../../src/understanding/meaning.ts';
import type { Happening } from '../support/walk.ts';
import { CARD, type Sample } from './sample.ts';

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
const moment = (inErrand: boolean, asked: boolean, whoIsOpen: boolean, elsewhere = false) => ({
  waits: asked && !inErrand,
  alarmed: elsewhere && asked,
  binds: asked,
  elsewhere,
  inErrand,
  asked,
  whoIsOpen,
  names: whoIsOpen ? ['王姨', '李叔'] : ['王姨'],
  values: { errand: inErrand ? 'pickup' : undefined, item: CARD, called: '李叔' },
});
const MOMENTS = [
  moment(true, true, false),
  { ...moment(true, true, false), standing: true },
  { ...moment(true, true, false), draft: true },
  moment(false, false, false),
  moment(false, false, true),
  moment(false, true, true),
  moment(false, false, false, true),
  moment(false, false, true, true),
  { ...moment(true, true, false), alarmed: true, alarm: 'gas' },
  { ...moment(false, false, false), alarm: 'self_harm' },
  { ...moment(true, true, false), values: { errand: 'guide', item: CARD, called: '李叔' } },
];
const WISHES: { intent: Intent; slots: Slots }[] = [
  { intent: 'guide.lookup', slots: {} },
  { intent: 'pickup.book', slots: { item: CARD } },
  ...CONFIRMED.map((intent) => ({ intent, slots: {} })),
];
const KINDS = ['trapped', 'medical', 'fire', 'gas', 'crime', 'fall', 'self_harm', undefined];
const CONTROLS = ['REPEAT', 'SLOWER', 'FASTER', 'LOUDER', 'SOFTER', 'HELP', 'CANCEL', 'STOP', 'WAIT', 'WHY', 'SCAM'];
const MORE_CONTROLS = ['PERSONAL_DATA', 'SMALLTALK', 'ELSEWHERE'];
const answers: Happening[] = [
  ...['LAUNCH', 'SILENCE', 'ANSWER', 'HEARD', 'YES', 'NO', 'CANCEL'].map((type) => ({ type })),
  { type: 'UNCLEAR', noise: false },
  { type: 'UNCLEAR', noise: false, question: true },
  { type: 'UNCLEAR', noise: true },
  { type: 'WHO', residentId: 'resident', called: '李叔' },
  { type: 'WHO', residentId: 'resident', called: '李叔', both: true },
  { type: 'ASIDE', told: { phrase: 'pickup.about_bring', values: {} } },
  { type: 'PIN' },
  { type: 'INTRODUCED', residentId: 'resident' },
  { type: 'CARD' },
  { type: 'ENOUGH' },
  { type: 'HALF_YES', offer: 'book' },
  { type: 'STUCK', reaches: false },
  { type: 'STUCK', reaches: true },
  ...[
    'MISTAKEN',
    'WHO_COMES',
    'ADDRESS',
    'SAFE',
    'COMPANY',
    'STAY',
    'KIN_TOLD',
    'HELP_OFF',
    'THANKS',
    'LATER',
    'COMES_BACK',
    'REFUSES',
    'PACKED',
    'UNPACKED',
  ].map((type) => ({
    type,
    kind: '',
  })),
  ...['self_harm', 'cared'].map((kind) => ({ type: 'SAFE', kind })),
  ...[1, 2, 3].map((n) => ({ type: 'ANSWER', n })),
  ...['medical', ''].map((kind) => ({ type: 'NUMBER', kind })),
  ...['deceased', 'hospital', 'moved'].flatMap((state) =>
    ['told', 'ahead', 'stands', 'back', 'who', ...(state === 'moved' ? [] : ['other'])].map((how) => ({
      type: 'LIFE',
      life: { residentId: 'resident', called: '李叔', state, how, self: false },
    })),
  ),
  ...['hospital', 'moved'].map((state) => ({
    type: 'LIFE',
    life: { residentId: 'resident', called: '李叔', state, how: 'told', self: true },
  })),
  ...WISHES.flatMap((wish) => [
    { type: 'WISH', wish, doubtful: false, buildable: true, personal: true },
    { type: 'WISH', wish, doubtful: wish.intent !== 'guide.lookup', buildable: true, personal: true },
    { type: 'WISH', wish, doubtful: false, buildable: false, personal: false },
  ]),
];
const controls: Happening[] = [
  ...[...CONTROLS, ...MORE_CONTROLS].map((type) => ({ type, slots: {} })),
  ...['paid', 'leaked', 'police', 'number', 'back', 'bank', 'doubts', 'safe', 'door', 'asksPapers'].map((about) => ({
    type: 'SCAM',
    slots: { about },
  })),
  ...['time', 'call_family', 'music'].map((wish) => ({ type: 'ELSEWHERE', slots: { wish } })),
  ...['erase', 'who'].map((right) => ({ type: 'PERSONAL_DATA', slots: { right } })),
  ...[
    'who',
    'cross',
    'sorrow',
    'chat',
    'harm',
    'hardship',
    'papers',
    'register',
    'money',
    'registerAlone',
    'moneyAlone',
    'papersAlone',
    'moving',
    'booked',
    'addressAlone',
    'movingAlone',
    'movedCardAlone',
    'lonely',
  ].map((about) => ({
    type: 'SMALLTALK',
    slots: { about },
  })),
  ...KINDS.map((kind) => ({ type: 'EMERGENCY', slots: kind ? { kind } : {} })),
];

/** Misses and silences are counted without end; beyond two they make no difference. */
export const CONVERSATION: Sample = {
  starts: [undefined],
  events: [
    ...answers.flatMap((one) => MOMENTS.map((now) => ({ ...one, ...now }))),
    ...controls.map((one) => ({ ...one, ...MOMENTS[0] })),
    { type: 'UNCLEAR', noise: false, question: true, ...MOMENTS[0], values: { errand: 'agent' } },
    { type: 'SMALLTALK', slots: { about: 'sorrow' }, ...MOMENTS.at(-1) },
    { type: 'SMALLTALK', slots: { about: 'lonely' }, ...MOMENTS[0], values: { errand: 'visit', item: CARD } },
  ],
  keyOf: ({ value, context }) => {
    const { misses, silences, pending, noises, holding, atHome } = context as unknown as ConversationContext;
    const counted = [Math.min(misses, 2), Math.min(silences, 2), Math.min(noises, 1)];
    return [value, ...counted, holding, atHome, pending !== undefined, pending?.slots.reason === 'fraud'];
  },
};
