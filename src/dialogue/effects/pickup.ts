import { addDays, shanghaiDay, shanghaiInstant } from '../../clock.ts';
import { asRefusal, Refusal } from '../../errors.ts';
import type { BookingView } from '../../services/bookings/bookings.ts';
import type { Services } from '../../services/index.ts';
import { WAITS_MS } from '../../services/residents/proxies.ts';
import {
  besides,
  type Further,
  forCollector,
  modeOf,
  type Offer,
  type OtherAtHome,
  type OtherReady,
  type PickupContext,
  type Standing,
} from '../errands/pickup.facts.ts';
import { whoIsNamed } from '../who-is-meant.ts';
import type { EffectInput, Effects } from './index.ts';

type Call = EffectInput<PickupContext>;
type BookingMode = BookingView['mode'];

/** What she wished for, as bookings understand it: a half day, a time, a day or the first of a range of days. */
function wishOf({ context, residentId }: Call) {
  const { date, time, direction, edge } = context.slots;
  const half = time === 'AM' || time === 'PM' ? (time as 'AM' | 'PM') : undefined;
  return {
    residentId,
    matter: context.chosenBooking?.matter ?? context.slots.item ?? '',
    direction:
      context.chosenBooking?.direction ?? (direction === 'hand_in' ? ('hand_in' as const) : ('collect' as const)),
    day: date?.split('/')[0],
    half,
    time: half ? undefined : (time ?? (edge === 'same' ? context.chosenBooking?.start : undefined)),
    edge: edge === 'early' || edge === 'late' ? (edge as 'early' | 'late') : undefined,
    limit: 2,
  };
}

type Parts = Pick<
  Services,
  'bookings' | 'cases' | 'clock' | 'guides' | 'herCallbacks' | 'herVisits' | 'places' | 'proxies'
>;

const EVENING = '19:00';
const FEW = 2;
const MANY = 8;
const FIRST_FROM = 75;

/** The same hour, else the next one: she is there by then. */
function soonestAfter(offers: Offer[], { day, start }: Standing): Offer | undefined {
  const that = offers.filter((one) => one.day === day).sort((a, b) => a.start.localeCompare(b.start));
  return that.find((one) => one.start >= start) ?? that.at(-1);
}

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

export function pickupEffects({
  bookings,
  cases,
  clock,
  guides,
  herCallbacks,
  herVisits,
  places,
  proxies,
}: Parts): Effects<PickupContext> {
  /** Where: the place she named, the locker near her station, else her station and its centre. */
  async function placeFor({ context, home }: Call): Promise<string | undefined> {
    if (modeOf(context) === 'locker') return (await places.nearby(home.stationId, 'locker'))?.id;
    return context.slots.place ? (await places.named(context.slots.place))?.id : undefined;
  }

  /** Somebody else may come only when she has had a day to hear of it. */
  async function offer(call: Call): Promise<Offer[]> {
    const placeId = await placeFor(call);
    if (!isAnother(call)) return bookings.offer({ ...wishOf(call), placeId });
    const day = call.context.slots.date || shanghaiDay(fromWhen());
    const all = await bookings.offer({ ...wishOf(call), day: day.split('/')[0], placeId, limit: MANY });
    return all.filter((one) => maySoon(call, one)).slice(0, FEW);
  }
  const fromWhen = () => new Date(clock.now().getTime() + WAITS_MS);
  const isAnother = ({ context }: Call) => modeOf(context) === 'proxy' || context.slots.mode === 'proxy';
  const maySoon = (call: Call, one: Offer) => !isAnother(call) || shanghaiInstant(one.day, one.start) >= fromWhen();

  /** Other times of the day that she is offered, or that is read back to her. */
  async function further(call: Call): Promise<Offer[]> {
    const { offers, held, further: which = 'more' } = call.context;
    const known = held ? [held] : offers;
    const day = (which === 'earlier' || which === 'tooEarly' ? known[0] : known.at(-1))?.day ?? '';
    const wish = { ...wishOf(call), day, half: undefined, time: undefined, edge: undefined };
    const all = await bookings.offer({ ...wish, placeId: await placeFor(call), limit: WHOLE_DAY });
    const starts = known.filter((one) => one.day === day).map(({ start }) => start);
    return beyond(which, all, day, starts.sort(), [...offers, ...known]).filter((one) => maySoon(call, one));
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
    const lacks = offers.length > 0 && offers.every((one) => !one.exact);
    const notThen = lacks ? await bookings.whyNot({ ...wishOf(call), placeId: await placeFor(call) }) : undefined;
    return { type: 'OFFERED', offers, notThen };
  }

  /** Whether the evening before is still to come. */
  const withReminder = (booking: BookingView) => ({
    ...booking,
    reminds: shanghaiInstant(addDays(booking.day, -1), EVENING) > clock.now(),
  });

  /** Another at home with something waiting that may be named aloud, and nothing booked for it. */
  async function othersAt({ home, residentId }: Call, quiet: string[]): Promise<OtherReady[]> {
    const others = home.residents.filter((one) => one.id !== residentId && one.state === 'living');
    const found = others.map(async ({ id, called }) => {
      const [ready, standing] = await Promise.all([cases.readyToCollect(id), bookings.live(id)]);
      const one = ready.find(
        ({ matter, sensitive }) =>
          !sensitive && !quiet.includes(matter) && !standing.some((booked) => booked.matter === matter),
      );
      return one ? [{ residentId: id, called, matter: one.matter }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** Whose document it is: by the name she goes by, or the other one of two. */
  function ownerAt({ context, residentId, home }: Call): OtherAtHome | undefined {
    const { forWhom, forSpouse, outsider, relation = '' } = context.slots;
    if (!forWhom || context.owner) return undefined;
    const others = home.residents.filter((one) => one.id !== residentId && one.state === 'living');
    const partner = forSpouse === 'yes' && others.length === 1 ? others[0] : undefined;
    const other = outsider === 'yes' ? undefined : (whoIsNamed(forWhom, others) ?? partner);
    const speaking = home.residents.find((one) => one.id === residentId);
    if (!other || !speaking) return undefined;
    return { residentId: other.id, called: other.called, collector: speaking.called, relation };
  }

  /** 「王姨的改到礼拜五」, and it is 王姨 who says so. */
  function isHerself({ context, residentId, home }: Call): boolean {
    const { forWhom, forSpouse, outsider } = context.slots;
    if (!forWhom || forSpouse || outsider) return false;
    return whoIsNamed(forWhom, home.residents)?.id === residentId;
  }

  /** Only where she calls off something that she does not name. */
  async function promisedTo({ context, residentId, home, by }: Call, standing: Standing[]) {
    if (context.intent !== 'pickup.cancel' || standing.length > 0 || context.slots.item) return undefined;
    if (await herCallbacks.live({ residentId, speakerId: home.speakerId }, by)) return 'callback' as const;
    return (await herVisits.live(residentId)).length > 0 ? ('visit' as const) : undefined;
  }

  async function collectorOf({ context, residentId }: Call): Promise<PickupContext['collector']> {
    return context.slots.collector ? proxies.toName(residentId, context.slots.collector) : undefined;
  }

  /** At the same place on the same day as what is booked, as near to it as there is. */
  async function alongside(
    call: Call,
    hers: Standing | undefined,
    other: { residentId: string; matter: string } | undefined,
    collector?: string,
  ) {
    const { key, conversation, home, by } = call;
    if (!other || !hers) return { type: 'NOT_TOGETHER' };
    const { matter, residentId } = other;
    const near = { residentId, matter, direction: 'collect' as const, day: hers.day, time: hers.start };
    const offers = await bookings.offer({ ...near, placeId: hers.place.id, limit: MANY });
    const found = soonestAfter(offers, hers);
    if (!found || found.day !== hers.day) return { type: 'NOT_TOGETHER' };
    const { seatId } = await bookings.hold({ slotId: found.slotId, conversation });
    const how = collector ? { mode: 'proxy' as const, collector } : {};
    const wish = { conversation, seatId, residentId, speakerId: home.speakerId, matter, direction: near.direction };
    if (collector) await nameCollector(call, `${key}:besides`, collector, [matter]);
    return { type: 'TOGETHER', booking: await bookings.book(key, { ...wish, ...how }, by) };
  }

  const nameCollector = ({ context, residentId, by }: Call, key: Call['key'], name: string, scope: string[]) =>
    proxies.nameCollector(key, { residentId, name, relation: context.slots.relation ?? '', scope }, by);

  /** A place that is gone is no failure: others are offered. */
  const orOthers = async (call: Call, attempt: () => Promise<{ type: string }>) => {
    try {
      return await attempt();
    } catch (thrown) {
      const { refusal } = asRefusal(thrown);
      if (refusal === 'SeatTaken' || refusal === 'HoldExpired') return { type: 'TAKEN', offers: await offer(call) };
      throw thrown;
    }
  };

  const standingFor = async (call: Call) => {
    const { matter, direction } = wishOf(call);
    const standing: Standing[] = await bookings.live(call.residentId);
    return standing.find((one) => one.matter === matter && one.direction === direction);
  };

  return {
    look: async (call) => {
      const { residentId, context, home } = call;
      const owner = ownerAt(call);
      const [ready, all, standing, quiet] = await Promise.all([
        cases.readyToCollect(residentId),
        cases.ofResident(residentId),
        bookings.live(residentId),
        guides.sensitive(),
      ]);
      const her = home.residents.find((one) => one.id === residentId);
      const mayName = (matter: string) => !quiet.includes(matter) || context.slots.item === matter;
      return {
        type: 'LOOKED',
        owner,
        hers: !owner && isHerself(call),
        ready: ready.map((one) => one.matter).filter(mayName),
        lacking: all
          .filter((one) => one.status === 'correction')
          .map((one) => one.matter)
          .filter(mayName),
        standing,
        homeOk: her?.flags.special !== undefined || her?.flags.mobility === true,
        priority: (her?.age ?? 0) >= FIRST_FROM,
        others: await othersAt(call, quiet),
        collector: await collectorOf(call),
        promised: await promisedTo(call, standing),
      };
    },
    offer: offered,
    /** What was held for her is let go: she has said that it is not what she wants. */
    further: async (call) => {
      const offers = (await further(call)).slice(0, FEW);
      if (call.context.held) await bookings.release({ conversation: call.conversation });
      return { type: 'OFFERED', offers };
    },
    hold: (call) =>
      orOthers(call, async () => {
        const slotId = (call.context.wanted ?? call.context.offers[0])?.slotId ?? '';
        return { type: 'HELD', held: await bookings.hold({ slotId, conversation: call.conversation }) };
      }),
    extend: async ({ conversation }) => {
      await bookings.extend({ conversation });
      return { type: 'EXTENDED' };
    },
    release: async ({ conversation }) => {
      await bookings.release({ conversation });
      return { type: 'RELEASED' };
    },
    book: (call) =>
      orOthers(call, async () => {
        const { matter, direction } = wishOf(call);
        const { key, context, conversation, residentId, home, by } = call;
        const mode = modeOf(context) as BookingMode;
        const collector = mode === 'proxy' ? context.slots.name : undefined;
        const seatId = context.held?.seatId ?? '';
        const place = { conversation, seatId, speakerId: home.speakerId };
        try {
          const wish = { ...place, residentId, matter, direction, mode, collector };
          if (collector) await nameCollector(call, `${key}:collector`, collector, [matter]);
          return { type: 'BOOKED', booking: withReminder(await bookings.book(key, wish, by)) };
        } catch (thrown) {
          const standing = asRefusal(thrown).refusal === 'AlreadyBooked' ? await standingFor(call) : undefined;
          if (standing) return { type: 'ALREADY', booking: standing };
          throw thrown;
        }
      }),
    change: (call) =>
      orOthers(call, async () => {
        const { key, context, conversation, by } = call;
        const wish = { bookingId: context.chosenBooking?.id ?? '', conversation, seatId: context.held?.seatId ?? '' };
        return { type: 'BOOKED', booking: await bookings.change(key, wish, by) };
      }),
    /** The other's. */
    together: (call) => alongside(call, call.context.already, call.context.others[0]),
    /** Her own second document. */
    besides: (call) => {
      const matter = besides(call.context);
      const collector = modeOf(call.context) === 'proxy' ? call.context.slots.name : undefined;
      const other = matter ? { residentId: call.residentId, matter } : undefined;
      return alongside(call, call.context.already, other, collector);
    },
    setCollector: async (call) => {
      const { key, context, by } = call;
      const booked = context.already ?? context.chosenBooking;
      const { name = '' } = context.slots;
      if (!booked) throw new Refusal('BookingNotLive');
      const changed = forCollector(context, booked);
      const tooSoon = changed.some(({ day, start }) => shanghaiInstant(day, start) < fromWhen());
      if (tooSoon) return { type: 'COLLECTOR_TOO_SOON', from: shanghaiDay(fromWhen()) };
      const scope = changed.map(({ matter }) => matter);
      await nameCollector(call, `${key}:collector`, name, scope);
      for (const { id } of changed) await bookings.setCollector(`${key}:${id}`, { bookingId: id, collector: name }, by);
      return { type: 'COLLECTOR_SET' };
    },
    agreeCollector: async ({ key, context, residentId, by }) => {
      await proxies.agree(key, { id: context.collector?.id ?? '', residentId }, by);
      return { type: 'COLLECTOR_KEPT' };
    },
    refuseCollector: async ({ key, context, residentId, by }) => {
      await proxies.refuse(key, { id: context.collector?.id ?? '', residentId }, by);
      return { type: 'COLLECTOR_ENDED' };
    },
    cancel: async ({ key, context, by }) => {
      await bookings.cancel(key, { bookingId: context.chosenBooking?.id ?? '' }, by);
      return { type: 'CANCELLED' };
    },
  };
}
