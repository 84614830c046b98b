/** The first look: what waits for her, what stands, whose document it is, and who else is at home. */

import { shanghaiDay } from '../../clock.ts';
import { isListed } from '../../services/visits/visits.ts';
import type { Slots } from '../../understanding/meaning.ts';
import type { OtherAtHome, OtherBooked, OtherReady, PickupContext, Standing } from '../errands/pickup.facts.ts';
import { whoIsNamed } from '../hearing/who-is-meant.ts';
import { isPaper } from '../known-matters.ts';
import type { Call, PickupServices } from './pickup.wish.ts';

const FIRST_FROM = 75;

type Parts = Pick<PickupServices, 'bookings' | 'clock' | 'cases' | 'guides' | 'herCallbacks' | 'herVisits' | 'proxies'>;

/** 户口本原件 and 户口簿: as two people call one paper. */
const isSame = (paper: string, item = ''): boolean => isPaper(item) && paper.startsWith(item.slice(0, 2));

/** 「前儿个站里来电话说好了，我得去拿不」: a day that is over is not the one she wants to come. */
function withoutPast(slots: Slots, today: string): { slots?: Slots } {
  const { date, ...others } = slots;
  return date && (date.split('/').at(-1) ?? '') < today ? { slots: others } : {};
}

/** The first look of collecting and handing in. */
export function createLook({ bookings, clock, cases, guides, herCallbacks, herVisits, proxies }: Parts) {
  /** Another at home with something waiting that may be named aloud, and nothing booked for it; the same as hers before any other. */
  async function othersAt({ home, residentId }: Call, quiet: string[], hers?: string): Promise<OtherReady[]> {
    const others = home.residents.filter((one) => one.id !== residentId && one.state === 'living');
    const found = others.map(async ({ id, called }) => {
      const [ready, standing] = await Promise.all([cases.readyToCollect(id), bookings.live(id)]);
      const open = ready.filter(
        ({ matter, sensitive }) =>
          !sensitive && !quiet.includes(matter) && !standing.some((booked) => booked.matter === matter),
      );
      const one = open.find(({ matter }) => matter === hers) ?? open[0];
      return one ? [{ residentId: id, called, matter: one.matter }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  /** What stands for another at home. */
  async function bookedAt({ home, residentId }: Call): Promise<OtherBooked[]> {
    const others = home.residents.filter((one) => one.id !== residentId && one.state === 'living');
    const found = others.map(async ({ id, called }) => {
      const [booking] = await bookings.live(id);
      return booking ? [{ residentId: id, called, booking }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  function otherThan({ home, residentId }: Call): string | undefined {
    const others = home.residents.filter((one) => one.id !== residentId && one.state === 'living');
    return others.length === 1 ? others[0]?.called : undefined;
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
    return { residentId: other.id, called: other.called, collector: speaking.name, relation };
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

  return async function look(call: Call) {
    const { residentId, context, home, unheard } = call;
    const owner = ownerAt(call);
    const [ready, all, standing, quiet] = await Promise.all([
      cases.readyToCollect(residentId),
      cases.ofResident(residentId),
      bookings.live(residentId),
      guides.sensitive(),
    ]);
    const her = home.residents.find((one) => one.id === residentId);
    // Whoever names the paper that is missing speaks of it herself; where somebody may listen its matter is not said all the same.
    const named = (one: { matter: string; missing: string[] }) =>
      context.slots.item === one.matter ||
      (unheard && one.missing.some((paper) => isSame(paper, context.slots.paper ?? context.slots.item)));
    const spokenOf = all.filter(named).map(({ matter }) => matter);
    const mayName = (matter: string) => !quiet.includes(matter) || spokenOf.includes(matter);
    const waiting = all.filter((one) => one.status === 'correction').map((one) => one.matter);
    const matters = [...waiting, ...standing.map(({ matter }) => matter)];
    return {
      type: 'LOOKED',
      ...withoutPast(context.slots, shanghaiDay(clock.now())),
      owner,
      hers: !owner && isHerself(call),
      ready: ready.map((one) => one.matter).filter(mayName),
      papers: Object.fromEntries(
        all.filter((one) => one.status === 'correction' && mayName(one.matter)).map((one) => [one.matter, one.missing]),
      ),
      lacking: waiting.filter(mayName),
      unsaid: [...new Set(matters)].filter((matter) => !mayName(matter)),
      onlyUnsaid: waiting.length === 1 && !mayName(waiting[0] ?? '') ? waiting[0] : undefined,
      standing,
      homeOk: her !== undefined && isListed(her.flags),
      priority: (her?.age ?? 0) >= FIRST_FROM,
      others: await othersAt(call, quiet, context.slots.item ?? ready[0]?.matter),
      othersBooked: context.intent === 'pickup.book' ? [] : await bookedAt(call),
      otherAtHome: otherThan(call),
      calledHere: her?.called,
      collector: await collectorOf(call),
      promised: await promisedTo(call, standing),
    };
  };
}
