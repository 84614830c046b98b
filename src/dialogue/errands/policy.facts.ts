/** What the errand of telling policies knows: those that concern her, the one being told, and what may come after it. */
import type { Slots } from '../../understanding/meaning.ts';
import type { Ask, Remembered, Said, Tell } from './errand.ts';

export interface PolicyForHer {
  policyId: string;
  title: string;
  gist: string;
  body: string;
  source: string;
  reason: Tell;
  matter?: string;
  /** It can be applied for here and now. */
  applies?: boolean;
  sensitive: boolean;
  heard: boolean;
}

/** What is open to one of her age, where no policy is hers: what she may apply for now, and the next from a day on. */
export interface OpenToHer {
  may: string[];
  next?: string;
  from?: string;
}

export interface PolicyContext extends Remembered {
  policies: PolicyForHer[];
  open?: OpenToHer;
  /** Index of the one being told. */
  at: number;
  privacyGiven: boolean;
  /** How much of it she has heard: what is written down for the officer. */
  heard: 'partly' | 'heard' | 'refused';
  /** Whether she may have what it is about. */
  eligibility?: Tell;
}

export type PolicyEvent =
  | Said
  | { type: 'LOOKED'; policies: PolicyForHer[]; open?: OpenToHer }
  | { type: 'MARKED' }
  | { type: 'CHECKED'; eligibility: Tell };

/** The one being told. */
export const current = (context: PolicyContext) => context.policies[context.at];
/** Another comes after it. */
export const hasNext = (context: PolicyContext) => context.at + 1 < context.policies.length;
export const MORE = 1;
export const DO = 2;
export const NEXT = 3;

/** What may be chosen after a policy: hear more, do it, the next one. */
function optionsOf(context: PolicyContext): { n: number; phrase: string }[] {
  const { matter, applies } = current(context) ?? {};
  return [
    ...(detailTold(context) ? [] : [{ n: MORE, phrase: 'policy.optionMore' }]),
    ...(matter ? [{ n: DO, phrase: applies ? 'policy.optionApply' : 'policy.optionDo' }] : []),
    ...(hasNext(context) ? [{ n: NEXT, phrase: 'policy.optionNext' }] : []),
  ];
}

/** She has heard all of the one being told. */
export const detailTold = ({ heard }: PolicyContext) => heard === 'heard';

/** What she chose by its number, or by a yes where only one thing was offered. */
export function picked(context: PolicyContext, event: PolicyEvent): number | undefined {
  const options = optionsOf(context);
  if (event.type === 'YES') return options[0]?.n;
  if (event.type !== 'CHOSE') return undefined;
  return (event.n > 0 ? options[event.n - 1] : options[options.length + event.n])?.n;
}

const ALONE: Record<string, string> = {
  'policy.optionMore': 'policy.onlyMore',
  'policy.optionDo': 'policy.onlyDo',
  'policy.optionApply': 'policy.onlyApply',
  'policy.optionNext': 'policy.onlyNext',
};

/** The question after it: a choice, or plainly whether she wants the one thing there is. */
export function whatNext(context: PolicyContext): Ask {
  const options = optionsOf(context).map(({ phrase }) => ({ phrase }));
  const [only, ...others] = options;
  if (only && others.length === 0) return { phrase: ALONE[only.phrase] ?? '', for: 'yesno', offer: 'more' };
  return { phrase: 'policy.whatNext', for: 'choice', options };
}

/** What may be named of it. */
export const values = (context: PolicyContext) => {
  const one = current(context);
  return one ? { title: one.title, gist: one.gist, body: one.body, source: one.source } : {};
};

/** Whether she asked this of it: why it concerns her, no more of it, the one before, the next, whether she may, how, or more. */
export const wants =
  (element: string) =>
  ({ context }: { context: PolicyContext }) =>
    context.slots.element === element;

/** What of it the guide answers where it leads there. */
export const partAsked = ({ slots }: PolicyContext): Slots =>
  slots.element === 'discount' ? { element: 'discount' } : {};
