/** An effect happens once per key; whoever asks again is told the first outcome. */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database, Db } from './db.ts';
import { effect } from './schema.ts';

export type EffectKey = string;

/** What names one effect of one turn; `ordinal` counts effects of the same name within the turn. */
export interface EffectSource {
  brand: string;
  device: string;
  requestId: string;
  effect: string;
  ordinal: number;
}

const LONGEST_PART = 128;

/** `brand:device:request:effect:ordinal`; parts of brands that send very long ids are digested. */
export function effectKey({ brand, device, requestId, effect: name, ordinal }: EffectSource): EffectKey {
  return [brand, device, requestId, name, String(ordinal)].map(keyPart).join(':');
}

function keyPart(text: string): string {
  const safe = encodeURIComponent(text);
  return safe.length <= LONGEST_PART ? safe : createHash('sha256').update(text).digest('base64url');
}

/**
 * Does `work` in one transaction together with the key. Of concurrent callers of one key one works, the others wait
 * for its commit and get its outcome; if it failed the next one works. The outcome passes through JSON for everyone,
 * so that the first telling equals the later ones. Refusals are thrown and not remembered: nothing has happened.
 */
export async function once<T>(database: Database, key: EffectKey, work: (tx: Db) => Promise<T>): Promise<T> {
  return database.transaction(async (tx) => {
    // A second caller waits on the unique key here until the first commits or rolls back.
    const mine = await tx
      .insert(effect)
      .values({ key, outcome: {} })
      .onConflictDoNothing()
      .returning({ key: effect.key });
    if (mine.length === 0) return told<T>(tx, key);
    const outcome = asJson(await work(tx));
    await tx
      .update(effect)
      .set({ outcome: { value: outcome } })
      .where(eq(effect.key, key));
    return outcome;
  });
}

/** Of these keys those that nobody had taken: they are taken now, with this transaction. */
export async function takeKeys(tx: Db, keys: readonly EffectKey[]): Promise<Set<EffectKey>> {
  if (keys.length === 0) return new Set();
  const values = keys.map((key) => ({ key, outcome: {} }));
  const mine = await tx.insert(effect).values(values).onConflictDoNothing().returning({ key: effect.key });
  return new Set(mine.map(({ key }) => key));
}

async function told<T>(tx: Db, key: EffectKey): Promise<T> {
  const [row] = await tx.select({ outcome: effect.outcome }).from(effect).where(eq(effect.key, key));
  if (!row) throw new Error('an effect was removed while it was asked for');
  return (row.outcome as { value: T }).value;
}

function asJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
