import { beforeAll, describe, expect, it } from 'vitest';
import { createPins } from '../../../src/services/residents/pins.ts';
import type { Database } from '../../../src/store/database.ts';
import { aHousehold, aResident, aStation } from '../../support/records.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { auditOf, fields, system } from '../sample.ts';

const clock = fixedClock('2026-11-23T09:30');

async function somebody(database: Database) {
  const { station } = await aStation(database.db);
  const home = await aHousehold(database.db, station.id);
  return (await aResident(database.db, home.id)).id;
}

describe.each(ENGINES)('the agreed four digits on %s', (_, fresh) => {
  let database: Database;
  let pins: ReturnType<typeof createPins>;
  beforeAll(async () => {
    database = await fresh();
    pins = createPins({ database, fields, clock });
  });

  it('open for her and nobody else', async () => {
    const [her, other] = [await somebody(database), await somebody(database)];
    await pins.agree(her, '3719', system);
    await pins.agree(other, '8264', system);
    expect(await pins.check(her, '3719', system)).toEqual({ answer: 'right', triedBefore: 0 });
    expect(await pins.check(other, '3719', system)).toMatchObject({ answer: 'wrong' });
  });

  it('are locked for a quarter of an hour after five wrong ones, and she is told of them', async () => {
    const her = await somebody(database);
    await pins.agree(her, '3719', system);
    const tried = [];
    for (let n = 0; n < 6; n += 1) tried.push((await pins.check(her, '0000', system)).answer);
    expect(tried).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked', 'locked']);
    expect((await pins.check(her, '3719', system)).answer).toBe('locked');
    clock.advance({ minutes: 15 });
    expect(await pins.check(her, '3719', system)).toEqual({ answer: 'right', triedBefore: 5 });
    clock.set('2026-11-23T09:30');
  });

  it('are counted each when many are tried at once', async () => {
    const her = await somebody(database);
    await pins.agree(her, '3719', system);
    const tried = await Promise.all(Array.from({ length: 12 }, (_, n) => pins.check(her, String(1000 + n), system)));
    expect(tried.filter(({ answer }) => answer === 'wrong')).toHaveLength(4);
  });

  it('may not have been agreed on, and are four digits', async () => {
    const her = await somebody(database);
    expect(await pins.check(her, '3719', system)).toEqual({ answer: 'none' });
    await expect(pins.agree(her, '12345', system)).rejects.toMatchObject({ refusal: 'BadInput' });
  });

  it('stand in no audit row', async () => {
    const her = await somebody(database);
    await pins.agree(her, '3719', system);
    await pins.check(her, '9999', system);
    const rows = await auditOf(database, her);
    expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual(['pin.agreed done', 'pin.checked denied']);
    expect(JSON.stringify(rows)).not.toMatch(/3719|9999/);
  });
});
