import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditHead, createSealer, cutAudit, verifyAudit, writeAudit } from '../../src/store/audit.ts';
import { type Database, openDatabase, rowsOf } from '../../src/store/database.ts';
import type { KeyRing } from '../../src/store/keys.ts';
import { audit, auditChain, auditHead } from '../../src/store/schema.ts';
import { atEnd, fixedClock, freshDatabase, freshLite } from '../support/stores.ts';

const clock = fixedClock('2026-11-23T09:30');
const key: KeyRing = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) };

async function write(database: Database, count: number) {
  for (let n = 1; n <= count; n++) {
    const actor = { kind: 'staff' as const, id: `s${n}`, role: 'clerk' };
    await database.transaction((tx) => writeAudit(tx, { at: clock.now(), actor, action: `act.${n}`, result: 'done' }));
  }
}
const kinds = async (database: Database, keys = key) =>
  (await verifyAudit(database, keys)).map(({ kind, sequence }) =>
    sequence === undefined ? kind : `${kind} ${sequence}`,
  );

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('the audit on %s', (_engine, fresh) => {
  let database: Database;
  const sealer = () => createSealer({ database, key, clock });

  /** What one who owns the database can do: past the triggers, as of an evil administrator. */
  const tamper = async (...statements: string[]) => {
    await database.db.execute(sql.raw('set session_replication_role = replica'));
    try {
      for (const statement of statements) await database.db.execute(sql.raw(statement));
    } finally {
      await database.db.execute(sql.raw('set session_replication_role = origin'));
    }
  };
  const idAt = (sequence: number) => `(select audit_id from audit_chain where sequence = ${sequence})`;

  describe('sealed, of six rows', () => {
    beforeAll(async () => {
      database = await fresh({ poolSize: 1 });
    });
    beforeEach(async () => {
      clock.set('2026-11-23T09:30');
      await tamper(
        'delete from audit',
        'delete from audit_chain',
        'delete from audit_head',
        'delete from audit_pending',
      );
      await write(database, 3);
      expect(await sealer().sealOnce()).toBe(3);
      await write(database, 3);
      expect(await sealer().sealOnce()).toBe(3);
      expect(await kinds(database)).toEqual([]);
    });

    it('has nothing left to seal', async () => {
      expect(await sealer().sealOnce()).toBe(0);
    });

    it.each([
      ["update audit set reason = 'other'", 'reason'],
      ["update audit set actor_id = actor_id || ' '", 'actor'],
      ["update audit set at = at + interval '1 microsecond'", 'time, by a microsecond'],
      ["update audit set created_at = created_at + interval '1 microsecond'", 'time of writing'],
      ['update audit set fields = \'["phone"]\'', 'fields'],
      ["update audit set digest = repeat('0', 64)", 'digest'],
    ])('names the row after %s', async (statement) => {
      await tamper(`${statement} where id = ${idAt(4)}`);
      expect(await kinds(database)).toEqual(['altered 4']);
    });

    it.each(['digest', 'link'])('names the link whose %s was changed', async (column) => {
      await tamper(`update audit_chain set ${column} = overlay(${column} placing 'x' from 20) where sequence = 2`);
      expect(await kinds(database)).toContain('altered 2');
    });

    it('names the link whose time was changed', async () => {
      await tamper("update audit_chain set sealed_at = sealed_at + interval '1 microsecond' where sequence = 5");
      expect(await kinds(database)).toEqual(['altered 5']);
    });

    it('names a row that is gone', async () => {
      await tamper(`delete from audit where id = ${idAt(3)}`);
      expect(await kinds(database)).toEqual(['missing 3']);
    });

    it('names a row and link that are gone together', async () => {
      await tamper(`delete from audit where id = ${idAt(5)}`, 'delete from audit_chain where sequence = 5');
      expect(await kinds(database)).toEqual(['missing 5']);
    });

    it('names a row that lost its link', async () => {
      await tamper('delete from audit_chain where sequence = 2');
      expect(await kinds(database)).toContain('missing 2');
    });

    it('names two rows whose contents were exchanged', async () => {
      await tamper(
        `create temporary table pair as select * from audit where id in (${idAt(2)}, ${idAt(5)})`,
        `update audit a set actor_id = p.actor_id, action = p.action, digest = p.digest, at = p.at, created_at = p.created_at
          from pair p where a.id in (select id from pair) and p.id <> a.id`,
        'drop table pair',
      );
      expect(await kinds(database)).toEqual(['swapped 2', 'swapped 5']);
    });

    it('names two links that exchanged their places', async () => {
      await tamper(
        'update audit_chain set sequence = 100 where sequence = 2',
        'update audit_chain set sequence = 2 where sequence = 5',
        'update audit_chain set sequence = 5 where sequence = 100',
      );
      const named = await kinds(database);
      expect(named).toContain('swapped 2');
      expect(named).toContain('swapped 5');
    });

    it('names two links that exchanged their rows', async () => {
      await tamper(
        `create temporary table pair as select sequence, audit_id from audit_chain where sequence in (1, 6)`,
        'update audit_chain set audit_id = gen_random_uuid() where sequence in (1, 6)',
        'update audit_chain c set audit_id = p.audit_id from pair p where c.sequence + p.sequence = 7 and c.sequence in (1, 6)',
        'drop table pair',
      );
      expect(await kinds(database)).toEqual(['swapped 1', 'swapped 6']);
    });

    it('names what was cut off at the end, and what lies in the gap when sealing went on', async () => {
      await tamper(
        `delete from audit where id in (${idAt(5)}, ${idAt(6)})`,
        'delete from audit_chain where sequence > 4',
      );
      expect(await kinds(database)).toEqual(['truncated 5', 'truncated 6']);
      await write(database, 1);
      await sealer().sealOnce();
      expect(await kinds(database)).toEqual(['missing 5', 'missing 6']);
    });

    it('names a chain that was written anew without the key', async () => {
      const rewriter = createSealer({
        database,
        key: { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) },
        clock,
      });
      await tamper("update audit set reason = 'rewritten'", 'delete from audit_chain', 'delete from audit_head');
      await tamper('insert into audit_pending select id from audit');
      await rewriter.sealOnce();
      expect(await kinds(database)).toContain('forged 6');
    });

    it('names a head whose signature, place or link was changed', async () => {
      for (const change of ["signature = 'x'", 'sequence = 7', "link = repeat('1', 64)", 'checkpoint = true']) {
        await tamper('create temporary table kept as select * from audit_head');
        await tamper(`update audit_head set ${change} where sequence = 6`);
        expect((await kinds(database)).join(), change).toContain('forged');
        await tamper('delete from audit_head', 'insert into audit_head select * from kept', 'drop table kept');
      }
    });

    it('does not pass against a head kept elsewhere, though everything was rewritten with the key', async () => {
      const [kept] = (await database.db.select().from(auditHead)).filter((head) => head.sequence === 6);
      await tamper('delete from audit', 'delete from audit_chain', 'delete from audit_head');
      await write(database, 6);
      await sealer().sealOnce();
      expect(await kinds(database)).toEqual([]);
      const faults = await verifyAudit(database, key, kept as AuditHead);
      expect(faults).toMatchObject([{ kind: 'altered', sequence: 6 }]);
    });

    it('names a row slipped in beside the sealer, and rows unsealed for over ten seconds', async () => {
      await write(database, 1);
      expect(await kinds(database)).toEqual([]);
      await tamper(
        "update audit set created_at = now() - interval '11 seconds' where action = 'act.1' and not exists (select 1 from audit_chain c where c.audit_id = audit.id)",
      );
      expect(await kinds(database)).toEqual(['unsealed']);
      await sealer().sealOnce();
      expect(await kinds(database)).toEqual([]);
      await write(database, 1);
      await tamper(
        "update audit set created_at = now() + interval '1 day' where not exists (select 1 from audit_chain c where c.audit_id = audit.id)",
      );
      expect(await kinds(database)).toEqual(['unsealed']);
    });

    it('is verified across a turned-over key and another digest', async () => {
      const turned: KeyRing = { current: 'k2', keys: new Map([['k2', randomBytes(32)], ...key.keys]) };
      await write(database, 2);
      await createSealer({ database, key: turned, clock, digest: 'sm3' }).sealOnce();
      expect(await kinds(database, turned)).toEqual([]);
      expect(
        (await database.db.select().from(auditChain)).filter((link) => link.digest.startsWith('sm3:')),
      ).toHaveLength(2);
      await tamper(`update audit set reason = 'other' where id = ${idAt(7)}`);
      expect(await kinds(database, turned)).toEqual(['altered 7']);
    });

    it('refuses change and removal to everyone who goes through the front door', async () => {
      const refused = [
        "update audit set reason = 'x'",
        'delete from audit',
        'truncate audit',
        'update audit_chain set previous = link',
        'delete from audit_chain',
        'truncate audit_chain',
        "update audit_head set signature = ''",
        'delete from audit_head',
        'truncate audit_head',
      ];
      for (const statement of refused) {
        const attempt = database.db.execute(sql.raw(statement));
        await expect(attempt, statement).rejects.toHaveProperty('cause.code', '42501');
      }
      expect(await kinds(database)).toEqual([]);
    });

    it('is cut at a signed checkpoint, and no sooner than after 185 days', async () => {
      await expect(cutAudit({ database, key, clock, keptDays: 184 })).rejects.toThrow(RangeError);
      clock.advance({ days: 184 });
      await write(database, 1);
      await sealer().sealOnce();
      expect(await cutAudit({ database, key, clock })).toBe(0);
      clock.advance({ days: 2 });
      expect(await cutAudit({ database, key, clock })).toBe(6);
      expect(await database.db.select().from(audit)).toHaveLength(1);
      expect(await kinds(database)).toEqual([]);
      await write(database, 1);
      await sealer().sealOnce();
      expect(await kinds(database)).toEqual([]);
      await tamper("update audit_head set link = repeat('2', 64) where checkpoint");
      expect((await kinds(database)).join()).toContain('forged');
    });
  });

  it('of history tables refuses change and removal as well', async () => {
    database = await fresh();
    for (const table of ['case_step', 'consent', 'speaker_history']) {
      await expect(database.db.execute(sql.raw(`truncate ${table} cascade`))).rejects.toHaveProperty(
        'cause.code',
        '42501',
      );
    }
    await tamper(
      "insert into consent (resident_id, purpose, text_version, given) values (gen_random_uuid(), 'data', '1', true)",
    );
    await expect(database.db.execute(sql.raw('update consent set given = false'))).rejects.toHaveProperty(
      'cause.code',
      '42501',
    );
    await expect(database.db.execute(sql.raw('delete from consent'))).rejects.toHaveProperty('cause.code', '42501');
  });
});

describe('sealing on PostgreSQL', () => {
  it('by two instances at once puts each row in the chain once', async () => {
    const one = await freshDatabase();
    const two = await openDatabase({ url: one.url });
    atEnd(() => two.close());
    const sealers = [one, two].map((database) => createSealer({ database, key, clock }));
    const writing = Promise.all([write(one, 40), write(two, 40)]);
    let writingIsOver = false;
    void writing.then(() => {
      writingIsOver = true;
    });
    while (!writingIsOver) await Promise.all(sealers.map((sealer) => sealer.sealOnce()));
    await sealers[0]?.sealOnce();
    const [{ n }] = (await rowsOf<{ n: number }>(one.db, sql`select count(*)::int as n from audit_chain`)) as [
      { n: number },
    ];
    expect(n).toBe(80);
    expect(await verifyAudit(one, key)).toEqual([]);
  });

  it('runs by itself until it is stopped', async () => {
    const database = await freshDatabase();
    const heads: AuditHead[] = [];
    const sealer = createSealer({ database, key, clock, onHead: (head) => heads.push(head) });
    sealer.start();
    await write(database, 2);
    await expect.poll(() => heads.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await sealer.stop();
    expect(await verifyAudit(database, key)).toEqual([]);
  });

  it("is not possible to undo for the application's role", async () => {
    const owner = await freshDatabase();
    await write(owner, 1);
    const database = await openDatabase({ url: `${owner.url}&options=${encodeURIComponent('-c role=jialiban_app')}` });
    atEnd(() => database.close());
    for (const statement of ['delete from consent', 'update audit set reason = null', 'delete from audit_chain']) {
      await expect(database.db.execute(sql.raw(statement))).rejects.toHaveProperty(
        'cause.message',
        expect.stringContaining('permission denied'),
      );
    }
    await write(database, 1);
    expect(await createSealer({ database, key, clock }).sealOnce()).toBe(2);
  });
});
