/** Stickers: the serial, a code that opens the speaker on a worker's phone, and the number to call when it says nothing any more. */
import { eq, inArray } from 'drizzle-orm';
import type { Db } from '../../store/database.ts';
import { household, place, speaker } from '../../store/schema.ts';
import { addressOf } from '../nouns/speakers.ts';

/** In the order asked for. The link holds an id and no secret: it opens nothing without signing in. */
export async function labelsOf(db: Db, ids: string[], base: string) {
  if (ids.length === 0) return [];
  const { id, serial, brand, room } = speaker;
  const home = { community: household.community, building: household.building, unit: household.unit };
  const rows = await db
    .select({ id, serial, brand, room, home, phone: place.phone, station: place.name })
    .from(speaker)
    .leftJoin(household, eq(household.id, speaker.householdId))
    .leftJoin(place, eq(place.id, household.stationId))
    .where(inArray(speaker.id, ids));
  const { default: code } = await import('qrcode');
  const labels = rows.map(async ({ home: at, ...row }) => {
    const link = `${base}/operator/install?speaker=${row.id}`;
    const qr = await code.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
    return { ...row, address: at?.community ? addressOf(at) : null, link, qr };
  });
  const made = new Map((await Promise.all(labels)).map((label) => [label.id, label]));
  return ids.flatMap((one) => made.get(one) ?? []);
}
