import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/services/fleet/api-keys.ts';
import { apiKey } from '../../src/store/schema.ts';
import { RULES } from './rules.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';

let stage: Stage;
let operator: Client;
beforeAll(async () => {
  stage = await openStage();
  operator = await stage.signIn('operator');
});

type Method = 'GET' | 'POST' | 'DELETE';
const call = (key: string, method: Method, url: string, payload?: object) =>
  ask(stage.app, {
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(method === 'POST' ? { payload: payload ?? {} } : {}),
  });

async function keyWith(scopes: readonly string[], days?: number): Promise<{ id: string; key: string }> {
  const { status, body } = await operator.post('/api/keys', { name: '物业系统', scopes, ...(days ? { days } : {}) });
  expect(status).toBe(201);
  return body;
}

/** What the property system may reach at all, with every scope. */
const REACHED = new Set([
  'GET /api/speakers',
  'GET /api/speakers/:id',
  'POST /api/speakers',
  'POST /api/speakers/pair',
  'POST /api/speakers/import',
  'GET /api/speakers/import/template',
  'GET /api/speakers/export',
  'GET /api/speakers/labels',
  ...['bind', 'move', 'suspend', 'resume', 'settings', 'unbind', 'wipe'].map(
    (verb) => `POST /api/speakers/:id/${verb}`,
  ),
  'GET /api/fleet',
  'GET /api/fleet/history',
  'GET /api/alarms',
  'GET /api/alarms/:id',
  'POST /api/alarms/:id/note',
  'GET /api/households',
  'GET /api/households/:id',
  'POST /api/households',
  'GET /api/stations',
]);

describe('a key of the property system', () => {
  it('opens its own routes and no other: nobody’s affairs, no installation, no keys, no session', async () => {
    const { key } = await keyWith(SCOPES);
    for (const [route, rule] of Object.entries(RULES)) {
      if (rule.may === 'anybody') continue;
      const [method, url] = route.split(' ') as [Method, string];
      const id = stage.world.rows[url.split('/')[2] ?? '']?.near ?? stage.world.rows.speakers?.near ?? '';
      const { status } = await call(key, method, url.replace(':id', id).replace(':session', id), { unknownMember: 1 });
      if (REACHED.has(route)) expect([route, [200, 400, 404].includes(status)]).toEqual([route, true]);
      else expect([route, status]).toEqual([route, 403]);
    }
  });

  it.each(SCOPES)('with %s alone does that and nothing else', async (scope) => {
    const { key } = await keyWith([scope]);
    const tries: [string, Method, string][] = [
      ['speakers:read', 'GET', '/api/speakers'],
      ['speakers:write', 'POST', '/api/speakers'],
      ['households:read', 'GET', '/api/households'],
      ['households:write', 'POST', '/api/households'],
    ];
    for (const [needed, method, url] of tries) {
      const { status } = await call(key, method, url, { unknownMember: 1 });
      expect([needed, status === 403]).toEqual([needed, needed !== scope]);
    }
  });

  it('registers a speaker without a cookie or a token against forged requests, and it is written down as the key’s', async () => {
    const { id, key } = await keyWith(['speakers:write', 'speakers:read']);
    const made = await call(key, 'POST', '/api/speakers', { serial: 'P-1', brand: 'dueros', deviceId: 'p-1' });
    expect(made.status).toBe(201);
    const bound = await call(key, 'POST', `/api/speakers/${made.body.id}/bind`, {
      householdId: stage.world.rows.households?.near,
    });
    expect([bound.status, bound.body.status, bound.body.history[0].by]).toEqual([200, 'bound', null]);
    const rows = await stage.database.db.query.audit.findMany({ where: (row, { eq }) => eq(row.actorId, id) });
    expect(rows.filter(({ action }) => action === 'speaker.bound')).toMatchObject([
      { actorKind: 'system', role: 'partner' },
    ]);
  });

  it('is worthless once it is revoked or over, at once', async () => {
    const revoked = await keyWith(['speakers:read']);
    expect((await call(revoked.key, 'GET', '/api/speakers')).status).toBe(200);
    expect((await operator.delete(`/api/keys/${revoked.id}`)).status).toBe(200);
    expect((await call(revoked.key, 'GET', '/api/speakers')).status).toBe(401);
    expect((await operator.delete(`/api/keys/${revoked.id}`)).status).toBe(404);
    const short = await keyWith(['speakers:read'], 1);
    stage.clock.advance({ hours: 23 });
    expect((await call(short.key, 'GET', '/api/speakers')).status).toBe(200);
    stage.clock.advance({ hours: 2 });
    expect((await call(short.key, 'GET', '/api/speakers')).status).toBe(401);
    stage.clock.set('2026-11-23T09:30');
  });

  it('that is made up opens nothing', async () => {
    for (const key of ['jlb_', `jlb_${'x'.repeat(43)}`, 'x', `jlb_${'x'.repeat(5000)}`]) {
      expect((await call(key, 'GET', '/api/speakers')).status).toBe(401);
    }
  });

  it('lies in no list and in no row', async () => {
    const { key } = await keyWith(['speakers:read']);
    const { text } = await operator.get('/api/keys');
    expect(text).not.toContain(key);
    expect(JSON.stringify(await stage.database.db.select().from(apiKey))).not.toContain(key.slice(4));
  });

  it('stands in the description with the scope that each route needs', async () => {
    const { body } = await ask(stage.app, { method: 'GET', url: '/api/openapi.json' });
    expect(body.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(body.paths['/api/speakers'].post.security).toEqual([{ session: [] }, { key: ['speakers:write'] }]);
    expect(body.paths['/api/residents'].get.security).toBeUndefined();
  });
});
