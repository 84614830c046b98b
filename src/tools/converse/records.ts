/** What stands in the database for a home, asked of the running server as a supervisor asks it. */
import type { Home } from './homes.ts';
import type { Item, Supervisor } from './supervisor.ts';

/** Each kind of record with the members worth a line. */
const KINDS: Record<string, string[]> = {
  bookings: ['state', 'matter', 'direction', 'mode', 'start', 'collector'],
  visits: ['state', 'matter', 'day', 'half', 'wishesText'],
  callbacks: ['state', 'matter', 'reason', 'dueAt', 'wishesText'],
  applications: ['state', 'kind', 'matter'],
  cases: ['status', 'kind', 'matter', 'delivery'],
  tickets: ['state', 'kind', 'number', 'text'],
};
/** Whose words stand in the detail alone. */
const DETAILED = new Set(['tickets']);
const RATING = ['serviceText', 'levelText', 'reason', 'createdAt'];

/**
 * One line a record, as it is now; then the last ratings of the community, which nobody finds by resident.
 * @throws {Error} where the server refuses
 */
export async function recordsOf(supervisor: Supervisor, { deviceId }: Home): Promise<string[]> {
  const [speaker] = await supervisor.list(`speakers?device=${encodeURIComponent(deviceId)}`);
  const household = speaker?.household as { id: string } | null | undefined;
  if (!household) return [];
  const residents = await supervisor.list(`residents?household=${household.id}`);
  const lines: string[] = [];
  for (const { id } of residents) lines.push(...(await linesOf(supervisor, id)));
  const ratings = await supervisor.list('ratings?pageSize=2');
  return [...lines, ...ratings.map((one) => lineOf('ratings (anybody)', RATING, one))];
}

/** One list after the other: the embedded database answers one at a time. */
async function linesOf(supervisor: Supervisor, resident: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [noun, members] of Object.entries(KINDS))
    for (const item of await supervisor.list(`${noun}?resident=${resident}`))
      lines.push(lineOf(noun, members, DETAILED.has(noun) ? await supervisor.one(`${noun}/${item.id}`) : item));
  return lines;
}

function lineOf(noun: string, members: string[], item: Item): string {
  const values = members.map((member) => item[member]).filter((value) => value != null);
  return [noun, ...values.map((value) => (Array.isArray(value) ? value.join('、') : value)).filter(Boolean)].join('  ');
}
