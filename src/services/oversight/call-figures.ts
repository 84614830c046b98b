/** How the telephone was served: load, waiting, abandonment, length, and whether the first contact settled it. Counted by the database. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';

export interface Part {
  /** `YYYY-MM-DD HH` or `YYYY-MM-DD`, Shanghai. */
  at: string;
  asked: number;
  answered: number;
  /** She hung up before anybody came. */
  abandoned: number;
  /** Nobody came: called back. */
  callbacks: number;
  /** Seconds until somebody spoke: half of them waited less, nine of ten waited less. */
  waitMedian: number | null;
  waitMost: number | null;
  /** Seconds of talk, half of them shorter. */
  talkMedian: number | null;
}

export interface CallFigures {
  parts: Part[];
  total: Omit<Part, 'at'> & {
    /** Of the calls with an outcome: settled, and she had not called about it in the seven days before. 0 to 1. */
    firstContact: number | null;
  };
}

export interface FiguresWish {
  from: Date;
  until: Date;
  by: 'hour' | 'day';
}

const FORMAT = { hour: 'YYYY-MM-DD HH24', day: 'YYYY-MM-DD' } as const;

/** Counts of calls that residents made, by the hour or day in which they asked; calls of clerks are not among them. */
export function createCallFigures({ database }: { database: Database }) {
  /** Calls that residents made in a time. */
  return async function figures({ from, until, by }: FiguresWish): Promise<CallFigures> {
    const asked = sql`direction = 'in' and created_at >= ${from.toISOString()}::timestamptz and created_at < ${until.toISOString()}::timestamptz`;
    const at = sql`to_char(created_at at time zone 'Asia/Shanghai', ${FORMAT[by]})`;
    const parts = await rowsOf<Part>(
      database,
      sql`select ${at} as "at", ${COUNTS} from call where ${asked} group by 1 order by 1`,
    );
    const [total] = await rowsOf<Omit<Part, 'at'>>(database, sql`select ${COUNTS} from call where ${asked}`);
    const [first] = await rowsOf<{ firstContact: number | null }>(
      database,
      sql`select ${FIRST_CONTACT} as "firstContact" from call c where ${asked} and c.outcome is not null and c.talking_at is not null`,
    );
    if (!total) throw new Error('a count has one row');
    return { parts, total: { ...total, firstContact: first?.firstContact ?? null } };
  };
}

const COUNTS = sql`
  count(*)::int as "asked",
  (count(*) filter (where talking_at is not null))::int as "answered",
  (count(*) filter (where state = 'ended' and talking_at is null))::int as "abandoned",
  (count(*) filter (where state = 'callback'))::int as "callbacks",
  (percentile_cont(0.5) within group (order by extract(epoch from talking_at - created_at)))::int as "waitMedian",
  (percentile_cont(0.9) within group (order by extract(epoch from talking_at - created_at)))::int as "waitMost",
  (percentile_cont(0.5) within group (order by extract(epoch from ended_at - talking_at)))::int as "talkMedian"`;

const FIRST_CONTACT = sql`
  avg(case when c.outcome = 'solved' and not exists (
    select 1 from call b
    where b.resident_id = c.resident_id and b.id <> c.id and b.talking_at is not null
      and b.matter is not distinct from c.matter
      and b.created_at < c.created_at and b.created_at > c.created_at - interval '7 days'
  ) then 1.0 else 0.0 end)::float8`;

async function rowsOf<T>({ db }: Database, query: ReturnType<typeof sql>): Promise<T[]> {
  const { rows } = (await db.execute(query)) as unknown as { rows: T[] };
  return rows;
}
