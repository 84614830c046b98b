/** Reads the whole chain and names what was done to it. Changes nothing. */
import { and, asc, eq, gt, isNull, not, sql } from 'drizzle-orm';
import { type AuditHead, type ChainLink, GENESIS, isGenuine, linkOf, type Place } from './audit-chain.ts';
import { columnText, rowDigest, type StoredRow, sealedDigest, storedRow } from './audit-row.ts';
import type { Database, Db } from './db.ts';
import type { KeyRing } from './keys.ts';
import { audit, auditChain, auditHead } from './schema.ts';

export interface AuditFault {
  /**
   * altered: a row or link is not what was sealed · missing: a row or link inside the chain is gone ·
   * swapped: two exchanged their places or contents · truncated: the end is gone · unsealed: a row waits for over
   * 10 s, or was slipped in · forged: a head or checkpoint without a genuine signature.
   */
  kind: 'altered' | 'missing' | 'swapped' | 'truncated' | 'unsealed' | 'forged';
  sequence?: number;
  auditId?: string;
  detail: string;
}

interface Checked {
  link: ChainLink;
  row?: StoredRow;
}

const BATCH = 1000;

/**
 * Verifies everything since the newest checkpoint, in one snapshot. `anchor` is a head kept outside the database:
 * with it even a database rewritten with the keys at hand does not pass.
 * @returns no faults, or every one found, in the order of the chain.
 */
export async function verifyAudit(database: Database, keys: KeyRing, anchor?: Place): Promise<AuditFault[]> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`set transaction isolation level repeatable read, read only`);
    const heads = await tx.select().from(auditHead).orderBy(asc(auditHead.sequence));
    const genuine = heads.filter((head) => isGenuine(keys, head));
    const forged = heads.filter((head) => !genuine.includes(head)).map(forgedHead);
    const start = genuine.findLast((head) => head.checkpoint) ?? GENESIS;
    const chain = await walk(tx, start);
    const anchors = anchor ? [...genuine, anchor] : genuine;
    return [...forged, ...chain.faults, ...headFaults(anchors, start, chain), ...(await unsealed(tx))];
  });
}

const forgedHead = ({ sequence, keyId }: AuditHead): AuditFault => ({
  kind: 'forged',
  sequence,
  detail: `the head at ${sequence} was not signed by key ${keyId}`,
});

interface Walked {
  faults: AuditFault[];
  /** The link found at each sequence that a head may speak of: all of them would not fit. */
  linkAt: Map<number, string>;
  last: number;
}

async function walk(tx: Db, start: Place): Promise<Walked> {
  const broken: Checked[] = [];
  const faults: AuditFault[] = [];
  const linkAt = new Map<number, string>();
  let before: Place = start;
  for (let batch = await read(tx, before.sequence); batch.length > 0; batch = await read(tx, before.sequence)) {
    for (const checked of batch) {
      faults.push(...gap(before, checked.link));
      if (!checked.row) faults.push(lostRow(checked.link));
      else if (!holds(checked)) broken.push(checked);
      before = checked.link;
      linkAt.set(before.sequence, before.link);
    }
  }
  return { faults: [...faults, ...explain(broken)].sort(bySequence), linkAt, last: before.sequence };
}

async function read(tx: Db, after: number): Promise<Checked[]> {
  const { sequence, auditId, digest, previous, link } = auditChain;
  const found = await tx
    .select({
      link: { sequence, auditId, digest, previous, link, sealedAt: columnText(auditChain.sealedAt) },
      row: storedRow,
    })
    .from(auditChain)
    .leftJoin(audit, eq(audit.id, auditChain.auditId))
    .where(gt(auditChain.sequence, after))
    .orderBy(asc(auditChain.sequence))
    .limit(BATCH);
  return found.map(({ link: place, row }) => ({ link: place, row: row?.id ? (row as StoredRow) : undefined }));
}

function gap(before: Place, { sequence, previous }: ChainLink): AuditFault[] {
  const lost = sequence - before.sequence - 1;
  const faults = Array.from({ length: lost }, (_, i) => before.sequence + 1 + i).map(lostLink);
  // With its neighbour gone a link cannot be compared with what it followed; its own digest still is.
  const cut = lost === 0 && previous !== before.link;
  return cut
    ? [...faults, { kind: 'altered', sequence, detail: `link ${sequence} does not follow link ${sequence - 1}` }]
    : faults;
}

const lostLink = (sequence: number): AuditFault => ({ kind: 'missing', sequence, detail: `link ${sequence} is gone` });
const lostRow = ({ sequence, auditId }: ChainLink): AuditFault => ({
  kind: 'missing',
  sequence,
  auditId,
  detail: `the row of link ${sequence} is gone`,
});

function holds({ link, row }: Checked): boolean {
  return row !== undefined && rowHolds(row, link) && linkOf(link) === link.link;
}

const rowHolds = (row: StoredRow, link: ChainLink) =>
  rowDigest(row) === row.digest && sealedDigest(row, algorithmOf(link)) === link.digest;

const algorithmOf = ({ digest }: ChainLink) => (digest.startsWith('sm3:') ? 'sm3' : 'sha256');

/** Of two broken ones, each of which is whole again in the other's place, both were swapped; the rest were altered. */
function explain(broken: Checked[]): AuditFault[] {
  const few = broken.slice(0, 500); // comparing each with each: beyond this many the kind no longer matters
  return broken.map((one) => {
    const { sequence, auditId } = one.link;
    const other = few.find((candidate) => candidate !== one && exchanged(one, candidate));
    if (!other) return { kind: 'altered', sequence, auditId, detail: `what link ${sequence} sealed was changed` };
    return { kind: 'swapped', sequence, auditId, detail: `${sequence} and ${other.link.sequence} were exchanged` };
  });
}

function exchanged({ link, row }: Checked, other: Checked): boolean {
  if (linkOf({ ...link, sequence: other.link.sequence }) === link.link) return true;
  if (linkOf({ ...link, auditId: other.link.auditId }) === link.link) return true;
  if (!row || !other.row) return false;
  return rowHolds({ ...other.row, id: row.id }, link);
}

function headFaults(heads: Place[], start: Place, { linkAt, last }: Walked): AuditFault[] {
  const newest = Math.max(start.sequence, ...heads.map((head) => head.sequence));
  const faults: AuditFault[] = [];
  for (let sequence = last + 1; sequence <= newest; sequence++) {
    faults.push({ kind: 'truncated', sequence, detail: `link ${sequence} was signed for and is gone` });
  }
  for (const { sequence, link } of heads) {
    const found = sequence === start.sequence ? start.link : linkAt.get(sequence);
    if (sequence < start.sequence || found === undefined || found === link) continue;
    faults.push({ kind: 'altered', sequence, detail: `the chain up to ${sequence} is not the one that was signed` });
  }
  if (last > newest)
    faults.push({ kind: 'forged', sequence: last, detail: `links after ${newest} have no signed head` });
  return faults;
}

/** Rows in no link. One dated in the future did not come from the database's clock. */
async function unsealed(tx: Db): Promise<AuditFault[]> {
  const fresh = sql`${audit.createdAt} between now() - interval '10 seconds' and now() + interval '1 second'`;
  const rows = await tx
    .select({ auditId: audit.id })
    .from(audit)
    .leftJoin(auditChain, eq(auditChain.auditId, audit.id))
    .where(and(isNull(auditChain.auditId), not(fresh)))
    .orderBy(asc(audit.createdAt))
    .limit(BATCH);
  return rows.map(({ auditId }) => ({ kind: 'unsealed', auditId, detail: 'the row is in no link' }));
}

const bySequence = (a: AuditFault, b: AuditFault) => (a.sequence ?? 0) - (b.sequence ?? 0);
