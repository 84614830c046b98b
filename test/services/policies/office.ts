/** The office on real stores with the sample community: two officers, the desk, the fan-out, and what sounds at speakers. */
import { and, eq, ne } from 'drizzle-orm';
import { chimeRoutes } from '../../../src/jobs/chimes.ts';
import { deliverAll } from '../../../src/jobs/deliveries.ts';
import { dispatchNotices, expireDeliveries } from '../../../src/jobs/notices.ts';
import { createLog } from '../../../src/log.ts';
import { createNotices, type WaitingNotice as PolicyNotice } from '../../../src/services/notices/notices.ts';
import { createPolicyControl } from '../../../src/services/policies/control.ts';
import { createPolicyDesk, type PolicyText } from '../../../src/services/policies/desk.ts';
import { createFanOut } from '../../../src/services/policies/fan-out.ts';
import type { Actor } from '../../../src/store/audit.ts';
import type { Database } from '../../../src/store/database.ts';
import {
  consent,
  delivery,
  fanOut as fanOutTable,
  policy,
  resident,
  speaker,
  staff,
} from '../../../src/store/schema.ts';
import { fixedClock, freshDatabase } from '../../support/stores.ts';
import { seeded } from '../sample.ts';

export const TEXT: PolicyText = {
  title: '冬天的补助到了',
  gist: '满六十岁的都有。',
  body: '十二月发。',
  source: '示例文件',
  audience: { ageFrom: 60 },
  validFrom: '2026-11-01',
};

export interface Office {
  database: Database;
  clock: ReturnType<typeof fixedClock>;
  heard: { device: string; notice: PolicyNotice }[];
  away: Set<string>;
  desk: ReturnType<typeof createPolicyDesk>;
  control: ReturnType<typeof createPolicyControl>;
  fanOut: ReturnType<typeof createFanOut>;
  announcing: ReturnType<typeof announcingOf>;
  writer: Actor;
  signer: Actor;
}

export async function openOffice(fresh: () => Promise<Database> = freshDatabase): Promise<Office> {
  const database = await fresh();
  const clock = fixedClock('2026-11-23T09:30');
  await seeded(database, clock);
  await database.db.delete(delivery); // what the sample was told must not count here
  const heard: Office['heard'] = [];
  const away = new Set<string>();
  const toDevice = async (device: string, message: unknown) => {
    if (away.has(device)) return false;
    heard.push({ device, notice: message as PolicyNotice });
    return true;
  };
  const officers = await database.db.select().from(staff).where(eq(staff.role, 'officer'));
  const actor = (n: number): Actor => ({ kind: 'staff', id: officers[n]?.id ?? '', role: 'officer' });
  const desk = createPolicyDesk({ database, clock });
  return {
    database,
    clock,
    heard,
    away,
    desk,
    control: createPolicyControl({ database, clock, desk }),
    fanOut: createFanOut({ database, clock, batch: 7 }),
    announcing: announcingOf(database, clock, toDevice, away),
    writer: actor(0),
    signer: actor(1),
  };
}

/** The jobs that chime, and what our own speakers tell of it. */
function announcingOf(
  database: Database,
  clock: Office['clock'],
  toDevice: (device: string, message: unknown) => Promise<boolean>,
  away: Set<string>,
) {
  const notices = createNotices({ database, clock });
  const presence = { where: async (device: string) => (away.has(device) ? undefined : 'here') };
  const alexa = { brand: 'alexa', send: async () => 'sent' as const };
  const parts = { database, clock, presence, pushes: [alexa], texts: false };
  const routes = new Map(chimeRoutes({ database, clock, bus: { toDevice }, pushes: [alexa] }));
  async function run() {
    while ((await dispatchNotices(parts)) > 0)
      await deliverAll({ database, clock, log: createLog({ level: 'silent' }) }, routes);
  }
  const connected = async (device: string) => {
    await notices.waitingAt(device);
    await run();
  };
  const expire = () => expireDeliveries({ database, clock });
  return { run, connected, expire, acknowledged: notices.acknowledged };
}

let keys = 0;
export const key = () => `test:${++keys}:0`;

/** Written, submitted, signed. @returns its id */
export async function published({ desk, writer, signer }: Office, text: Partial<PolicyText> = {}): Promise<string> {
  const { id } = await desk.create(key(), { ...TEXT, ...text }, writer);
  const { state } = await desk.submit(key(), id, writer);
  if (state === 'submitted') await desk.sign(key(), id, signer);
  return id;
}

export const deliveriesOf = ({ database }: Office, policyId: string) =>
  database.db.select().from(delivery).where(eq(delivery.policyId, policyId));
export const runOf = async ({ database }: Office, policyId: string) =>
  (await database.db.select().from(fanOutTable).where(eq(fanOutTable.policyId, policyId)))[0];
export const stateOf = async ({ database }: Office, id: string) =>
  (await database.db.select().from(policy).where(eq(policy.id, id)))[0]?.state;

/** A home of our own speaker where everybody agreed to chimes, with its device and people. */
export async function chimingHome({ database }: Office) {
  const [row] = await database.db
    .select({ device: speaker.brandDevice, householdId: speaker.householdId, residentId: resident.id })
    .from(speaker)
    .innerJoin(resident, eq(resident.householdId, speaker.householdId))
    .innerJoin(consent, and(eq(consent.residentId, resident.id), eq(consent.purpose, 'push'), eq(consent.given, true)))
    .where(and(eq(speaker.brand, 'speaker'), eq(speaker.status, 'bound'), eq(resident.state, 'living')))
    .limit(1);
  if (!row) throw new Error('no such home');
  // A brand's speaker would chime while ours is away.
  const others = and(eq(speaker.householdId, row.householdId ?? ''), ne(speaker.brand, 'speaker'));
  await database.db.update(speaker).set({ status: 'suspended' }).where(others);
  return row;
}
