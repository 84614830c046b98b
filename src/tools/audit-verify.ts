/** npm run audit:verify [-- --anchor SEQUENCE:LINK]: what was done to the audit, one line a fault. Exit 1 on any. */
import { parseArgs } from 'node:util';
import { desc } from 'drizzle-orm';
import { type AuditFault, verifyAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { parseKeyRing } from '../store/keys.ts';
import { auditHead } from '../store/schema.ts';
import { Mistake, type Opened, runTool, say, sealPending, withStores } from './opened.ts';

interface Anchor {
  sequence: number;
  link: string;
}

/** A head that was written down elsewhere: with it even a database that was rewritten with the keys at hand does not pass. */
function anchorOf(given: string | undefined): Anchor | undefined {
  if (given === undefined) return undefined;
  const [, sequence, link] = /^(\d+):([0-9a-f]{64})$/.exec(given) ?? [];
  if (!sequence || !link) throw new Mistake('--anchor is what an earlier run printed: SEQUENCE:LINK');
  return { sequence: Number(sequence), link };
}

async function verify(opened: Opened, anchor: Anchor | undefined): Promise<number> {
  await bringUpToDate(opened);
  const { database, secrets } = opened;
  const faults = await verifyAudit(database, parseKeyRing(secrets.secretKeys), anchor);
  for (const fault of faults) process.stdout.write(`${describe(fault)}\n`);
  if (faults.length > 0) {
    say(`${faults.length} faults.`);
    return 1;
  }
  process.stdout.write(`sound ${await newest(database)}\n`);
  return 0;
}

/** Rows that a stopped service had no time to seal are no fault; what is wrong with one is found after its sealing too. */
async function bringUpToDate(opened: Opened): Promise<void> {
  const sealed = await sealPending(opened).catch((error: Error) =>
    say(`Rows that wait could not be sealed: ${error.message}`),
  );
  if (sealed) say(`${sealed} rows waited for their seal; they have it now.`);
}

const describe = ({ kind, sequence, auditId, detail }: AuditFault) =>
  [kind, sequence === undefined ? '-' : `#${sequence}`, auditId ?? '-', detail].join('\t');

/** The newest head, in the form that `--anchor` takes: to be kept outside the database. */
async function newest({ db }: Database): Promise<string> {
  const [head] = await db.select().from(auditHead).orderBy(desc(auditHead.sequence)).limit(1);
  return head ? `${head.sequence}:${head.link}` : '0: nothing was audited yet';
}

await runTool(() => {
  const { values } = parseArgs({ options: { anchor: { type: 'string' } } });
  const anchor = anchorOf(values.anchor);
  return withStores('audit:verify', (opened) => verify(opened, anchor));
});
