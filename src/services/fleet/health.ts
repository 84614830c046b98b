/** How the fleet is: counts, buildings, a pulse every quarter of an hour, and speakers that somebody should look at. */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import { type Database, type Db, rowsOf } from '../../store/database.ts';
import { SILENT_DAYS } from '../../store/queries/speakers.ts';
import { speakerAlarm } from '../../store/schema.ts';
import { type SpeakerEvent, tell } from './record.ts';

interface Parts {
  database: Database;
  clock: Clock;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Our own speakers are heard of every minute. */
const THERE_MS = 3 * MINUTE;
/** More than a bad minute: so many turns failed today, and so many of all; or the line breaks all the time. */
const FAILING = { failures: 5, oneOf: 5, connects: 60 };
const PULSE_MS = 15 * MINUTE;
const PULSES_KEPT_DAYS = 35;

export interface Building {
  community: string;
  building: string;
  bound: number;
  own: number;
  online: number;
  silent: number;
}

/** Counts and addresses, nobody's name. Silent is a speaker of ours after days without a sign, a brand's after more. */
export function createFleetHealth({ database, clock }: Parts) {
  const ago = (ms: number) => at(new Date(clock.now().getTime() - ms));
  const isOwn = sql`s.brand = 'speaker' and s.status = 'bound'`;
  const isThere = () => sql`${isOwn} and s.last_seen_at > ${ago(THERE_MS)}`;
  const isSilent = () => sql`s.status = 'bound' and coalesce(s.last_seen_at, s.created_at) <=
    case when s.brand = 'speaker' then ${ago(SILENT_DAYS.own * DAY)} else ${ago(SILENT_DAYS.brand * DAY)} end`;

  /** Everything at a glance, as it stands now. */
  async function overview() {
    const { db } = database;
    const statuses = await rowsOf<{ status: string; count: number }>(
      db,
      sql`select status, count(*)::int as count from speaker group by status`,
    );
    const [now] = await rowsOf<{ own: number; online: number; silent: number }>(
      db,
      sql`select ${count(isOwn)} as own, ${count(isThere())} as online, ${count(isSilent())} as silent from speaker s`,
    );
    const firmware = await rowsOf<{ version: string | null; count: number }>(
      db,
      sql`select s.firmware as version, count(*)::int as count from speaker s where ${isOwn} group by 1 order by 2 desc, 1`,
    );
    const open = await db.$count(speakerAlarm, isNull(speakerAlarm.closedAt));
    return {
      statuses: Object.fromEntries(statuses.map((one) => [one.status, one.count])) as Record<string, number>,
      own: now?.own ?? 0,
      online: now?.online ?? 0,
      silent: now?.silent ?? 0,
      alarms: open,
      firmware,
      buildings: await buildings(db),
    };
  }

  function buildings(db: Db): Promise<Building[]> {
    return rowsOf<Building>(
      db,
      sql`select h.community, h.building, ${count(sql`s.status = 'bound'`)} as bound, ${count(isOwn)} as own,
        ${count(isThere())} as online, ${count(isSilent())} as silent
        from speaker s join household h on h.id = s.household_id
        where s.status <> 'wiped' group by 1, 2 order by 1, length(h.building), 2`,
    );
  }

  /** The online rate of the last day by quarter hours, or of more days by day; and what failed on each day. */
  async function history(days: number, building?: { community: string; building: string }) {
    const { db } = database;
    const here = building ? sql`and community = ${building.community} and building = ${building.building}` : sql``;
    const since = ago(days * DAY);
    const unit =
      days === 1 ? sql`at` : sql`date_trunc('day', at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'`;
    const pulses = await rowsOf<{ at: Date | string; bound: number; online: number }>(
      db,
      sql`select at, round(avg(bound))::int as bound, round(avg(online))::int as online from
        (select ${unit} as at, at as pulse, sum(bound)::int as bound, sum(online)::int as online
          from fleet_pulse where at > ${since} ${here} group by 1, 2) each_pulse
        group by 1 order by 1`,
    );
    const first = addDays(shanghaiDay(clock.now()), 1 - Math.max(days, 7));
    const failures = await rowsOf<{ day: string; turns: number; failures: number; connects: number }>(
      db,
      sql`select day::text as day, sum(turns)::int as turns, sum(failures)::int as failures, sum(connects)::int as connects
        from speaker_day where day >= ${first}::date group by 1 order by 1`,
    );
    return { pulses: pulses.map((one) => ({ ...one, at: new Date(one.at) })), failures };
  }

  /** Notes how many speakers of each building are there. Twice within its quarter of an hour changes nothing. */
  async function pulse(): Promise<void> {
    const quarter = at(new Date(Math.floor(clock.now().getTime() / PULSE_MS) * PULSE_MS));
    await database.db.execute(sql`insert into fleet_pulse (at, community, building, bound, online)
      select ${quarter}, h.community, h.building, ${count(isOwn)}, ${count(isThere())}
      from speaker s join household h on h.id = s.household_id where ${isOwn} group by h.community, h.building
      on conflict do nothing`);
    await database.db.execute(sql`delete from fleet_pulse where at < ${ago(PULSES_KEPT_DAYS * DAY)}`);
  }

  /** Opens alarms for speakers that have been silent for days or fail, closes those that are well again. @returns how many were opened and closed */
  function watch(): Promise<{ opened: number; closed: number }> {
    return database.transaction(async (tx) => {
      const silent = await open(
        tx,
        'silent',
        sql`select s.id, coalesce(s.last_seen_at, s.created_at) as since
        from speaker s where ${isSilent()}`,
      );
      const today = shanghaiDay(clock.now());
      const failing = await open(
        tx,
        'failing',
        sql`select s.id, ${at(clock.now())} as since from speaker s
        join speaker_day d on d.speaker_id = s.id and d.day = ${today}::date where s.status = 'bound' and
        ((d.failures >= ${FAILING.failures} and d.failures * ${FAILING.oneOf} >= d.turns) or d.connects >= ${FAILING.connects})`,
      );
      const well = sql`a.kind = 'silent' and (s.last_seen_at > a.since or s.status <> 'bound')
        or a.kind = 'failing' and (s.status <> 'bound' or a.since < ${ago(DAY)})`;
      const closed = await close(tx, well);
      await tellOf(tx, silent, 'silent');
      await tellOf(
        tx,
        closed.filter(({ kind }) => kind === 'silent'),
        'back',
      );
      return { opened: silent.length + failing.length, closed: closed.length };
    });
  }

  function open(tx: Db, kind: 'silent' | 'failing', found: SQL) {
    return rowsOf<{ speakerId: string }>(
      tx,
      sql`insert into speaker_alarm (speaker_id, kind, since, created_at)
        select f.id, ${kind}, f.since, ${at(clock.now())} from (${found}) f
        where not exists (select 1 from speaker_alarm a where a.speaker_id = f.id and a.kind = ${kind} and a.closed_at is null)
        on conflict do nothing returning speaker_id as "speakerId"`,
    );
  }

  function close(tx: Db, well: SQL) {
    return rowsOf<{ speakerId: string; kind: string }>(
      tx,
      sql`update speaker_alarm a set closed_at = ${at(clock.now())}, updated_at = now() from speaker s
        where s.id = a.speaker_id and a.closed_at is null and (${well}) returning a.speaker_id as "speakerId", a.kind`,
    );
  }

  async function tellOf(tx: Db, of: { speakerId: string }[], what: SpeakerEvent): Promise<void> {
    const happened = of.map(({ speakerId }) => ({ speakerId, what, householdId: null }));
    await tell(tx, happened, clock.now());
  }

  /** Somebody has looked at it and says what she found. @throws Refusal NotFound */
  function note(id: string, words: string, by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const set = { note: words, notedBy: by.kind === 'staff' ? by.id : null, notedAt: clock.now() };
      const mine = and(eq(speakerAlarm.id, id));
      const done = await tx.update(speakerAlarm).set(set).where(mine).returning({ id: speakerAlarm.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'alarm.noted',
        subject: `alarms/${id}`,
        result: 'done',
      });
    });
  }

  return { overview, history, pulse, watch, note };
}

const count = (condition: SQL) => sql`(count(*) filter (where ${condition}))::int`;
const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
