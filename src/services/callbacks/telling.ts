/** A call that is owed, as she is told of it: when, by whom, at which place of the queue, and which number is rung. */
import { and, asc, count, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { type Clock, shanghaiDay, shanghaiTime } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import type { Presence } from '../../store/presence.ts';
import { callback, place, staff } from '../../store/schema.ts';
import { phoneTailIn } from '../residents/homes.ts';
import { halfHourAfter } from './times.ts';

export interface CallbackView {
  id: string;
  station: { id: string; name: string };
  clerk?: { id: string; name: string };
  dueAt: Date;
  /** `after`: the hour before which she would not be rung. */
  before: { day: string; time: string; after?: string };
  /** In the queue of the station, 1 is next. */
  place: number;
  /** One for the same reason stood already. */
  already?: boolean;
  /** The day on which it should have been made, where that is over: it is owned up to. */
  missed?: string;
  phoneTail?: string;
}

/** Where the sealed phone of a callback is bound to. */
export const callbackPhoneOf = (callbackId: string) => `callback.phoneSealed:${callbackId}`;

type Row = typeof callback.$inferSelect;

interface Parts {
  database: Database;
  fields: Pick<Fields, 'open'>;
  presence: Pick<Presence, 'clerk'>;
  clock: Clock;
}

/** Looks at what is owed; a look at her number is audited. */
export function createTelling({ database, fields, presence, clock }: Parts) {
  /** As she is told of it. @throws Refusal NotFound */
  async function viewOf(id: string, by: Actor): Promise<CallbackView> {
    const { row, station, ahead, phoneTail } = await database.transaction(async (tx) => {
      const [found] = await tx
        .select({ row: callback, station: { id: place.id, name: place.name } })
        .from(callback)
        .innerJoin(place, eq(place.id, callback.stationId))
        .where(eq(callback.id, id));
      if (!found) throw new Refusal('NotFound');
      const [queue] = await tx.select({ ahead: count() }).from(callback).where(before(found.row));
      return { ...found, ahead: Number(queue?.ahead ?? 0), phoneTail: await tailOf(tx, found.row, by) };
    });
    const [clerk] = await onDuty(station.id);
    const { dueAt } = row;
    const due = { day: shanghaiDay(dueAt), time: shanghaiTime(dueAt), after: notBefore(row) };
    return { id, station, clerk, dueAt, before: due, place: ahead + 1, phoneTail };
  }

  async function tailOf(tx: Db, { id, phoneSealed, residentId }: Row, by: Actor): Promise<string | undefined> {
    if (phoneSealed) return fields.open(phoneSealed, callbackPhoneOf(id)).slice(-4);
    return residentId ? phoneTailIn(tx, { fields, clock }, { residentId, by }) : undefined;
  }

  /** The station's clerks who are at their desks now, A before B; nobody when that is not known. */
  async function onDuty(stationId: string): Promise<{ id: string; name: string }[]> {
    const clerks = await database.db
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(and(eq(staff.placeId, stationId), eq(staff.role, 'clerk'), isNull(staff.disabledAt)))
      .orderBy(sql`${staff.duty} nulls last`, asc(staff.id));
    const here = await Promise.all(clerks.map(({ id }) => presence.clerk(id).catch(() => undefined)));
    return clerks.filter((_, n) => here[n] !== undefined && here[n]?.state !== 'away');
  }

  return { viewOf, onDuty };
}

const HOUR = /^\d{2}:\d{2}$/;
/** The hour that she wished for, where the promise is about it. */
function notBefore({ wanted, dueAt }: Pick<Row, 'wanted' | 'dueAt'>): string | undefined {
  const until = shanghaiTime(dueAt);
  return wanted && HOUR.test(wanted) && wanted < until && until <= halfHourAfter(wanted) ? wanted : undefined;
}

/** Open ones of the same station that were asked for earlier. */
function before({ stationId, createdAt, id }: Row) {
  const earlier = or(lt(callback.createdAt, createdAt), and(eq(callback.createdAt, createdAt), lt(callback.id, id)));
  return and(eq(callback.stationId, stationId), eq(callback.state, 'open'), earlier);
}
