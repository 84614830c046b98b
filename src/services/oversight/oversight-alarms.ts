/**
 * What whoever answers for the service must hear without looking: cases and tickets past their day, people of the special list
 * whom nobody has reached as the month ends, and a week in which repair goes worse. Each alarm is told once: its key is taken in
 * the transaction that writes its messages.
 */
import { addDays, type Clock, shanghaiDay, shanghaiTime } from '../../clock.ts';
import type { Database, Db } from '../../store/database.ts';
import { effectKey, takeKeys } from '../../store/once.ts';
import { enqueue } from '../../store/outbox.ts';
import { lateCases, lateTickets, repairIn, unreached } from '../../store/queries/oversight.ts';
import type { Calendar } from '../calendar.ts';
import { type OutsideEvent, post } from '../fleet/record.ts';
import { spanOf } from './oversight.ts';

export const OVERSIGHT_EVENTS = ['overdue', 'tickets', 'unreached', 'repair'] as const;
export type OversightEvent = (typeof OVERSIGHT_EVENTS)[number];

/** What is told of one kind at one station; without a station it is for the supervisors. */
interface Alarm {
  what: OversightEvent;
  stationId: string | null;
  /** Names what it is about; taken once. */
  subjects: string[];
  figures?: Record<string, number>;
}

/** Nobody is told outside the hours in which something can be done about it. */
const HOURS = { from: '08:30', until: '18:00' };
/** Days before the month's end when whoever was not reached is told of. */
const LAST_DAYS = 7;
/** A week against the four before it: so many retries at least, and so many of a hundred fewer mended. */
const REPAIR = { days: 7, before: 28, retried: 30, points: 10 };

/** A text message that could not leave for so long tells of nothing new. */
const OF_USE_MS = 2 * 24 * 3600_000;

interface Parts {
  database: Database;
  calendar: Pick<Calendar, 'isWorkday'>;
  clock: Clock;
}

/** To be asked every few minutes, by any instance. Silent outside working hours; what was due then is told in the morning. */
export function createOversightAlarms({ database, calendar, clock }: Parts) {
  /** Tells of what is new since the last time. @returns how many alarms were told */
  async function watch(): Promise<number> {
    const now = clock.now();
    const [today, time] = [shanghaiDay(now), shanghaiTime(now)];
    if (!calendar.isWorkday(today) || time < HOURS.from || time >= HOURS.until) return 0;
    return database.transaction(async (tx) => {
      const alarms = [
        ...(await overdue(tx, today)),
        ...(await tickets(tx, now)),
        ...(await notReached(tx, today)),
        ...(await repair(tx, today)),
      ];
      const fresh = await notToldYet(tx, alarms);
      for (const alarm of fresh) await tell(tx, alarm, now);
      await post(tx, fresh.map(eventOf), now);
      return fresh.length;
    });
  }

  return { watch };
}

async function overdue(tx: Db, today: string): Promise<Alarm[]> {
  const late = await lateCases(tx, today);
  return byStation(late, 'overdue', ({ id, promisedOn }) => `case ${id} ${promisedOn}`);
}

/** Whose bad rating it is, a clerk must not learn: tickets are the supervisors'. */
async function tickets(tx: Db, now: Date): Promise<Alarm[]> {
  const subjects = (await lateTickets(tx, now)).map(({ id }) => `ticket ${id}`);
  return subjects.length > 0 ? [{ what: 'tickets', stationId: null, subjects }] : [];
}

async function notReached(tx: Db, today: string): Promise<Alarm[]> {
  const month = spanOf(today.slice(0, 7));
  if (addDays(today, LAST_DAYS) < month.nextDay) return [];
  const people = await unreached(tx, month);
  const alarms = byStation(people, 'unreached', () => '');
  return alarms.map((one) => ({
    ...one,
    subjects: [`unreached ${month.firstDay} ${one.stationId}`],
    figures: { count: one.subjects.length },
  }));
}

async function repair(tx: Db, today: string): Promise<Alarm[]> {
  const week = addDays(today, -REPAIR.days);
  const now = await repairIn(tx, week, today);
  const before = await repairIn(tx, addDays(week, -REPAIR.before), week);
  if (now.retried < REPAIR.retried || before.retried < REPAIR.retried) return [];
  const figures = { share: percent(now), before: percent(before) };
  if (figures.before - figures.share < REPAIR.points) return [];
  return [{ what: 'repair', stationId: null, subjects: [`repair ${weekOf(today)}`], figures }];
}

const percent = ({ mended, retried }: { mended: number; retried: number }) => Math.round((100 * mended) / retried);

/** The Monday of its week. */
const weekOf = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

function byStation<R extends { stationId: string }>(
  rows: R[],
  what: OversightEvent,
  subjectOf: (row: R) => string,
): Alarm[] {
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(row.stationId, [...(found.get(row.stationId) ?? []), subjectOf(row)]);
  return [...found].map(([stationId, subjects]) => ({ what, stationId, subjects }));
}

/** Of each alarm what nobody was told of; its figure counts that alone, unless it is a figure of its own. */
async function notToldYet(tx: Db, alarms: Alarm[]): Promise<Required<Alarm>[]> {
  const taken = await takeKeys(
    tx,
    alarms.flatMap(({ subjects }) => subjects.map(keyOf)),
  );
  return alarms.flatMap((alarm) => {
    const subjects = alarm.subjects.filter((one) => taken.has(keyOf(one)));
    return subjects.length === 0 ? [] : [{ ...alarm, subjects, figures: alarm.figures ?? { count: subjects.length } }];
  });
}

const keyOf = (subject: string) =>
  effectKey({ brand: 'oversight', device: 'alarm', requestId: subject, effect: 'tell', ordinal: 0 });

function tell(tx: Db, { what, stationId, figures }: Required<Alarm>, now: Date): Promise<string> {
  const expires = new Date(now.getTime() + OF_USE_MS).toISOString();
  const payload = { what, stationId, figures, expires };
  return enqueue(tx, { destination: 'duty', topic: `oversight.${what}`, payload });
}

const eventOf = ({ what, stationId, figures }: Required<Alarm>): OutsideEvent => ({
  topic: `oversight.${what}`,
  data: async () => ({ stationId, ...figures }),
});
