import type { GuideView } from '../../services/guides.ts';
import type { Services } from '../../services/index.ts';
import type { Tell } from '../errands/errand.ts';
import type { GuideContext, GuideForHer } from '../errands/guide.ts';
import type { Effects } from './index.ts';

type Parts = Pick<Services, 'guides' | 'policies' | 'places'>;

/** The elements by the phrase that speaks them. */
function wordsOf({ elements }: GuideView): GuideForHer['words'] {
  return {
    gist: { gist: elements.gist },
    where: { place: elements.place, channels: elements.channels },
    when: { hours: elements.hours, timeLimit: elements.timeLimit },
    fee: { fee: elements.fee },
    conditions: { conditions: elements.conditions },
    amount: { amount: elements.amount },
    mistakes: { mistakes: elements.commonMistakes },
  };
}

export function guideEffects({ guides, policies, places }: Parts): Effects<GuideContext> {
  return {
    fetch: async ({ context, home }) => {
      const here = await places.today(home.stationId);
      const station = { station: home.station.name, ...here };
      const matter = context.slots.item;
      if (!matter) return { type: 'FOUND', guide: { matter: '', words: { who: station, stationWhere: station, stationWhen: station }, materials: [] } };
      const guide = await guides.of(matter);
      if (!guide) return { type: 'UNKNOWN' };
      const materials = guide.elements.materials.map((one) => one.name);
      return { type: 'FOUND', guide: { matter, words: { ...wordsOf(guide), who: station }, materials } };
    },
    /** Whether she herself may; without knowing who she is, the conditions are told instead. */
    check: async ({ context, residentId }) => {
      const matter = context.guide?.matter;
      if (!residentId || !matter) return { type: 'CHECKED' };
      const { from, reason } = await policies.eligibility(matter, residentId);
      const values = { ...reason.values, from, conditions: context.guide?.words.conditions?.conditions };
      const eligibility: Tell = { phrase: reason.phrase, values };
      return { type: 'CHECKED', eligibility };
    },
    told: async ({ context, residentId }) => {
      if (residentId && context.guide) await guides.told(residentId, context.guide.matter, context.guide.materials);
      return { type: 'TOLD' };
    },
  };
}
