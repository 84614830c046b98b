import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWords } from '../../../src/api/words.ts';
import { createPrintedMonth } from '../../../src/printed-month.ts';
import { createOversight, spanOf } from '../../../src/services/oversight/oversight.ts';
import { createOversightAlarms } from '../../../src/services/oversight/oversight-alarms.ts';
import { createServiceFigures } from '../../../src/services/oversight/service-figures.ts';
import type { Database } from '../../../src/store/database.ts';
import {
  caseFile,
  outbox,
  rating,
  resident,
  serviceFigure,
  staff,
  ticket,
  unmatched,
  visit,
  webhookEndpoint,
} from '../../../src/store/schema.ts';
import type { Seen } from '../../../src/turn.ts';
import { figuresOf } from '../../../src/turn-figures.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { calendar, seeded, system } from '../sample.ts';

const MONTH = '2026-11';

describe.each(ENGINES)('a month on %s', (_, fresh) => {
  const clock = fixedClock('2026-11-23T09:30');
  let database: Database;
  let oversight: ReturnType<typeof createOversight>;
  beforeAll(async () => {
    database = await fresh();
    await seeded(database, clock);
    oversight = createOversight({ database, clock });
  });

  it('lights what is late, near its day and in time, as the rows have it', async () => {
    const open = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing'];
    const rows = (await database.db.select().from(caseFile)).filter(({ status }) => open.includes(status));
    const late = rows.filter(({ promisedOn }) => promisedOn !== null && promisedOn < '2026-11-23').length;
    const soon = rows.filter(
      ({ promisedOn }) => promisedOn && promisedOn >= '2026-11-23' && promisedOn <= '2026-11-25',
    );
    const { lights } = await oversight.figures(MONTH);
    expect(late).toBeGreaterThan(0);
    expect(lights).toMatchObject({ late, soon: soon.length, good: rows.length - late - soon.length });
  });

  it('names who of the special list was not reached, until somebody went there', async () => {
    const before = await oversight.notReached(MONTH, system);
    expect(before.length).toBeGreaterThan(0);
    const residentId = before[0]?.id ?? '';
    await database.db
      .insert(visit)
      .values({ residentId, matter: '探访', day: '2026-11-20', half: 'AM', state: 'done' });
    const after = await oversight.notReached(MONTH, system);
    expect(after.map(({ id }) => id)).toEqual(before.slice(1).map(({ id }) => id));
    const december = await oversight.notReached('2026-12', system);
    expect(december.some(({ id }) => id === residentId)).toBe(true);
  });

  it('counts what was said by level and by place', async () => {
    const [her] = await database.db.select({ id: resident.id }).from(resident).limit(1);
    const createdAt = new Date('2026-10-05T10:00:00+08:00');
    const given = { residentId: her?.id ?? '', service: 'visit' as const, createdAt };
    await database.db.insert(rating).values([
      { ...given, level: 1, serviceId: crypto.randomUUID() },
      { ...given, level: 5, serviceId: crypto.randomUUID() },
    ]);
    const { levels, places } = await oversight.figures('2026-10');
    expect(levels.map(({ level, count }) => [level, count])).toEqual([
      [1, 1],
      [5, 1],
    ]);
    expect(places).toMatchObject([{ count: 2, good: 1, bad: 1 }]);
  });

  it('finds blockages once; owner and day stay when it looks again', async () => {
    await database.db.update(caseFile).set({ askedTwice: true }).where(eq(caseFile.matter, '老年优待证'));
    await oversight.findBlockages('find:1:0', MONTH, system);
    const found = await oversight.blockages(MONTH);
    const twice = found.find(({ blockage }) => blockage.kind === 'askedTwice')?.blockage;
    expect(found.map(({ blockage }) => blockage.kind)).toContain('overdue');
    const [owner] = await database.db.select({ id: staff.id }).from(staff).limit(1);
    await oversight.carry('carry:1:0', twice?.id ?? '', { ownerId: owner?.id, dueOn: '2026-12-10' }, system);
    await oversight.findBlockages('find:2:0', MONTH, system);
    const again = await oversight.blockages(MONTH);
    expect(again).toHaveLength(found.length);
    expect(again.find(({ blockage }) => blockage.id === twice?.id)?.blockage.dueOn).toBe('2026-12-10');
  });

  describe('alarms', () => {
    const at = (time: string) => clock.set(time);
    const alarms = () => createOversightAlarms({ database, calendar, clock });
    const told = async () => {
      const rows = await database.db.select().from(outbox).where(eq(outbox.destination, 'duty'));
      await database.db.delete(outbox);
      return rows.map(({ topic, payload }) => [topic, payload.stationId, payload.figures]);
    };

    it('tell each case, ticket and person not reached once, to the station that answers for it', async () => {
      at('2026-11-23T09:30');
      const late = (await database.db.select().from(caseFile)).filter(
        ({ status, promisedOn }) => status !== 'concluded' && promisedOn && promisedOn < '2026-11-23',
      );
      const tickets = await database.db.$count(ticket, sql`state = 'open' and due_at < ${clock.now().toISOString()}`);
      await told();
      await alarms().watch();
      const first = await told();
      const of = (topic: string) => first.filter(([name]) => name === topic);
      const cases = of('oversight.overdue').map(([, , figures]) => (figures as { count: number }).count);
      expect(cases.reduce((sum, n) => sum + n, 0)).toBe(late.length);
      expect(late.length).toBeGreaterThan(0);
      expect(of('oversight.tickets').map(([, station, figures]) => [station, figures])).toEqual(
        tickets > 0 ? [[null, { count: tickets }]] : [],
      );
      expect(of('oversight.unreached')).toEqual([]);
      await alarms().watch();
      expect(await told()).toEqual([]);
      at('2026-11-24T07:00');
      await database.db
        .update(caseFile)
        .set({ promisedOn: '2026-11-20' })
        .where(eq(caseFile.id, late[0]?.id ?? ''));
      await alarms().watch();
      expect(await told()).toEqual([]);
      at('2026-11-24T09:00');
      const people = await oversight.notReached(MONTH, system);
      await Promise.all([alarms().watch(), alarms().watch()]);
      const second = await told();
      const overdue = second.filter(([topic]) => topic === 'oversight.overdue');
      expect(overdue.map(([, , figures]) => figures)).toEqual([{ count: 1 }]);
      const unreached = second.filter(([topic]) => topic === 'oversight.unreached');
      const stations = new Set(people.map(({ stationId }) => stationId));
      expect(new Set(unreached.map(([, station]) => station))).toEqual(stations);
      const counted = unreached.map(([, , figures]) => (figures as { count: number }).count);
      expect(counted.reduce((sum, n) => sum + n, 0)).toBe(people.length);
    });

    it('tell of a week in which repair goes worse, and the property system only of what it asked for', async () => {
      at('2026-12-08T09:00');
      const turns = (day: string, retried: number, mended: number) =>
        database.db.insert(serviceFigure).values([
          { day, kind: 'turn', name: 'retried', count: retried },
          { day, kind: 'turn', name: 'mended', count: mended },
        ]);
      await turns('2026-11-10', 100, 60);
      await turns('2026-12-02', 40, 22);
      const [by] = await database.db.select({ id: staff.id }).from(staff).limit(1);
      const endpoint = { name: 'a', url: 'https://x', secretSealed: 'x', createdBy: by?.id ?? '' };
      await database.db.insert(webhookEndpoint).values({ ...endpoint, events: ['oversight.repair'] });
      await alarms().watch();
      const worse = async () => (await told()).filter(([topic]) => topic === 'oversight.repair');
      expect(await worse()).toEqual([]);
      await turns('2026-12-03', 40, 10);
      await alarms().watch();
      const posted = await database.db.select().from(outbox).where(eq(outbox.destination, 'webhook'));
      expect(posted.map(({ topic, payload }) => [topic, (payload.event as { data: object }).data])).toEqual([
        ['oversight.repair', { stationId: null, share: 40, before: 60 }],
      ]);
      expect(await worse()).toEqual([['oversight.repair', null, { share: 40, before: 60 }]]);
      await alarms().watch();
      expect(await worse()).toEqual([]);
      at('2026-11-23T09:30');
    });
  });

  it('labels a sentence for the authors’ tests', async () => {
    const [first] = await oversight.sentences(false);
    await oversight.label('label:1:0', first?.id ?? '', 'guide.lookup', await someone());
    expect((await oversight.sentences(false)).some(({ id }) => id === first?.id)).toBe(false);
    expect((await oversight.sentences(true)).map(({ label }) => label)).toContain('guide.lookup');
    await expect(oversight.label('label:2:0', crypto.randomUUID(), 'none', await someone())).rejects.toMatchObject({
      refusal: 'NotFound',
    });
    expect(await oversight.unlabelled()).toBe(await database.db.$count(unmatched, sql`label is null`));
  });

  const someone = async () => {
    const [row] = await database.db.select({ id: staff.id }).from(staff).limit(1);
    return { kind: 'staff', id: row?.id ?? '', role: 'officer' } as const;
  };

  it('adds the figures of turns by day, from two processes alike', async () => {
    const [one, other] = [createServiceFigures({ database, clock }), createServiceFigures({ database, clock })];
    one.note([
      { kind: 'begun', name: 'pickup' },
      { kind: 'turn', name: 'all' },
    ]);
    other.note([{ kind: 'begun', name: 'pickup' }]);
    await Promise.all([one.flush(), other.flush()]);
    await one.flush();
    const { errands } = await oversight.figures(MONTH);
    expect(errands.find(({ kind, name }) => kind === 'begun' && name === 'pickup')?.count).toBe(2);
  });

  it('is printed', async () => {
    const { errands: _errands, handOvers, levels, tickets, ...rest } = await oversight.figures(MONTH);
    const words = readWords();
    const written: string[] = [];
    const text = (kind: string, code: string | number) => {
      written.push(`${kind} ${code}`);
      return words.text(kind, code);
    };
    const pdf = await createPrintedMonth({ text }).month({
      ...rest,
      errands: [],
      turns: { all: 0, missed: 0, retried: 0, mended: 0 },
      handOvers: handOvers.map(({ reason, count }) => ({ code: reason, text: reason, count })),
      levels: levels.map((row) => ({ ...row, text: '', serviceText: '' })),
      tickets: tickets.map((row) => ({ ...row, text: '' })),
    });
    expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(written).toContain('report nothing'); // no errand was counted: a table without rows says so
    expect(await createPrintedMonth(words, []).month({ ...rest, month: MONTH } as never)).toBeUndefined();
  });
});

describe('the span of a month', () => {
  it('begins at midnight in Shanghai and ends where the next begins', () => {
    expect(spanOf('2026-12')).toMatchObject({ firstDay: '2026-12-01', nextDay: '2027-01-01' });
    expect(spanOf('2026-02').nextDay).toBe('2026-03-01');
    expect(() => spanOf('2026-13')).toThrow();
  });
});

describe('the figures of a turn', () => {
  const seen = (over: { before?: string[]; after?: string[]; phrase?: string; misses?: [number, number] }) => {
    const { before = [], after = [], phrase = 'conversation.hello', misses = [0, 0] } = over;
    const talk = (machines: string[], missed: number) => ({
      frames: machines.map((machine) => ({ machine })),
      conversation: { context: { misses: missed } },
    });
    const [was, is] = misses;
    const parts = {
      before: talk(before, was),
      next: { talk: talk(after, is) },
      reply: { phrase },
      said: { kind: 'words' },
    };
    return figuresOf(parts as unknown as Seen).map(({ kind, name }) => `${kind} ${name}`);
  };

  it('say when an errand begins, is finished with its own words, or is left', () => {
    expect(seen({ after: ['pickup'], phrase: 'pickup.whichDay' })).toContain('begun pickup');
    expect(seen({ before: ['pickup'], phrase: 'pickup.booked' })).toContain('finished pickup');
    expect(seen({ before: ['pickup'], phrase: 'conversation.cancelled' })).toContain('left pickup');
    expect(seen({ phrase: 'guide.who' })).toEqual(['begun guide', 'finished guide', 'turn all']);
  });

  it('say when she was not understood, and whether the next sentence mended it', () => {
    expect(seen({ misses: [0, 1] })).toEqual(['turn all', 'turn missed']);
    expect(seen({ misses: [1, 0] })).toEqual(['turn all', 'turn retried', 'turn mended']);
    expect(seen({ misses: [1, 2] })).toEqual(['turn all', 'turn missed', 'turn retried']);
  });
});
