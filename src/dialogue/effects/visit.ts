import { addDays, shanghaiDay } from '../../clock.ts';
import { asRefusal } from '../../errors.ts';
import { knownWishes } from '../../services/callbacks/hers.ts';
import type { Services } from '../../services/index.ts';
import { dayOf, halfOf, standing, type VisitContext } from '../errands/visit.facts.ts';
import type { EffectInput, Effects } from './index.ts';

type Call = EffectInput<VisitContext>;

/** The day and half day that she has agreed to; a machine that asks for this effect knows both. */
function wishOf({ context, residentId }: Call) {
  const day = dayOf(context) ?? '';
  const half = halfOf(context) ?? ('AM' as const);
  const brought = context.slots.forCard === 'yes' ? ['card'] : [];
  const wishes = knownWishes([...brought, ...(context.wishes ?? [])]);
  return { residentId, matter: context.slots.item ?? '', day, half, wishes };
}

const HALVES = ['AM', 'PM'] as const;
/** Longer than any holiday. */
const LONGEST_CLOSURE = 15;

/** The hands of somebody coming home: what stands, which day can be, and what she asks for. */
export function visitEffects({
  clock,
  herVisits,
  guides,
}: Pick<Services, 'clock' | 'herVisits' | 'guides'>): Effects<VisitContext> {
  return {
    look: async ({ residentId }) => {
      const [listed, visits, quiet] = await Promise.all([
        herVisits.listed(residentId),
        herVisits.live(residentId),
        guides.sensitive(),
      ]);
      return { type: 'LOOKED', listed, visits, quiet };
    },
    /** The first half day from tomorrow on, or of the day she named, in which somebody can come. */
    soonest: async ({ context }) => {
      const asked = dayOf(context);
      const first = asked ?? addDays(shanghaiDay(clock.now()), 1);
      const wished = halfOf(context);
      const halves = wished ? [wished] : HALVES;
      const days = Array.from({ length: LONGEST_CLOSURE }, (_, n) => addDays(first, n));
      const all = days.flatMap((day) => halves.map((half) => ({ day, half })));
      const found = all.find(({ day, half }) => herVisits.possible(day, half)) ?? { day: first, half: HALVES[0] };
      return { type: 'SOONEST', ...found };
    },
    consider: async (call) => {
      const { day, half } = wishOf(call);
      return { type: herVisits.possible(day, half) ? 'POSSIBLE' : 'NOT_POSSIBLE' };
    },
    request: async (call) => {
      const { visit, already } = await herVisits.request(call.key, wishOf(call), call.by);
      return { type: already ? 'STANDS' : 'NOTED', visit };
    },
    note: async ({ key, context, residentId, by }) => {
      const { wish: said, about } = context.slots;
      const [wish] = knownWishes([said]);
      const visitId = standing(context)?.id ?? '';
      if (wish) await herVisits.note(key, { visitId, residentId, wish, gone: about === 'unnote' }, by);
      return { type: 'WISH_KEPT' };
    },
    cancel: async ({ key, context, residentId, by }) => {
      const visitId = standing(context)?.id ?? '';
      try {
        await herVisits.cancel(key, { visitId, residentId }, by);
        return { type: 'CANCELLED' };
      } catch (thrown) {
        if (asRefusal(thrown).refusal === 'NotInThisState') return { type: 'PLANNED' };
        throw thrown;
      }
    },
    /** Planned in the meantime: the desk changes it. */
    move: async (call) => {
      const { residentId, matter, day, half } = wishOf(call);
      const visitId = call.context.visits.find((one) => one.matter === matter)?.id ?? '';
      try {
        return { type: 'NOTED', visit: await herVisits.move(call.key, { visitId, residentId, day, half }, call.by) };
      } catch (thrown) {
        if (asRefusal(thrown).refusal === 'NotInThisState') return { type: 'PLANNED' };
        throw thrown;
      }
    },
  };
}
