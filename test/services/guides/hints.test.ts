import { beforeAll, describe, expect, it } from 'vitest';
import { createDevices } from '../../../src/services/fleet/devices.ts';
import { createHints } from '../../../src/services/guides/hints.ts';
import type { Database } from '../../../src/store/database.ts';
import { resident } from '../../../src/store/schema.ts';
import type { Demo } from '../../../src/store/seed/index.ts';
import { fixedClock, freshDatabase } from '../../support/stores.ts';
import { auditOf, seeded, whoIs } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');
let database: Database;
let demo: Demo;
let hints: ReturnType<typeof createHints>;
beforeAll(async () => {
  database = await freshDatabase();
  demo = await seeded(database, clock);
  hints = createHints({ database, clock });
});

describe('what is likely to be said at a speaker', () => {
  it('are the matters of those who live there, words only, and the look is audited', async () => {
    const home = demo.speakers.find(({ residents }) =>
      residents[0]?.traits.some((trait) => trait.startsWith('ready:')),
    );
    const matter = home?.residents[0]?.traits.find((trait) => trait.startsWith('ready:'))?.slice('ready:'.length) ?? '';
    const likely = await hints.at(home?.deviceId ?? '');
    expect(likely).toContain(matter);
    expect(likely.join()).not.toMatch(/\d/);
    expect(new Set(likely).size).toBe(likely.length);
    const her = await whoIs(database, demo, home?.residents[0]?.traits ?? []);
    expect(await auditOf(database, her.residentId)).toContainEqual(
      expect.objectContaining({ action: 'read', fields: ['case.matter'], actorKind: 'system' }),
    );
  });

  it('is nothing for a speaker without a home, and places are known to all', async () => {
    expect(await hints.at('nobody knows it')).toEqual([]);
    expect((await hints.places()).length).toBeGreaterThan(3);
  });
});

describe('how a speaker listens and speaks', () => {
  it('is her own patience and voice, where she has them', async () => {
    await database.db.update(resident).set({ patience: 2200, voice: 'northeast' });
    const devices = createDevices({ database, clock, tickets: { take: async () => demo.speakers[0]?.deviceId } });
    expect(await devices.byTicket('any')).toMatchObject({ patienceMs: 2200, voice: 'northeast' });
  });
});
