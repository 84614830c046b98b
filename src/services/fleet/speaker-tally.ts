/** What speakers did today, counted in memory and written every few seconds: a turn never waits for a statistic. */
import { sql } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import type { Database } from '../../store/database.ts';

interface Counts {
  brand: string;
  device: string;
  turns: number;
  failures: number;
  connects: number;
}

const WRITTEN_AT_ONCE = 500;
/** A flood of made-up devices must not fill the memory between two writes. */
const MOST = 20_000;

export type SpeakerTally = ReturnType<typeof createSpeakerTally>;

/** For one process; what was not flushed is lost with it. At most 20 000 devices between two flushes. */
export function createSpeakerTally({ database, clock }: { database: Database; clock: Clock }) {
  let counted = new Map<string, Counts>();

  function of(brand: string, device: string): Counts | undefined {
    const key = `${brand} ${device}`;
    const standing = counted.get(key);
    if (standing || counted.size >= MOST) return standing;
    const fresh = { brand, device, turns: 0, failures: 0, connects: 0 };
    counted.set(key, fresh);
    return fresh;
  }

  /** One turn was answered; `failed` when the answer was that something is out of order. */
  function turn(at: { brand: string; device: string }, failed: boolean): void {
    const counts = of(at.brand, at.device);
    if (!counts) return;
    counts.turns += 1;
    if (failed) counts.failures += 1;
  }

  /** One of our own speakers has connected. */
  function connected(device: string): void {
    const counts = of('speaker', device);
    if (counts) counts.connects += 1;
  }

  /** Writes what was counted since; devices that nobody registered are left out. A word heard is a sign of life. */
  async function flush(): Promise<void> {
    const rows = [...counted.values()];
    counted = new Map();
    for (let from = 0; from < rows.length; from += WRITTEN_AT_ONCE) {
      await write(rows.slice(from, from + WRITTEN_AT_ONCE));
    }
  }

  async function write(rows: Counts[]): Promise<void> {
    const now = clock.now();
    const heard = sql`select s.id, c.turns, c.failures, c.connects
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(brand text, device text, turns int, failures int, connects int)
      join speaker s on s.brand = c.brand and s.brand_device = c.device`;
    await database.transaction(async (tx) => {
      await tx.execute(sql`insert into speaker_day as d (speaker_id, day, turns, failures, connects)
        select h.id, ${shanghaiDay(now)}::date, h.turns, h.failures, h.connects from (${heard}) h
        on conflict (speaker_id, day) do update set turns = d.turns + excluded.turns,
          failures = d.failures + excluded.failures, connects = d.connects + excluded.connects`);
      await tx.execute(sql`update speaker set last_seen_at = ${now.toISOString()}::timestamptz
        from (${heard}) h where speaker.id = h.id and h.turns > 0`);
    });
  }

  return { turn, connected, flush };
}
