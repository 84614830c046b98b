import { asRefusal } from '../../errors.ts';
import type { Answers, ApplicationKind } from '../../services/cases/applications.ts';
import type { CaseView } from '../../services/cases/cases.ts';
import { partnerOf } from '../../services/guides/bundles.ts';
import type { Services } from '../../services/index.ts';
import type { ApplyContext, DraftForHer } from '../errands/apply.facts.ts';
import type { CaseForHer } from '../errands/progress.facts.ts';
import type { EffectInput, Effects } from './index.ts';

type Call = EffectInput<ApplyContext>;
type Parts = Pick<Services, 'applications' | 'bundles' | 'cases' | 'guides' | 'herCallbacks' | 'homes' | 'policies'>;

/** Without a card in her hand. */
const ENDED = new Set(['withdrawn', 'rejected', 'denied']);
const SETTLED = new Set(['concluded', 'withdrawn', 'rejected', 'denied']);

const forHer = ({ handler, ...one }: CaseView): CaseForHer => ({ ...one, handler: handler?.name });
const standingOf = (all: CaseView[]): CaseForHer[] =>
  all.filter((one) => !SETTLED.has(one.status) || one.delivery === 'ready').map(forHer);
/** Her photo and documents were looked at once when a case of the matter was concluded. */
const onFileOf = (all: CaseView[]): string[] =>
  all.filter((one) => one.status === 'concluded').map((one) => one.matter);

/** The slots that a draft fills: only what was answered. */
function slotsOf(kind: string | undefined, answers: Answers): Record<string, string> {
  const all = { kind, ...answers };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>;
}

function answersIn({ slots }: ApplyContext): { kind?: ApplicationKind; answers: Answers } {
  const { kind, phone, materials, promise } = slots;
  return {
    kind: kind as ApplicationKind | undefined,
    answers: { phone, materials: materials as Answers['materials'], promise: promise as Answers['promise'] },
  };
}

/** The hands of applying: what is known, whether she may, the draft, handing it in and taking it back. */
export function applyEffects({
  applications,
  bundles,
  cases,
  guides,
  herCallbacks,
  homes,
  policies,
}: Parts): Effects<ApplyContext> {
  const whose = ({ context, residentId }: Call) => ({ residentId, matter: context.slots.item ?? '' });
  const stands = async ({ residentId }: Call) => ({
    type: 'STANDS',
    standing: standingOf(await cases.ofResident(residentId)),
  });

  /** What goes with it, if she may have it, can ask for it here, and has not done so. */
  async function partnerFor({ home, residentId, context }: Call): Promise<string | undefined> {
    const her = home.residents.find((one) => one.id === residentId);
    const partner = her && partnerOf(bundles, context.slots.item ?? '', her.age);
    if (!partner || !(await applications.byVoice()).includes(partner)) return undefined;
    const all = await cases.ofResident(residentId);
    if (all.some(({ matter, status }) => matter === partner && !ENDED.has(status))) return undefined;
    return (await policies.eligibility(partner, residentId)).answer === 'yes' ? partner : undefined;
  }

  return {
    look: async ({ residentId, unheard }) => {
      const [matters, drafts, all, phoneTail, sensitive] = await Promise.all([
        applications.byVoice(),
        applications.drafts(residentId),
        cases.ofResident(residentId),
        homes.phoneTail(residentId),
        guides.sensitive(),
      ]);
      const quiet = unheard ? [] : sensitive;
      const hers: DraftForHer[] = drafts.map(({ matter, kind, answers }) => ({
        matter,
        answers: slotsOf(kind, answers),
      }));
      const told = { drafts: hers, standing: standingOf(all), onFile: onFileOf(all), phoneTail };
      return { type: 'LOOKED', matters, quiet, ...told };
    },
    /** May she, and what it takes; being told the list is kept (一次性告知). */
    check: async (call) => {
      const { residentId, matter } = whose(call);
      const [{ answer, from, reason }, guide] = await Promise.all([
        policies.eligibility(matter, residentId),
        guides.of(matter),
      ]);
      const documents = guide?.elements.materials.map((one) => one.name) ?? [];
      if (answer === 'yes') await guides.told(residentId, matter, documents);
      const spoken = call.said.locale === 'en-US' ? (guide?.elements.materialsEn ?? documents) : documents;
      return {
        type: 'CHECKED',
        verdict: { matter, answer, from, age: Number(reason.values.age) || undefined, documents: spoken },
      };
    },
    keep: async (call) => {
      const kept = await applications.keep(call.key, { ...whose(call), ...answersIn(call.context) }, call.by);
      return kept.stands ? stands(call) : { type: 'KEPT' };
    },
    submit: async (call) => {
      const { tail, already } = await applications.submit(call.key, whose(call), call.by);
      return already ? stands(call) : { type: 'SUBMITTED', tail, partner: await partnerFor(call) };
    },
    withdraw: async (call) => {
      try {
        await applications.withdraw(call.key, whose(call), call.by);
        const about = { ...whose(call), reason: 'visit' };
        const { ended } = await herCallbacks.giveUpAbout(`${call.key}:call`, about, call.by);
        return { type: 'WITHDRAWN', callEnded: ended > 0 };
      } catch (thrown) {
        if (asRefusal(thrown).refusal === 'NotInThisState') return { type: 'TOO_LATE' };
        throw thrown;
      }
    },
  };
}
