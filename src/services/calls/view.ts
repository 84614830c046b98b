/** All that is told about a call: read in one go, so that whoever is told sees one moment. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Db } from '../../store/database.ts';
import { call, callLeg, callOffer, household, place, resident, speaker, staff } from '../../store/schema.ts';
import { isOneOf } from './arrows.ts';
import { hasAgreedToCaptions } from './captions.ts';
import type { CallRow, CallRows, LegRow, OfferRow } from './rows.ts';

export interface Named {
  id: string;
  name: string;
}

export interface CallView {
  row: CallRow;
  device: string;
  brand: string;
  resident: typeof resident.$inferSelect | null;
  household: { community: string; building: string } | null;
  station: Named | null;
  clerk: (Named & { place: string | null }) | null;
  /** She has agreed that what is said is written along. */
  captions: boolean;
  /** It rings there now. */
  offers: OfferRow[];
  /** Everybody at whom it has rung. */
  rungAt: string[];
  /** At whom it rang last, all at once. */
  lastRing: string[];
  legs: LegRow[];
  /** Whose legs were closed with the call: they are told that it is over. */
  tookPart: string[];
  /** Names of everybody who has to do with it. */
  names: Map<string, string>;
  /** The window of each of them, by its name. */
  desks: Map<string, string>;
}

const GONE = ['wrapping', 'callback', 'ended'] as const;

/** Names are in full here: whoever shows them masks them. */
export function createViews({ database, rows }: { database: Database; rows: CallRows }) {
  /** Undefined where there is no such call. */
  function view(callId: string): Promise<CallView | undefined> {
    return database.transaction(async (tx) => {
      const found = await about(tx, callId);
      if (!found) return undefined;
      const all = await tx.select().from(callOffer).where(eq(callOffer.callId, callId));
      const legs = await rows.openLegs(tx, callId);
      const tookPart = isOneOf(found.row.state, GONE) ? await everOn(tx, callId) : [];
      const people = [...all, ...legs].map((one) => one.staffId);
      const captions = found.row.residentId !== null && (await hasAgreedToCaptions(tx, found.row.residentId));
      const { names, desks } = await peopleOf(tx, found.clerk ? [...people, found.clerk.id] : people);
      const offers = all.filter((one) => one.closedAt === null);
      const last = all.filter((one) => one.offeredAt.getTime() === found.row.offeredAt?.getTime());
      const [rungAt, lastRing] = [all, last].map((some) => [...new Set(some.map((one) => one.staffId))]);
      return {
        ...found,
        captions,
        tookPart,
        offers,
        rungAt: rungAt ?? [],
        lastRing: lastRing ?? [],
        legs,
        names,
        desks,
      };
    });
  }

  /** The call that a member of staff has, wraps up, is rung for or listens to. */
  async function concerning(staffId: string): Promise<string[]> {
    const { db } = database;
    const hers = await db
      .select({ id: call.id })
      .from(call)
      .where(
        and(
          eq(call.clerkId, staffId),
          inArray(call.state, ['offered', 'connecting', 'talking', 'held', 'transferring', 'wrapping']),
        ),
      );
    const rung = await db
      .select({ id: callOffer.callId })
      .from(callOffer)
      .where(and(eq(callOffer.staffId, staffId), sql`${callOffer.closedAt} is null`));
    return [...new Set([...hers, ...rung].map(({ id }) => id))];
  }

  /** The live call of a speaker, by its device id. */
  async function atDevice(device: string): Promise<string | undefined> {
    const [row] = await database.db
      .select({ id: call.id })
      .from(call)
      .innerJoin(speaker, eq(speaker.id, call.speakerId))
      .where(
        and(
          eq(speaker.brandDevice, device),
          inArray(call.state, ['queued', 'offered', 'connecting', 'talking', 'held', 'transferring']),
        ),
      );
    return row?.id;
  }

  return { view, concerning, atDevice };
}

async function everOn(tx: Db, callId: string): Promise<string[]> {
  const rows = await tx.selectDistinct({ staffId: callLeg.staffId }).from(callLeg).where(eq(callLeg.callId, callId));
  return rows.map(({ staffId }) => staffId);
}

async function about(tx: Db, callId: string) {
  const [row] = await tx
    .select({
      row: call,
      device: speaker.brandDevice,
      brand: speaker.brand,
      resident,
      household: { community: household.community, building: household.building },
      station: { id: place.id, name: place.name },
    })
    .from(call)
    .innerJoin(speaker, eq(speaker.id, call.speakerId))
    .leftJoin(resident, eq(resident.id, call.residentId))
    .leftJoin(household, eq(household.id, speaker.householdId))
    .leftJoin(place, eq(place.id, call.stationId))
    .where(eq(call.id, callId));
  return row && { ...row, clerk: await clerkOf(tx, row.row.clerkId) };
}

async function clerkOf(tx: Db, clerkId: string | null): Promise<CallView['clerk']> {
  if (!clerkId) return null;
  const [row] = await tx
    .select({ id: staff.id, name: staff.name, place: place.name })
    .from(staff)
    .leftJoin(place, eq(place.id, staff.placeId))
    .where(eq(staff.id, clerkId));
  return row ?? null;
}

async function peopleOf(tx: Db, ids: string[]): Promise<Pick<CallView, 'names' | 'desks'>> {
  if (ids.length === 0) return { names: new Map(), desks: new Map() };
  const rows = await tx
    .select({ id: staff.id, name: staff.name, place: place.name })
    .from(staff)
    .leftJoin(place, eq(place.id, staff.placeId))
    .where(inArray(staff.id, ids));
  const seated = rows.flatMap(({ id, place }) => (place ? [[id, place] as const] : []));
  return { names: new Map(rows.map(({ id, name }) => [id, name])), desks: new Map(seated) };
}
