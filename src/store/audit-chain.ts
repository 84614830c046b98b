/**
 * The chain: each link digests a row, its place and the link before; the newest link is signed as the head.
 * Rows are written freely and in parallel; one sealer at a time puts committed ones in order.
 */
import { createHash, createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { asc, desc, inArray, notExists, sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { type Digest, instantText, type StoredRow, sealedDigest, storedRow } from './audit-row.ts';
import { type Database, type Db, rowsOf } from './db.ts';
import type { KeyRing } from './keys.ts';
import { audit, auditChain, auditHead, auditPending } from './schema.ts';

export const GENESIS = { sequence: 0, link: '0'.repeat(64) };

/** A place in the chain. */
export interface Place {
  sequence: number;
  link: string;
}

export interface AuditHead extends Place {
  id: string;
  keyId: string;
  signature: string;
  checkpoint: boolean;
  createdAt: Date;
}

export interface ChainLink extends Place {
  auditId: string;
  digest: string;
  previous: string;
  /** As instantText. */
  sealedAt: string;
}

/** The link of a row at its place. The digest's own mark says with what both are made. */
export function linkOf({ sequence, auditId, digest, previous, sealedAt }: Omit<ChainLink, 'link'>): string {
  const content = JSON.stringify([sequence, auditId, digest, previous, sealedAt]);
  return createHash(digest.startsWith('sm3:') ? 'sm3' : 'sha256')
    .update(content)
    .digest('hex');
}

/** A head for the place, signed with the ring's current key. */
export function signHead(keys: KeyRing, { sequence, link }: Place, at: Date, checkpoint = false): AuditHead {
  const head = { id: randomUUID(), sequence, link, checkpoint, keyId: keys.current, createdAt: at };
  return { ...head, signature: signature(keys, head) ?? '' };
}

/** Whether the head was signed by a key of the ring and nothing in it was changed since. */
export function isGenuine(keys: KeyRing, head: AuditHead): boolean {
  const expected = Buffer.from(signature(keys, head) ?? '');
  const found = Buffer.from(head.signature);
  return expected.length > 0 && expected.length === found.length && timingSafeEqual(expected, found);
}

function signature(keys: KeyRing, head: Omit<AuditHead, 'signature'>): string | undefined {
  const key = keys.keys.get(head.keyId);
  if (!key) return undefined;
  const own = Buffer.from(hkdfSync('sha256', key, '', 'audit head', 32));
  const content = [head.id, head.sequence, head.link, head.checkpoint, head.keyId, instantText(head.createdAt)];
  return createHmac('sha256', own).update(JSON.stringify(content)).digest('base64url');
}

export interface Sealer {
  /** Seals what is committed and unsealed. @returns how many rows; 0 also when another process is sealing. */
  sealOnce(): Promise<number>;
  /** Seals each second until stopped. */
  start(): void;
  stop(): Promise<void>;
}

export interface SealerOptions {
  database: Database;
  key: KeyRing;
  clock: Clock;
  digest?: Digest;
  /** A round that failed; the next one tries again. */
  onError?: (error: unknown) => void;
  /** Each new head, to be kept outside the database as well: against one who can rewrite all of it. */
  onHead?: (head: AuditHead) => void;
}

const BATCH = 500;
const EVERY_MS = 1000;

/** Appends committed rows to the chain under an advisory lock. Whoever starts it stops it. */
export function createSealer({ database, key, clock, digest = 'sha256', onError, onHead }: SealerOptions): Sealer {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<unknown> = Promise.resolve();
  const sealBatch = () => database.transaction((tx) => appendPending(tx, key, digest, clock.now()));
  const sealOnce = async () => {
    let sealed = 0;
    for (let batch = BATCH; batch === BATCH; sealed += batch) {
      const { count, head } = await sealBatch();
      if (head) onHead?.(head);
      batch = count;
    }
    return sealed;
  };
  const next = () => {
    timer = setTimeout(() => {
      round = sealOnce()
        .catch((error: unknown) => onError?.(error))
        .finally(() => timer && next());
    }, EVERY_MS);
  };
  return {
    sealOnce,
    start: () => void (timer || next()),
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await round;
    },
  };
}

async function appendPending(
  tx: Db,
  keys: KeyRing,
  digest: Digest,
  now: Date,
): Promise<{ count: number; head?: AuditHead }> {
  const lock = sql`select pg_try_advisory_xact_lock(hashtextextended('jialiban:audit-seal', 0)) as mine`;
  const [locked] = await rowsOf<{ mine: boolean }>(tx, lock);
  if (!locked?.mine) return { count: 0 };
  const ids = await takePending(tx);
  if (ids.length === 0) return { count: 0 };
  const rows = await unsealedRows(tx, ids);
  if (rows.length === 0) return { count: ids.length };
  const links = chainOn(await endOfChain(tx, keys), rows, digest, now);
  await tx.insert(auditChain).values(links.map((link) => ({ ...link, sealedAt: now })));
  const head = signHead(keys, links[links.length - 1] ?? GENESIS, now);
  await tx.insert(auditHead).values(head);
  return { count: ids.length, head };
}

async function takePending(tx: Db): Promise<string[]> {
  const some = tx.select({ auditId: auditPending.auditId }).from(auditPending).limit(BATCH);
  const taken = await tx.delete(auditPending).where(inArray(auditPending.auditId, some)).returning();
  return taken.map((row) => row.auditId);
}

function unsealedRows(tx: Db, ids: string[]): Promise<StoredRow[]> {
  const sealed = tx.select({ one: sql`1` }).from(auditChain).where(sql`${auditChain.auditId} = ${audit.id}`);
  return tx
    .select(storedRow)
    .from(audit)
    .where(sql`${inArray(audit.id, ids)} and ${notExists(sealed)}`)
    .orderBy(asc(audit.createdAt), asc(audit.id));
}

/** The newest signed head rather than the last link: over a truncated chain it leaves a gap that verification names. */
async function endOfChain(tx: Db, keys: KeyRing): Promise<Place> {
  const heads = await tx.select().from(auditHead).orderBy(desc(auditHead.sequence)).limit(1);
  const [last] = await tx.select().from(auditChain).orderBy(desc(auditChain.sequence)).limit(1);
  const places: Place[] = [GENESIS, ...heads.filter((head) => isGenuine(keys, head)), ...(last ? [last] : [])];
  return places.reduce((end, place) => (place.sequence > end.sequence ? place : end));
}

function chainOn(end: Place, rows: StoredRow[], algorithm: Digest, now: Date): ChainLink[] {
  let previous = end.link;
  return rows.map((row, index) => {
    const unlinked = {
      sequence: end.sequence + index + 1,
      auditId: row.id,
      digest: sealedDigest(row, algorithm),
      previous,
      sealedAt: instantText(now),
    };
    previous = linkOf(unlinked);
    return { ...unlinked, link: previous };
  });
}
