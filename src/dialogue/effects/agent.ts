import type { Services } from '../../services/index.ts';
import type { AgentContext } from '../errands/agent.ts';
import type { Effects } from './index.ts';

export function agentEffects({ callbacks, homes }: Pick<Services, 'callbacks' | 'homes'>): Effects<AgentContext> {
  return {
    look: async ({ residentId }) => ({
      type: 'LOOKED',
      phoneTail: residentId ? await homes.phoneTail(residentId) : undefined,
    }),
    request: async ({ key, context, residentId, home, by }) => {
      const { item, phone, time, reason } = context.slots;
      const wish = {
        residentId: residentId || undefined,
        speakerId: home.speakerId,
        reason: reason ?? context.intent,
        matter: item,
        phone: phone || undefined,
        wanted: time,
      };
      const made = await callbacks.request(key, wish, by);
      return {
        type: 'REQUESTED',
        callback: {
          station: made.station.name,
          clerk: made.clerk?.name,
          day: made.before.day,
          time: made.before.time,
          place: made.place,
          already: made.already === true,
          phoneTail: made.phoneTail,
        },
      };
    },
  };
}
