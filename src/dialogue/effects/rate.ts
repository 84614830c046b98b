import type { Services } from '../../services/index.ts';
import type { RateContext } from '../errands/rate.ts';
import type { Effects } from './index.ts';

export function rateEffects({ ratings, herTickets }: Pick<Services, 'ratings' | 'herTickets'>): Effects<RateContext> {
  return {
    /** The newest unrated service, of the clerk or matter that she names; where all are rated, the newest rating. */
    look: async ({ context, residentId }) => {
      const { name, item, rating } = context.slots;
      const all = await ratings.finished(residentId);
      const open = all.filter((one) => one.level === undefined);
      const named = open.find((one) => (name && one.clerk?.includes(name)) || (item && one.matter === item));
      const one = named ?? open[0];
      const stands = one ? undefined : all[0]?.level;
      return { type: 'LOOKED', one, level: one && ratings.levelOf(rating), stands };
    },
    rate: async ({ key, context, residentId, by }) => {
      const { one, slots } = context;
      const level = ratings.levelOf(slots.rating) ?? 0;
      const wish = { residentId, service: one?.service ?? ('call' as const), serviceId: one?.id ?? '', level };
      const { ticket, ...rated } = await ratings.rate(key, wish, by);
      return { type: 'RATED', ...rated, ticketId: ticket?.id, until: ticket?.until };
    },
    /** Her words lie sealed with the ticket, not beside the rating: who was rated is not to know her by them. */
    reason: async ({ key, context, residentId, by }) => {
      const { ticketId, words } = context;
      if (ticketId && words) await herTickets.addWords(key, { id: ticketId, residentId, words }, by);
      return { type: 'NOTED' };
    },
  };
}
