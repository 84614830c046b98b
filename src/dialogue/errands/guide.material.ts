/** What she asks of one thing on the list: whether a copy will do, how large, why, or that she has it not. */
import type { Tell } from './errand.ts';
import type { GuideContext } from './guide.facts.ts';

/** What is known of a thing that is to be brought. */
export interface MaterialForHer {
  name: string;
  original: boolean;
  copies?: number;
  note?: string;
}

const OF_MATERIAL = new Set(['copies', 'size', 'colour', 'lacks', 'whyThis', 'spoilt']);
/** She asks of one thing on the list, and there is one. */
export const asksOfMaterial = ({ slots, guide }: GuideContext): boolean =>
  OF_MATERIAL.has(slots.element ?? '') && (guide?.materials.length ?? 0) > 0;

/** Kinds of things of which the reason is told; of others, that it stands on the list. */
const WITH_REASON = new Set(['idCard', 'register', 'photo']);

const known = ({ guide, slots }: GuideContext): MaterialForHer | undefined =>
  guide?.details?.find(({ name }) => name === slots.material);

function copiesTold(context: GuideContext): Tell {
  const one = known(context);
  if (one?.copies) return { phrase: 'guide.copyToo', values: { material: one.name, copies: one.copies } };
  const originals = (one ? [one] : (context.guide?.details ?? [])).filter(({ original }) => original);
  return originals.length > 0
    ? { phrase: 'guide.originals', values: { list: originals.map(({ name }) => name) } }
    : { phrase: 'guide.unknown' };
}

/** What the police give out anew. */
const OF_POLICE = new Set(['idCard', 'register']);
/** It is noted as missing; of what is lost, where it is made anew. */
function lackTold({ slots, open }: GuideContext): Tell {
  const { material = open?.[0], of = '', lost } = slots;
  const police = lost === 'yes' && OF_POLICE.has(of);
  return { phrase: police ? 'guide.lacksPolice' : 'guide.lacks', values: { material } };
}

/** What is answered; of what is not written down, that is said. */
export function materialTold(context: GuideContext): Tell {
  const { element, material } = context.slots;
  if (element === 'copies') return copiesTold(context);
  if (element === 'spoilt') return { phrase: 'guide.spoilt' };
  if (element === 'colour') return { phrase: 'guide.colour' };
  if (element === 'lacks') return lackTold(context);
  if (element === 'whyThis') {
    const { of = '' } = context.slots;
    if (!material) return { phrase: 'guide.why' };
    return { phrase: WITH_REASON.has(of) ? `guide.why_${of}` : 'guide.whyOnList', values: { material } };
  }
  const one = known(context) ?? context.guide?.details?.find(({ note }) => note);
  return one ? { phrase: 'guide.detail', values: { material: one.name, note: one.note } } : { phrase: 'guide.unknown' };
}
