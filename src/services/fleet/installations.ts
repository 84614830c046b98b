/**
 * The five minutes at somebody's home (the worker's page): what she wants to be called, hearing, language, 口令, consent,
 * emergency contact, quiet hours, a test chime, the sticker. Only the worker who began it sees what was said, and only while
 * it is open: afterwards the operator's people see which steps were done, and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { type Clock, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Locale } from '../../platforms/platform.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, isUniqueViolation } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { consent, installing, relative, resident, speaker } from '../../store/schema.ts';
import { relativePhoneOf } from '../residents/contacts.ts';
import { isEasyPin } from '../residents/easy-pins.ts';
import type { Pins } from '../residents/pins.ts';
import { record } from './record.ts';

export const STEPS = [
  'called',
  'hearing',
  'language',
  'pin',
  'consent',
  'contact',
  'quiet',
  'chime',
  'sticker',
] as const;
export type Step = (typeof STEPS)[number];
/** Without these it is not done: the others may be left out for a reason. */
const NEEDED: readonly Step[] = ['called', 'language', 'consent'];
export const PURPOSES = ['data', 'push', 'sms', 'relatives'] as const;
export type Purpose = (typeof PURPOSES)[number];

const OPEN_MS = 60 * 60_000;
const CHIME_MS = 5 * 60_000;
/** Slower and louder for whoever hears little. */
const HARD_OF_HEARING = { pace: 160, volume: 85 };

export interface Relative {
  name: string;
  relation: string;
  /** Digits only. */
  phone: string;
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open' | 'index'>;
  clock: Clock;
  pins: Pick<Pins, 'agree'>;
  tell?: (device: string, frame: unknown) => Promise<boolean>;
}

type Row = typeof installing.$inferSelect;
export type Installations = ReturnType<typeof createInstallations>;

export function createInstallations({ database, fields, clock, pins, tell }: Parts) {
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

  /** One step: what is changed in her record, and that it was done. */
  function step(id: string, name: Step, by: Actor, change: (tx: Db, row: Row) => Promise<string[]>): Promise<void> {
    return database.transaction(async (tx) => {
      const row = await opened(tx, id, by);
      const changed = await change(tx, row);
      const steps = { ...row.steps, [name]: shanghaiIso(clock.now()) };
      await tx.update(installing).set({ steps }).where(eq(installing.id, id));
      if (changed.length > 0) await note(tx, row, by, 'change', changed);
    });
  }

  async function note(tx: Db, row: Row, by: Actor, action: string, changed: string[]): Promise<void> {
    const entry = { at: clock.now(), actor: by, action, residentId: row.residentId, fields: changed };
    await writeAudit(tx, { ...entry, subject: `installations/${row.id}`, result: 'done' });
  }

  const setOnHer = (id: string, name: Step, values: Partial<typeof resident.$inferInsert>, by: Actor) =>
    step(id, name, by, async (tx, row) => {
      await tx.update(resident).set(values).where(eq(resident.id, row.residentId));
      return Object.keys(values);
    });

  const called = (id: string, as: string, by: Actor) => setOnHer(id, 'called', { called: as }, by);
  const language = (id: string, locale: Locale, by: Actor) => setOnHer(id, 'language', { locale }, by);
  const quiet = (id: string, hours: { quietFrom: string; quietUntil: string }, by: Actor) =>
    setOnHer(id, 'quiet', hours, by);
  const sticker = (id: string, by: Actor) => step(id, 'sticker', by, async () => []);

  /** Whoever hears little is spoken to slower and louder from now on. */
  const hearing = (id: string, hard: boolean, by: Actor) =>
    step(id, 'hearing', by, async (tx, row) => {
      const [her] = await tx.select().from(resident).where(eq(resident.id, row.residentId));
      const flags = { ...her?.flags, hearing: hard };
      await tx
        .update(resident)
        .set({ flags, ...(hard ? HARD_OF_HEARING : {}) })
        .where(eq(resident.id, row.residentId));
      return hard ? ['hearing', 'pace', 'volume'] : ['hearing'];
    });

  /** Her four digits, typed by herself. @throws Refusal PinTooEasy for what a neighbour would guess */
  async function pin(id: string, digits: string, by: Actor): Promise<void> {
    const { residentId, birthDate } = await database.transaction(async (tx) => {
      const row = await opened(tx, id, by);
      const [her] = await tx
        .select({ birthDate: resident.birthDate })
        .from(resident)
        .where(eq(resident.id, row.residentId));
      return { residentId: row.residentId, birthDate: her?.birthDate ?? '' };
    });
    if (isEasyPin(digits, birthDate)) throw new Refusal('PinTooEasy');
    await pins.agree(residentId, digits, by);
    await step(id, 'pin', by, async () => []);
  }

  /** Her yes and no to each text as it was read to her. Appended: what she said before stays on record. */
  const agreed = (id: string, answers: Record<Purpose, boolean>, textVersion: string, by: Actor) =>
    step(id, 'consent', by, async (tx, row) => {
      const turn = `installation:${id}`;
      const rows = PURPOSES.map((purpose) => ({
        residentId: row.residentId,
        purpose,
        given: answers[purpose],
        textVersion,
        turn,
      }));
      await tx.insert(consent).values(rows.map((one) => ({ ...one, createdAt: clock.now() })));
      return ['consents'];
    });

  /** Whom to tell in an emergency; takes the place of whoever was named before. @throws Refusal NotInThisState without her consent */
  const contact = (id: string, who: Relative, by: Actor) =>
    step(id, 'contact', by, async (tx, row) => {
      const given = await consentsOf(tx, row.residentId);
      if (given.relatives !== true) throw new Refusal('NotInThisState');
      const before = and(
        eq(relative.residentId, row.residentId),
        eq(relative.emergency, true),
        isNull(relative.endedAt),
      );
      await tx.update(relative).set({ endedAt: clock.now() }).where(before);
      const made = randomUUID();
      const { phone, ...plain } = who;
      const sealed = { phoneSealed: fields.seal(phone, relativePhoneOf(made)), phoneIndex: fields.index(phone) };
      await tx.insert(relative).values({ id: made, residentId: row.residentId, ...plain, ...sealed });
      return ['relative'];
    });

  /** Rings the speaker. @returns whether it was connected and took it */
  async function chime(id: string, by: Actor): Promise<boolean> {
    const device = await database.transaction(async (tx) => {
      const row = await opened(tx, id, by);
      const [to] = await tx.select({ device: speaker.brandDevice }).from(speaker).where(eq(speaker.id, row.speakerId));
      return to?.device;
    });
    const expires = new Date(clock.now().getTime() + CHIME_MS).toISOString();
    const frame = { type: 'notice', id: randomUUID(), kind: 'system', expires };
    return device !== undefined && (await tell?.(device, frame)) === true;
  }

  const heard = (id: string, by: Actor) => step(id, 'chime', by, async () => []);

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

  return { begin, view, called, hearing, language, pin, agreed, contact, quiet, chime, heard, sticker, finish };
}

const lives = inArray(resident.state, ['living', 'hospital']);

/** Purpose → her last word on it. */
async function consentsOf(tx: Db, residentId: string): Promise<Record<string, boolean>> {
  const rows = await tx
    .selectDistinctOn([consent.purpose], { purpose: consent.purpose, given: consent.given })
    .from(consent)
    .where(eq(consent.residentId, residentId))
    .orderBy(consent.purpose, desc(consent.createdAt), desc(consent.id));
  return Object.fromEntries(rows.map(({ purpose, given }) => [purpose, given]));
}
