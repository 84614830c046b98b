/** What stands in the database for a home, asked of the running server as a supervisor asks it. */
import { generate } from 'otplib';
import type { Account, Community, Home } from './homes.ts';

/** Each kind of record with the members worth a line. */
const KINDS: Record<string, string[]> = {
  bookings: ['state', 'matter', 'direction', 'mode', 'start', 'collector'],
  visits: ['state', 'matter', 'day', 'half'],
  callbacks: ['state', 'matter', 'reason', 'dueAt'],
  applications: ['state', 'kind', 'matter'],
  cases: ['status', 'kind', 'matter', 'delivery'],
  tickets: ['state', 'kind', 'number'],
};
const DEADLINE_MS = 10_000;

type Item = Record<string, unknown> & { id: string };
/** The items of a list of the interface. */
export type Get = (path: string) => Promise<Item[]>;

/** One line a record, as it is now. @throws {Error} where the server refuses */
export async function recordsOf(get: Get, { deviceId }: Home): Promise<string[]> {
  const [speaker] = await get(`speakers?device=${encodeURIComponent(deviceId)}`);
  const household = speaker?.household as { id: string } | null | undefined;
  if (!household) return [];
  const residents = await get(`residents?household=${household.id}`);
  const lines: string[] = [];
  for (const { id } of residents) lines.push(...(await linesOf(get, id)));
  return lines;
}

/** One list after the other: the embedded database answers one at a time. */
async function linesOf(get: Get, resident: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [noun, members] of Object.entries(KINDS))
    for (const item of await get(`${noun}?resident=${resident}`))
      lines.push([noun, ...members.map((member) => item[member]).filter((value) => value != null)].join('  '));
  return lines;
}

/** Signs in as a supervisor of the sample community; a code serves once, so once is enough. @throws {Error} where that fails */
export async function askingAsSupervisor({ baseUrl, accounts }: Community): Promise<Get> {
  const account = accounts.find(({ role }) => role === 'supervisor');
  if (!account) throw new Error('demo.json names no supervisor');
  const cookie = await signedIn(baseUrl, account);
  return async (path) => {
    const answer = await fetch(`${baseUrl}/api/${path}`, {
      headers: { cookie },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!answer.ok) throw new Error(`/api/${path}: ${answer.status}`);
    return ((await answer.json()) as { items: Item[] }).items;
  };
}

/** @returns the cookies of the session */
async function signedIn(baseUrl: string, { username, password, totpSecret }: Account): Promise<string> {
  const code = totpSecret && (await generate({ secret: totpSecret }));
  const response = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, ...(code ? { code } : {}) }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new Error(`signing in as ${username}: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}
