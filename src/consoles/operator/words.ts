import type { Speaker } from '../rest/records.ts';
import { listed } from '../words/marks.ts';
import { t } from '../words/operator.ts';

/** The brands, for the filter. */
export const brandWords: Record<string, string> = {
  speaker: t.ourOwn,
  dueros: t.dueros,
  aligenie: t.tmallGenie,
  xiaoai: t.xiaoAi,
  alexa: 'Alexa',
};

export const statusWords: Record<Speaker['status'], { words: string; tone: string }> = {
  new: { words: t.noHome, tone: 'info' },
  bound: { words: t.use, tone: 'good' },
  suspended: { words: t.isSuspended, tone: 'warn' },
  wiped: { words: t.wiped, tone: 'plain' },
};

export const scopeWords: Record<string, string> = {
  'speakers:read': t.seeSpeakers,
  'speakers:write': t.manageSpeakers,
  'households:read': t.seeAddresses,
  'households:write': t.registerAddresses,
};

export const eventWords: Record<string, string> = {
  'speaker.registered': t.registered,
  'speaker.bound': t.bound,
  'speaker.moved': t.moved,
  'speaker.suspended': t.isSuspended,
  'speaker.resumed': t.isResumed,
  'speaker.unbound': t.isUnbound,
  'speaker.wiped': t.isWiped,
  'speaker.settings': t.settingsChanged,
  'speaker.installed': t.installedShort,
  'speaker.silent': t.longSilentShort,
  'speaker.back': t.onlineAgain,
  'oversight.overdue': t.oversightOverdue,
  'oversight.tickets': t.oversightTickets,
  'oversight.unreached': t.oversightUnreached,
  'oversight.repair': t.oversightRepair,
};

/** Where it stands: 「季景峰阁 3 号楼 2 门」. */
export function placeWords({ household }: Speaker): string {
  return household ? [household.community, household.building, household.unit].join(' ') : t.notHomeYet;
}

/** Who talks to it, as they want to be called. */
export function calledWords({ residents }: Speaker): string {
  return listed(residents.map(({ called }) => called));
}
