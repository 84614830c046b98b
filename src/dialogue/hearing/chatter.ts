/** What is said around a sentence and is nothing by itself: whom she speaks to, what is said while looking for words, thanks behind an answer, the same said twice. Pure. */
import type { Talk } from '../talk.ts';
import type { Manner } from './manner.ts';
import { bare, breadthOf, markedClauses } from './plain-words.ts';
import { CLOSED } from './sentence.ts';

/** 「嗯……」 before something else: she draws breath. */
const STRETCHED = /^[嗯呃啊额哦唉]+(?:…+|\.{2,}|。{2,})$/u;
const END_MARK = /[，,；;、]+$/u;
/** Her agreed digits have four, a telephone number seven or more: less is a group of it. */
const SHORTEST_NUMBER = 4;

/** The sentence without it; whole where nothing else is said. */
export function withoutChatter(manner: Manner, text: string, { asked }: Talk): string {
  const clauses = markedClauses(text);
  // Nothing but thanks is answered as such.
  if (clauses.length < 2 || manner.isThanks(text)) return text;
  // Whom she calls may be who was asked for.
  const calls = (one: string) => asked?.for !== 'name' && manner.chatters('calls', one);
  const says = (one: string) => !STRETCHED.test(one.trim()) && !manner.chatters('around', one) && !calls(one);
  const said = onlyOnce(clauses.filter(says), CLOSED.has(asked?.for ?? ''));
  const rest = withoutThanks(manner, said);
  // 「闺女啊，嗯……」: nobody is meant by whom she calls while she looks for words.
  if (rest.length === 0) return clauses.filter((one) => !calls(one)).join('') || text;
  if (rest.length === clauses.length) return text;
  return rest.join('').trim().replace(END_MARK, '');
}

/** 「来拿，谢谢你啊」 */
const withoutThanks = (manner: Manner, clauses: string[]): string[] =>
  clauses.slice(0, clauses.findLastIndex((one) => !manner.chatters('behind', one)) + 1);

/** 「来拿，来拿」: what is said twice on end is said once; two groups of a number may be alike. */
function onlyOnce(clauses: string[], number: boolean): string[] {
  const middle = clauses.length / 2;
  const [first = '', again] = [clauses.slice(0, middle), clauses.slice(middle)].map((half) => bare(half.join('')));
  const twice = clauses.length % 2 === 0 && first === again;
  if (twice && (!number || breadthOf(first) >= SHORTEST_NUMBER)) return clauses.slice(0, middle);
  return number ? clauses : clauses.filter((one, at) => bare(one) !== bare(clauses[at - 1] ?? ''));
}
