/** Of a matter that is being explained, two things in one breath: 「上哪儿办去，带嘛去呀」, 「多少钱呢你还没说。给我补吧」. The first is answered, then the rest is heard as a sentence of its own. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import { errandOf } from '../errand-of.ts';
import type { GuideContext } from '../errands/guide.facts.ts';
import { isPaper } from '../known-matters.ts';
import type { Manner } from './manner.ts';
import { breadthOf, markedClauses, piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Ears, isClear, type Listened, meant, type Sentence } from './sentence.ts';

type Hears = (text: string) => Listened;

const EXPLAINS = new Set(['guide', 'policy']);
/** What she may be asked in the midst of it without owing an answer. */
const OPEN = new Set(['nothing', 'choice']);
const OFFERS = new Set(['more', 'apply', 'callback']);
const SHORTEST = 3;
const MOST_CLAUSES = 5;
/** Of these nothing is told: somebody is asked; or they are of one thing on the list, and what follows is of that. */
const NO_FIRST = new Set([
  ...['special', 'byOthers', 'written', 'sent', 'notAsked', 'unwritten', 'hukou'],
  ...['lacks', 'copies', 'size', 'colour', 'whyThis', 'spoilt'],
]);
/** Done when it is answered. */
const DOES = new Set(['visit', 'apply', 'pickup']);

/** @param alone hears a part of the sentence by itself. @returns the first question, and in `beside` what is heard when that is answered; the question alone where she only declines before it */
export function askedAndMore(
  { asking: words, manner }: Ears,
  { text, talk }: Sentence,
  alone: Hears,
): Listened | undefined {
  const { asked, frames, alarm } = talk;
  const open = asked === undefined || OPEN.has(asked.for) || OFFERS.has(asked.offer ?? '');
  const machine = frames.at(-1)?.machine;
  const begins = machine === undefined && asked === undefined;
  if (!open || asked?.words || alarm || !(begins || EXPLAINS.has(machine ?? ''))) return undefined;
  const clauses = markedClauses(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return undefined;
  for (let at = 1; at < clauses.length; at += 1) {
    const right = clauses.slice(at).join('').trim();
    if (breadthOf(right) < SHORTEST) continue;
    const first = alone(clauses.slice(0, at).join(''));
    const then = alone(right);
    if (begins && !asksOn(manner, first, then, right)) continue;
    if (begins) return { ...first, beside: right };
    if (declines(first) && isPlain(then) && answersIt(then.meaning)) return then;
    if (!isPlain(first) || !answersIt(first.meaning)) continue;
    if (words.says('asIs', 'doesIt', right) || isOther(first.meaning, then.meaning)) return { ...first, beside: right };
  }
  return undefined;
}

/** 「上门收钱不收？我得准备嘛？」: both are small questions of what is in hand, or was just done. */
export function twoAsides({ text, talk }: Sentence, alone: Hears): Listened | undefined {
  const clauses = markedClauses(text);
  const ofSomething = talk.frames.length > 0 || talk.topic?.done !== undefined;
  if (!ofSomething || clauses.length > MOST_CLAUSES || talk.asked?.words || talk.alarm) return undefined;
  for (let at = 1; at < clauses.length; at += 1) {
    const right = clauses.slice(at).join('').trim();
    const first = alone(clauses.slice(0, at).join(''));
    const then = first.aside && alone(right);
    const other = then?.aside ? then.aside.phrase !== first.aside?.phrase : then && answersIt(then.meaning);
    if (other) return { ...first, beside: right };
  }
  return undefined;
}

const isPlain = ({ remark, life, second, enough, beside }: Listened) => !(remark || life || second || enough || beside);

/** 「坐地铁打几折呀？我户口是河北的，也行吗」 as the first that she says: what the second asks is understood only of what the first has named. */
const asksOn = (manner: Manner, first: Listened, { meaning }: Listened, right: string): boolean =>
  isPlain(first) &&
  answersIt(first.meaning) &&
  first.meaning.slots.item !== undefined &&
  meaning.decision === 'ask' &&
  asksSomething(manner, right);

/** 「我户口本身份证都有，还差嘛，我想办优待证」: of that matter the list is told, and what she has of it is ticked. */
export function hasAndAsks({ asking: words }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  const clauses = piecesOf(text);
  if (talk.frames.length > 0 || talk.asked || clauses.length < 2) return undefined;
  if (!clauses.some((one) => OF_LIST.has(words.kind('guide', one) ?? ''))) return undefined;
  const has = clauses.find((one) => words.says('asIs', 'hasPapers', one));
  const wish = clauses.map((one) => read(one)).find(({ slots: { item } }) => item && !isPaper(item));
  if (!has || !wish) return undefined;
  const item = wish.slots.item ?? '';
  return { meaning: meant(wish, 'guide.materials', { item }, '_asking.yaml#asIs.hasPapers'), text, beside: has };
}
const OF_LIST = new Set(['missing', 'materials', 'checklist']);

/** 「照片有，得要嘛色儿的底儿」 to one thing on the list: it is ticked, and what she asks of it is answered. */
export function ticksAndAsks({ asking: words }: Ears, { text, talk, read, expecting }: Sentence): Listened | undefined {
  const { guide, open = [] } = (talk.frames.at(-1)?.context ?? {}) as unknown as GuideContext;
  const [thing] = open;
  const [has = '', ...rest] = piecesOf(text);
  const question = rest.join('，');
  if (talk.asked?.for !== 'checklist' || !thing || !OF_ONE.has(words.kind('guide', question) ?? '')) return undefined;
  const other = words.material(question, guide?.materials ?? [])?.name;
  // 「户口本有，就是破了」 is no yes to the one that is asked about.
  const named = words.material(has, guide?.materials ?? [])?.name;
  if (named && named !== thing) return undefined;
  const hasIt = words.onList(has, guide?.materials ?? [], [])?.has.includes(thing);
  const meaning = read(has, expecting);
  if (!hasIt && !(meaning.intent === 'yes' && meaning.decision === 'accept')) return undefined;
  const beside = other ? question : `${thing}，${question}`;
  return { meaning: meant(meaning, 'yes', {}, '_asking.yaml#guide.size'), text: has, beside };
}
const OF_ONE = new Set(['copies', 'size', 'colour', 'whyThis', 'spoilt']);

/** 「不用了，等我孙子来了再问。那要办的话带嘛呀」 */
const declines = ({ meaning: { intent, slots }, remark }: Listened): boolean =>
  remark === 'later' || ((intent === 'no' || intent === 'cancel') && Object.keys(slots).length === 0);

/** A question that is answered from the guide. */
const answersIt = ({ intent, slots, decision }: Meaning): boolean =>
  decision === 'accept' &&
  intent.startsWith('guide.') &&
  (intent !== 'guide.lookup' || slots.element !== undefined) &&
  !NO_FIRST.has(slots.element ?? '') &&
  !slots.has &&
  !slots.lacks;

/** Another question of it, or something that is to be done. */
function isOther(first: Meaning, meaning: Meaning): boolean {
  if (meaning.decision === 'accept' && DOES.has(errandOf(meaning.intent) ?? '')) return true;
  if (!isClear(meaning)) return false;
  // 「我有三代社保卡，还用办不」: its text answers both, and nobody has to be asked.
  if (first.slots.element === 'part' && meaning.slots.element === 'special') return false;
  const asks = meaning.intent.startsWith('guide.') && (meaning.intent !== 'guide.lookup' || meaning.slots.element);
  const same = meaning.intent === first.intent && meaning.slots.element === first.slots.element;
  return Boolean(asks) && !same;
}
