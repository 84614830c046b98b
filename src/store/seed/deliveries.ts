/** Who has heard which policy in the sample community. */
import { type Person as Asked, concerns } from '../audience.ts';
import type { delivery, policy } from '../schema.ts';
import type { Neighbour } from './history.ts';

type PolicyRow = Pick<typeof policy.$inferSelect, 'id' | 'audience' | 'validFrom'>;
const DAY_MS = 86_400_000;
const LEFT_UNHEARD = 2; // more would be a lecture

interface Told {
  rows: (typeof delivery.$inferInsert)[];
  /** Something waits to be heard. */
  unread: boolean;
}

/** What she has heard: all but two, of which one was announced; what has to do with her above all stays unheard. */
export function deliveriesOf(policies: PolicyRow[], one: Neighbour, asked: Asked, today: string, now: Date): Told {
  const { recipe, row } = one.person;
  const hers = policies
    .filter(({ audience }) => concerns(audience, asked, today))
    .sort((a, b) => weight(b) - weight(a));
  if (recipe.noConsent) return { rows: [], unread: hers.length > 0 };
  const kept = recipe.heardAll ? 0 : LEFT_UNHEARD;
  const times = { sentAt: new Date(now.getTime() - 9 * DAY_MS), announcedAt: new Date(now.getTime() - 8 * DAY_MS) };
  const rows = hers.map(({ id, audience }, n) => {
    const common = { policyId: id, residentId: row.id, reason: audience.reason, channel: 'speaker' };
    if (n >= kept) return { ...common, ...times, state: 'heard' as const, heardAt: times.announcedAt };
    return n === 0 ? { ...common, state: 'planned' as const } : { ...common, ...times, state: 'announced' as const };
  });
  return { rows, unread: hers.length > 0 && !recipe.heardAll };
}

/** The narrower the audience, the more it matters to her. */
function weight({ audience }: PolicyRow): number {
  const { turns, flags, anyFlags, hukou } = audience;
  return (turns ? 8 : 0) + (flags ? 4 : 0) + (anyFlags ? 2 : 0) + (hukou ? 1 : 0);
}
