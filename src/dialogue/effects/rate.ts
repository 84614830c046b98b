import type { Services } from '../../services/index.ts';
import type { RateContext } from '../errands/rate.ts';
import type { Effects } from './index.ts';

/** The hands of rating: what may be rated, the mark, and the reason of a bad one. */
export function rateEffects({ ratings, herTickets }: Pick<Services, 'ratings' | 'herTickets'>): Effects<RateContext> {
  return {
    /** The newest unrated service, of the clerk or matter that she names; where all are rated, the newest rating. One of today that she takes back comes first. */
    look: async ({ context, residentId }) => {
      const { name, item, rating, about, service } = context.slots;
      const all = await ratings.finished(residentId);
      const level = ratings.levelOf(rating);
      const meantOtherwise = about === 'wrong' ? all.find((one) => one.ratedToday && one.level !== level) : undefined;
      const open = all.filter((one) => one.level === undefined);
      const named = open.find(
        (one) => (name && one.clerk?.includes(name)) || (item && one.matter === item) || one.service === service,
      );
      const nearest = named ?? (about === 'note' && (service || name) ? undefined : open[0]);
      const one = meantOtherwise ?? (about === 'wrong' && all.some(({ level }) => level) ? undefined : nearest);
      const isOther = one !== undefined && service !== undefined && one.service !== service;
      const rated = isOther ? all.find((had) => had.service === service)?.level : all[0]?.level;
      if (isOther && rated !== undefined && about !== 'note') return { type: 'LOOKED', stands: rated };
      const other = isOther ? ({ other: true } as const) : {};
      return { type: 'LOOKED', one, level: one && level, stands: one ? undefined : rated, ...other };
    },
    rate: async ({ key, context, residentId, by }) => {
      const { one, slots } = context;
      const level = ratings.levelOf(slots.rating) ?? 0;
      const service = { service: one?.service ?? ('call' as const), serviceId: one?.id ?? '' };
      const wish = { residentId, ...service, level, corrects: slots.about === 'wrong' };
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
