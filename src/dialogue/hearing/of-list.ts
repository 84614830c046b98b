/** What she says in the midst of a list of things to bring: what she has of it, and that it is to go on. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { type GuideContext, inList, PER_BREATH } from '../errands/guide.facts.ts';
import { asSlot } from '../errands/guide.ticks.ts';
import type { Talk } from '../talk.ts';
import { isOfItsOwn } from './asked-of-matter.ts';
import type { AskingWords } from './asking-words.ts';
import type { OnList } from './list-words.ts';
import { piecesOf } from './plain-words.ts';
import { meant } from './sentence.ts';

/** What is longer is a story. */
const LONGEST = 40;
const LONGEST_IN_LETTERS = 90;
const isLong = (text: string) => text.length > (/[a-z]/i.test(text) ? LONGEST_IN_LETTERS : LONGEST);

/** Questions behind which 「都有」 speaks of the list. */
const OF_LIST = new Set(['guide.goOn', 'guide.afterMaterials', 'guide.tick', 'guide.anythingMore']);

/** Her sentence as it bears on the list; undefined where it does not. */
export function ofTheList(words: AskingWords, meaning: Meaning, text: string, talk: Talk): Meaning | undefined {
  const { asked } = talk;
  const context = talk.frames.at(-1)?.context as unknown as GuideContext;
  const list = context.guide?.materials ?? [];
  if (list.length === 0 || asked?.words || isLong(text)) return undefined;
  if (isOfItsOwn(meaning) && meaning.intent !== 'yes') return undefined;
  if (asked?.for === 'checklist' && words.says('asIs', 'notThis', text))
    return meant(meaning, 'no', {}, '_asking.yaml#asIs.notThis');
  const goesOn = asked?.for === 'nothing' && words.kind('more', text);
  if (inList(context) && (goesOn || words.says('asIs', 'restOne', text))) return of(context, { element: 'restOfList' });
  const told = OF_LIST.has(asked?.phrase ?? '') ? toldOf(context, list) : [];
  const found = words.onList(text, list, told, asked?.for === 'checklist' ? context.open?.[0] : undefined);
  const amid = untickedAmid(words, text, talk, context);
  if (amid) return of(context, amid);
  const missed = untickedNow(words, text, talk, found);
  if (missed) return of(context, { element: 'ticks', has: '', lacks: asSlot(missed) });
  const on: Slots = piecesOf(text).some((one) => words.kind('more', one)) ? { more: 'yes' } : {};
  // One thing that she has not is told of by itself.
  if (found && (found.has.length > 0 || found.lacks.length > 1))
    return of(context, { element: 'ticks', has: asSlot(found.has), lacks: asSlot(found.lacks), ...on });
  const missing =
    words.says('guide', 'missing', text) && (!meaning.slots.item || meaning.slots.item === context.guide?.matter);
  return missing ? of(context, { element: 'missing' }) : undefined;

  function of({ guide, slots: { item } }: GuideContext, slots: Slots): Meaning {
    return meant(
      meaning,
      'guide.lookup',
      { item: item ?? guide?.matter ?? '', ...slots },
      `_asking.yaml#${slots.element}`,
    );
  }
}

/** 「身份证丢了，不算有」, 「那个我没有」 of what she ticked before, once the list is gone through: that, and all that was missing already. */
function untickedNow(words: AskingWords, text: string, { asked, frames }: Talk, found?: OnList): string[] | undefined {
  const context = frames.at(-1)?.context as unknown as GuideContext;
  const { materials = [], ticked = [] } = context.guide ?? {};
  if (asked?.for === 'checklist' || inList(context) || ticked.length === 0) return undefined;
  const named = words.material(text, materials)?.name ?? found?.lacks[0];
  const unticks = piecesOf(text).some(
    (one) => words.says('asIs', 'unticks', one) || words.says('asIs', 'thatOne', one),
  );
  const lacksIt = found?.has.length === 0 && found.lacks.length === 1;
  if (!unticks && !(named && lacksIt)) return undefined;
  const gone = named ?? ticked.at(-1);
  return gone && (unticks || ticked.includes(gone))
    ? materials.filter((one) => one === gone || !ticked.includes(one))
    : undefined;
}

/** 「改成没有」 at the question for the next one: it is the one before, or the one that she names. */
function untickedAmid(words: AskingWords, text: string, talk: Talk, { guide }: GuideContext): Slots | undefined {
  const amid = talk.asked?.for === 'checklist' && piecesOf(text).some((one) => words.says('asIs', 'unticks', one));
  const named = words.material(text, guide?.materials ?? []);
  const last = guide?.ticked?.at(-1);
  const thing = named ?? (last ? words.material(last, [last]) : undefined);
  return amid && thing ? { element: 'lacks', material: thing.name, of: thing.kind } : undefined;
}

/** As much of it as she has heard. */
const toldOf = (context: GuideContext, list: string[]): string[] =>
  inList(context) ? list.slice(0, context.told + PER_BREATH) : list;
