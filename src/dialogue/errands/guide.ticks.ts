/** Her checklist: what of the list is at hand and what is not, one by one or as she tells it. */
import type { Tell } from './errand.ts';
import { type GuideContext, inList } from './guide.facts.ts';

/** She wants to go through the list, and there is one. */
export const wantsChecklist = ({ slots, guide }: GuideContext) =>
  slots.element === 'checklist' && (guide?.materials.length ?? 0) > 0;

/** She has said what of it she has, or has not. */
export const tellsOfList = ({ slots, guide }: GuideContext) =>
  slots.element === 'ticks' && (guide?.materials.length ?? 0) > 0;

/** Begins the checklist with what she has not ticked yet. */
export function unticked({ guide }: GuideContext): string[] {
  const ticked = new Set(guide?.ticked);
  return guide?.materials.filter((one) => !ticked.has(one)) ?? [];
}

/** She has the one in hand, or the one she names, or has it not: on to the next. */
export function ticked({ guide, open = [] }: GuideContext, has: boolean, named?: string): Partial<GuideContext> {
  const one = named ?? open[0];
  if (!guide || !one) return {};
  const before = guide.ticked ?? [];
  return {
    open: open.filter((other) => other !== one),
    guide: { ...guide, ticked: has ? [...before, one] : before.filter((other) => other !== one) },
  };
}

/** What of the list is at hand, and what is not. */
export function tickedTold(context: GuideContext): Tell {
  const missing = unticked(context);
  return missing.length === 0
    ? { phrase: context.guide?.partial ? 'guide.someTicked' : 'guide.allTicked' }
    : { phrase: 'guide.stillMissing', values: { list: missing } };
}

const BETWEEN = '、';
const listed = (names: string | undefined): string[] => names?.split(BETWEEN).filter(Boolean) ?? [];
/** Names of things on the list as one slot. */
export const asSlot = (names: string[]): string => names.join(BETWEEN);

/** What she has is ticked; of what she has not told nothing is known yet, and it is asked once the list is told. */
export function tickedOff(context: GuideContext): Partial<GuideContext> {
  const { guide, slots } = context;
  if (!guide) return {};
  const has = listed(slots.has);
  const lacks = listed(slots.lacks);
  const ticked = guide.materials.filter(
    (one) => !lacks.includes(one) && (has.includes(one) || guide.ticked?.includes(one)),
  );
  // In the midst of going through it, what she has not was told already.
  const asked = context.open?.length ? context.open : guide.materials;
  const open = asked.filter((one) => !ticked.includes(one) && !lacks.includes(one));
  // She has told of what was not read out yet, too: nothing is left of it.
  if (open.length === 0) return { guide: { ...guide, ticked }, open, reading: undefined };
  return { guide: { ...guide, ticked }, open: inList(context) ? [] : open };
}

/** What was kept of what she said. */
export function tickedOffTold({ slots }: GuideContext): Tell {
  const [has, lacks] = [listed(slots.has), listed(slots.lacks)];
  return {
    phrase: 'guide.tickedOff',
    values: { ticked: has.length > 0 ? has : undefined, missing: lacks.length > 0 ? lacks : undefined },
  };
}
