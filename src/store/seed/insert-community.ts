/** Puts the built community into the database, table after table, each after what it refers to. */
import { eq } from 'drizzle-orm';
import type { Db } from '../database.ts';
import * as schema from '../schema.ts';
import type { StaffRow } from './accounts.ts';
import { bookAhead, bookBehind } from './bookings.ts';
import { applicationOf, type CaseParts } from './case-files.ts';
import { deliveriesOf } from './deliveries.ts';
import {
  callbacksOf,
  callsOf,
  consentsOf,
  type HistoryParts,
  type Neighbour,
  proxiesOf,
  ratingsOf,
  ticketsOf,
  unmatchedOf,
  visitsOf,
} from './history.ts';
import { insertAll } from './insert.ts';
import type { HomeOfPeople } from './people.ts';
import type { SpeakersOfHome } from './speakers.ts';

export type Context = HistoryParts & Pick<CaseParts, 'calendar'>;

/** Staff, homes, residents and speakers, each after what it refers to. */
export async function insertPeople(
  tx: Db,
  staff: StaffRow[],
  homes: HomeOfPeople[],
  speakers: SpeakersOfHome[],
): Promise<void> {
  await insertAll(tx, schema.staff, staff);
  await insertAll(
    tx,
    schema.household,
    homes.map(({ household }) => household),
  );
  await insertAll(
    tx,
    schema.resident,
    homes.flatMap(({ people }) => people.map(({ row }) => row)),
  );
  await insertAll(
    tx,
    schema.speaker,
    speakers.flatMap(({ rows }) => rows),
  );
  await insertAll(
    tx,
    schema.speakerHistory,
    speakers.flatMap(({ history }) => history),
  );
}

/** Drafts, applications, cases and their steps. */
export async function insertPapers(tx: Db, context: Context, neighbours: Neighbour[]): Promise<void> {
  const cases = neighbours.flatMap((one) => one.cases);
  const drafts = neighbours.flatMap(({ person: { row, recipe } }) =>
    recipe.draft ? [applicationOf(context, row.id, recipe.draft, 'draft')] : [],
  );
  await insertAll(tx, schema.application, [...drafts, ...cases.flatMap(({ application }) => application ?? [])]);
  await insertAll(
    tx,
    schema.caseFile,
    cases.map(({ row }) => row),
  );
  await insertAll(
    tx,
    schema.caseStep,
    cases.flatMap(({ steps }) => steps),
  );
}

/** @returns to whom a call is owed */
export async function insertHistory(
  tx: Db,
  context: Context,
  neighbours: Neighbour[],
  staff: StaffRow[],
): Promise<Set<string>> {
  const supervisor = staff.find(({ role }) => role === 'supervisor')?.id;
  const late = [...neighbours].reverse(); // the first households are the testers'
  await insertAll(
    tx,
    schema.consent,
    neighbours.flatMap((one) => consentsOf(context, one)),
  );
  await insertAll(tx, schema.proxy, proxiesOf(context, neighbours));
  await insertAll(
    tx,
    schema.call,
    neighbours.flatMap((one) => callsOf(context, one)),
  );
  await insertAll(
    tx,
    schema.visit,
    neighbours.flatMap((one, n) => visitsOf(context, one, n)),
  );
  const callbacks = callbacksOf(context, late);
  await insertAll(tx, schema.callback, callbacks);
  await insertAll(tx, schema.ticket, ticketsOf(context, late, supervisor));
  await insertAll(tx, schema.rating, ratingsOf(context, neighbours));
  await insertAll(tx, schema.unmatched, unmatchedOf(context));
  return new Set(callbacks.filter(({ state }) => state !== 'closed').map(({ residentId }) => residentId ?? ''));
}

/** Past ones for what was collected, live ones where the recipe has one; both take real seats, so slots must stand. */
export async function insertBookings(
  tx: Db,
  parts: Parameters<typeof bookAhead>[1],
  neighbours: Neighbour[],
): Promise<void> {
  const live = neighbours.flatMap((one) => {
    const { booking } = one.person.recipe;
    const caseId = one.cases.find(({ row }) => row.matter === booking?.matter && booking.direction === 'collect')?.row
      .id;
    return booking ? [{ ...one, ...booking, caseId }] : [];
  });
  const over = neighbours.flatMap((one) => {
    const [held] = one.cases.filter(({ row }) => row.delivery === 'collected');
    return held ? [{ ...one, matter: held.row.matter, direction: 'collect' as const, caseId: held.row.id }] : [];
  });
  await bookBehind(tx, parts, over);
  await bookAhead(tx, parts, live);
}

/** As the published policies concern each. @returns residents with something unread */
export async function insertDeliveries(
  tx: Db,
  { today, now }: Context,
  neighbours: Neighbour[],
  homes: HomeOfPeople[],
): Promise<Set<string>> {
  const policies = await tx.select().from(schema.policy).where(eq(schema.policy.state, 'published'));
  const communities = new Map(homes.map(({ household }) => [household.id, household.community]));
  const unread = new Set<string>();
  const rows = neighbours.flatMap((one) => {
    const { id, birthDate, hukou, flags = {}, householdId } = one.person.row;
    const told = deliveriesOf(
      policies,
      one,
      { birthDate, hukou, flags, community: communities.get(householdId) ?? '' },
      today,
      now,
    );
    if (told.unread) unread.add(id);
    return told.rows;
  });
  await insertAll(tx, schema.delivery, rows);
  return unread;
}
