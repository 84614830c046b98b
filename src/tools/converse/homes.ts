/** The homes of the sample community, as demo.json tells them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Home {
  deviceId: string;
  token: string;
  household: string;
  residents: { name: string; age: number; pin?: string | null; traits: string[] }[];
}

export interface Account {
  role: string;
  username: string;
  password: string;
  totpSecret?: string;
}

export interface Community {
  baseUrl: string;
  accounts: Account[];
  speakers: Home[];
}

/** @throws {Error} with a sentence where no server has started on this directory */
export function readCommunity(dataDir: string): Community {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Community;
  } catch {
    throw new Error('No demo.json here: start the server first (npm start), with the same DATA_DIR.');
  }
}

/** By the speaker's id, or by anything its description holds: a name, an age, a trait. */
export function homesLike({ speakers }: Community, wanted: string): Home[] {
  const exact = speakers.filter(({ deviceId }) => deviceId === wanted);
  return exact.length > 0 ? exact : speakers.filter((home) => describe(home).includes(wanted));
}

/** For the terminal alone: a sample home's people with their 口令 and traits. */
export function describe({ deviceId, household, residents }: Home): string {
  const people = residents.map(
    (one) => `  ${one.name}, ${one.age}${one.pin ? `, 口令 ${one.pin}` : ''}: ${one.traits.join(' ')}`,
  );
  return [`${deviceId}  ${household}`, ...people].join('\n');
}
