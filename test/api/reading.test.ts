import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit, visit } from '../../src/store/schema.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';
import { CANARIES } from './world.ts';

let stage: Stage;
let clerk: Client;
let supervisor: Client;
beforeAll(async () => {
  stage = await openStage();
  clerk = await stage.signIn('clerk');
  supervisor = await stage.signIn('supervisor');
});

const id = (noun: string, where: 'near' | 'sister' | 'far' = 'near') => stage.world.rows[noun]?.[where] ?? '';
const reads = (action = 'read') =>
  stage.database.db
    .select()
    .from(audit)
    .where(and(eq(audit.action, action), eq(audit.actorKind, 'staff')));

describe('a list', () => {
  it('is a page with its number, size and the total, newest first', async () => {
    const residentId = id('residents');
    for (let n = 0; n < 5; n += 1) {
      const createdAt = new Date(Date.UTC(2026, 0, 1 + n));
      await stage.database.db
        .insert(visit)
        .values({ residentId, matter: '探访', day: `2026-01-0${n + 1}`, half: 'AM', createdAt });
    }
    const first = await clerk.get('/api/visits?half=AM&page=1&pageSize=2');
    expect(first.body).toMatchObject({ page: 1, pageSize: 2, total: 5 });
    const second = await clerk.get('/api/visits?half=AM&page=2&pageSize=2');
    const days = [...first.body.items, ...second.body.items].map((item: { day: string }) => item.day);
    expect(days).toEqual(['2026-01-05', '2026-01-04', '2026-01-03', '2026-01-02']);
    const beyond = await clerk.get('/api/visits?half=AM&page=9&pageSize=2');
    expect(beyond.body).toEqual({ items: [], page: 9, pageSize: 2, total: 5 });
  });

  it.each(['page=0', 'page=-1', 'page=x', 'pageSize=0', 'pageSize=201', 'state=nonsense', 'day=2026-02-30x'])(
    'refuses ?%s with 400 and names the member',
    async (query) => {
      const { status, body, headers } = await clerk.get(`/api/visits?${query}`);
      expect([status, body.code, body.status]).toEqual([400, 'BAD_INPUT', 400]);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body.errors[0].pointer).toBe(`querystring/${query.split('=')[0]}`);
    },
  );

  it('takes 200 a page and no more', async () => {
    expect((await clerk.get('/api/visits?pageSize=200')).body.pageSize).toBe(200);
  });

  it('narrows by its filters', async () => {
    const mine = id('residents');
    expect((await supervisor.get(`/api/bookings?resident=${mine}`)).body.total).toBe(1);
    expect((await supervisor.get('/api/bookings?state=cancelled')).body.total).toBe(0);
    expect((await supervisor.get('/api/bookings?day=2026-11-23&direction=collect')).body.total).toBe(3);
    expect((await supervisor.get('/api/bookings?from=2026-11-24')).body.total).toBe(0);
    expect((await supervisor.get('/api/cases?overdue=true')).body.total).toBe(3);
    expect((await supervisor.get('/api/cases?number=TJ-2026-far')).body.total).toBe(1);
    expect((await supervisor.get('/api/callbacks?overdue=true')).body.total).toBe(0);
    expect((await supervisor.get('/api/speakers?device=device-far')).body.items[0].id).toBe(id('speakers', 'far'));
    expect((await supervisor.get('/api/guides?on=2026-11-23')).body.total).toBe(1);
    expect((await supervisor.get('/api/policies?on=2025-11-23')).body.total).toBe(0);
    expect((await supervisor.get('/api/deliveries?state=planned')).body.total).toBe(3);
    expect((await supervisor.get('/api/ratings?level=1')).body.total).toBe(0);
    expect((await supervisor.get('/api/residents?building=3号楼')).body.total).toBe(3);
    expect((await supervisor.get('/api/calls?from=2020-01-01&until=2020-01-02')).body.total).toBe(0);
  });
});

describe('an item', () => {
  it('a booking says what, when, where, for whom, from which speaker, in codes and words', async () => {
    const { body } = await clerk.get(`/api/bookings/${id('bookings')}`);
    expect(body).toMatchObject({
      id: id('bookings'),
      matter: '老年优待证',
      direction: 'collect',
      directionText: '领取',
      mode: 'window',
      modeText: '窗口办理',
      place: { id: stage.world.places.near, name: 'near便民服务站' },
      start: '2026-11-23T14:00:00+08:00',
      end: '2026-11-23T14:30:00+08:00',
      state: 'booked',
      stateText: '已预约',
      resident: { id: id('residents'), name: '欧*' },
      speaker: { id: id('speakers'), deviceId: 'device-near' },
    });
    expect(body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    expect(body.updatedAt).toMatch(/\+08:00$/);
  });

  it('a case tells its way and how late it is', async () => {
    const { body } = await clerk.get(`/api/cases/${id('cases')}`);
    expect(body).toMatchObject({
      statusText: '审查中',
      overdueDays: 3,
      sourceText: '音箱',
      firstOwner: { id: stage.world.staff.clerk },
    });
    expect(body.steps).toMatchObject([{ status: 'submitted', statusText: '已提交', by: null }]);
  });

  it('a ticket’s own words are opened for whoever handles it', async () => {
    expect((await clerk.get(`/api/tickets/${id('tickets')}`)).body.text).toBe(CANARIES.said);
    expect((await clerk.get('/api/tickets')).text).not.toContain(CANARIES.said);
  });

  it('a speaker says whether it is online, also when nobody can be asked', async () => {
    const at = () => clerk.get(`/api/speakers/${id('speakers')}`);
    expect((await at()).body.online).toBe(false);
    await (stage.parts.presence as { seen?: (device: string, instance: string) => Promise<void> }).seen?.(
      'device-near',
      'one',
    );
    expect((await at()).body.online).toBe(true);
  });
});

describe('what is shown of people', () => {
  it('is masked: no full name, number or birthday leaves unasked, for any role, anywhere', async () => {
    const secrets = [CANARIES.name, CANARIES.phone, CANARIES.idNumber, '1938-05-17', CANARIES.phone.slice(0, 8)];
    for (const role of ['clerk', 'supervisor', 'operator', 'officer', 'auditor', 'security']) {
      const person = await stage.signIn(role);
      for (const { method, url } of stage.routes.filter(
        (route) => route.method === 'GET' && !route.url.includes('docs'),
      )) {
        const noun = url.split('/')[2] ?? '';
        const answer = await ask(stage.app, {
          method: method as 'GET',
          url: url.replace(':id', id(noun)),
          headers: { cookie: person.cookie },
        });
        for (const secret of secrets) expect(`${role} ${url} ${answer.text}`).not.toContain(secret);
      }
    }
  });

  it('the masks leave what helps: first character, first three and last four, first and last', async () => {
    const { body } = await clerk.get(`/api/residents/${id('residents')}`);
    expect(body).toMatchObject({
      name: '欧*',
      age: 88,
      phone: '138****5678',
      idNumber: '1****************7',
      called: '欧阳奶奶',
    });
  });

  it('the operator learns building, unit, device and how she is called, nothing of her affairs', async () => {
    const operator = await stage.signIn('operator');
    const home = (await operator.get(`/api/households/${id('households')}`)).body;
    expect(Object.keys(home).sort()).toEqual(
      [
        'id',
        'createdAt',
        'updatedAt',
        'name',
        'community',
        'building',
        'unit',
        'station',
        'residents',
        'speakers',
      ].sort(),
    );
    expect(home.residents).toEqual([{ id: id('residents'), called: '欧阳奶奶' }]);
    const device = (await operator.get(`/api/speakers/${id('speakers')}`)).body;
    expect(device.residents).toEqual([{ id: id('residents'), called: '欧阳奶奶' }]);
    expect(device).not.toHaveProperty('tokenHash');
    for (const noun of ['residents', 'cases', 'bookings', 'calls'])
      expect((await operator.get(`/api/${noun}`)).status).toBe(404);
  });
});

describe('every look at a record', () => {
  const RESIDENT_NOUNS = [
    'bookings',
    'cases',
    'applications',
    'calls',
    'callbacks',
    'visits',
    'tickets',
    'residents',
    'ratings',
    'deliveries',
  ];

  it.each(RESIDENT_NOUNS)('at %s leaves exactly one row: who, what, whose, how many', async (noun) => {
    const known = new Set((await reads()).map((row) => row.id));
    const added = async () => (await reads()).filter((row) => !known.has(row.id) && known.add(row.id));
    await clerk.get(`/api/${noun}?pageSize=3`);
    const [listed, ...more] = await added();
    expect(more).toEqual([]);
    expect(listed).toMatchObject({
      actorId: stage.world.staff.clerk,
      role: 'clerk',
      subject: noun,
      result: 'done',
      residentId: null,
    });
    expect(listed?.fields[0]).toMatch(/^count:\d+$/);
    await clerk.get(`/api/${noun}/${id(noun)}`);
    const [looked, ...others] = await added();
    expect(others).toEqual([]);
    expect(looked).toMatchObject({ subject: `${noun}/${id(noun)}`, residentId: id('residents'), result: 'done' });
    expect(looked?.fields).toContain('id');
  });

  it('at public facts leaves none', async () => {
    const before = (await reads()).length;
    await clerk.get('/api/guides');
    await clerk.get(`/api/policies/${id('policies')}`);
    expect((await reads()).length).toBe(before);
  });

  it('and the auditor finds it, with the person behind the id, and is noted herself', async () => {
    await clerk.get(`/api/residents/${id('residents')}`);
    const auditor = await stage.signIn('auditor');
    const by = stage.world.staff.clerk; // at a clock that stands still, rows of one instant have no order
    const { body } = await auditor.get(`/api/audit?resident=${id('residents')}&actor=${by}&action=read&pageSize=1`);
    expect(body.items[0]).toMatchObject({
      actor: { id: stage.world.staff.clerk, name: '工作clerk', kind: 'staff' },
      roleText: '窗口人员',
      actionText: '查看',
      resident: { id: id('residents'), name: '欧*' },
      resultText: '成功',
      sealed: false,
    });
    expect((await auditor.get(`/api/audit/${body.items[0].id}`)).body.id).toBe(body.items[0].id);
    const own = await auditor.get(`/api/audit?actor=${stage.world.staff.auditor}&action=read`);
    expect(own.body.total).toBeGreaterThan(0);
  });
});

describe('how she is spoken to', () => {
  const wish = (client: Client, body: object, where: 'near' | 'far' = 'near') =>
    client.post(`/api/residents/${id('residents', where)}/speech`, body);

  it('is set by the desk, stands in her record, and is written down', async () => {
    const asked = { pace: 160, voice: 'northeast', patience: 2200 };
    expect((await wish(clerk, asked)).status).toBe(200);
    expect((await clerk.get(`/api/residents/${id('residents')}`)).body).toMatchObject(asked);
    expect((await wish(clerk, { voice: null })).status).toBe(200);
    expect((await clerk.get(`/api/residents/${id('residents')}`)).body).toMatchObject({ ...asked, voice: null });
    expect((await reads('change')).some((one) => one.fields.join() === 'pace,voice,patience')).toBe(true);
  });

  it('keeps within what people follow, to voices that there are, and to one’s own people', async () => {
    for (const body of [{ pace: 400 }, { patience: 100 }, { voice: 'nobody' }, {}, { pinHash: 'x' }]) {
      expect([body, (await wish(clerk, body)).status]).toEqual([body, 400]);
    }
    expect((await wish(clerk, { pace: 170 }, 'far')).status).toBe(404);
  });
});

describe('a reveal', () => {
  const reveal = (client: Client, body: object, where: 'near' | 'far' = 'near') =>
    client.post(`/api/residents/${id('residents', where)}/reveal`, body);

  it.each([
    ['phone', CANARIES.phone],
    ['idNumber', CANARIES.idNumber],
    ['name', CANARIES.name],
    ['birthDate', '1938-05-17'],
    ['address', '季景峰阁3号楼near-101'],
  ])('shows the %s once a reason is given, and writes field and reason down, never the value', async (field, value) => {
    const { status, body } = await reveal(clerk, { field, reason: '核对回电号码' });
    expect([status, body]).toEqual([200, { field, value, seconds: 60 }]);
    const row = (await reads('reveal')).find((one) => one.fields.includes(field));
    expect(row).toMatchObject({ residentId: id('residents'), reason: '核对回电号码', result: 'done' });
    expect(JSON.stringify(row)).not.toContain(value);
  });

  it.each([
    {},
    { field: 'phone' },
    { field: 'phone', reason: '  ' },
    { field: 'pinHash', reason: '好奇' },
    { field: 'phone', reason: 'x'.repeat(201) },
  ])('is refused for %j', async (body) => {
    expect((await reveal(clerk, body)).status).toBe(400);
  });

  it('of somebody beyond her stations is 404 and noted', async () => {
    expect((await reveal(clerk, { field: 'phone', reason: '核对' }, 'far')).status).toBe(404);
    const denied = (await reads('change')).find((row) => row.residentId === id('residents', 'far'));
    expect(denied).toMatchObject({ result: 'denied' });
  });

  it('cannot be used to copy a list', async () => {
    const statuses = [];
    for (let n = 0; n < 22; n += 1)
      statuses.push((await reveal(supervisor, { field: 'phone', reason: '核对回电号码' })).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('an unknown path', () => {
  it('is a problem in words', async () => {
    const { status, body, headers } = await ask(stage.app, { method: 'GET', url: '/api/nothing/here?phone=1' });
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toEqual({
      type: 'urn:jialiban:problem:NOT_FOUND',
      title: '没有找到，或者不归您这里管。',
      status: 404,
      code: 'NOT_FOUND',
      instance: '/api/nothing/here',
    });
  });
});
