/** Where the property system wants to hear of device events: an address, the events it wants, a secret to check signatures with. */
import { randomBytes, randomUUID } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Clock, shanghaiIso } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { enqueue } from '../../store/outbox.ts';
import { webhookEndpoint } from '../../store/schema.ts';
import { OVERSIGHT_EVENTS } from '../oversight/oversight-alarms.ts';
import { SPEAKER_EVENTS } from './record.ts';

export const WEBHOOK_EVENTS = [
  ...SPEAKER_EVENTS.map((what) => `speaker.${what}`),
  ...OVERSIGHT_EVENTS.map((what) => `oversight.${what}`),
];
const MOST = 10;
const SECRET_BYTES = 32;

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'open'>;
  clock: Clock;
}

export interface Endpoint {
  url: string;
  /** As the receiver keeps it: `whsec_` and base64. */
  secret: string;
}

const about = (id: string) => `webhook_endpoint.secretSealed:${id}`;

export type WebhookEndpoints = ReturnType<typeof createWebhookEndpoints>;

/** At most ten that are live. A secret can be opened here alone, for the signature. */
export function createWebhookEndpoints({ database, fields, clock }: Parts) {
  /** A new endpoint; its secret is shown this once. @throws Refusal BadInput for an address that is no plain http(s) one · NotInThisState */
  function add(asked: { name: string; url: string; events: string[] }, by: Actor) {
    if (!isPlainAddress(asked.url)) throw new Refusal('BadInput', { field: 'url' });
    const id = randomUUID();
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return database.transaction(async (tx) => {
      const live = isNull(webhookEndpoint.disabledAt);
      if ((await tx.$count(webhookEndpoint, live)) >= MOST) throw new Refusal('NotInThisState');
      const values = { ...asked, id, secretSealed: fields.seal(secret, about(id)), createdBy: by.id };
      await tx.insert(webhookEndpoint).values(values);
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'webhook.added',
        subject: `webhooks/${id}`,
        result: 'done',
      });
      return { id, secret };
    });
  }

  /** Nothing is sent there any more; what waits is given up. @throws Refusal NotFound */
  function disable(id: string, by: Actor): Promise<void> {
    return database.transaction(async (tx) => {
      const done = await tx
        .update(webhookEndpoint)
        .set({ disabledAt: clock.now() })
        .where(and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.disabledAt)))
        .returning({ id: webhookEndpoint.id });
      if (done.length === 0) throw new Refusal('NotFound');
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'webhook.removed',
        subject: `webhooks/${id}`,
        result: 'done',
      });
    });
  }

  /** Sends a `ping` on the ordinary road, so that its owner sees it arrive. @throws Refusal NotFound */
  function ping(id: string): Promise<void> {
    return database.transaction(async (tx) => {
      const mine = and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.disabledAt));
      const [row] = await tx.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(mine);
      if (!row) throw new Refusal('NotFound');
      const event = { type: 'ping', timestamp: shanghaiIso(clock.now()), data: {} };
      await enqueue(tx, { destination: 'webhook', topic: 'ping', payload: { endpointId: id, event } });
    });
  }

  /** Where to send now; undefined for one that was removed. */
  async function at(id: string): Promise<Endpoint | undefined> {
    const mine = and(eq(webhookEndpoint.id, id), isNull(webhookEndpoint.disabledAt));
    const [row] = await database.db.select().from(webhookEndpoint).where(mine);
    return row && { url: row.url, secret: fields.open(row.secretSealed, about(id)) };
  }

  /** What came of a delivery, for whoever looks at the list; one that says it is gone for good is not asked again. */
  async function noted(id: string, outcome: string, gone: boolean): Promise<void> {
    const now = clock.now();
    const set = { lastAt: now, lastOutcome: outcome.slice(0, 80), ...(gone ? { disabledAt: now } : {}) };
    await database.db.update(webhookEndpoint).set(set).where(eq(webhookEndpoint.id, id));
  }

  const list = () =>
    database.db.select().from(webhookEndpoint).orderBy(desc(webhookEndpoint.createdAt), desc(webhookEndpoint.id));

  return { add, disable, ping, at, noted, list };
}

/** Without a name and password in it, which would end in logs of others. */
function isPlainAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, hash } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hash === '';
}
