/** What happens to a speaker, written in the transaction in which it happens: its history, the audit, and what the property system is told. */
import { eq, isNull } from 'drizzle-orm';
import { shanghaiIso } from '../../clock.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Db } from '../../store/database.ts';
import { AT_ONCE } from '../../store/outbox.ts';
import { outbox, speaker, speakerHistory, webhookEndpoint } from '../../store/schema.ts';

/** What may be told to the outside, as `speaker.<what>`. */
export const SPEAKER_EVENTS = [
  'registered',
  'bound',
  'moved',
  'suspended',
  'resumed',
  'unbound',
  'wiped',
  'settings',
  'installed',
  'silent',
  'back',
] as const;
export type SpeakerEvent = (typeof SPEAKER_EVENTS)[number];

export interface Happening {
  speakerId: string;
  what: SpeakerEvent;
  householdId: string | null;
}

export interface Circumstances {
  at: Date;
  by: Actor;
  reason?: string;
}

/** Writes down one thing that was done to a speaker. */
export async function record(tx: Db, happened: Happening, { at, by, reason }: Circumstances): Promise<void> {
  await writeHistory(tx, [happened], by);
  const subject = `speakers/${happened.speakerId}`;
  await writeAudit(tx, { at, actor: by, action: `speaker.${happened.what}`, subject, reason, result: 'done' });
  await tell(tx, [happened], at);
}

/** Many at once, as an import does: a history row and an event each, one audit row for the whole. */
export async function recordMany(tx: Db, happened: Happening[], { at, by, reason }: Circumstances): Promise<void> {
  await writeHistory(tx, happened, by);
  const fields = [`count:${new Set(happened.map(({ speakerId }) => speakerId)).size}`];
  await writeAudit(tx, {
    at,
    actor: by,
    action: 'speaker.imported',
    subject: 'speakers',
    fields,
    reason,
    result: 'done',
  });
  await tell(tx, happened, at);
}

const ROWS_AT_ONCE = 500;

async function writeHistory(tx: Db, happened: Happening[], by: Actor): Promise<void> {
  const byStaff = by.kind === 'staff' ? by.id : null;
  const rows = happened.map((one) => ({ ...one, byStaff }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx.insert(speakerHistory).values(rows.slice(from, from + ROWS_AT_ONCE));
  }
}

/** Events for whoever asked for them. They name the device and its household by ids: nothing of the people there. */
export function tell(tx: Db, happened: Happening[], at: Date): Promise<void> {
  const events = happened.map(({ speakerId, what, householdId }) => ({
    topic: `speaker.${what}`,
    data: async () => ({ speaker: { ...(await factsOf(tx, speakerId)), householdId } }),
  }));
  return post(tx, events, at);
}

export interface OutsideEvent {
  topic: string;
  /** Read only where somebody asked for it. */
  data: () => Promise<object>;
}

/** Puts events beside the change they tell of, one message for each endpoint that asked for it. */
export async function post(tx: Db, events: OutsideEvent[], at: Date): Promise<void> {
  const endpoints = await tx.select().from(webhookEndpoint).where(isNull(webhookEndpoint.disabledAt));
  const messages = [];
  for (const { topic, data } of events) {
    const wanted = endpoints.filter(({ events: asked }) => asked.includes(topic));
    if (wanted.length === 0) continue;
    const event = { type: topic, timestamp: shanghaiIso(at), data: await data() };
    for (const { id } of wanted) {
      messages.push({ destination: 'webhook', topic, payload: { endpointId: id, event }, dueAt: AT_ONCE });
    }
  }
  for (let from = 0; from < messages.length; from += ROWS_AT_ONCE) {
    await tx.insert(outbox).values(messages.slice(from, from + ROWS_AT_ONCE));
  }
}

async function factsOf(tx: Db, speakerId: string) {
  const { id, serial, brand, status } = speaker;
  const [found] = await tx
    .select({ id, serial, brand, deviceId: speaker.brandDevice, status })
    .from(speaker)
    .where(eq(id, speakerId));
  return found ?? { id: speakerId };
}
