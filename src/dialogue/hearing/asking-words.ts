/** What she says when she asks back, of a caller who wants her money, of her words read back, of a list: patterns of intents/<locale>/_asking.yaml. */
import { join } from 'node:path';
import type { Locale } from '../../platforms/platform.ts';
import { findRoot, readYaml } from '../../understanding/grammar/source.ts';
import { type ListSource, listReader, type OnList } from './list-words.ts';
import { asBare, bare } from './plain-words.ts';

/** What is asked, by what it is asked of. */
const KINDS = [
  'fraud',
  'complaining',
  'opening',
  'guide',
  'more',
  'benefits',
  'harm',
  'water',
  'person',
  'hisPapers',
  'changed',
  'ofCase',
  'danger',
  'grievance',
  'city',
  'place',
  'asIs',
] as const;
export type AskedOf = (typeof KINDS)[number];

/** What she orders of her words once they are read back, by the lists of `editing`. */
export type Edit =
  | 'others'
  | 'allWrong'
  | 'wrong'
  | 'stops'
  | 'only'
  | 'cut'
  | 'becomes'
  | 'swaps'
  | 'keeps'
  | 'adds'
  | 'opens'
  | 'writes'
  | 'says'
  | 'names'
  | 'notBut'
  | 'tellsAll'
  | 'asksBack'
  | 'mumbles'
  | 'willTell'
  | 'first'
  | 'last';

interface Source extends Record<AskedOf, Record<string, string[]>> {
  swap: string;
  /** The right one first: 是姑娘，不是小伙子. */
  swapBack: string;
  /** What stands before a thing and belongs to no word of hers: 个, 一个. */
  count: string;
  /** 就说: what stands behind it is hers. */
  justSay: string;
  /** Of each of these, one or another was meant: a man or a woman, a day. */
  oneOf: string[];
  like: string;
  adds: string;
  instead: string;
  without: string;
  editing: Record<Edit, string[]>;
  /** What stands on lists, by kind: words in which both the list and she may call it. */
  materials: Record<string, string[]>;
  /** Of such a list: what she has and what she has not. */
  ticks: ListSource;
  ages: Record<string, string[]>;
  nicknames: { said: string; as: string }[];
  /** What is asked of an official text, and how the sentences that answer it are known. */
  ofText: Record<string, { asked: string[]; told: string[] }>;
}

export interface AskingWords {
  /** The first kind of which a pattern fits, in the order of the file. */
  kind(of: AskedOf, text: string): string | undefined;
  /** A matter by what it is for, as it is said otherwise; else what she said. */
  byItsName(text: string): string;
  /** An age that is named, as the lowest of its step. */
  age(text: string): string | undefined;
  /** Which of the things on a list she speaks of. */
  material(text: string, list: string[]): { name: string; kind: string } | undefined;
  /** What of a list she has and has not, as she tells it. `told`: what 「都有」 speaks of; `asked`: which one she is asked about. */
  onList(text: string, list: string[], told: string[], asked?: string): OnList | undefined;
  /** Whether a pattern of this one kind fits. */
  says(of: AskedOf, name: string, text: string): boolean;
  /** Which of these sentences answer what she asks; nothing where she asks what none of them tells. */
  answering(text: string, sentences: string[]): string[];
  /** 不是厕所，是楼道: which word is to be put right. */
  swap(text: string): { from: string; to: string } | undefined;
  /** 是楼道，不是厕所. */
  swapBack(text: string): { from: string; to: string } | undefined;
  /** Without the 个 before it. */
  withoutCount(text: string): string;
  /** Without the 就说 before it. */
  afterJustSay(clause: string): string;
  /** 「记混了，是姑娘」: the word of the same kind that stands in `hers`, and what it is to be. */
  ofOneKind(text: string, hers: string): { from: string; to: string } | undefined;
  /** 困难补助，低保那样的: what it is like. */
  like(text: string): string | undefined;
  /** 再添一句，是…: what is to be written beside her words, or in their place. */
  written(how: 'adds' | 'instead' | 'without', text: string): string | undefined;
  /** What is caught in a clause that orders this of her words; undefined where it does not. */
  edit(what: Edit, clause: string): string[] | undefined;
}

/** So many sentences answer one question at most. */
const MOST_TOLD = 2;

/** Loads the patterns of a language from `root`, the folder that holds intents/. */
export function loadAskingWords(locale: Locale, root = findRoot()): AskingWords {
  const source = asBare(readYaml<Source>(join(root, 'intents', locale, '_asking.yaml')));
  const compiled = (kinds: Record<string, string[]>) =>
    Object.entries(kinds).map(([name, patterns]) => ({ name, fits: new RegExp(patterns.join('|'), 'u') }));
  const kinds = Object.fromEntries(KINDS.map((of) => [of, compiled(source[of])]));
  const ofText = Object.values(source.ofText).map(({ asked, told }) => ({
    asked: new RegExp(asked.join('|'), 'u'),
    told: new RegExp(told.join('|'), 'iu'),
  }));
  const onList = listReader(source.ticks, source.materials);
  const swap = new RegExp(source.swap, 'u');
  const swapBack = new RegExp(source.swapBack, 'u');
  const count = new RegExp(`^(?:${source.count})`, 'u');
  const justSay = new RegExp(`^\\s*(?:${source.justSay})`, 'iu');
  const oneOf = source.oneOf.map((pattern) => new RegExp(pattern, 'giu'));
  const like = new RegExp(source.like, 'u');
  const written = {
    adds: new RegExp(source.adds, 'u'),
    instead: new RegExp(source.instead, 'u'),
    without: new RegExp(source.without, 'iu'),
  };
  const editing = Object.fromEntries(
    Object.entries(source.editing).map(([what, patterns]) => [what, patterns.map((one) => new RegExp(one, 'iu'))]),
  );
  return {
    edit: (what, clause) => {
      // As she said it, for what is caught stays hers; else with nothing contracted.
      const forms = [clause.normalize('NFKC').trim(), bare(clause)];
      const found = forms
        .flatMap((form) => editing[what]?.map((pattern) => pattern.exec(form)) ?? [])
        .find((one) => one);
      return found
        ?.slice(1)
        .filter((one) => one !== undefined)
        .map((one) => one.trim());
    },
    kind: (of, text) => kinds[of]?.find(({ fits }) => fits.test(bare(text)))?.name,
    says: (of, name, text) => kinds[of]?.some((one) => one.name === name && one.fits.test(bare(text))) ?? false,
    byItsName: (text) => source.nicknames.find(({ said }) => new RegExp(said, 'u').test(bare(text)))?.as ?? text,
    age(text) {
      const said = bare(text);
      const steps = Object.keys(source.ages).sort((a, b) => Number(b) - Number(a));
      return steps.find((step) => source.ages[step]?.some((word) => said.includes(word)));
    },
    onList,
    material(text, list) {
      const said = bare(text);
      for (const [kind, names] of Object.entries(source.materials)) {
        const name = list.find((one) => names.some((word) => bare(one).includes(word)));
        if (name && names.some((word) => said.includes(word))) return { name, kind };
      }
      return undefined;
    },
    answering(text, sentences) {
      const kinds = ofText.filter(({ asked }) => asked.test(bare(text)));
      const found = kinds.map(({ told }) => sentences.filter((one) => told.test(one)));
      return (found.find((some) => some.length > 0) ?? []).slice(0, MOST_TOLD);
    },
    written: (how, text) =>
      written[how]
        .exec(text.normalize('NFKC').trim())
        ?.slice(1)
        .find((one) => one)
        ?.trim(),
    like: (text) => like.exec(text.normalize('NFKC').trim())?.[1],
    swapBack(text) {
      const [, to, from] = swapBack.exec(text.normalize('NFKC').toLowerCase().trim()) ?? [];
      return from && to ? { from, to } : undefined;
    },
    afterJustSay: (clause) => clause.replace(justSay, ''),
    withoutCount: (text) => text.replace(count, ''),
    ofOneKind(text, hers) {
      for (const kind of oneOf) {
        const to = text.match(kind)?.at(-1);
        const from = to && hers.match(kind)?.find((one) => one !== to);
        if (from) return { from, to };
      }
      return undefined;
    },
    swap(text) {
      const [, from, to] = swap.exec(text.normalize('NFKC').toLowerCase().trim()) ?? [];
      return from && to ? { from, to } : undefined;
    },
  };
}
