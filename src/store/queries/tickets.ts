import { and, desc, eq, lt, ne, or, type SQL } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { household, resident, staff, ticket } from '../schema.ts';
import { type Asked, given, page, type Scope, same, totalOfAll, within } from './page.ts';

export interface TicketFilter {
  state?: string;
  kind?: string;
  number?: string;
  resident?: string;
  owner?: string;
  /** Still open though an answer was due before this instant. */
  overdueAt?: Date;
}

/** A clerk sees her stations' tickets and those handed to her, never a bad rating: who is rated does not learn by whom (GB/T 39735). */
function visible(scope: Scope): SQL | undefined {
  if (scope.stations === 'all') return undefined;
  return and(or(within(scope, household.stationId), eq(ticket.ownerId, scope.staffId)), ne(ticket.kind, 'bad_rating'));
}

/** Complaints, suggestions and things that could not be done, newest first. */
export function tickets(db: Db, asked: Asked<TicketFilter>) {
  const { filter, scope } = asked;
  const where = and(
    visible(scope),
    same(ticket.id, filter.id),
    same(ticket.state, filter.state),
    same(ticket.kind, filter.kind),
    same(ticket.number, filter.number),
    same(ticket.residentId, filter.resident),
    same(ticket.ownerId, filter.owner),
    given(filter.overdueAt, (instant) => and(lt(ticket.dueAt, instant), eq(ticket.state, 'open'))),
  );
  return page(asked, (limit, offset) =>
    db
      .select({
        ticket,
        resident: { id: resident.id, name: resident.name },
        owner: { id: staff.id, name: staff.name },
        total: totalOfAll(),
      })
      .from(ticket)
      .leftJoin(resident, eq(resident.id, ticket.residentId))
      .leftJoin(household, eq(household.id, resident.householdId))
      .leftJoin(staff, eq(staff.id, ticket.ownerId))
      .where(where)
      .orderBy(desc(ticket.createdAt), desc(ticket.id))
      .limit(limit)
      .offset(offset),
  );
}
