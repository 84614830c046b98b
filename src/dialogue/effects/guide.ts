import type { Locale } from '../../platforms/platform.ts';
import type { GuideView } from '../../services/guides.ts';
import type { Services } from '../../services/index.ts';
import type { Tell } from '../errands/errand.ts';
import type { GuideContext, GuideForHer } from '../errands/guide.ts';
import type { Effects } from './index.ts';

type Parts = Pick<Services, 'guides' | 'policies' | 'places'>;

/** The elements by the phrase that speaks them. What was not written in English is said in the official words. */
function wordsOf({ elements }: GuideView, locale: Locale): GuideForHer['words'] {
  const en: Partial<GuideView['elements']> = locale === 'en-US' ? elements : {};
  return {
    gist: { gist: en.gistEn ?? elements.gist },
    where: { place: en.placeEn ?? elements.place, channels: locale === 'en-US' ? undefined : elements.channels },
    when: { hours: en.hoursEn ?? elements.hours, timeLimit: en.timeLimitEn ?? elements.timeLimit },
    fee: { fee: en.feeEn ?? elements.fee },
    conditions: { conditions: en.conditionsEn ?? elements.conditions },
    amount: { amount: en.amountEn ?? elements.amount },
    materialsNote: { note: elements.materialsNote },
    mistakes: { mistakes: locale === 'en-US' ? undefined : elements.commonMistakes },
  };
}

const materialsOf = ({ elements }: GuideView, locale: Locale): string[] =>
  (locale === 'en-US' && elements.materialsEn) || elements.materials.map((one) => one.name);

export function guideEffects({ guides, policies, places }: Parts): Effects<GuideContext> {
  return {
    fetch: async ({ context, home, said }) => {
      const here = await places.today(home.stationId);
      const station = { station: home.station.name, ...here };
      const matter = context.slots.item;
      if (!matter)
        return {
          type: 'FOUND',
          guide: { matter: '', words: { who: station, stationWhere: station, stationWhen: station }, materials: [] },
        };
      const guide = await guides.of(matter);
      if (!guide) return { type: 'UNKNOWN' };
      const materials = materialsOf(guide, said.locale);
      return { type: 'FOUND', guide: { matter, words: { ...wordsOf(guide, said.locale), who: station }, materials } };
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
