import type { Locale } from '../../platforms/platform.ts';
import type { Services } from '../../services/index.ts';
import type { PolicyForHer } from '../../services/policies/policies.ts';
import type { OpenToHer, PolicyContext } from '../errands/policy.facts.ts';
import type { Effects } from './index.ts';

/** A title and gist in English where they were written; the official text is in Chinese, and no English voice reads that. */
function inHerLanguage(one: PolicyForHer, locale: Locale): PolicyForHer {
  return locale === 'en-US' ? { ...one, title: one.titleEn ?? one.title, gist: one.gistEn ?? one.gist, body: '' } : one;
}

/** Asked after the telling is over, they mean what was told last. */
const OF_THE_LAST = new Set(['why', 'noMore', 'before', 'canI', 'how', 'more']);
const lastHeard = <P extends Pick<PolicyForHer, 'heardAt'>>(all: P[]): P | undefined =>
  all.filter(({ heardAt }) => heardAt).sort((a, b) => Number(b.heardAt) - Number(a.heardAt))[0];

const MINE = 'mine';
/** Without a card in her hand. */
const ENDED = new Set(['withdrawn', 'rejected', 'denied']);

/** The hands of telling policies: which concern her, whether she may, and what she has heard of each. */
export function policyEffects({
  applications,
  cases,
  policies,
}: Pick<Services, 'applications' | 'cases' | 'policies'>): Effects<PolicyContext> {
  /** What she could ask for at home and has not yet. */
  async function openTo(residentId: string, byVoice: string[]): Promise<OpenToHer> {
    const had = (await cases.ofResident(residentId)).filter(({ status }) => !ENDED.has(status));
    const others = byVoice.filter((matter) => !had.some((one) => one.matter === matter));
    const judged = await Promise.all(
      others.map(async (matter) => ({ matter, ...(await policies.eligibility(matter, residentId)) })),
    );
    const later = judged.find(({ answer }) => answer === 'not_yet');
    return {
      may: judged.filter(({ answer }) => answer === 'yes').map(({ matter }) => matter),
      ...(later?.from ? { next: later.matter, from: later.from } : {}),
    };
  }

  return {
    /** Unheard ones; when all were heard, all again: the same question gets the same warm answer. A question about what was told last finds that. */
    look: async ({ context, residentId, said }) => {
      const [hers, byVoice] = await Promise.all([policies.concerning(residentId), applications.byVoice()]);
      const all = hers
        .filter((one) => !one.refused)
        .map((one) => ({
          ...inHerLanguage(one, said.locale),
          applies: one.matter !== undefined && byVoice.includes(one.matter),
        }));
      const unheard = all.filter((one) => !one.heard);
      const open = all.length === 0 && context.slots.element === MINE ? await openTo(residentId, byVoice) : undefined;
      const last = OF_THE_LAST.has(context.slots.element ?? '') ? lastHeard(all) : undefined;
      return { type: 'LOOKED', policies: last ? [last] : unheard.length > 0 ? unheard : all, open };
    },
    /** Whether she herself may; what the rule does not know, the window does. */
    check: async ({ context, residentId }) => {
      const matter = context.policies[context.at]?.matter ?? '';
      const { from, reason } = await policies.eligibility(matter, residentId);
      const known = reason.phrase !== 'guide.eligible_unknown';
      const eligibility = known
        ? { phrase: reason.phrase, values: { ...reason.values, from } }
        : { phrase: 'policy.forHerKind' };
      return { type: 'CHECKED', eligibility };
    },
    mark: async ({ key, context, residentId, by }) => {
      const policyId = context.policies[context.at]?.policyId ?? '';
      await policies.heard(key, { policyId, residentId, state: context.heard }, by);
      return { type: 'MARKED' };
    },
  };
}
