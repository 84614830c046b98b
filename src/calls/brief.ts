/** What the clerk knows before she says 您好: who, about what, how far the dialogue came and how it went. */
import { ageOn } from '../ages.ts';
import { maskName } from '../api/mask.ts';
import { type Clock, shanghaiDay } from '../clock.ts';
import type { Calls } from '../services/calls/index.ts';
import type { CallView } from '../services/calls/view.ts';
import type { RecentTurn, RecentTurns } from '../store/recent-turns.ts';
import type { Brief, Named } from './wire.ts';

interface Parts {
  calls: Pick<Calls, 'papersOf'>;
  recentTurns: Pick<RecentTurns, 'of'>;
  conversationOf: (device: string) => string;
  clock: Clock;
}

const NOT_UNDERSTOOD = /^conversation\.(notHeard|choices|offerPerson|television|help)/;
const NOTHING = { applications: [], bookings: [], cases: [] };

/** Her name as a screen shows it unasked. */
export const maskedResident = ({ resident }: Pick<CallView, 'resident'>): Named | null =>
  resident && { id: resident.id, name: maskName(resident.name) };

/** Made from the call and from the last sentences at the speaker: nothing is kept of it, and where Redis has none the rest is told all the same. */
export function createBriefs({ calls, recentTurns, conversationOf, clock }: Parts) {
  /** For one member of staff; that she sees it is written down. The sentences live as long as the talk at the speaker does. */
  return async function briefFor(view: CallView, staffId: string): Promise<Brief> {
    const { resident, household, station, row } = view;
    const by = { kind: 'staff' as const, id: staffId, role: 'clerk' };
    const drafts = resident ? await calls.papersOf(resident.id, by) : NOTHING;
    const turns = await recentTurns.of(conversationOf(view.device));
    return {
      resident: resident && {
        id: resident.id,
        name: maskName(resident.name),
        age: ageOn(resident.birthDate, shanghaiDay(clock.now())),
        hearing: resident.flags.hearing === true,
        locale: resident.locale,
      },
      household: {
        community: household?.community ?? '',
        building: household?.building ?? '',
        station: station?.name ?? '',
      },
      matter: row.matter,
      errand: inHand(turns),
      drafts,
      turns: turns.map(({ heard, said, phrase }) => ({ heard, said, phrase })),
      mood: moodOf(turns),
      explained: [...new Set(turns.flatMap(explainedIn))],
    };
  };
}

/** What she was in the midst of when she asked for a person. */
function inHand(turns: RecentTurn[]): Brief['errand'] {
  const last = turns.findLast(({ errand }) => errand)?.errand;
  return last && !last.over ? { name: last.name, slots: last.slots } : null;
}

function moodOf(turns: RecentTurn[]): Brief['mood'] {
  const failed = turns.filter(({ phrase }) => NOT_UNDERSTOOD.test(phrase)).length;
  const repeats = turns.filter(({ phrase }, n) => n > 0 && phrase === turns[n - 1]?.phrase).length;
  return { failed, repeats };
}

const explainedIn = ({ phrase, errand }: RecentTurn): string[] =>
  phrase.startsWith('guide.') && errand?.slots.item ? [errand.slots.item] : [];
