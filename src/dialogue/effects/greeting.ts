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
    const moved: Say[] = news > 0 ? [{ phrase: 'progress.news' }] : [];
    const opens = await opening(resident.id);
    const { called } = resident;
    if (reminder?.asks && !opens) {
      const notice = unread > 1 ? 'common.notices' : 'common.notice';
      const told: Say[] = unread > 0 ? [{ phrase: notice, values: { count: unread } }] : [];
      return {
        says: [{ phrase: 'conversation.helloThen', values: { called } }, ...moved, ...told],
        asks: reminder.asks,
      };
    }
    const phrase = opens ? 'conversation.helloThen' : unread > 0 ? 'conversation.helloNews' : 'conversation.hello';
    const due = reminder ? [reminder.told] : [];
    return { says: [...due, ...moved, { phrase, values: { called, count: unread } }], opens };
  };

  async function unreadOf(residentId: string): Promise<number> {
    return (await services.policies.concerning(residentId)).filter((one) => !one.heard).length;
  }

  /** What she is to do today or tomorrow is said whenever the talk opens, whether the chime reached her or not. Of tomorrow she is asked. */
  async function reminderOf(residentId: string): Promise<{ told: Say; asks?: Ask } | undefined> {
    const today = shanghaiDay(services.clock.now());
    const live = await services.bookings.live(residentId);
    const due = live.find((one) => one.day === today) ?? live.find((one) => one.day === addDays(today, 1));
    if (!due) return undefined;
    await services.notices.told(residentId, `booking:${due.id}`);
    const document = due.direction === 'collect' ? due.matter : undefined;
    const values = { time: due.start, place: due.place.name, document };
    if (due.day === today) return { told: { phrase: 'common.sameDay', values } };
    const told = { phrase: 'common.eveningBefore', values };
    return { told, asks: { ...told, for: 'yesno' } };
  }

  /** Somebody named to act for her goes before what she left open, and that before what she may rate. */
  async function opening(residentId: string): Promise<Greeting['opens']> {
    const proxy = await services.proxies.toAsk(residentId);
    if (proxy) {
      await services.proxies.asked(proxy.id);
      return { intent: 'pickup.query', slots: { collector: proxy.id } };
    }
    const [draft] = await services.applications.drafts(residentId);
    if (draft && (await services.openings.mayAsk(residentId, 'draft', DRAFT_DAYS))) {
      return { intent: 'apply.start', slots: { item: draft.matter } };
    }
    const finished = await services.ratings.finished(residentId);
    const unrated = finished.some(({ service, level }) => level === undefined && service !== 'case');
    const rates = unrated && (await services.openings.mayAsk(residentId, 'rate', RATE_DAYS));
    return rates ? { intent: 'rate', slots: {} } : undefined;
  }
}
