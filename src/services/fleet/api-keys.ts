/** Keys for the operator's own property system: random, kept as hashes, shown once, narrowed by scopes. */
import { randomBytes } from 'node:crypto';
import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { apiKey } from '../../store/schema.ts';
import { hashOfToken } from '../tokens.ts';

export const SCOPES = ['speakers:read', 'speakers:write', 'households:read', 'households:write'] as const;
export type KeyScope = (typeof SCOPES)[number];

export interface Key {
  id: string;
  name: string;
  scopes: string[];
}

/** Found by scanners of leaked secrets. */
const PREFIX = 'jlb_';
/** More at once is a mistake, and nobody could say whose they are. */
const MOST = 20;
const DAY_MS = 24 * 3600_000;
const TOUCH_MS = 60_000;

/** Asked of the database at every request, so that revoking holds at once on every instance. */
export function createApiKeys({ database, clock }: { database: Database; clock: Clock }) {
  const valid = () => and(isNull(apiKey.revokedAt), or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, clock.now())));

  /** A new key; this is the only time it is seen. @throws Refusal NotInThisState when there are too many */
  function issue(asked: { name: string; scopes: KeyScope[]; days?: number }, by: Actor) {
    const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    return database.transaction(async (tx) => {
      if ((await tx.$count(apiKey, valid())) >= MOST) throw new Refusal('NotInThisState');
      const expiresAt = asked.days ? new Date(clock.now().getTime() + asked.days * DAY_MS) : null;
      const values = { name: asked.name, scopes: asked.scopes, keyHash: hashOfToken(key), createdBy: by.id, expiresAt };
      const [made] = await tx.insert(apiKey).values(values).returning({ id: apiKey.id });
      if (!made) throw new Error('the key was not written');
      const subject = `keys/${made.id}`;
      const entry = { at: clock.now(), actor: by, action: 'key.issued', subject, fields: asked.scopes };
      await writeAudit(tx, { ...entry, result: 'done' });
      return { id: made.id, key };
    });
  }

  /** Worthless from this moment, on every instance. @throws Refusal NotFound */
  function revoke(id: string, by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const done = await tx
        .update(apiKey)
        .set({ revokedAt: clock.now() })
        .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
        .returning({ id: apiKey.id });
      if (done.length === 0) throw new Refusal('NotFound');
      const subject = `keys/${id}`;
      await writeAudit(tx, { at: clock.now(), actor: by, action: 'key.revoked', subject, result: 'done' });
    });
  }

  /** The key that this is, asked of the database at every request; undefined when it is none of ours, over or revoked. */
  async function prove(given: string): Promise<Key | undefined> {
    if (!given.startsWith(PREFIX) || given.length > 100) return undefined;
    const { id, name, scopes, lastUsedAt } = apiKey;
    const mine = and(eq(apiKey.keyHash, hashOfToken(given)), valid());
    const [found] = await database.db.select({ id, name, scopes, lastUsedAt }).from(apiKey).where(mine);
    if (!found) return undefined;
    const now = clock.now();
    const { lastUsedAt: before, ...key } = found;
    if (!before || now.getTime() - before.getTime() >= TOUCH_MS) {
      await database.db.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, key.id));
    }
    return key;
  }

  const list = () => database.db.select().from(apiKey).orderBy(desc(apiKey.createdAt), desc(apiKey.id));

  return { issue, revoke, prove, list };
}
