/** Who is to go, in a sentence that says more: what somebody is to her, the name, and how it is written. Pure but for `read`. */
import { pinyin } from 'pinyin-pro';
import type { Meaning } from '../../understanding/meaning.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import type { Said } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

export interface WhoGoes {
  /** What the one is to her. */
  relation?: string;
  name?: string;
  /** Another, whom she names, does not go. */
  instead?: true;
}

/** 「换我闺女去，刘秀英」, 「不是建国去，建国出差，是我闺女刘秀英」: whom she names last, and nobody who does not go. */
export function whoGoes(
  words: StandingWords,
  { text, talk, read, isKin, names = [] }: Pick<Said, 'text' | 'talk' | 'read' | 'isKin' | 'names'>,
): WhoGoes {
  const asksName = talk.asked?.for === 'name';
  const clauses = piecesOf(text);
  const goes = clauses.filter((one) => !words.says('goesNot', one) && !words.spelledAs(one));
  const found: WhoGoes = Object.assign({}, ...goes.map(toldIn));
  const name = found.name && clauses.flatMap((one) => words.spelledAs(one) ?? []).reduce(written, found.name);
  return { ...found, name, ...(clauses.some((one) => words.says('goesNot', one)) ? { instead: true } : {}) };

  function toldIn(clause: string): WhoGoes {
    const kin = words.kinWhoGoes(clause);
    if (!kin) return named(clause);
    const told = kin.rest ? named(kin.rest) : {};
    // 「我闺女说不用带」: nobody is sent by that.
    return kin.rest && !told.name ? {} : { relation: kin.relation, name: undefined, ...told };
  }

  /** A whole name, or what somebody is called. */
  function named(clause: string): WhoGoes {
    const own = nameAtHome(names, clause);
    if (own) return { name: own };
    const bare = words.bareName(words.withoutGoing(clause));
    const heard = bare && !isKin(bare) ? read(bare, NAME).slots.name : undefined;
    const name = heard && bare?.startsWith(heard) ? bare : (heard ?? (asksName ? bare : undefined));
    return name && name.length > 1 && !isKin(name) ? { name } : {};
  }
}
/** One of those at home by the whole name: no rule for names cuts it. */
export const nameAtHome = (names: string[] = [], said: string): string | undefined =>
  names.find((one) => one.length > 1 && said.includes(one));

const NAME = { errand: 'pickup', asking: 'name' } as const;

/** 「她叫王示例芳」: a clause that is nothing but a name has all of it; understanding knows those of three characters. */
export function withWholeName(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const { name } = meaning.slots;
  if (name && words.isNoName(name)) return withoutName(meaning);
  const whole =
    name &&
    clausesOf(text)
      .flatMap((one) => words.bareName(one) ?? [])
      .find((one) => one.startsWith(name));
  return whole && whole !== name ? { ...meaning, slots: { ...meaning.slots, name: whole } } : meaning;
}

/** 「我闺女呀，她替我拿嘛」: 呀她 is nobody. */
function withoutName(meaning: Meaning): Meaning {
  const { name: _, ...slots } = meaning.slots;
  return { ...meaning, slots };
}

const sound = (char: string): string => pinyin(char, { toneType: 'none' });
/** 刘见国 with 「建设的建」 is 刘建国: the character that sounds like it gives way. */
function written(name: string, char: string): string {
  const at = name.includes(char) ? -1 : [...name].findIndex((one) => sound(one) === sound(char));
  return at < 0 ? name : [...name].with(at, char).join('');
}
