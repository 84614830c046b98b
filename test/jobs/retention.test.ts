import { describe, expect, it } from 'vitest';
import { retire } from '../../src/jobs/index.ts';
import { createSealer, verifyAudit, writeAudit } from '../../src/store/audit.ts';
import { parseKeyRing } from '../../src/store/keys.ts';
import { audit } from '../../src/store/schema.ts';
import { testSecrets } from '../support/secrets.ts';
import { ENGINES, fixedClock } from '../support/stores.ts';

const key = parseKeyRing(testSecrets().secretKeys);

describe.each(ENGINES)('the audit trail on %s', (_name, fresh) => {
  it('loses what is past its time, on however many instances, and stays verifiable', async () => {
    const database = await fresh();
    const clock = fixedClock('2026-11-23T09:30');
    const sealer = createSealer({ database, key, clock });
    const write = async (count: number) => {
      for (let n = 0; n < count; n += 1)
        await database.transaction((tx) =>
          writeAudit(tx, {
            at: clock.now(),
            actor: { kind: 'system', id: 'test', role: 'system' },
            action: 'read',
            subject: `cases/${n}`,
            result: 'done',
          }),
        );
      while ((await sealer.sealOnce()) > 0);
    };
    const left = async () => (await database.db.select().from(audit)).length;
    const kept = { database, clock, audit: { key, keptDays: 365 } };
    await write(5);
    clock.advance({ days: 364 });
    await write(2);
    expect(await retire(kept)).toBe(0);
    clock.advance({ days: 2 });
    expect(await retire({ database, clock })).toBe(0);
    const cut = await Promise.all([retire(kept), retire(kept)]);
    expect(cut[0] + cut[1]).toBe(5);
    expect(await left()).toBe(2);
    await write(1);
    expect(await verifyAudit(database, key)).toEqual([]);
  });
});
