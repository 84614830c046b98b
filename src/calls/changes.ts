/**
 * Tells the desks which of their lists are old. Whatever changes a record writes an audit row in the same transaction, on
 * whatever instance: so the audit is what is looked at, and no service has to say that it did something.
 */
import type { Database } from '../store/database.ts';
import { doneLately, newestSealed } from '../store/queries/changes.ts';

export type Hear = (nouns: string[]) => void;

/** By the first word of an action. */
const NOUNS: Record<string, string> = {
  pickup: 'bookings',
  case: 'cases',
  application: 'applications',
  callback: 'callbacks',
  alert: 'callbacks',
  visit: 'visits',
  ticket: 'tickets',
  rating: 'ratings',
  call: 'calls',
};

export type Changes = ReturnType<typeof createChanges>;

/** For one instance. Rows that wait for their seal count too, so that a desk need not wait for the sealer. */
export function createChanges({ database }: { database: Database }) {
  const hearing = new Set<Hear>();
  /** Rows told before their seal: not told again with it. */
  let told = new Set<string>();
  let last: number | undefined;

  /** Looks once; nobody who listens, no look. */
  async function look(): Promise<void> {
    if (hearing.size === 0) {
      last = undefined;
      return;
    }
    const fresh = last === undefined;
    last ??= await newestSealed(database.db);
    const rows = await doneLately(database.db, last);
    const nouns = new Set(rows.filter(({ id }) => !told.has(id)).flatMap(({ action }) => nounOf(action)));
    last = Math.max(last, ...rows.map(({ sequence }) => sequence ?? 0));
    told = new Set(rows.map(({ id }) => id));
    if (!fresh && nouns.size > 0) for (const hear of hearing) hear([...nouns]);
  }

  return {
    look,
    /** @returns ends it */
    on(hear: Hear): () => void {
      hearing.add(hear);
      return () => hearing.delete(hear);
    },
  };
}

function nounOf(action: string): string[] {
  const noun = NOUNS[action.split('.')[0] ?? ''];
  return noun ? [noun] : [];
}
