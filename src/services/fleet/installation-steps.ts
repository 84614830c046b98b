/** The steps of an installation: each changes one thing in her record, writes down that it was done, and is audited. */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Clock, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Locale } from '../../platforms/platform.ts';
import type { Actor } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { consent, installing, relative, resident, speaker } from '../../store/schema.ts';
import { relativePhoneOf } from '../residents/contacts.ts';
import { isEasyPin } from '../residents/easy-pins.ts';
import type { Pins } from '../residents/pins.ts';

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
export const PURPOSES = ['data', 'push', 'sms', 'relatives'] as const;
type Purpose = (typeof PURPOSES)[number];

const CHIME_MS = 5 * 60_000;
/** Slower and louder for whoever hears little. */
const HARD_OF_HEARING = { pace: 160, volume: 85 };

interface Relative {
  name: string;
  relation: string;
  /** Digits only. */
  phone: string;
}

type Row = typeof installing.$inferSelect;

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'index'>;
  clock: Clock;
  pins: Pick<Pins, 'agree'>;
  tell?: (device: string, frame: unknown) => Promise<boolean>;
  /** The installation while it is open to this worker. */
  opened: (tx: Db, id: string, by: Actor) => Promise<Row>;
  note: (tx: Db, row: Row, by: Actor, action: string, changed: string[]) => Promise<void>;
}

/** All of them; each may throw Refusal NotFound once the installation is closed, or for anybody else. */
export function createSteps({ database, fields, clock, pins, tell, opened, note }: Parts) {
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

  return { called, hearing, language, pin, agreed, contact, quiet, chime, heard, sticker };
}

/** Purpose → her last word on it. */
export async function consentsOf(tx: Db, residentId: string): Promise<Record<string, boolean>> {
  const rows = await tx
    .selectDistinctOn([consent.purpose], { purpose: consent.purpose, given: consent.given })
    .from(consent)
    .where(eq(consent.residentId, residentId))
    .orderBy(consent.purpose, desc(consent.createdAt), desc(consent.id));
  return Object.fromEntries(rows.map(({ purpose, given }) => [purpose, given]));
}
