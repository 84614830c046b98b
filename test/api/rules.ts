/** Who may call what: the expected side of the matrix, written by hand. A route that is missing here fails the test. */
export const ROLES = ['clerk', 'supervisor', 'operator', 'officer', 'auditor', 'security'] as const;
export type Role = (typeof ROLES)[number];

export interface Rule {
  /** May; `anybody`: without signing in, `signedIn`: every role. */
  may: readonly Role[] | 'anybody' | 'signedIn';
  /** May read the noun, not do this: 403 instead of 404. */
  sees?: readonly Role[];
  /** A body that is right, for changes; ids are filled in by the test. */
  body?: (ids: Ids) => object;
}

export interface Ids {
  household: string;
  worker: string;
  slot: string;
  code: string;
}

const DESK = ['clerk', 'supervisor'] as const;
const FLEET = ['operator', ...DESK] as const;
const OFFICE = ['officer', ...DESK] as const;
const change = (body: Rule['body'] = () => ({})): Rule => ({ may: DESK, body });
const operator = (body: Rule['body'] = () => ({})): Rule => ({ may: ['operator'], sees: DESK, body });
const fleet = (body: Rule['body'] = () => ({})): Rule => ({ may: ['operator'], body });
const account = (body: Rule['body'] = () => ({})): Rule => ({ may: ['security'], body });

const officer = (body: Rule['body'] = () => ({})): Rule => ({ may: ['officer'], sees: DESK, body });

const GUIDE = {
  elements: { gist: '一张卡。' },
  department: '社会局',
  source: '示例文件',
  checkedOn: '2026-11-01',
  effectiveFrom: '2026-12-01',
};

const POLICY = {
  title: '冬天的补助到了',
  gist: '满八十岁的每人五百块。',
  body: '十二月发。',
  source: '示例文件',
  audience: { ageFrom: 80 },
  validFrom: '2026-11-01',
};

const nouns = (may: readonly Role[], ...names: string[]): [string, Rule][] =>
  names.flatMap((name): [string, Rule][] => [
    [`GET /api/${name}`, { may }],
    [`GET /api/${name}/:id`, { may }],
  ]);

export const RULES: Record<string, Rule> = Object.fromEntries<Rule>([
  ['POST /api/session', { may: 'anybody' }],
  ['GET /api/session', { may: 'signedIn' }],
  ['DELETE /api/session', { may: 'signedIn' }],
  ['POST /api/session/password', { may: 'signedIn', body: () => ({ current: 'wrong', next: 'whatever-1234' }) }],
  ['GET /api/sessions', { may: 'signedIn' }],
  ['DELETE /api/sessions/:id', { may: 'signedIn' }],
  ['GET /api/demo/speakers', { may: 'anybody' }],
  ['POST /api/demo/speakers/:deviceId/ticket', { may: 'anybody' }],
  ['GET /api/colleagues', { may: DESK }],
  ...nouns(
    DESK,
    'bookings',
    'cases',
    'applications',
    'calls',
    'callbacks',
    'visits',
    'tickets',
    'residents',
    'ratings',
  ),
  ...nouns(FLEET, 'speakers', 'households'),
  ...nouns(OFFICE, 'guides', 'policies', 'deliveries'),
  ...nouns(['auditor'], 'audit'),
  ...nouns(['security'], 'staff'),
  ['GET /api/bookings/:id/offers', { may: DESK }],
  ['POST /api/bookings', change(({ slot }) => ({ matter: '老年优待证', direction: 'hand_in', slotId: slot }))],
  ['GET /api/residents/:id/offers', { may: DESK }],
  ['POST /api/visits', change(() => ({ matter: '探访', day: '2026-11-25', half: 'AM' }))],
  ['POST /api/guides/:id/send', { may: DESK, sees: ['officer'], body: () => ({}) }],
  ['GET /api/applications/matters', { may: DESK }],
  ['POST /api/applications', change(() => ({ matter: '老年优待证' }))],
  ['GET /api/applications/:id/draft', { may: DESK }],
  ['POST /api/applications/:id/keep', change(() => ({ kind: 'renewal' }))],
  ['POST /api/applications/:id/submit', change()],
  ['POST /api/applications/:id/withdraw', change()],
  ['GET /api/calls/figures', { may: ['supervisor'], sees: ['clerk'] }],
  ['POST /api/bookings/:id/change', change(() => ({ day: '2026-11-23', time: '15:00' }))],
  ['POST /api/bookings/:id/cancel', change()],
  ['POST /api/bookings/:id/attended', change()],
  ['POST /api/bookings/:id/missed', change()],
  ['POST /api/cases/:id/steps', change(() => ({ status: 'concluded' }))],
  ['POST /api/callbacks/:id/try', change()],
  ['POST /api/callbacks/:id/ring', change()],
  ['POST /api/callbacks/:id/close', change(() => ({ outcome: 'solved' }))],
  ['POST /api/visits/:id/assign', change(({ worker }) => ({ workerId: worker }))],
  ['POST /api/visits/:id/done', change()],
  ['POST /api/tickets/:id/answer', change(() => ({ answer: '已经改了' }))],
  ['POST /api/tickets/:id/close', change()],
  ['POST /api/residents/:id/reveal', change(() => ({ field: 'phone', reason: '核对回电号码' }))],
  ['POST /api/residents/:id/speech', change(() => ({ pace: 170 }))],
  ['POST /api/speakers', operator(() => ({ serial: 'SN-new', brand: 'speaker', deviceId: 'device-new' }))],
  ['POST /api/speakers/:id/bind', operator(({ household }) => ({ householdId: household }))],
  ['POST /api/speakers/:id/move', operator(({ household }) => ({ householdId: household }))],
  ['POST /api/speakers/:id/suspend', operator()],
  ['POST /api/speakers/:id/unbind', operator()],
  ['POST /api/speakers/:id/wipe', operator()],
  ['POST /api/speakers/:id/resume', operator()],
  ['POST /api/speakers/:id/settings', operator(() => ({ volume: 70 }))],
  ['POST /api/speakers/pair', operator(({ household, code }) => ({ code, householdId: household }))],
  ['POST /api/speakers/import', operator()],
  ['GET /api/speakers/import/template', { may: ['operator'], sees: DESK }],
  ['GET /api/speakers/export', { may: ['operator'], sees: DESK }],
  ['GET /api/speakers/labels', { may: ['operator'], sees: DESK }],
  ['GET /api/fleet', { may: ['operator'] }],
  ['GET /api/fleet/history', { may: ['operator'] }],
  ...nouns(['operator'], 'alarms', 'messages'),
  ['POST /api/messages/:id/again', fleet()],
  ['POST /api/alarms/:id/note', fleet(() => ({ note: '去看过了' }))],
  ['POST /api/households', fleet(() => ({ community: '季景峰阁', building: '9号楼', unit: '101' }))],
  ['GET /api/stations', { may: ['operator'] }],
  ['GET /api/firmware', { may: ['operator'] }],
  ['POST /api/firmware', fleet()],
  ['DELETE /api/firmware/:id', fleet()],
  ['GET /api/keys', { may: ['operator'] }],
  ['POST /api/keys', fleet(() => ({ name: '物业系统', scopes: ['speakers:read'] }))],
  ['DELETE /api/keys/:id', fleet()],
  ['GET /api/webhooks', { may: ['operator'] }],
  ['POST /api/webhooks', fleet()],
  ['POST /api/webhooks/:id/ping', fleet()],
  ['DELETE /api/webhooks/:id', fleet()],
  ['POST /api/installations', fleet()],
  ['GET /api/installations/:id', { may: ['operator'] }],
  ...['called', 'hearing', 'language', 'pin', 'consent', 'contact', 'quiet', 'chime', 'heard', 'sticker', 'finish'].map(
    (step): [string, Rule] => [`POST /api/installations/:id/${step}`, fleet()],
  ),
  ['POST /api/speakers/:id/ticket', { may: FLEET, body: () => ({}) }],
  ['POST /api/policies', officer(() => POLICY)],
  ['POST /api/policies/count', officer(() => ({ audience: POLICY.audience }))],
  ['POST /api/policies/:id/count', officer()],
  ['POST /api/policies/:id/edit', officer(() => POLICY)],
  ['POST /api/policies/:id/submit', officer()],
  ['POST /api/policies/:id/sign', officer()],
  ['POST /api/policies/:id/return', officer(() => ({ reason: '数字不对' }))],
  ['POST /api/policies/:id/pause', officer()],
  ['POST /api/policies/:id/resume', officer()],
  ['POST /api/policies/:id/release', officer()],
  ['POST /api/policies/:id/recall', officer(() => ({ reason: '数字不对' }))],
  ['GET /api/policies/:id/progress', { may: ['officer', 'supervisor'] }],
  ['POST /api/guides', officer(() => ({ matter: '老年优待证', ...GUIDE }))],
  ['POST /api/guides/:id/versions', officer(() => GUIDE)],
  ['POST /api/guides/:id/submit', officer()],
  ['POST /api/guides/:id/sign', officer()],
  ['POST /api/guides/:id/return', officer(() => ({ reason: '数字不对' }))],
  ['POST /api/guides/:id/withdraw', officer(() => ({ reason: '停办了' }))],
  ['POST /api/guides/:id/checked', officer()],
  ['GET /api/guides/export', { may: ['officer'], sees: DESK }],
  ['POST /api/guides/import', officer(() => ({ items: [] }))],
  ['POST /api/spoken', { may: ['officer'], body: () => ({}) }],
  ['POST /api/spoken/listen', { may: ['officer'], body: () => ({ text: '您好' }) }],
  ['GET /api/oversight', { may: ['supervisor'] }],
  ['GET /api/oversight/unreached', { may: ['supervisor'] }],
  ['GET /api/oversight/report', { may: ['supervisor'] }],
  ['GET /api/blockages', { may: ['supervisor'] }],
  ['POST /api/blockages/find', { may: ['supervisor'], body: () => ({ month: '2026-11' }) }],
  ['POST /api/blockages/:id/carry', { may: ['supervisor'], body: () => ({ note: '下周改' }) }],
  ['GET /api/sentences', { may: ['supervisor', 'officer'] }],
  ['GET /api/sentences/export', { may: ['supervisor', 'officer'] }],
  ['POST /api/sentences/:id/label', { may: ['supervisor', 'officer'], body: () => ({ label: 'none' }) }],
  [
    'POST /api/residents',
    {
      may: ['supervisor'],
      sees: DESK,
      body: ({ household }) => ({
        householdId: household,
        name: '赵新来',
        called: '赵姨',
        hukou: 'binhai',
        birthDate: '1948-02-03',
        sex: 'female',
      }),
    },
  ],
  ['POST /api/residents/search', change(() => ({ number: '13802155678', reason: '来电' }))],
  ['POST /api/residents/:id/state', change(() => ({ state: 'hospital', reason: '家人告知' }))],
  ['POST /api/residents/:id/pin/reset', change(() => ({ reason: '忘了' }))],
  ['GET /api/residents/:id/near', { may: ['supervisor'], sees: DESK }],
  [
    'POST /api/residents/:id/proxies/:proxy/end',
    { may: ['supervisor'], sees: DESK, body: () => ({ reason: '本人不要' }) },
  ],
  [
    'POST /api/residents/:id/relatives/:relative/end',
    { may: ['supervisor'], sees: DESK, body: () => ({ reason: '本人不要' }) },
  ],
  ['GET /api/residents/:id/lookers', { may: ['supervisor'], sees: DESK }],
  ['POST /api/residents/:id/export', { may: ['supervisor'], sees: DESK, body: () => ({ reason: '本人要' }) }],
  [
    'POST /api/residents/:id/correct',
    { may: ['supervisor'], sees: DESK, body: () => ({ field: 'called', value: '王姨', reason: '本人要' }) },
  ],
  ['POST /api/residents/:id/forget', { may: ['supervisor'], sees: DESK, body: () => ({ reason: '本人要' }) }],
  ['GET /api/residents/wishes', { may: ['supervisor'], sees: DESK }],
  [
    'POST /api/residents/:id/wishes/:wish/refuse',
    { may: ['supervisor'], sees: DESK, body: () => ({ reason: '她改主意了' }) },
  ],
  ['POST /api/residents/special/import', { may: ['supervisor'], sees: DESK, body: () => ({ csv: '号码,级别' }) }],
  ['GET /api/residents/special/import/template', { may: ['supervisor'], sees: DESK }],
  ['POST /api/staff/:id/factor', account()],
  ['GET /api/audit/verification', { may: ['auditor'] }],
  ['GET /api/audit/export', { may: ['auditor'] }],
  ['GET /api/staff/places', { may: ['security'] }],
  ['POST /api/staff', account(() => ({ username: 'another', name: '新同事', role: 'clerk' }))],
  ['POST /api/staff/:id/password', account()],
  ['POST /api/staff/:id/reach', account(() => ({ phone: '13900000001' }))],
  ['POST /api/staff/:id/disable', account()],
  ['POST /api/staff/:id/enable', account()],
  ['DELETE /api/staff/:id/sessions/:session', account()],
]);
