/**
 * 帮办: what a clerk does for a resident while they speak. The very rows that the dialogue fills and makes: a booking, a
 * draft, a visit, a list of materials. Each change is the clerk's in the audit, and happens once by its key.
 */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { enqueue } from '../../store/outbox.ts';
import { application, consent, guide, resident } from '../../store/schema.ts';
import type { Bookings, BookingView, Offer, OfferWish } from '../bookings/bookings.ts';
import type { ApplicationKind, Applications } from '../cases/applications.ts';
import type { Visits, VisitView, VisitWish } from '../visits/visits.ts';
import type { Guides } from './guides.ts';

export interface BookWish {
  residentId: string;
  matter: string;
  direction: 'collect' | 'hand_in';
  slotId: string;
}

/** What she has answered so far, as a colleague may read it. */
export interface DraftView {
  kind: ApplicationKind | null;
  materials: 'pickup' | 'home' | 'file' | null;
  promise: 'yes' | 'no' | null;
  /** First three and last four digits; `file`: the number that is known. */
  phone: string | null;
}

export type DraftChange = Partial<Pick<DraftView, 'kind' | 'materials' | 'promise'>>;

interface Parts {
  database: Database;
  bookings: Pick<Bookings, 'offer' | 'hold' | 'book' | 'release'>;
  applications: Pick<Applications, 'byVoice' | 'drafts' | 'keep' | 'submit' | 'withdraw'>;
  visits: Pick<Visits, 'request'>;
  guides: Pick<Guides, 'told'>;
}

const NO_SEAT = '00000000-0000-0000-0000-000000000000';
const OFFERED = 12;
/** Long enough for one request. */
const HOLD_MINUTES = 1;

/** `by` is the clerk in every audit row. Whether the resident is in her scope is the interface's to look at first. */
export function createHelping({ database, bookings, applications, visits, guides }: Parts) {
  /** Free times at her station and its centre, near the wish. */
  const times = (wish: OfferWish): Promise<Offer[]> => bookings.offer({ ...wish, limit: OFFERED });

  /** Books a free time for her. @throws Refusal SeatTaken · AlreadyBooked */
  async function book(key: EffectKey, { slotId, ...wish }: BookWish, by: Actor): Promise<BookingView> {
    const conversation = `desk:${by.id}:${randomUUID()}`;
    const mine = { ...wish, conversation };
    const held = await bookings.hold({ slotId, conversation, minutes: HOLD_MINUTES }).catch(
      async (gone: unknown) =>
        bookings.book(key, { ...mine, seatId: NO_SEAT }, by).catch(() => {
          throw gone;
        }), // pressed twice: the seat is hers already
    );
    if ('id' in held) return held;
    const { seatId } = held;
    try {
      return await bookings.book(key, { ...mine, seatId }, by);
    } finally {
      await bookings.release({ conversation }); // a seat that became the booking's is not held any more
    }
  }

  /** The draft behind an application, opened for her who helps; empty when it is none any more. Audited. */
  async function draft(applicationId: string, by: Actor): Promise<DraftView> {
    const found = await draftOf(applicationId, await whoseIs(applicationId), by);
    const { materials = null, promise = null, phone = null } = found?.answers ?? {};
    return { kind: found?.kind ?? null, materials, promise, phone: phone && tailOnly(phone) };
  }

  /** Writes down what she says now; what is not named stays as it was. @throws Refusal NotInThisState */
  async function keep(key: EffectKey, applicationId: string, change: DraftChange, by: Actor): Promise<void> {
    const whose = await whoseIs(applicationId);
    const found = await draftOf(applicationId, whose, by);
    if (!found) throw new Refusal('NotInThisState');
    const { kind, ...said } = change;
    const answers = { ...found.answers, ...withoutNulls(said) };
    await applications.keep(key, { ...whose, kind: kind ?? found.kind, answers }, by);
  }

  /** Begins a draft where none stands. @throws Refusal BadInput for a matter that is not applied for this way */
  async function begin(key: EffectKey, whose: { residentId: string; matter: string }, by: Actor): Promise<string> {
    if (!(await applications.byVoice()).includes(whose.matter)) throw new Refusal('BadInput', { field: 'matter' });
    const stands = (await applications.drafts(whose.residentId, by)).find(({ matter }) => matter === whose.matter);
    if (stands) return stands.id;
    await applications.keep(key, { ...whose, answers: {} }, by);
    const made = await liveId(whose);
    if (!made) throw new Refusal('Unexpected');
    return made;
  }

  async function submit(key: EffectKey, applicationId: string, by: Actor): Promise<void> {
    await applications.submit(key, await whoseIs(applicationId), by);
  }

  async function withdraw(key: EffectKey, applicationId: string, by: Actor): Promise<void> {
    await applications.withdraw(key, await whoseIs(applicationId), by);
  }

  const visit = async (key: EffectKey, wish: VisitWish, by: Actor): Promise<VisitView> =>
    (await visits.request(key, wish, by)).visit;

  /**
   * Sends the guide to her phone and keeps what she was told. @throws Refusal NotFound · NotInThisState unless it is
   * signed · NotAgreed where she has no number or
   * has not said yes to text messages
   */
  async function sendGuide(key: EffectKey, wish: { guideId: string; residentId: string }, by: Actor): Promise<void> {
    const [row] = await database.db.select().from(guide).where(eq(guide.id, wish.guideId));
    if (!row) throw new Refusal('NotFound');
    if (row.state !== 'effective') throw new Refusal('NotInThisState'); // nobody is sent what a second person has not signed
    const materials = (row.elements.materials ?? []).map(({ name }) => name);
    const values = { matter: row.matter, materials: materials.join('；'), place: row.elements.place };
    await once(database, key, async (tx) => {
      if (!(await takesMessages(tx, wish.residentId))) throw new Refusal('NotAgreed');
      const payload = { residentId: wish.residentId, template: 'guide', values };
      await enqueue(tx, { destination: 'sms', topic: 'guide.sent', payload });
      return {};
    });
    await guides.told(wish.residentId, row.matter, materials, by);
  }

  async function draftOf(applicationId: string, { residentId }: { residentId: string }, by: Actor) {
    return (await applications.drafts(residentId, by)).find(({ id }) => id === applicationId);
  }

  async function whoseIs(applicationId: string): Promise<{ residentId: string; matter: string }> {
    const { residentId, matter } = application;
    const [row] = await database.db
      .select({ residentId, matter })
      .from(application)
      .where(eq(application.id, applicationId));
    if (!row) throw new Refusal('NotFound');
    return row;
  }

  async function liveId({ residentId, matter }: { residentId: string; matter: string }): Promise<string | undefined> {
    const [row] = await database.db
      .select({ id: application.id })
      .from(application)
      .where(and(eq(application.residentId, residentId), eq(application.matter, matter)))
      .orderBy(desc(application.createdAt))
      .limit(1);
    return row?.id;
  }

  return { matters: applications.byVoice, times, book, draft, keep, begin, submit, withdraw, visit, sendGuide };
}

/** She has a number, and her last word on text messages was yes. */
async function takesMessages(tx: Db, residentId: string): Promise<boolean> {
  const [last] = await tx
    .select({ given: consent.given })
    .from(consent)
    .innerJoin(resident, eq(resident.id, consent.residentId))
    .where(and(eq(consent.residentId, residentId), eq(consent.purpose, 'sms'), isNotNull(resident.phoneSealed)))
    .orderBy(desc(consent.createdAt), desc(consent.id))
    .limit(1);
  return last?.given === true;
}

const tailOnly = (phone: string): string =>
  /^\d{7,}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : phone;

function withoutNulls<T extends object>(said: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value != null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
