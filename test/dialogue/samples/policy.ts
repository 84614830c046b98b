import { BACK, CARD, chose, gave, NO, type Sample, SECRET, start, YES } from './sample.ts';

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

const PARTS = [
  'why',
  'noMore',
  'before',
  'next',
  'canI',
  'all',
  'how',
  'more',
  'enough',
  'mine',
  'discount',
  'source',
  'unwritten',
  'askForMe',
];

export const policy: Sample = {
  starts: [
    start('policy.news'),
    start('policy.news', { item: CARD }),
    ...PARTS.map((element) => start('policy.news', { element })),
  ],
  events: [
    { type: 'LOOKED', policies: [] },
    { type: 'LOOKED', policies: [], open: { may: [CARD] } },
    { type: 'LOOKED', policies: [policyFor()] },
    { type: 'LOOKED', policies: [policyFor({ heard: true })] },
    { type: 'LOOKED', policies: [policyFor({ matter: CARD })] },
    { type: 'LOOKED', policies: [policyFor({ matter: CARD, applies: true })] },
    { type: 'LOOKED', policies: [policyFor({ sensitive: true, title: SECRET })] },
    {
      type: 'LOOKED',
      policies: [...REASONS.map((reason) => policyFor({ reason })), policyFor({ sensitive: true, title: SECRET })],
    },
    { type: 'LOOKED', policies: [policyFor({ matter: CARD }), policyFor(), policyFor({ sensitive: true })] },
    { type: 'LOOKED', policies: [policyFor({ sensitive: true }), policyFor()] },
    { type: 'MARKED' },
    YES,
    NO,
    BACK,
    ...[0, 1, 2, 3, -1, 9].map(chose),
    gave('policy.news'),
    ...PARTS.map((element) => gave('policy.news', { element })),
    gave('policy.news', { element: 'part', part: '带身份证去便民服务站。' }),
    { type: 'CHECKED', eligibility: { phrase: 'guide.eligible_yes', values: { age: 80 } } },
    { type: 'CHECKED' },
  ],
};
