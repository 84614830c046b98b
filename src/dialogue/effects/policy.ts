import type { Locale } from '../../platforms/platform.ts';
import type { Services } from '../../services/index.ts';
import type { PolicyForHer } from '../../services/policies/policies.ts';
import type { PolicyContext } from '../errands/policy.ts';
import type { Effects } from './index.ts';

/** A title and gist in English where they were written; the body stays the official text. */
function inHerLanguage(one: PolicyForHer, locale: Locale): PolicyForHer {
  return locale === 'en-US' ? { ...one, title: one.titleEn ?? one.title, gist: one.gistEn ?? one.gist } : one;
}

export function policyEffects({
  applications,
  policies,
}: Pick<Services, 'applications' | 'policies'>): Effects<PolicyContext> {
  return {
    /** Unheard ones; when all were heard, all again: the same question gets the same warm answer. */
    look: async ({ residentId, said }) => {
      const [hers, byVoice] = await Promise.all([policies.concerning(residentId), applications.byVoice()]);
      const all = hers.map((one) => ({
        ...inHerLanguage(one, said.locale),
        applies: one.matter !== undefined && byVoice.includes(one.matter),
      }));
      const unheard = all.filter((one) => !one.heard);
      return { type: 'LOOKED', policies: unheard.length > 0 ? unheard : all };
    },
    mark: async ({ key, context, residentId, by }) => {
      const policyId = context.policies[context.at]?.policyId ?? '';
      await policies.heard(key, { policyId, residentId, state: context.heard }, by);
      return { type: 'MARKED' };
    },
  };
}
