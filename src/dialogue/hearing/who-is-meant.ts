/** Who of the household is named, who is speaking, and of whom something is told. Pure. */
import type { Values } from '../../speech/speech.ts';
import type { ConversationEvent, LifeTold, Moment } from '../conversation.facts.ts';
import type { HomeForDialogue, Input, Person } from '../events.ts';
import type { Talk } from '../talk.ts';
import { AFTER_DEATH } from './of-death.ts';
import { bare, names, piecesOf } from './plain-words.ts';
import { correctedLife, whoseLife } from './whose-life.ts';

/** By the name she uses at home, or by a family name that only one there has: 老周, 姓周, Lim. */
export function whoIsNamed(text: string, people: Person[]): Person | undefined {
  const named = people.filter((one) => names(text, one.called));
  if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  const surname = ({ called }: Person) => bare(called).split(' ').at(-1) ?? '';
  const ofLetters = people.filter((one) => /[a-z]/i.test(one.called) && names(text, surname(one)));
  if (ofLetters.length === 1) return ofLetters[0];
  const family = ({ called }: Person) => [...called][0] ?? '';
  const alike = people.filter(
    (one) => family(one) > '\u2e7f' && text.includes(family(one)) && !isOther(one, family(one), text),
  );
  return alike.length === 1 && people.filter((one) => family(one) === family(alike[0] as Person)).length === 1
    ? alike[0]
    : undefined;
}

/** 李姨 is not 李叔. */
const TITLES: [RegExp, Person['sex']][] = [
  [/^[阿大老]?[姨妈娘婶嫂姑奶]/u, 'female'],
  [/^[大老]?[叔伯爷哥舅]/u, 'male'],
];
function isOther({ sex }: Person, family: string, text: string): boolean {
  const title = text.slice(text.indexOf(family) + family.length);
  const named = TITLES.find(([said]) => said.test(title))?.[1];
  return sex !== undefined && named !== undefined && named !== sex;
}

/** What became of somebody at home; a sentence that names another one is no yes to it; and what was told wrongly. */
export function ofSomebodyAtHome(
  input: Input,
  talk: Talk,
  home: HomeForDialogue,
  moment: Moment,
): ConversationEvent | undefined {
  const noted = input.remark === 'mistaken' && talk.topic?.life;
  if (noted && !input.text?.includes(`是${noted.called}`)) return { type: 'MISTAKEN', ...moment };
  const spoken = talk.asked?.offer === 'life' ? spokenOfHimself(input.text ?? '', talk, home, moment) : undefined;
  if (spoken) return spoken;
  const ahead = input.life?.how === 'ahead' ? aheadAfterAll(talk) : undefined;
  if (ahead) return { type: 'LIFE', life: ahead, ...moment };
  const life = correctedLife(input.text ?? '', talk, home) ?? (input.life && whoseLife(input.life, talk, home));
  // 「老伴走了，他的养老金怎么弄」 of one who is known to be dead, or never lived here: what she asks.
  if (life && KNOWN.has(life.how) && input.meaning?.why === AFTER_DEATH) return undefined;
  if (life && talk.asked?.offer === 'life' && isDoubted(life, talk)) return { type: 'YES', ...moment };
  if (life) return { type: 'LIFE', life, ...moment };
  const isNews = input.life?.how === 'told' && input.meaning?.why !== AFTER_DEATH;
  const again = input.life && isNews ? toldJustNow(input.life.state, talk) : undefined;
  if (again) return { type: 'LIFE', life: again, ...moment };
  const isHome = input.life?.how === 'back' && input.life.state === 'hospital' && talk.frames.length === 0;
  return isHome ? { type: 'ASIDE', told: { phrase: 'conversation.homeAgain', values: {} }, ...moment } : undefined;
}

/** Asked whether it has happened, she says that it is to come. */
function aheadAfterAll({ asked, conversation }: Talk): LifeTold | undefined {
  const doubted = conversation.context.life as LifeTold | undefined;
  return asked?.offer === 'life' && doubted ? { ...doubted, how: 'ahead' } : undefined;
}

/** 「不对，是前儿走的」: of him of whom it was just told. */
function toldJustNow(state: LifeTold['state'], { topic }: Talk): LifeTold | undefined {
  return topic?.life?.state === state ? { ...topic.life, state, how: 'stands', self: false } : undefined;
}

/** Nothing new is told by it. */
const KNOWN = new Set<LifeTold['how']>(['stands', 'other', 'who']);

/** She says once more what she is asked about. */
const isDoubted = ({ residentId, state, how }: LifeTold, { conversation }: Talk) => {
  const kept = conversation.context.life as LifeTold | undefined;
  return how === 'told' && kept?.residentId === residentId && kept?.state === state;
};

/** Asked of whom it is told, she says who is speaking: that is no answer about him; or that it is he: a yes. */
function spokenOfHimself(
  text: string,
  talk: Talk,
  home: HomeForDialogue,
  moment: Moment,
): ConversationEvent | undefined {
  const doubted = talk.conversation.context.life as LifeTold | undefined;
  const self = named(text, home);
  if (self)
    return self.id === doubted?.residentId
      ? { type: 'NO', ...moment }
      : { type: 'INTRODUCED', residentId: self.id, ...moment };
  const family = [...(doubted?.called ?? '')][0];
  const isHe = family !== undefined && new RegExp(`是[^，,。]?${family}`, 'u').test(text);
  return isHe && whoIsNamed(text, home.residents)?.id === doubted?.residentId ? { type: 'YES', ...moment } : undefined;
}

/** 「老陈那个呢」 asked by his wife: what he has under way is his to hear, and hers is no answer to it. */
export function ofAnothersCase(
  { text = '', meaning, ofAnother }: Input,
  { residentId }: Talk,
  { residents }: HomeForDialogue,
): { phrase: string; values: Values } | undefined {
  if (meaning?.intent !== 'progress.query' || !residentId || named(text, { residents })) return undefined;
  if (whoIsNamed(text, residents)?.id === residentId) return undefined;
  const others = residents.filter(({ id }) => id !== residentId);
  const one = others.find(({ called }) => names(text, called)) ?? (others.length === 1 ? others[0] : undefined);
  if (one && (ofAnother || names(text, one.called)))
    return { phrase: 'progress.ofOther', values: { called: one.called } };
  return ofAnother ? { phrase: 'progress.ofOutsider', values: {} } : undefined;
}

/** 「你知道我是谁不」: by her name, where it is known; else among whom she is to say it. */
export function whoSheIs(
  { meaning }: Input,
  { residentId }: Talk,
  { residents }: HomeForDialogue,
): { phrase: string; values: Values } | undefined {
  if (meaning?.intent !== 'smalltalk' || meaning.slots.about !== 'me') return undefined;
  const her = residents.find(({ id }) => id === residentId);
  return her
    ? { phrase: 'identity.youAre', values: { called: her.called } }
    : { phrase: 'identity.youAreOneOf', values: { names: residents.map(({ called }) => called) } };
}

/** 我是李叔, 我是老李, said of her own accord: who she is, and little else. */
const INTRODUCED = /^(?:[我这]就?[是姓叫](?![要想给替帮来说问怕去])|i am |i'm |this is )(.+)$/iu;
/** Whether she says who she is: what stands is then perhaps another's than was thought. */
export const saysWhoSheIs = (text: string): boolean => piecesOf(text).some((clause) => INTRODUCED.test(clause));

const LONGEST_NAME = 16;
function named(text: string, home: HomeForDialogue): Person | undefined {
  const said = piecesOf(text).find((clause) => INTRODUCED.test(clause)) ?? '';
  const name = INTRODUCED.exec(said)?.[1] ?? '';
  return name && name.length <= LONGEST_NAME ? whoIsNamed(name, home.residents) : undefined;
}
/** Her name and nothing else, where there are several who may speak. */
const justName = (text: string, { residents }: HomeForDialogue) =>
  residents.length > 1 ? residents.find(({ called }) => bare(called) === bare(text)) : undefined;
/** What stands first; behind 「换人了」 too, where nothing else is wished, or the wish stands behind the name. */
function namesHimself({ meaning, behindName }: Input, text: string): string {
  const [first = '', ...rest] = piecesOf(text);
  if (behindName) return text;
  const last = rest.at(-1) ?? '';
  return !INTRODUCED.test(first) && meaning?.decision === 'ask' && INTRODUCED.test(last) ? last : first;
}
function introducesHerself(input: Input, talk: Talk, home: HomeForDialogue): Person | undefined {
  const { text = '', speaker } = input;
  if (speaker === 'kin') return undefined;
  const found = named(namesHimself(input, text), home) ?? justName(text, home);
  const speaking = home.residents.find(({ id }) => id === talk.residentId);
  // 「我是老陈媳妇儿」: the other half of him who is named.
  const half = (speaker === 'male' || speaker === 'female') && found?.sex !== undefined && found.sex !== speaker;
  const who = speaker === 'partner' || half ? otherThan(found ?? speaking, home.residents) : found;
  return who && (who.id !== talk.residentId || talk.frames.length === 0) ? who : undefined;
}

/** 我是他老伴儿，姓赵: the name is hers. */
const FAMILY = /姓(.)/u;
/** By which of those read out; by name; as the only man or woman there, or as the other half of one who is named. */
const READ_OUT = ['一', '二', '三', '四'];
function oneOfThem(
  { text = '', meaning, speaker, behindName, denied }: Input,
  { residents }: HomeForDialogue,
): Person | undefined {
  const spoken = READ_OUT.findIndex((n) => text.includes(`第${n}`));
  const n = meaning?.intent === 'select.number' ? Number(meaning.slots.ordinal) : spoken + 1;
  if (residents[n - 1]) return residents[n - 1];
  if (speaker === 'first' || speaker === 'last') return residents.at(speaker === 'first' ? 0 : -1);
  const gone = denied ? residents.filter((one) => isDenied(one, denied)) : [];
  if (gone.length > 0) return onlyLeft(residents, gone);
  const family = FAMILY.exec(text)?.[1];
  const hers = family ? residents.filter(({ called }) => called.startsWith(family)) : [];
  if (hers.length === 1) return hers[0];
  const [first = ''] = piecesOf(text);
  const clause = piecesOf(text).find((one) => INTRODUCED.test(one)) ?? (behindName ? first : text);
  const found = whoIsNamed(clause, residents);
  if (speaker === 'male' || speaker === 'female') return onlyOne(residents, speaker) ?? found;
  return speaker === 'partner' ? otherThan(found, residents) : found;
}
/** 「不是黄叔，是我」, 「我不姓黄」, 「黄叔不在家」: named, and not the one who speaks. */
function isDenied({ called }: Person, denied: string): boolean {
  const family = [...called][0] ?? '';
  return denied.includes(family > '\u2e7f' ? family : called);
}
/** Where only one is left it is she. */
const onlyLeft = (residents: Person[], gone: Person[]): Person | undefined => {
  const left = residents.filter((one) => !gone.includes(one));
  return left.length === 1 ? left[0] : undefined;
};
const onlyOne = (residents: Person[], sex: Person['sex']): Person | undefined => {
  const alike = residents.filter((one) => one.sex === sex);
  return alike.length === 1 ? alike[0] : undefined;
};
/** 李叔的老伴儿 is the other of two. */
const otherThan = (named: Person | undefined, residents: Person[]): Person | undefined =>
  named && residents.length === 2 ? residents.find((one) => one !== named) : undefined;

/** Who is speaking, where she says it. */
export function whoIsMeant(
  input: Input,
  talk: Talk,
  home: HomeForDialogue,
  moment: Moment,
): ConversationEvent | undefined {
  if (talk.asked?.for !== 'resident') {
    const another = introducesHerself(input, talk, home);
    return another && { type: 'WHO', residentId: another.id, ...moment };
  }
  if (input.speaker === 'kin') return { type: 'NO', ...moment };
  const [first] = home.residents;
  if (input.speaker === 'both' && first)
    return { type: 'WHO', residentId: first.id, called: first.called, both: true, ...moment };
  const found = oneOfThem(input, home);
  return found
    ? { type: 'WHO', residentId: found.id, called: found.called, wish: input.behindName, ...moment }
    : undefined;
}
