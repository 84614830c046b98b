import type { Locale } from '../../platforms/platform.ts';
import type { BookingView } from '../../services/bookings/bookings.ts';
import type { CaseView } from '../../services/cases/cases.ts';
import type { Services } from '../../services/index.ts';
import type { CaseForHer, ProgressContext } from '../errands/progress.facts.ts';
import type { Effects } from './index.ts';

const SETTLED = new Set(['concluded', 'withdrawn', 'rejected', 'denied']);
const FRESH_DAYS = 30;
const DAY_MS = 86_400_000;

/** Until she has said the agreed digits a sensitive case is there, and nothing of it is told (assurance L2). */
function forHer({ handler, ...one }: CaseView, standing: BookingView[], verified: boolean): CaseForHer {
  if (verified || !one.sensitive) return { ...one, handler: handler?.name, booked: bookedFor(one, standing) };
  const { id, status } = one;
  return {
    id,
    status,
    sensitive: true,
    matter: '',
    tail: '',
    delivery: 'none',
    overdueDays: 0,
    missing: [],
    notTold: [],
  };
}

/** What the window wrote is Chinese: no English voice reads it, somebody explains it to her. */
const readable = (text: string | undefined) => (text && /\p{Script=Han}/u.test(text) ? undefined : text);
const inHerLanguage = (one: CaseForHer, locale: Locale): CaseForHer =>
  locale === 'en-US' ? { ...one, reason: readable(one.reason), remedy: readable(one.remedy) } : one;

/** When and how it is collected, or its papers are handed in, where she has settled that. */
function bookedFor({ delivery, matter }: CaseView, standing: BookingView[]): CaseForHer['booked'] {
  const direction = delivery === 'ready' ? 'collect' : 'hand_in';
  const one = standing.find((booked) => booked.matter === matter && booked.direction === direction);
  if (!one) return undefined;
  const { day, start, place, mode, collector } = one;
  return { day, start, station: place.name, posted: mode === 'courier', ...(collector ? { collector } : {}) };
}

/** What she has under way, where it is not what she named and may be named itself. */
const otherThan = (item: string, all: CaseView[]): string | undefined =>
  all.find((one) => one.matter !== item && !one.sensitive && !SETTLED.has(one.status))?.matter;

/** She asks more of what was told her just now, behind her digits: whether anybody listens was asked then. */
const asTold = (one: CaseForHer, goesOn: boolean): CaseForHer => (goesOn ? { ...one, sensitive: false } : one);

/** The hands of telling how far her cases are; what is late is chased, what no list named is flagged. */
export function progressEffects({
  cases,
  notices,
  callbacks,
  applications,
  bookings,
  guides,
  herVisits,
  clock,
}: Pick<
  Services,
  'cases' | 'notices' | 'callbacks' | 'applications' | 'bookings' | 'guides' | 'herVisits' | 'clock'
>): Effects<ProgressContext> {
  async function isVisited(residentId: string, item?: string): Promise<boolean> {
    const visits = await herVisits.live(residentId);
    return visits.some(({ matter }) => !item || matter === item);
  }

  return {
    /** Those still going on, what can be collected, and what was settled in the last month; by matter or number when she names one. */
    look: async ({ context, residentId, home, verified, unheard, said }) => {
      const { item, case_no, case_no_tail } = context.slots;
      const tail = case_no_tail ?? case_no?.slice(-4);
      const recent = clock.now().getTime() - FRESH_DAYS * DAY_MS;
      const all = await cases.ofResident(residentId);
      const named = all.filter((one) => (!item || one.matter === item) && (!tail || one.tail.endsWith(tail)));
      const open = named.filter(
        (one) => !SETTLED.has(one.status) || one.delivery === 'ready' || one.openedAt.getTime() > recent,
      );
      const standing = await bookings.live(residentId);
      const comes = standing.some(({ matter }) => !item || matter === item);
      await notices.told(residentId, 'case:'); // each of them is told, or its being there is
      return {
        type: 'LOOKED',
        cases: open
          .map((one) => asTold(forHer(one, standing, verified), verified && Boolean(context.slots.element)))
          .map((one) => inHerLanguage(one, said.locale)),
        station: home.station.name,
        draft: item || all.length > 0 ? undefined : (await applications.drafts(residentId))[0]?.matter,
        expected: comes ? 'pickup' : (await isVisited(residentId, item)) ? 'visit' : undefined,
        list: item || all.length > 0 ? undefined : await guides.lastTicked(residentId),
        other: item ? otherThan(item, all) : undefined,
        unheard,
      };
    },
    flag: async ({ key, context, residentId, by }) => {
      const one = context.cases[context.at];
      if (one?.id) await cases.flagAskedTwice(key, { id: one.id, residentId }, by);
      return { type: 'FLAGGED' };
    },
    /** Late: somebody owes her a word, by a day that is named. Asked again it is the same promise. */
    chase: async ({ key, context, residentId, home, by }) => {
      const matter = context.cases[context.at]?.matter;
      const wish = { residentId, speakerId: home.speakerId, reason: 'overdue', matter };
      const made = await callbacks.request(key, wish, by);
      return { type: 'CHASED', ...made.before, ...(made.missed ? { missed: made.missed } : {}) };
    },
    unseal: async ({ residentId, verified }) => {
      const [all, standing] = await Promise.all([cases.ofResident(residentId), bookings.live(residentId)]);
      return { type: 'UNSEALED', cases: all.map((one) => forHer(one, standing, verified)) };
    },
  };
}
