/** Which times there are: two that fit what she wished, others of that day, and why not what she wished. */
import { shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { WAITS_MS } from '../../services/residents/proxies.ts';
import { collects, type Further, modeOf, type Offer, type PickupContext } from '../errands/pickup.facts.ts';
import { type Call, FEW, MANY, type PickupServices, wishOf } from './pickup.wish.ts';

/** So many as no window has in one day. */
const WHOLE_DAY = 60;
/** What of the day lies behind or before what is known, nearest first; or all that is not known. In the order of the day. */
function beyond(which: Further, all: Offer[], day: string, starts: string[], known: { start: string; day: string }[]) {
  const first = starts[0] ?? '';
  const last = starts.at(-1) ?? '';
  const isNew = (one: Offer) => !known.some((other) => other.day === one.day && other.start === one.start);
  const that = all.filter((one) => one.day === day).sort((a, b) => a.start.localeCompare(b.start));
  if (which === 'later' || which === 'tooEarly')
    return that.filter(({ start }) => start > (which === 'later' ? last : first));
  if (which === 'earlier' || which === 'tooLate')
    return that.filter(({ start }) => start < (which === 'earlier' ? first : last)).slice(-FEW);
  return that.filter(isNew);
}

const halfOf = (start: string) => (start < '12:00' ? 'AM' : 'PM');
const isHalf = (time: string) => time === 'AM' || time === 'PM';
/** What she did not take, and the other half of a day of which she wants this one. An hour that she names herself she may have. */
function isGone({ turnedDown = [], refused = [], slots }: PickupContext, { day, start }: Offer): boolean {
  const { date, time = '' } = slots;
  if (time.includes(':')) return false;
  const known = turnedDown.filter((one) => one.day === day);
  const otherHalf = isHalf(time) && time !== halfOf(start) && known.length > 0;
  return otherHalf || known.some((one) => one.start === start) || (!date && refused.includes(day));
}
/** Those that are left, of the half day she wants first; all of them where none is. */
function stillOpen(context: PickupContext, all: Offer[]): Offer[] {
  const open = all.filter((one) => !isGone(context, one));
  const { time = '' } = context.slots;
  const wanted = isHalf(time) ? open.filter(({ start }) => halfOf(start) === time) : [];
  const first = [...wanted, ...open.filter((one) => !wanted.includes(one))];
  return first.length > 0 ? first : all;
}

/** Two to choose from: the same hour at two places is one hour to her. */
const distinct = (offers: Offer[]): Offer[] =>
  offers
    .filter((one, at) => offers.findIndex(({ day, start }) => day === one.day && start === one.start) === at)
    .slice(0, FEW);

/** Finds the times that are offered. */
export function createOffering({ bookings, clock, places }: Pick<PickupServices, 'bookings' | 'clock' | 'places'>) {
  /** Where: the place she named, the locker near her station, else her station and its centre. */
  async function placeFor({ context, home }: Call): Promise<string | undefined> {
    if (modeOf(context) === 'locker') return (await places.nearby(home.stationId, 'locker'))?.id;
    return context.slots.place ? (await places.named(context.slots.place))?.id : undefined;
  }

  /** Somebody else may come only when she has had a day to hear of it. */
  async function offer(call: Call): Promise<Offer[]> {
    const placeId = await placeFor(call);
    if (!isAnother(call)) return herself(call, placeId);
    const day = call.context.slots.date || shanghaiDay(fromWhen());
    const all = await bookings.offer({ ...wishOf(call), day: day.split('/')[0], placeId, limit: MANY });
    return distinct(
      stillOpen(
        call.context,
        all.filter((one) => maySoon(call, one)),
      ),
    );
  }
  /** As they are spread over the day; where she did not take some of them, what is left. */
  async function herself(call: Call, placeId: string | undefined): Promise<Offer[]> {
    const two = await oneOfEach({ ...wishOf(call), placeId });
    if (!two.some((one) => isGone(call.context, one))) return two;
    const all = await bookings.offer({ ...wishOf(call), placeId, limit: WHOLE_DAY });
    return distinct(stillOpen(call.context, all));
  }
  async function oneOfEach(wish: Parameters<typeof bookings.offer>[0]): Promise<Offer[]> {
    const two = await bookings.offer(wish);
    return distinct(two).length === two.length ? two : distinct(await bookings.offer({ ...wish, limit: MANY }));
  }
  const fromWhen = () => new Date(clock.now().getTime() + WAITS_MS);
  const isAnother = ({ context }: Call) => collects(context) || context.slots.mode === 'proxy';
  const maySoon = (call: Call, one: Offer) => !isAnother(call) || shanghaiInstant(one.day, one.start) >= fromWhen();

  /** Other times of the day that she is offered, or that is read back to her. */
  async function further(call: Call): Promise<Offer[]> {
    const { offers, held, further: which = 'more' } = call.context;
    const known = held ? [held] : offers;
    const day = (which === 'earlier' || which === 'tooEarly' ? known[0] : known.at(-1))?.day ?? '';
    const wish = { ...wishOf(call), day, half: undefined, time: undefined, edge: undefined };
    const all = await bookings.offer({ ...wish, placeId: await placeFor(call), limit: WHOLE_DAY });
    const starts = known.filter((one) => one.day === day).map(({ start }) => start);
    const { turnedDown = [] } = call.context;
    const found = beyond(which, all, day, starts.sort(), [...offers, ...known, ...turnedDown]);
    return found.filter((one) => maySoon(call, one));
  }

  /** A locker never closes: what is put in by then waits for her, however late she comes. */
  async function intoLocker(call: Call): Promise<Offer[]> {
    const wish = wishOf(call);
    const { time = '', day = shanghaiDay(clock.now()) } = wish;
    const all = await bookings.offer({
      ...wish,
      day,
      time: undefined,
      placeId: await placeFor(call),
      limit: WHOLE_DAY,
    });
    return all.filter((one) => one.day === day && one.start <= time).sort((a, b) => b.start.localeCompare(a.start));
  }

  /** Where nothing of what she wished can be had: the reason beside what there is. */
  async function offered(call: Call) {
    const offers = await offer(call);
    const inLocker = modeOf(call.context) === 'locker' && wishOf(call).time && !offers[0]?.exact;
    const [ready] = inLocker ? await intoLocker(call) : [];
    if (ready) return { type: 'OFFERED', offers: [{ ...ready, exact: true }], anyHour: true };
    // A locker asks for no hour: what is put in first waits for her.
    const anyHour = modeOf(call.context) === 'locker' && offers[0]?.exact === true;
    if (anyHour) return { type: 'OFFERED', offers, anyHour };
    const lacks = offers.length > 0 && offers.every((one) => !one.exact);
    const notThen = lacks ? await bookings.whyNot({ ...wishOf(call), placeId: await placeFor(call) }) : undefined;
    return { type: 'OFFERED', offers, notThen };
  }

  return { offer, further, offered, fromWhen };
}

export type Offering = ReturnType<typeof createOffering>;
