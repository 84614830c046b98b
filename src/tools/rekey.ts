/**
 * npm run rekey [-- --index --forget-pins]: everything sealed under the current key, so that older keys are no longer needed.
 * Keys of the environment: put the new one first in FIELD_KEYS, restart the service, run this, then take the old one out.
 * Embedded keys: the new one is made here, and the old one leaves secrets.json when nothing needs it any more.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { count, isNotNull } from 'drizzle-orm';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { openSecrets, parseKeyRing, type Secrets } from '../store/keys.ts';
import { resident } from '../store/schema.ts';
import { actor, fieldsOf, Mistake, type Opened, runTool, say, withStores } from './opened.ts';
import { writePrivate } from './private-file.ts';
import { reseal, type Survey, survey } from './resealing.ts';

interface Wanted {
  index: boolean;
  forgetPins: boolean;
}

const TRIES = 3; // a service that was not restarted yet goes on sealing under its own key

async function rekey(wanted: Wanted, opened: Opened): Promise<number> {
  const before = await survey(opened);
  complain(before);
  await minding(wanted, before, opened);
  const renewed = await withNewKeys(wanted, before, opened);
  const written = await reseal(renewed, { indexes: wanted.index });
  const after = await settled(renewed, wanted);
  await keepCurrentOnly(after, renewed);
  return report(after, written, renewed);
}

function complain({ brokenAt }: Survey): void {
  for (const place of brokenAt) process.stdout.write(`does not open\t${place}\n`);
}

/** The spoken digits are kept as a hash under INDEX_KEY: under another key nobody's digits fit, and nobody can work them out anew. */
async function minding(
  { index, forgetPins }: Wanted,
  { strange }: Survey,
  { config, database, clock }: Opened,
): Promise<void> {
  if (!index) return;
  if (config.secrets.indexKey && strange === 0)
    throw new Mistake('All indexes were made with this INDEX_KEY: nothing to do for --index.');
  const pins = await pinsOf(database);
  if (pins === 0) return;
  if (!forgetPins) {
    throw new Mistake(
      `${pins} residents have spoken digits (口令), which hang on INDEX_KEY and cannot be carried over. Nothing was changed.\n` +
        'With --forget-pins they are taken away, and each of these residents chooses new ones at the next visit.',
    );
  }
  await database.transaction(async (tx) => {
    const gone = { pinHash: null, pinFailures: 0, pinLockedUntil: null };
    await tx.update(resident).set(gone).where(isNotNull(resident.pinHash));
    const entry = { actor: actor('rekey'), action: 'pins.forgotten', fields: ['pinHash'], reason: `${pins} residents` };
    await writeAudit(tx, { ...entry, at: clock.now(), result: 'done' });
  });
  say(`The spoken digits of ${pins} residents were taken away.`);
}

async function pinsOf({ db }: Database): Promise<number> {
  const [row] = await db.select({ n: count() }).from(resident).where(isNotNull(resident.pinHash));
  return row?.n ?? 0;
}

/** Embedded: new keys are written down before anything is sealed under them. A run that was cut off is finished with the keys it made. */
async function withNewKeys({ index }: Wanted, { outdated, strange }: Survey, opened: Opened): Promise<Opened> {
  const { config, secrets } = opened;
  const own = { field: !config.secrets.fieldKeys, index: !config.secrets.indexKey };
  const unfinished = outdated > 0 || parseKeyRing(secrets.fieldKeys).keys.size > 1;
  const fieldKeys = own.field && !unfinished ? `${newKey(secrets.fieldKeys)},${secrets.fieldKeys}` : secrets.fieldKeys;
  const indexKey = own.index && index && strange === 0 ? freshKey() : secrets.indexKey;
  const renewed = { ...secrets, fieldKeys, indexKey };
  if (own.field || own.index) await keep(renewed, opened);
  return { ...opened, secrets: renewed, fields: fieldsOf(renewed, config) };
}

const freshKey = () => randomBytes(32).toString('base64');

/** `k3:…` after `k2`. */
function newKey(ring: string): string {
  const numbers = [...parseKeyRing(ring).keys.keys()].map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  return `k${Math.max(0, ...numbers) + 1}:${freshKey()}`;
}

/** Into secrets.json, without what the environment gives: that stays outside the data directory. */
async function keep({ fieldKeys, indexKey }: Secrets, { config }: Opened): Promise<void> {
  const kept = await openSecrets(config.dataDir);
  if (!config.secrets.fieldKeys) kept.fieldKeys = fieldKeys;
  if (!config.secrets.indexKey) kept.indexKey = indexKey;
  await writePrivate(join(config.dataDir, 'secrets.json'), JSON.stringify(kept, null, 2));
}

async function settled(opened: Opened, { index }: Wanted): Promise<Survey> {
  let found = await survey(opened);
  for (let tries = 1; tries < TRIES && found.outdated > found.broken; tries++) {
    await reseal(opened, { indexes: index });
    found = await survey(opened);
  }
  return found;
}

async function keepCurrentOnly({ outdated, broken }: Survey, opened: Opened): Promise<void> {
  if (opened.config.secrets.fieldKeys || outdated > 0 || broken > 0) return;
  const [current] = opened.secrets.fieldKeys.split(',');
  await keep({ ...opened.secrets, fieldKeys: current ?? opened.secrets.fieldKeys }, opened);
}

function report({ values, outdated, strange, broken }: Survey, written: number, { config, secrets }: Opened): number {
  const [current, ...older] = parseKeyRing(secrets.fieldKeys).keys.keys();
  say(`${written} rows were written; ${values} values are sealed, under ${current}.`);
  if (strange > 0)
    say(`${strange} indexes were made with another INDEX_KEY: put that key back, or run this with --index.`);
  if (broken > 0) say(`${broken} values open with none of the keys at hand: keep every key until they do.`);
  if (outdated > broken)
    say('A running service still seals under an older key: restart it with the new one first, then run this again.');
  if (strange > 0 || broken > 0 || outdated > 0) return 1;
  if (older.length > 0)
    say(
      config.secrets.fieldKeys
        ? `No longer needed in FIELD_KEYS: ${older.join(', ')}.`
        : `Gone from secrets.json: ${older.join(', ')}.`,
    );
  else if (written === 0)
    say('Everything was under the current key already. For another one put it first in FIELD_KEYS.');
  return 0;
}

await runTool(() => {
  const { values } = parseArgs({ options: { index: { type: 'boolean' }, 'forget-pins': { type: 'boolean' } } });
  const wanted = { index: values.index ?? false, forgetPins: values['forget-pins'] ?? false };
  return withStores('rekey', (opened) => rekey(wanted, opened));
});
