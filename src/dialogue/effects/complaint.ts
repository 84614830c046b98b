import { sortOpinion } from '../../services/feedback/sorting.ts';
import type { TicketView } from '../../services/feedback/tickets.ts';
import type { Services } from '../../services/index.ts';
import type { Actor } from '../../store/audit.ts';
import type { ComplaintContext, TicketForHer } from '../errands/complaint.setup.ts';
import type { Effects } from './index.ts';

const forHer = ({ id, tail, state, until, overdue, answer }: TicketView): TicketForHer => ({
  id,
  tail,
  state,
  until,
  overdue,
  ...(answer ? { answer } : {}),
});

/** Who wants no name in it stands in no record of it either. */
const NOBODY: Actor = { kind: 'system', id: 'nameless', role: 'resident' };

/** At most so many are told one after another. */
const MOST_TOLD = 3;

/** The hands of complaining: whose it is, the ticket in her words, and what became of earlier ones. */
export function complaintEffects({
  herTickets,
  feedback,
}: Pick<Services, 'herTickets' | 'feedback'>): Effects<ComplaintContext> {
  return {
    sort: async ({ context, said }) => {
      const sorting = feedback.words[said.locale];
      const { words = '', asked, kind } = context;
      const sorted = sortOpinion(words, { locale: said.locale, sorting, opening: !asked });
      return { type: 'SORTED', ...sorted, kind: sorted.kind === 'complaint' ? kind : sorted.kind };
    },
    open: async ({ key, context, residentId, by }) => {
      const { kind, words, nameless } = context;
      const wish = { residentId: nameless ? undefined : residentId || undefined, kind, words };
      return { type: 'OPENED', ticket: forHer(await herTickets.open(key, wish, nameless ? NOBODY : by)) };
    },
    look: async ({ residentId, by }) => {
      const hers = residentId ? await herTickets.ofResident(residentId, by) : [];
      return { type: 'LOOKED', tickets: hers.slice(0, MOST_TOLD).map(forHer) };
    },
    told: async ({ key, context, residentId, by }) => {
      const one = context.tickets[context.at];
      if (one?.answer) await herTickets.told(key, { id: one.id, residentId }, by);
      return { type: 'TOLD' };
    },
  };
}
