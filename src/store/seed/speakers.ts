/** Each home has our own speaker and one of each brand, so that every road can be tried with every household. */
import { createHash } from 'node:crypto';
import type { speaker, speakerHistory } from '../schema.ts';
import type { HomeOfPeople } from './people.ts';
import type { Random } from './random.ts';
import type { Secrets } from './secrets.ts';

export type SpeakerRow = typeof speaker.$inferInsert & { id: string };
export interface BrandIds {
  deviceId: string;
  userId: string;
}
export type PlatformIds = Record<'alexa' | 'dueros' | 'aligenie' | 'xiaoai', BrandIds>;

export interface SpeakersOfHome {
  own: SpeakerRow;
  token: string;
  platformIds: PlatformIds;
  rows: SpeakerRow[];
  history: (typeof speakerHistory.$inferInsert)[];
}

interface Parts {
  random: Random;
  secrets: Secrets;
  now: Date;
}

/** The speakers of the `n`th home of the community. */
export function speakersOf({ random, secrets, now }: Parts, { household }: HomeOfPeople, n: number): SpeakersOfHome {
  const serial = `SAMPLE-${String(n + 1).padStart(4, '0')}`;
  const token = secrets.token();
  const platformIds = idsOf(secrets);
  const common = { status: 'bound' as const, householdId: household.id, sample: true, lastSeenAt: now };
  const own: SpeakerRow = {
    ...common,
    id: random.id(`speaker ${n}`),
    serial,
    brand: 'speaker',
    brandDevice: serial.toLowerCase(),
    tokenHash: createHash('sha256').update(token).digest('hex'),
    firmware: '1.0.0',
  };
  const others = Object.entries(platformIds).map(
    ([brand, ids]): SpeakerRow => ({
      ...common,
      id: random.id(`speaker ${n} ${brand}`),
      serial: `${serial}-${brand.toUpperCase()}`,
      brand: brand as keyof PlatformIds,
      brandDevice: ids.deviceId,
      brandUser: ids.userId,
    }),
  );
  const rows = [own, ...others];
  const history = rows.map(({ id }) => ({ speakerId: id, householdId: household.id, what: 'bound' }));
  return { own, token, platformIds, rows, history };
}

/** Shaped like the brands' own. */
function idsOf({ hex }: Secrets): PlatformIds {
  const long = () => hex(26).toUpperCase();
  return {
    alexa: { deviceId: `amzn1.ask.device.${long()}`, userId: `amzn1.ask.account.${long()}` },
    dueros: { deviceId: hex(16), userId: hex(16) },
    aligenie: { deviceId: hex(16).toUpperCase(), userId: hex(16).toUpperCase() },
    xiaoai: { deviceId: hex(16), userId: hex(12) },
  };
}
