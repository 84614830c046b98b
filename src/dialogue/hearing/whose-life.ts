/** Of whom it is told that somebody died, is in hospital or moves: never taken from another's name. Pure. */
import type { LifeTold } from '../conversation.facts.ts';
import type { HomeForDialogue, Person } from '../events.ts';
import type { Talk } from '../talk.ts';
import type { LifeWords } from './life-words.ts';
import { bare } from './plain-words.ts';

/** Elders are called by 老 and their surname, whatever they chose here. */
const namedAt = (text: string, { called }: Person) =>
  /^\p{Script=Han}/u.test(called)
    ? Math.max(text.lastIndexOf(called), text.lastIndexOf(`老${[...called][0]}`))
    : ` ${text} `.lastIndexOf(` ${bare(called)} `);

/** The one whom a text names; of several the last: 我是王姨，老李死了. */
function namedIn(text: string, people: Person[]): Person | undefined {
  return people
    .map((one) => ({ one, at: namedAt(text, one) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)[0]?.one;
}

interface Circle {
  talk: Talk;
  home: HomeForDialogue;
}
const awayOf = ({ home }: Circle) => home.away ?? [];

function told(one: Person, state: LifeTold['state'], how: LifeTold['how'], circle: Circle): LifeTold {
  const kept = awayOf(circle).find(({ id }) => id === one.id)?.state;
  // Whoever was in hospital may die there.
  const known = how === 'told' && (kept === state || kept === 'deceased');
  const self = one.id === circle.talk.residentId && state !== 'deceased' && how !== 'back';
  return { how: known ? 'stands' : how, state, residentId: one.id, called: one.called, self };
}

type Subject = Person | 'elsewhere' | 'open' | undefined;

/** 「我是刘叔，…」: who speaks, and what she says of somebody behind it. */
const INTRODUCES = /^(?:我[这]?就?[是姓叫]?|i am |i'm |this is )/iu;
function introducedIn(before: string, { home }: Circle): { speaker: Person; rest: string } | undefined {
  const [opening] = INTRODUCES.exec(before) ?? [];
  const speaker = opening && home.residents.find(({ called }) => before.startsWith(bare(called), opening.length));
  return speaker ? { speaker, rest: before.slice((opening?.length ?? 0) + bare(speaker.called).length) } : undefined;
}

/** What is told by somebody who says who she is: it is told of whom she names behind that, seen from her. */
function subjectOf(words: LifeWords, circle: Circle): Subject {
  const own = introducedIn(words.before, circle);
  if (!own?.rest) return subjectSeen(words, circle);
  const seen = { ...circle, talk: { ...circle.talk, residentId: own.speaker.id } };
  return subjectSeen({ ...words, before: own.rest }, seen);
}

/** Who is meant by the words before: by name, as her husband, as herself; somebody of no concern here; or not yet said. */
function subjectSeen(words: LifeWords, circle: Circle): Subject {
  const { talk, home } = circle;
  const named = namedIn(words.before, [...home.residents, ...awayOf(circle)]);
  if (named) return named;
  if (words.spouse) return partnerIn(circle, words.sex);
  if (words.pronoun) return inHospital(circle) ?? (words.twice ? partnerIn(circle, words.sex) : undefined);
  if (words.kin || words.elder) return 'elsewhere';
  if (!words.sure) return undefined;
  const herself = home.residents.find((one) => one.id === talk.residentId);
  if (words.self) return words.state === 'deceased' ? undefined : (herself ?? 'open');
  return words.before === '' ? 'open' : undefined;
}

/** 「他没了」: who lies in hospital, where it can be nobody else. */
function inHospital(circle: Circle): Subject {
  const lying = awayOf(circle).filter(({ state }) => state === 'hospital');
  return lying.length === 1 ? lying[0] : undefined;
}

/** The other one of two, or the only man where it is a husband; where nobody else is known here, somebody who is of no concern to this speaker. */
function partnerIn(circle: Circle, sex: LifeWords['sex']): Subject {
  const { residentId } = circle.talk;
  const everybody = [...circle.home.residents, ...awayOf(circle)];
  const others = everybody.filter((one) => one.id !== residentId);
  if (everybody.length < 2) return 'elsewhere';
  if (residentId && others.length === 1) return others[0];
  const alike = everybody.filter((one) => one.sex === sex);
  return sex && everybody.length === 2 && alike.length === 1 ? alike[0] : 'open';
}

/** What was told, of whom; undefined where it is no such thing after all. */
export function whoseLife(words: LifeWords, talk: Talk, home: HomeForDialogue): LifeTold | undefined {
  const circle = { talk, home };
  const { state, how } = words;
  if (how === 'back') return cameBack(words, circle);
  const who = subjectOf(words, circle);
  if (who === 'elsewhere')
    return state === 'moved' || how === 'ahead' ? undefined : { how: 'other', state, self: false };
  if (who === 'open' && home.residents.length > 1) return { how: 'who', state, self: false };
  // 「礼拜六搬闺女那儿去」: of whoever lives there alone, where nothing is stopped by it.
  if (who === 'open')
    return how === 'ahead' && home.residents[0] ? told(home.residents[0], state, how, circle) : undefined;
  return who && told(who, state, how, circle);
}

/** It was a mistake, or it is over: of whoever is kept as gone, the one who is named, or the only one. */
function cameBack({ before, state }: LifeWords, circle: Circle): LifeTold | undefined {
  const gone = awayOf(circle).filter((one) => one.state === state);
  const one = namedIn(before, gone) ?? (gone.length === 1 ? gone[0] : undefined);
  return one && told(one, state, 'back', circle);
}

/** While she is asked whether it is he: another name in her answer is that other's. */
export function correctedLife(text: string, talk: Talk, home: HomeForDialogue): LifeTold | undefined {
  const kept = talk.conversation.context.life as LifeTold | undefined;
  if (talk.asked?.offer !== 'life' || !kept) return undefined;
  const circle = { talk, home };
  const everybody = [...home.residents, ...awayOf(circle)];
  const another = namedIn(
    text,
    everybody.filter((one) => one.id !== kept.residentId),
  );
  return another && told(another, kept.state, 'told', circle);
}
