/**
 * The five minutes at somebody's home (the worker's page): what she wants to be called, hearing, language, 口令, consent,
 * emergency contact, quiet hours, a test chime, the sticker. Only the worker who began it sees what was said, and only while
 * it is open: afterwards the operator's people see which steps were done, and nothing else.
 */
import { and, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { installing, relative, resident, speaker } from '../../store/schema.ts';
import { relativePhoneOf } from '../residents/contacts.ts';
import type { Pins } from '../residents/pins.ts';
import { consentsOf, createSteps, type Step } from './installation-steps.ts';
import { record } from './record.ts';

/** Without these it is not done: the others may be left out for a reason. */
const NEEDED: readonly Step[] = ['called', 'language', 'consent'];
const OPEN_MS = 60 * 60_000;

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open' | 'index'>;
  clock: Clock;
  pins: Pick<Pins, 'agree'>;
  tell?: (device: string, frame: unknown) => Promise<boolean>;
}

type Row = typeof installing.$inferSelect;
export type Installations = ReturnType<typeof createInstallations>;

/** Begun, looked at and closed by the worker who is there; what lies between are its steps. */
export function createInstallations(parts: Parts) {
  const { database, fields, clock } = parts;
  const steps = createSteps({ ...parts, opened, note });

  /** Begins, or goes on with the worker's own. @throws Refusal NotInThisState: not bound, she does not live there, or a colleague is at it */
  async function begin(at: { speakerId: string; residentId: string }, by: Actor): Promise<{ id: string }> {
    const work = database.transaction(async (tx) => {
      const home = await homeOf(tx, at);
      await endOverdue(tx, at.speakerId);
      const same = and(eq(installing.speakerId, at.speakerId), eq(installing.residentId, at.residentId));
      const [open] = await tx
        .select()
        .from(installing)
        .where(and(same, isNull(installing.finishedAt)));
      if (open && open.staffId !== by.id) throw new Refusal('NotInThisState');
      if (open) return { id: open.id };
      const openUntil = new Date(clock.now().getTime() + OPEN_MS);
      const values = { ...at, householdId: home, staffId: by.id, openUntil };
      const [made] = await tx.insert(installing).values(values).returning({ id: installing.id });
      if (!made) throw new Error('the installation was not written');
      const subject = `installations/${made.id}`;
      const entry = { at: clock.now(), actor: by, action: 'installation.begun', subject, residentId: at.residentId };
      await writeAudit(tx, { ...entry, result: 'done' });
      return made;
    });
    return work.catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Refusal('NotInThisState') : error; // two colleagues in the same second
    });
  }

  async function homeOf(tx: Db, { speakerId, residentId }: { speakerId: string; residentId: string }): Promise<string> {
    const [found] = await tx
      .select({ id: speaker.householdId })
      .from(speaker)
      .innerJoin(resident, eq(resident.householdId, speaker.householdId))
      .where(and(eq(speaker.id, speakerId), eq(speaker.status, 'bound'), eq(resident.id, residentId), lives));
    if (!found?.id) throw new Refusal('NotInThisState');
    return found.id;
  }

  async function endOverdue(tx: Db, speakerId: string): Promise<void> {
    const overdue = and(isNull(installing.finishedAt), lte(installing.openUntil, clock.now()));
    await tx
      .update(installing)
      .set({ finishedAt: clock.now() })
      .where(and(eq(installing.speakerId, speakerId), overdue));
  }

  /** The worker's own, still open, and at a speaker that still stands there. @throws Refusal NotFound */
  async function opened(tx: Db, id: string, by: Actor): Promise<Row> {
    const mine = and(eq(installing.id, id), eq(installing.staffId, by.id), isNull(installing.finishedAt));
    const [row] = await tx
      .select()
      .from(installing)
      .where(and(mine, gt(installing.openUntil, clock.now())))
      .for('update');
    if (!row || !(await stillThere(tx, row))) throw new Refusal('NotFound');
    return row;
  }

  /** A speaker that was moved, suspended or wiped meanwhile opens nobody's record any more. */
  async function stillThere(tx: Db, { speakerId, householdId }: Row): Promise<boolean> {
    const there = and(eq(speaker.id, speakerId), eq(speaker.householdId, householdId), eq(speaker.status, 'bound'));
    return (await tx.$count(speaker, there)) > 0;
  }

  /** What stands so far. Audited: it is a look into her record. @throws Refusal NotFound once it is closed, or for anybody else */
  function view(id: string, by: Actor) {
    return database.transaction(async (tx) => {
      const row = await opened(tx, id, by);
      const [her] = await tx.select().from(resident).where(eq(resident.id, row.residentId));
      if (!her) throw new Refusal('NotFound');
      const fieldsRead = ['called', 'hearing', 'locale', 'consents', 'relative', 'quiet'];
      await note(tx, row, by, 'read', fieldsRead);
      const { called, locale, quietFrom, quietUntil } = her;
      const said = {
        called,
        locale,
        quietFrom,
        quietUntil,
        hearing: her.flags.hearing === true,
        hasPin: her.pinHash !== null,
      };
      return { row, her: said, consents: await consentsOf(tx, her.id), contact: await contactOf(tx, her.id) };
    });
  }

  async function contactOf(tx: Db, residentId: string) {
    const standing = and(eq(relative.residentId, residentId), eq(relative.emergency, true), isNull(relative.endedAt));
    const [row] = await tx.select().from(relative).where(standing).limit(1);
    return (
      row && { name: row.name, relation: row.relation, phone: fields.open(row.phoneSealed, relativePhoneOf(row.id)) }
    );
  }

  async function note(tx: Db, row: Row, by: Actor, action: string, changed: string[]): Promise<void> {
    const entry = { at: clock.now(), actor: by, action, residentId: row.residentId, fields: changed };
    await writeAudit(tx, { ...entry, subject: `installations/${row.id}`, result: 'done' });
  }

  /** Closes it: from here on nobody of the operator sees what she said. @throws Refusal NotInThisState while something needed is missing */
  function finish(id: string, by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const row = await opened(tx, id, by);
      if (NEEDED.some((one) => !row.steps[one])) throw new Refusal('NotInThisState');
      await tx.update(installing).set({ finishedAt: clock.now() }).where(eq(installing.id, id));
      await note(tx, row, by, 'installation.finished', Object.keys(row.steps));
      const happened = { speakerId: row.speakerId, what: 'installed' as const, householdId: row.householdId };
      await record(tx, happened, { at: clock.now(), by });
    });
  }
  return { begin, view, ...steps, finish };
}

const lives = inArray(resident.state, ['living', 'hospital']);
