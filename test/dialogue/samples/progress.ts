import type { CaseForHer } from '../../../src/dialogue/errands/progress.facts.ts';
import { CASE_STATUSES } from '../../../src/store/schema.ts';
import { BACK, CARD, chose, gave, IDENTITY, NO, type Sample, SECRET, STATION, start, YES } from './sample.ts';

export const aCase = (over: Partial<CaseForHer>): CaseForHer => ({
  id: 'one',
  matter: CARD,
  tail: '4821',
  status: 'accepted',
  delivery: 'none',
  overdueDays: 0,
  missing: [],
  notTold: [],
  sensitive: false,
  ...over,
});
const CASES: CaseForHer[] = [
  ...CASE_STATUSES.map((status) => aCase({ status, missing: status === 'correction' ? ['照片'] : [] })),
  aCase({ promisedOn: '2026-12-10', handler: '赵敏', reason: '照片不清楚', remedy: '重照一张' }),
  aCase({ overdueDays: 3, handler: '赵敏' }),
  aCase({ overdueDays: 3 }),
  aCase({ promisedOn: '2027-01-06', promisedRoughly: true }),
  aCase({ status: 'correction', missing: ['照片', '户口簿'], notTold: ['户口簿'] }),
  aCase({ delivery: 'ready', status: 'concluded' }),
  aCase({ sensitive: true, matter: SECRET }),
  aCase({
    delivery: 'ready',
    status: 'concluded',
    booked: { day: '2026-11-25', start: '09:00', station: STATION.name, posted: false },
  }),
  aCase({
    status: 'correction',
    missing: ['照片'],
    booked: { day: '2026-11-25', start: '09:00', station: STATION.name, posted: true },
  }),
];
const READY = aCase({ delivery: 'ready', status: 'concluded' });

export const progress: Sample = {
  starts: [
    start('progress.query'),
    start('progress.query', { item: CARD }),
    start('progress.query', { item: CARD, element: 'missing' }),
    start('progress.query', { item: CARD, element: 'why' }),
    start('progress.query', { both: 'yes' }),
    start('progress.query', { case_no_tail: '4821' }),
    ...[
      'why',
      'now',
      'missing',
      'handedIn',
      'when',
      'where',
      'push',
      'second',
      'tell',
      'who',
      'late',
      'lacks',
      'bring',
      'lost',
      'elsewhere',
      'copies',
      'shape',
      'notTold',
      'step',
      'others',
      'ask',
    ].map((element) => start('progress.query', { element })),
    ...['why', 'now', 'elsewhere', 'who', 'push', 'step', 'outcome'].map((element) =>
      start('progress.query', { element, told: 'yes' }),
    ),
  ],
  events: [
    { type: 'LOOKED', cases: [] },
    { type: 'LOOKED', cases: [], other: CARD },
    { type: 'LOOKED', cases: [], draft: CARD },
    { type: 'LOOKED', cases: [], expected: 'pickup' },
    { type: 'LOOKED', cases: [], expected: 'visit' },
    ...CASES.map((one) => ({ type: 'LOOKED', cases: [one], station: STATION.name })),
    { type: 'LOOKED', cases: [READY, aCase({})], station: STATION.name },
    {
      type: 'LOOKED',
      cases: [
        aCase({
          delivery: 'ready',
          status: 'concluded',
          booked: { day: '2026-11-25', start: '09:00', station: STATION.name, posted: false, collector: '王小红' },
        }),
        aCase({}),
      ],
    },
    { type: 'LOOKED', cases: [READY, aCase({ sensitive: true, matter: SECRET }), aCase({})] },
    ...IDENTITY,
    { type: 'UNSEALED', cases: [aCase({ id: 'one', matter: SECRET, sensitive: true, reason: '照片不清楚' })] },
    { type: 'FLAGGED' },
    { type: 'CHASED', day: '2026-11-25' },
    { type: 'CHASED', day: '2026-11-25', missed: '2026-11-24' },
    YES,
    NO,
    BACK,
    chose(1),
    gave('progress.query'),
    gave('progress.query', { item: CARD }),
    gave('progress.query', { element: 'why' }),
    gave('progress.query', { element: 'second' }),
    gave('progress.query', { case_no: '20261123004821' }),
  ],
};
