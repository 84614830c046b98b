/** What lies in a sentence about somebody's life: words for it, and what stands before them. Pure; the words are data (_manner.yaml). */
export type LifeState = 'deceased' | 'hospital' | 'moved';

export interface LifeLists {
  life: Record<LifeState, string[]>;
  /** These mean it only behind a person: 老证没了 is no death. */
  lifeOfPerson: Record<LifeState, string[]>;
  /** Behind these it is no death: 拿走了. */
  lifeNotBehind: string[];
  lifeAhead: string[];
  lifeBack: Record<LifeState, string[]>;
  lifeLongAgo: string[];
  lifeWhen: string[];
  spouse: string[];
  pronoun: string[];
  self: string[];
  notSelf: string[];
  /** Patterns: she speaks of all who live there. */
  ours: string[];
  kin: string[];
}

export interface LifeWords {
  state: LifeState;
  /** It happened; it will; it was a mistake, or is over. */
  how: 'told' | 'ahead' | 'back';
  /** What she said before the word for it, without the day; the whole where it is over. */
  before: string;
  /** The word means nothing else. */
  sure: boolean;
  spouse: boolean;
  /** Husband or wife, where the word says which. */
  sex?: 'male' | 'female';
  /** 他, and nobody named. */
  pronoun: boolean;
  /** Said in two ways, so that it is no slip. */
  twice: boolean;
  kin: boolean;
  /** Somebody called 老 and a surname. */
  elder: boolean;
  self: boolean;
}

const STATES = ['deceased', 'hospital', 'moved'] as const;
/** 老李, and not 老年证. */
const ELDER = /(?:^|[我们家咱那俺])老(?![年人证本太头家婆伴早])\p{Script=Han}/u;

const has = (list: string[], said: string) => list.some((word) => said.includes(word));
const longestIn = (list: string[], said: string) =>
  list.filter((word) => said.includes(word)).sort((a, b) => b.length - a.length)[0];

function find(lists: Record<LifeState, string[]>, said: string): { state: LifeState; word: string } | undefined {
  return STATES.flatMap((state) => {
    const word = longestIn(lists[state], said);
    return word ? [{ state, word }] : [];
  }).sort((a, b) => b.word.length - a.word.length)[0];
}

/** @param said without punctuation, small letters */
export function lifeWords(lists: LifeLists, said: string): LifeWords | undefined {
  const back = find(lists.lifeBack, said);
  const sure = find(lists.life, said);
  const found = back ?? sure ?? find(lists.lifeOfPerson, said);
  if (!found || has(lists.lifeLongAgo, said)) return undefined;
  const { state, word } = found;
  const before = said.slice(0, said.indexOf(word));
  const bare = [...lists.lifeWhen, ...lists.lifeAhead].reduce((rest, when) => rest.replaceAll(when, ''), before).trim();
  if (!sure && !back && lists.lifeNotBehind.some((verb) => bare.endsWith(verb))) return undefined;
  // 「他没了，去世了」: the same told twice.
  const earlier = longestIn(lists.lifeOfPerson[state], bare);
  const who = earlier && bare.endsWith(earlier) ? bare.slice(0, -earlier.length) : bare;
  const ours = lists.ours.some((one) => new RegExp(one, 'u').test(who));
  const kin = has(lists.kin, before) || (!ours && has(lists.notSelf, before));
  const others = kin || has(lists.spouse, before);
  return {
    state,
    how: back ? 'back' : has(lists.lifeAhead, said) ? 'ahead' : 'told',
    before: back ? said : who,
    sure: sure !== undefined,
    spouse: has(lists.spouse, before),
    pronoun: lists.pronoun.includes(who),
    twice: who !== bare,
    kin,
    elder: ELDER.test(before),
    self: !others && (ours || lists.self.some((one) => who.startsWith(one) || who.endsWith(one))),
  };
}
