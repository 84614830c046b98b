/** An emergency reaches people: the station's desk at once, as a call-back that is due now. Nothing is promised before it is written. */
import { and, desc, eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Say } from '../../speech/speech.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { enqueue } from '../../store/outbox.ts';
import { callback, household, speaker, staff } from '../../store/schema.ts';

interface AlertParts {
  database: Database;
  clock: Clock;
  log: Log;
}

/** Once written it is owed: the desk's callback, the message and the audit row are one transaction. */
export function createAlerts({ database, clock, log }: AlertParts) {
  async function write(speakerId: string, kind: string): Promise<boolean> {
    return database.transaction(async (tx) => {
      const [home] = await tx
        .select({ stationId: household.stationId })
        .from(speaker)
        .innerJoin(household, eq(speaker.householdId, household.id))
        .where(eq(speaker.id, speakerId));
      if (!home) return false;
      const now = clock.now();
      const values = { speakerId, stationId: home.stationId, reason: 'emergency', brief: { kind }, dueAt: now };
      const [made] = await tx.insert(callback).values(values).returning({ id: callback.id });
      const actor = { kind: 'system' as const, id: speakerId, role: 'speaker' };
      await enqueue(tx, { destination: 'station', topic: 'emergency', payload: { callbackId: made?.id, kind } });
      await writeAudit(tx, { at: now, actor, action: 'alert.raised', subject: `callback:${made?.id}`, result: 'done' });
      return true;
    });
  }

  /** Says honestly whether anybody was told. Never throws: the spoken line above all. */
  async function raise({ speakerId, kind }: { speakerId: string; kind: string }): Promise<Say[]> {
    try {
      return [{ phrase: (await write(speakerId, kind)) ? 'conversation.alertSent' : 'conversation.alertNone' }];
    } catch (thrown) {
      log.error({ err: thrown }, 'an alert could not be written');
      return [{ phrase: 'conversation.alertNone' }];
    }
  }

  /** Whether anybody has taken up the last alarm of this speaker, and who. Never throws: the spoken line above all. */
  async function status(speakerId: string): Promise<Say[]> {
    try {
      const [last] = await database.db
        .select({ clerk: staff.name })
        .from(callback)
        .leftJoin(staff, eq(staff.id, callback.clerkId))
        .where(and(eq(callback.speakerId, speakerId), eq(callback.reason, 'emergency')))
        .orderBy(desc(callback.createdAt))
        .limit(1);
      if (last?.clerk) return [{ phrase: 'conversation.alarmSeen', values: { clerk: last.clerk } }];
    } catch (thrown) {
      log.error({ err: thrown }, 'whether an alert was seen is not known');
    }
    return [{ phrase: 'conversation.alarmWaits' }];
  }

  /** Where the home of this speaker is, as it is registered: who rings for help is asked that first. Never throws. */
  async function address(speakerId: string): Promise<Say[]> {
    try {
      const [at] = await database.db
        .select({ community: household.community, building: household.building, unit: household.unit })
        .from(speaker)
        .innerJoin(household, eq(speaker.householdId, household.id))
        .where(eq(speaker.id, speakerId));
      if (at) return [{ phrase: 'conversation.registeredAt', values: { ...at } }];
    } catch (thrown) {
      log.error({ err: thrown }, 'an address could not be read');
    }
    return [{ phrase: 'conversation.registeredNowhere' }];
  }

  return { raise, status, address };
}
