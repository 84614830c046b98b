import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit, consent, relative, resident, staff } from '../../src/store/schema.ts';
import { freshDatabase, freshLite } from '../support/stores.ts';
import { type Client, openStage, type Stage } from './stage.ts';
import { CANARIES } from './world.ts';

const PHONE = '13912345678';
const ANSWERS = { data: true, push: true, sms: false, relatives: true };

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('an installation at somebody’s home, on %s', (_name, fresh) => {
  let stage: Stage;
  let worker: Client;
  let colleague: Client;
  let at: { speakerId: string; residentId: string };
  beforeAll(async () => {
    stage = await openStage({ fresh });
    await anotherOperator(stage);
    at = { speakerId: stage.world.rows.speakers?.near ?? '', residentId: stage.world.rows.residents?.near ?? '' };
  });
  beforeEach(async () => {
    worker = await stage.signIn('operator');
    colleague = await stage.signIn('operatorB');
  });

  const begin = async (who = worker, where = at) => (await who.post('/api/installations', where)).body.id as string;
  const step = (id: string, name: string, body: object = {}, who = worker) =>
    who.post(`/api/installations/${id}/${name}`, body);
  const her = async () => (await stage.database.db.select().from(resident).where(eq(resident.id, at.residentId)))[0];

  it('goes from how she wants to be called to the sticker, and each step is kept', async () => {
    const id = await begin();
    expect((await step(id, 'called', { called: '欧阳阿姨' })).status).toBe(200);
    expect((await step(id, 'hearing', { hearing: true })).status).toBe(200);
    expect((await step(id, 'language', { locale: 'zh-CN' })).status).toBe(200);
    expect((await step(id, 'pin', { digits: '7391' })).status).toBe(200);
    expect((await step(id, 'consent', { answers: ANSWERS })).status).toBe(200);
    expect((await step(id, 'contact', { name: '欧阳强', relation: '儿子', phone: PHONE })).status).toBe(200);
    expect((await step(id, 'quiet', { quietFrom: '20:30', quietUntil: '07:30' })).status).toBe(200);
    expect((await step(id, 'chime')).body).toEqual({ delivered: false });
    expect((await step(id, 'heard')).status).toBe(200);
    expect((await step(id, 'sticker')).status).toBe(200);
    const { body } = await worker.get(`/api/installations/${id}`);
    expect(body).toMatchObject({ called: '欧阳阿姨', hearing: true, hasPin: true, quietFrom: '20:30' });
    expect(body.contact).toEqual({ name: '欧阳强', relation: '儿子', phone: '139****5678' });
    expect(body.steps.every(({ doneAt }: { doneAt: string | null }) => doneAt !== null)).toBe(true);
    expect(await her()).toMatchObject({ called: '欧阳阿姨', pace: 160, volume: 85, flags: { hearing: true } });
    expect((await step(id, 'finish')).status).toBe(200);
    const given = await stage.database.db
      .select()
      .from(consent)
      .where(eq(consent.turn, `installation:${id}`));
    expect(Object.fromEntries(given.map((one) => [one.purpose, one.given]))).toEqual(ANSWERS);
    expect(new Set(given.map(({ textVersion }) => textVersion))).toEqual(new Set([body.textVersion]));
    const { body: speaker } = await worker.get(`/api/speakers/${at.speakerId}`);
    expect(speaker.history[0].what).toBe('installed');
  });

  it('is out of sight when it is finished: for the worker too', async () => {
    const id = await begin();
    for (const [name, body] of needed) await step(id, name, body);
    expect((await step(id, 'finish')).status).toBe(200);
    expect((await worker.get(`/api/installations/${id}`)).status).toBe(404);
    expect((await step(id, 'called', { called: '别人' })).status).toBe(404);
  });

  it('is the worker’s alone, and only for an hour', async () => {
    const id = await begin();
    expect((await colleague.get(`/api/installations/${id}`)).status).toBe(404);
    expect((await step(id, 'called', { called: '别人' }, colleague)).status).toBe(404);
    expect((await colleague.post('/api/installations', at)).status).toBe(409);
    expect(await begin()).toBe(id);
    stage.clock.advance({ minutes: 61 });
    worker = await stage.signIn('operator');
    colleague = await stage.signIn('operatorB');
    expect((await worker.get(`/api/installations/${id}`)).status).toBe(404);
    const after = await begin(colleague);
    expect(after).not.toBe(id);
    for (const [name, body] of needed) await step(after, name, body, colleague);
    await step(after, 'finish', {}, colleague);
  });

  it('is not done before she was asked how she is called, in which language, and whether she agrees', async () => {
    const id = await begin();
    expect((await step(id, 'finish')).status).toBe(409);
    for (const [name, body] of needed.slice(1)) await step(id, name, body);
    expect((await step(id, 'finish')).status).toBe(409);
    await step(id, ...(needed[0] as [string, object]));
    expect((await step(id, 'finish')).status).toBe(200);
  });

  it('takes no digits that a neighbour would guess', async () => {
    const id = await begin();
    const { birthDate = '' } = (await her()) ?? {};
    const [year, month, day] = birthDate.split('-');
    for (const digits of ['1111', '1212', '1234', '9876', String(year), `${month}${day}`]) {
      const { status, body } = await step(id, 'pin', { digits });
      expect([digits, status, body.code]).toEqual([digits, 422, 'PIN_TOO_EASY']);
    }
    expect((await step(id, 'pin', { digits: '12345' })).status).toBe(400);
    expect((await step(id, 'pin', { digits: '8052' })).status).toBe(200);
  });

  it('names nobody for emergencies against her will, and the newest stands alone', async () => {
    const id = await begin();
    stage.clock.advance({ seconds: 1 });
    await step(id, 'consent', { answers: { ...ANSWERS, relatives: false } });
    const who = { name: '欧阳强', relation: '儿子', phone: PHONE };
    expect((await step(id, 'contact', who)).status).toBe(409);
    stage.clock.advance({ seconds: 1 });
    await step(id, 'consent', { answers: ANSWERS });
    expect((await step(id, 'contact', who)).status).toBe(200);
    expect((await step(id, 'contact', { ...who, name: '欧阳敏', relation: '女儿' })).status).toBe(200);
    const { db } = stage.database;
    const named = await db.select().from(relative).where(eq(relative.residentId, at.residentId));
    expect(named.filter(({ endedAt }) => endedAt === null).map(({ name }) => name)).toEqual(['欧阳敏']);
    expect(JSON.stringify(named)).not.toContain(PHONE);
  });

  it('wants a bound speaker and somebody who lives there', async () => {
    const elsewhere = { ...at, residentId: stage.world.rows.residents?.far ?? '' };
    expect((await worker.post('/api/installations', elsewhere)).status).toBe(409);
    expect((await worker.post('/api/installations', { ...at, speakerId: randomUUID() })).status).toBe(409);
  });

  it('is over when the speaker is taken away in the middle', async () => {
    const id = await begin();
    expect((await worker.post(`/api/speakers/${at.speakerId}/suspend`)).status).toBe(200);
    expect((await worker.get(`/api/installations/${id}`)).status).toBe(404);
    expect((await step(id, 'called', { called: '别人' })).status).toBe(404);
    expect((await worker.post(`/api/speakers/${at.speakerId}/resume`)).status).toBe(200);
    expect((await worker.get(`/api/installations/${id}`)).status).toBe(200);
  });

  const looks = async (id: string) => {
    const rows = await stage.database.db
      .select()
      .from(audit)
      .where(eq(audit.subject, `installations/${id}`));
    return rows.filter(({ action, actorId }) => action === 'read' && actorId === stage.world.staff.operator);
  };

  it('shows the operator nothing else of her, and every look is written down', async () => {
    const id = await begin();
    const before = await looks(id);
    const { text } = await worker.get(`/api/installations/${id}`);
    const { birthDate = '', name = '' } = (await her()) ?? {};
    for (const secret of [birthDate, name, CANARIES.phone, CANARIES.idNumber]) expect(text).not.toContain(secret);
    const after = await looks(id);
    expect(after).toHaveLength(before.length + 1);
    expect(after.every(({ residentId }) => residentId === at.residentId)).toBe(true);
  });
});

const needed: [string, object][] = [
  ['called', { called: '欧阳阿姨' }],
  ['language', { locale: 'zh-CN' }],
  ['consent', { answers: ANSWERS }],
];

async function anotherOperator({ database, world }: Stage): Promise<void> {
  const [row] = await database.db
    .select()
    .from(staff)
    .where(eq(staff.id, world.staff.operator ?? ''));
  if (!row) throw new Error('no operator');
  const { passwordHash, passwordChangedAt } = row;
  const values = { username: 'operatorB', name: '工作operatorB', role: 'operator' as const, mustChangePassword: false };
  await database.db.insert(staff).values({ ...values, passwordHash, passwordChangedAt });
}
