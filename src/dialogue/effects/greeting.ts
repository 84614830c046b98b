/** The first words when she opens the talk: what is due, what is new, and at most one question of our own. */
import { addDays, shanghaiDay } from '../../clock.ts';
import type { Services } from '../../services/index.ts';
import type { Say } from '../../speech/speech.ts';
import type { Ask } from '../errands/errand.ts';
import type { Greeting } from '../hands.ts';
import type { Served } from './index.ts';

type Parts = Pick<
  Services,
  'applications' | 'bookings' | 'clock' | 'notices' | 'openings' | 'policies' | 'proxies' | 'ratings'
>;

/** A question of ours is not put again sooner. */
const DRAFT_DAYS = 1;
const RATE_DAYS = 7;

/** A booking of today or tomorrow: how it is told, and how it is asked where it may be the question of this greeting. */
interface Due {
  told: Say;
  asks?: Ask;
}

interface News {
  called: string;
  unread: number;
  reminder: Due | undefined;
  /** One of her cases has moved on. */
  moved: boolean;
  opens: Greeting['opens'];
}

/** She is greeted first, then told what is due and what is new, and last comes the one question. */
function firstWords({ called, unread, reminder, moved, opens }: News): Greeting {
  const hello: Say = { phrase: 'conversation.helloThen', values: { called } };
  const progress: Say[] = moved ? [{ phrase: 'progress.news' }] : [];
  const due = reminder ? [reminder.told] : [];
  if (opens) return { says: [hello, ...due, ...progress], opens };
  const notice = unread > 1 ? 'common.notices' : 'common.notice';
  const notices: Say[] = unread > 0 ? [{ phrase: notice, values: { count: unread } }] : [];
  if (reminder?.asks) return { says: [hello, ...progress, ...notices], asks: reminder.asks };
  const told = [...due, ...progress];
  if (told.length > 0) return { says: [hello, ...told, ...notices, { phrase: 'conversation.helloAfter' }] };
  const phrase = unread > 0 ? 'conversation.helloNews' : 'conversation.hello';
  return { says: [{ phrase, values: { called, count: unread } }] };
}

/** Finds the first words for one resident, or for a home that nobody has spoken in yet. */
export function createGreeting(services: Parts) {
  /** Greets by name where one name is meant, the home where it is not. */
  return async function greet({ home }: Served, residentId: string | undefined): Promise<Greeting> {
    const resident = home.residents.find((one) => one.id === residentId);
    if (!resident) return { says: [{ phrase: 'conversation.helloAll' }] };
    const [unread, reminder, news] = await Promise.all([
      unreadOf(resident.id),
      reminderOf(resident.id),
      services.notices.untold(resident.id, 'progress'),
    ]);
    const opens = await opening(resident.id, home.speakerId);
    return firstWords({ called: resident.called, unread, reminder, moved: news > 0, opens });
  };

  async function unreadOf(residentId: string): Promise<number> {
    return (await services.policies.concerning(residentId)).filter((one) => !one.heard).length;
  }

  /** What she is to do today or tomorrow is said whenever the talk opens, whether the chime reached her or not. Of tomorrow she is asked. */
  async function reminderOf(residentId: string): Promise<Due | undefined> {
    const today = shanghaiDay(services.clock.now());
    const live = await services.bookings.live(residentId);
    const due = live.find((one) => one.day === today) ?? live.find((one) => one.day === addDays(today, 1));
    if (!due) return undefined;
    await services.notices.told(residentId, `booking:${due.id}`);
    const document = due.direction === 'collect' ? due.matter : undefined;
    const values = { time: due.start, place: due.place.name, document };
    if (due.day === today) return { told: { phrase: 'common.sameDay', values } };
    return {
      told: { phrase: 'common.dayBefore', values },
      asks: { phrase: 'common.eveningBefore', values, for: 'yesno' },
    };
  }

  /** Somebody named to act for her goes before what she left open, and that before what she may rate. */
  async function opening(residentId: string, speakerId: string): Promise<Greeting['opens']> {
    const proxy = await services.proxies.toAsk(residentId);
    if (proxy) {
      await services.proxies.asked(proxy.id);
      return { intent: 'pickup.query', slots: { collector: proxy.id } };
    }
    const [draft] = await services.applications.drafts(residentId);
    if (draft && (await services.openings.mayAsk(residentId, 'draft', DRAFT_DAYS))) {
      return { intent: 'apply.start', slots: { item: draft.matter } };
    }
    return (await mayBeRated(residentId, speakerId)) ? { intent: 'rate', slots: {} } : undefined;
  }

  /** She is asked about one service a week, of no case, and not in grief or fright. */
  async function mayBeRated(residentId: string, speakerId: string): Promise<boolean> {
    const finished = await services.ratings.finished(residentId);
    const unrated = finished.some(({ service, level }) => level === undefined && service !== 'case');
    // Whoever has given a mark today of her own accord is not asked for the next one.
    const justRated = finished.some(({ ratedToday }) => ratedToday);
    if (!unrated || justRated || (await services.openings.isHardTime(speakerId))) return false;
    return services.openings.mayAsk(residentId, 'rate', RATE_DAYS);
  }
}
