import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { proxyPhoneOf, relativePhoneOf } from '../../../src/services/residents/contacts.ts';
import { createNearPeople, type NearPeople } from '../../../src/services/residents/near.ts';
import { createProxies } from '../../../src/services/residents/proxies.ts';
import type { Database } from '../../../src/store/database.ts';
import { effectKey } from '../../../src/store/once.ts';
import { audit, booking, proxy, relative, resident } from '../../../src/store/schema.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, fields, seeded } from '../sample.ts';

const BY = { kind: 'staff', id: crypto.randomUUID(), role: 'supervisor' } as const;
const key = () =>
  effectKey({ brand: 'desk', device: BY.id, requestId: crypto.randomUUID(), effect: 'near', ordinal: 0 });
const reason = '本人不要了';

describe.each(ENGINES)('those near a resident, on %s', (_name, fresh) => {
  const clock = fixedClock('2026-11-23T09:30');
  let database: Database;
  let near: NearPeople;
  let residentId: string;
  beforeAll(async () => {
    database = await fresh();
    await seeded(database, clock);
    near = createNearPeople({ database, clock, fields, proxies: createProxies({ database, clock }) });
    const [booked] = await database.db.select().from(booking).where(eq(booking.state, 'booked')).limit(1);
    residentId = booked?.residentId ?? '';
    await database.db
      .update(booking)
      .set({ collector: '示例儿子', mode: 'proxy' })
      .where(eq(booking.residentId, residentId));
    await database.db.delete(proxy);
    await database.db.delete(relative);
  });

  async function named() {
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const who = { residentId, name: '示例儿子', relation: '儿子', phoneIndex: fields.index('12000007777') };
    const sealed = (about: string) => fields.seal('12000007777', about);
    await database.db
      .insert(proxy)
      .values({ ...who, id: one, kind: 'collect', validFrom: clock.now(), phoneSealed: sealed(proxyPhoneOf(one)) });
    await database.db.insert(relative).values({ ...who, id: other, phoneSealed: sealed(relativePhoneOf(other)) });
    return { proxyId: one, relativeId: other };
  }

  it('are seen, and that is written down', async () => {
    await named();
    const seen = await near.of(residentId, BY);
    expect([...seen.proxies, ...seen.relatives].map(({ name, phone }) => [name, phone])).toEqual([
      ['示例儿子', '12000007777'],
      ['示例儿子', '12000007777'],
    ]);
    const looked = await auditOf(database, residentId);
    expect(looked).toContainEqual(expect.objectContaining({ action: 'read', fields: ['proxies', 'relatives'] }));
  });

  it('are ended with a reason; what was booked for an agent is her own again', async () => {
    const { proxyId, relativeId } = await named();
    await near.endProxy(key(), { residentId, id: proxyId, reason }, BY);
    await near.endRelative(key(), { residentId, id: relativeId, reason }, BY);
    const ids = (await near.of(residentId, BY)).proxies.map(({ id }) => id);
    expect(ids).not.toContain(proxyId);
    expect((await near.of(residentId, BY)).relatives.map(({ id }) => id)).not.toContain(relativeId);
    const hers = await database.db.select().from(booking).where(eq(booking.residentId, residentId));
    expect(hers.filter(({ state }) => state === 'booked').map(({ collector }) => collector)).not.toContain('示例儿子');
    const written = await database.db.select().from(audit).where(eq(audit.reason, reason));
    expect(written.map(({ action }) => action).sort()).toEqual(['proxy.ended', 'relative.ended']);
    expect(written.every((row) => row.residentId === residentId && row.actorId === BY.id)).toBe(true);
  });

  it('of another resident are not found', async () => {
    const { proxyId, relativeId } = await named();
    const others = await database.db.select({ id: resident.id }).from(resident);
    const stranger = others.find(({ id }) => id !== residentId)?.id ?? '';
    const refused = { refusal: 'NotFound' };
    const as = { residentId: stranger, reason };
    await expect(near.endProxy(key(), { ...as, id: proxyId }, BY)).rejects.toMatchObject(refused);
    await expect(near.endRelative(key(), { ...as, id: relativeId }, BY)).rejects.toMatchObject(refused);
  });
});
