/** Matters by their many names, heard by syllables: 净老卡, 高领津铁 and 成车卡 are ours; 一包 alone is not 医保. */
import type { Kind, Span } from '../spans.ts';
import { foldOf, type Pinyin, syllableOf } from './pinyin.ts';
import type { ChineseUnits } from './units.ts';

export interface ItemSource {
  id: string;
  name: string;
  apply?: boolean;
  /** It is money that she gets, not a document. */
  pays?: boolean;
  /** She carries it to other errands: 带着身份证 does not name the matter. */
  carried?: boolean;
  /** Everybody has it: beside another matter it is what one brings along. */
  everyday?: boolean;
  /** What is meant for sudden hardship. */
  relief?: boolean;
  folk?: string[];
  /** Names that are its own only beside one of these words: 优待证 with 退役. */
  folkWith?: Record<string, string[]>;
  describes?: string[];
  /** Descriptions: of each list of signs one must be said, close together, in any order. */
  signs?: string[][][];
  en?: string[];
}

interface Name {
  item: ItemSource;
  needs?: string[];
  chars: number[];
  syllables: number[];
  folds: number[];
}

export interface ItemNames {
  byFold: Map<number, Name[]>;
  /** Names of four and more syllables by their first, for a hearing with one syllable lost or wrong. */
  long: Map<number, Name[]>;
}

/** Prepares all names. */
export function itemNames(items: ItemSource[], pinyin: Pinyin): ItemNames {
  const byFold = new Map<number, Name[]>();
  const long = new Map<number, Name[]>();
  for (const item of items) {
    const beside = item.folkWith ?? {};
    for (const said of new Set([item.name, ...(item.folk ?? []), ...(item.describes ?? []), ...Object.keys(beside)])) {
      const chars = [...said].map((char) => char.charCodeAt(0));
      const name = {
        item,
        needs: beside[said],
        chars,
        syllables: chars.map((c) => syllableOf(pinyin, c)),
        folds: chars.map((c) => foldOf(pinyin, c)),
      };
      const first = name.folds[0] as number;
      byFold.set(first, [...(byFold.get(first) ?? []), name]);
      if (chars.length >= 4 && !beside[said] && !item.describes?.includes(said))
        long.set(first, [...(long.get(first) ?? []), name]);
    }
  }
  for (const list of byFold.values())
    list.sort(
      (a, b) => b.chars.length - a.chars.length || Number(b.needs !== undefined) - Number(a.needs !== undefined),
    );
  return { byFold, long };
}

const SAME = 0.9;
const NEAR = 0.7;

interface Heard {
  name: Name;
  end: number;
  exact: number;
  quality: number;
}

const FILLER = 0.2;
const MOST_FILLERS = 2;

/** The unit that should be the name's next; 那个 and 的 within it are passed over (独生子女父母那个奖励). */
function next(units: ChineseUnits, from: number, sound: number): number {
  let i = from;
  while (sound >= 0 && i < from + MOST_FILLERS && units.fold[i] !== sound && (units.weight[i] ?? 1) < FILLER) i += 1;
  return i;
}

function hearAt(units: ChineseUnits, name: Name, at: number): Heard | undefined {
  const n = name.chars.length;
  if (at + n > units.length) return undefined;
  let exact = 0;
  let quality = 0;
  let i = at - 1;
  for (let k = 0; k < n; k++) {
    i = next(units, i + 1, k === 0 ? -1 : (name.folds[k] as number));
    if (units.fold[i] !== name.folds[k]) return undefined;
    if (units.word[i] === name.chars[k]) exact += 1;
    else if (units.literal[i] === 1) return undefined;
    quality += units.word[i] === name.chars[k] ? 1 : units.syllable[i] === name.syllables[k] ? SAME : NEAR;
  }
  return { name, end: i + 1, exact, quality: quality / n };
}

/** Two syllables must be nearly exact: one character as written, or both sounds with a cue in the sentence; three and more may be all sound. */
function believable(heard: Heard, cued: boolean): boolean {
  const n = heard.name.chars.length;
  if (heard.exact === n) return true;
  if (n === 2) return heard.exact === 1 ? heard.quality >= 0.94 && cued : heard.quality >= 0.9 && cued;
  return n === 3 ? heard.exact >= 1 || (heard.quality >= 0.9 && cued) : heard.quality >= 0.72;
}

/** One syllable wrong, lost or put in, in a name of four or more. */
function nearlyAt(units: ChineseUnits, name: Name, at: number): Heard | undefined {
  const n = name.folds.length;
  let errors = 0;
  let exact = 0;
  let i = at;
  let k = 0;
  const allowed = n >= 7 ? 2 : 1;
  while (k < n) {
    if (i < units.length && units.fold[i] === name.folds[k]) {
      exact += units.word[i] === name.chars[k] ? 1 : 0;
      i += 1;
      k += 1;
      continue;
    }
    errors += 1;
    if (errors > allowed || k === 0) return undefined;
    const lost = units.fold[i] === name.folds[k + 1];
    const added = units.fold[i + 1] === name.folds[k];
    if (!lost) i += 1;
    if (!added) k += 1;
  }
  return exact >= n * 0.6 && units.fold[i - 1] === name.folds[n - 1]
    ? { name, end: Math.min(i, units.length), exact, quality: 1 - errors / n }
    : undefined;
}

function bestAt(names: ItemNames, units: ChineseUnits, at: number, cued: boolean): Heard | undefined {
  let best: Heard | undefined;
  for (const name of names.byFold.get(units.fold[at] as number) ?? []) {
    if (best && name.chars.length < best.name.chars.length) break;
    if (name.needs && !name.needs.some((word) => units.text.includes(word))) continue;
    const heard = hearAt(units, name, at);
    if (heard && believable(heard, cued) && heard.quality > (best?.quality ?? 0)) best = heard;
  }
  return best;
}

const LEAST_NEARLY = 3; // a name of four, one of them lost

/** Words before or after a document that is only carried along: 带着身份证, 户口本复印件. */
export interface Carrying {
  before: string[];
  after: string[];
  /** Within the next few characters: 身份证户口本带上. */
  soon: string[];
  /** Right behind it: it is the matter itself, 居住证要带什么. */
  asked: string[];
}

const SOON = 5;

function isCarried(carrying: Carrying, text: string, item: ItemSource, start: number, end: number): boolean {
  if (!item.carried || carrying.asked.some((word) => text.startsWith(word, end))) return false;
  return (
    carrying.before.some((word) => text.startsWith(word, start - word.length) && start >= word.length) ||
    carrying.after.some((word) => text.startsWith(word, end)) ||
    carrying.soon.some((word) => text.slice(end, end + SOON).includes(word))
  );
}

/** What templates may ask of a matter. */
export function kindOf(item: ItemSource): Kind {
  if (item.apply) return 'voice';
  return item.pays ? 'money' : 'card';
}

/** All matters of a sentence; a looser hearing only where nothing was found. */
export function findItems(names: ItemNames, cues: readonly string[], carrying: Carrying, units: ChineseUnits): Span[] {
  const spans: Span[] = [];
  const cued = cues.some((cue) => units.text.includes(cue));
  for (let i = 0; i < units.length; ) {
    const heard = bestAt(names, units, i, cued);
    if (heard)
      spans.push({
        slot: 'item',
        start: i,
        end: heard.end,
        value: heard.name.item.name,
        kind: kindOf(heard.name.item),
        weak: isCarried(carrying, units.text, heard.name.item, i, heard.end),
      });
    i = heard?.end ?? i + 1;
  }
  return spans.length > 0 || units.length < 4 ? spans : findNearly(names, units);
}

/** The first name that is nearly there; of those that begin at one place, the first of the list. */
function findNearly(names: ItemNames, units: ChineseUnits): Span[] {
  for (let i = 0; i + LEAST_NEARLY <= units.length; i++) {
    for (const name of names.long.get(units.fold[i] as number) ?? []) {
      const heard = i + name.chars.length - 1 <= units.length ? nearlyAt(units, name, i) : undefined;
      if (heard) return [{ slot: 'item', start: i, end: heard.end, value: name.item.name, kind: kindOf(name.item) }];
    }
  }
  return [];
}
