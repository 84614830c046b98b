/** What becomes of her own words when she corrects them at the read-back: 「骂人那句去了，你就说没人告诉我为嘛」. Clause by clause, and pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { AskingWords, Edit } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { breadthOf, clausesOf, markedClauses } from './plain-words.ts';
import { putRight } from './put-right.ts';
import { asksSomething } from './question.ts';
import { meant } from './sentence.ts';

/** One clause of hers, by what it orders. `said` belongs to what is to be written. */
interface Order {
  kind: Edit | 'reads' | 'done' | 'name' | 'said';
  /** Of which of her clauses; and what is to stand there. */
  which?: string;
  rest?: string;
  text: string;
}

/** What she was asked. */
interface Moment {
  /** Her words as they stand. */
  hers: string;
  /** What is wrong of them. */
  mending: boolean;
  /** Whether another sentence goes in. */
  adding?: boolean;
}

const IN_ORDER = [
  'others',
  'allWrong',
  'wrong',
  'stops',
  'only',
  'keeps',
  'cut',
  'becomes',
  'swaps',
  'adds',
  'opens',
] as const;
/** These have what they speak of, and what it is to be. */
const NAMES_CLAUSE = new Set<Order['kind']>(['only', 'cut', 'becomes', 'swaps', 'keeps']);
const REFUSES = new Set<Order['kind']>(['wrong', 'allWrong', 'stops']);
const OF_NAME = new Set(['nameless', 'named']);
const READS = new Set(['again', 'asksWritten']);
const DONE = new Set(['hands', 'agrees', 'all', 'order', 'takesIn']);
/** Less is no wording of a matter. */
const SHORTEST = 4;
/** Said behind 「不对」 without a word of writing: of the matter itself, where it says so much, and so much of what stood there. */
const SHORTEST_ANEW = 6;
const SHARE_ANEW = 1 / 3;
const END_MARK = /[,，。;；、.!！?？:：\s]+$/u;

/** @returns what she wants of them; nothing where she orders nothing, or only one thing that is plain by itself */
export function edited({ asking, manner }: Words, meaning: Meaning, text: string, moment: Moment): Edited | undefined {
  const orders = ordersIn(asking, manner, text);
  const plain = takenIn(asking, orders, text, moment) ?? withName(asking, orders) ?? nothingNew(asking, orders, moment);
  if (plain) return { meaning: wants(meaning, plain.slots), ...(plain.beside ? { beside: plain.beside } : {}) };
  const more = orders.some(({ kind }) => kind === 'opens')
    ? anew(orders)
    : (changed(asking, orders, moment.hers) ??
      notThatBut(asking, text, moment.hers) ??
      afterNo(asking, manner, orders, { ...moment, text }));
  if (more === undefined) return undefined;
  return { meaning: wants(meaning, more ? { element: 'instead', more } : { element: 'leavesOut' }) };
}
interface Words {
  asking: AskingWords;
  manner: Manner;
}
interface Edited {
  meaning: Meaning;
  /** Heard when that is done. */
  beside?: string;
}
interface Plain {
  slots: Meaning['slots'];
  beside?: string;
}

/** 「写上，写上」; and 「对，还有那个大姐也不赖」 to a sentence that may go in: that one, and then this. */
function takenIn(words: AskingWords, orders: Order[], text: string, { adding }: Moment): Plain | undefined {
  const slots = { element: 'takesIn' };
  if (clausesOf(text).every((one) => words.kind('complaining', one) === 'takesIn')) return { slots };
  const [yes, ...rest] = orders;
  const tells = rest.length > 0 && rest.every(({ kind }) => kind === 'said');
  return adding && yes?.kind === 'done' && tells ? { slots, beside: rest.map((one) => one.text).join('') } : undefined;
}

/** 「别写小伙子了，把名字去了，再添一句…」: the name first, then the others. */
function withName(words: AskingWords, orders: Order[]): Plain | undefined {
  const name = orders.find(({ kind }) => kind === 'name');
  const rest = orders.filter((one) => one !== name && !REFUSES.has(one.kind));
  if (!name || !rest.some(({ kind }) => CHANGES.has(kind) || kind === 'opens')) return undefined;
  const element = words.kind('complaining', name.text) ?? '';
  return { slots: { element }, beside: rest.map((one) => one.text).join('') };
}

/** She says that it is wrong, or which clause of it, or wants to hear it: nothing of what it is to be. */
function nothingNew(words: AskingWords, orders: Order[], { hers, mending }: Moment): Plain | undefined {
  const others = orders.filter(({ kind }) => !REFUSES.has(kind));
  if (others.length === 0) return refusing(orders);
  const without = namedAlone(words, others, hers);
  if (without) return { slots: mending ? { element: 'instead', more: without } : { element: 'slip' } };
  const reads = others.length < orders.length && others.every(({ kind }) => kind === 'reads');
  return reads ? { slots: { element: 'toMend' } } : undefined;
}

/** 「不行不行，那意思不对」 */
function refusing(orders: Order[]): Plain | undefined {
  if (orders.some(({ kind }) => kind === 'allWrong')) return { slots: { element: 'anew' } };
  return orders.some(({ kind }) => kind === 'wrong') ? { slots: { element: 'slips' } } : undefined;
}

/** 「骂人那句」 and nothing else: her words without it. */
function namedAlone(words: AskingWords, [one, ...more]: Order[], hers: string): string | undefined {
  const [which = ''] = (more.length === 0 && one?.kind === 'said' && words.edit('names', bareEnd(one.text))) || [];
  const clauses = partsOf(hers);
  const at = which ? whichOf(words, clauses, which) : -1;
  return at < 0 || clauses.length < 2 ? undefined : joined(clauses.filter((_, n) => n !== at));
}

/** 「不是说他骂人，是他嫌我慢」: in the place of the clause that says the one. */
function notThatBut(words: AskingWords, text: string, hers: string): string | undefined {
  const [not = '', but = ''] = words.edit('notBut', bareEnd(text)) ?? [];
  const clauses = partsOf(hers);
  // 「不是态度差，是他骂我」: no word for a word.
  const whole = words.edit('tellsAll', but) !== undefined;
  const at = but && (whole || !putRight(words, text, hers)) ? whichOf(words, clauses, not) : -1;
  const mended = (one: string) => (!whole && one.includes(not) ? one.replace(not, but) : but);
  return at < 0 ? undefined : joined(clauses.map((one, n) => (n === at ? mended(one) : one)));
}

/** Each clause by what it orders; what follows words that open belongs to these. */
function ordersIn(words: AskingWords, manner: Manner, text: string): Order[] {
  const orders: Order[] = [];
  for (const clause of markedClauses(text)) {
    const bare = clause.replace(END_MARK, '');
    const refused = orders.some(({ kind }) => REFUSES.has(kind));
    orders.push(
      orderOf(words, bare, clause, refused) ??
        orderOf(words, manner.inPlainWords(bare), clause, refused) ??
        said(clause),
    );
  }
  return orders;
}
const said = (text: string): Order => ({ kind: 'said', rest: text, text });

function orderOf(words: AskingWords, bare: string, text: string, refused: boolean): Order | undefined {
  const kind = words.kind('complaining', bare) ?? '';
  if (OF_NAME.has(kind)) return { kind: 'name', text };
  for (const edit of IN_ORDER) {
    const found = words.edit(edit, bare);
    if (!found) continue;
    const mark = END_MARK.exec(text)?.[0] ?? '';
    const [first = '', second = ''] = found;
    if (NAMES_CLAUSE.has(edit)) return { kind: edit, which: first, rest: second && second + mark, text };
    return { kind: edit, rest: first && first + mark, text };
  }
  const [writes] = (refused && words.edit('writes', bare)) || [];
  if (writes) return { kind: 'said', rest: writes + (END_MARK.exec(text)?.[0] ?? ''), text };
  if (READS.has(kind)) return { kind: 'reads', text };
  return DONE.has(kind) || words.edit('asksBack', bare) ? { kind: 'done', text } : undefined;
}

/** All that she says behind the words that open it; a clause that she takes back in the midst of it is none of it. */
function anew(orders: Order[]): string | undefined {
  const at = orders.findIndex(({ kind }) => kind === 'opens');
  const told: string[] = [];
  for (const { kind, rest = '' } of orders.slice(at)) {
    if (kind === 'wrong') told.pop();
    else if ((kind === 'opens' || kind === 'said' || kind === 'adds') && rest) told.push(rest);
  }
  const all = told.join('').replace(END_MARK, '');
  return breadthOf(all) >= SHORTEST ? all : undefined;
}

const CHANGES = new Set<Order['kind']>(['only', 'cut', 'becomes', 'swaps', 'others', 'adds']);
/** What is nowhere in her words needs not be taken out of them. */
const NEEDS_ONE = new Set<Order['kind']>(['only', 'becomes', 'swaps']);
/** Her clauses, as one order after another leaves them. */
interface Standing {
  clauses: string[];
  /** Those of which she said that they stay. */
  kept: string[];
  /** To this one belongs what she goes on saying. */
  at?: number;
}

/** Her words as her orders leave them; empty where nothing is left, nothing where an order speaks of none of them. */
function changed(words: AskingWords, orders: Order[], hers: string): string | undefined {
  if (!orders.some(({ kind }) => CHANGES.has(kind))) return undefined;
  let standing: Standing | undefined = { clauses: spokenOf(words, orders, hers), kept: [] };
  for (const order of orders) standing = standing && obeyed(words, standing, order);
  const left = standing && joined(standing.clauses);
  return left === joined(partsOf(hers)) ? undefined : left;
}

function obeyed(words: AskingWords, standing: Standing, { kind, which = '', rest = '' }: Order): Standing | undefined {
  const { clauses, kept, at } = standing;
  const found = NAMES_CLAUSE.has(kind) ? whichOf(words, clauses, which) : -1;
  if (NEEDS_ONE.has(kind) && found < 0) return undefined;
  const put = (one: string, n = found) => clauses.map((was, m) => (m === n ? one : was));
  const was = clauses[found] ?? '';
  if (kind === 'cut') return { kept, clauses: clauses.filter((_, n) => n !== found) };
  if (kind === 'only') return { kept, clauses: [was] };
  // 「那句还是留着吧，椅子是坏的」: it had been left out.
  if (kind === 'keeps') return found < 0 ? { clauses, kept, at: clauses.length } : { clauses, kept: [...kept, was] };
  if (kind === 'others') return { kept, clauses: kept.length > 0 ? kept : clauses };
  if (kind === 'becomes') return { kept, clauses: put(rest), at: found };
  if (kind === 'swaps') return { kept, clauses: put(was.includes(which) ? was.replace(which, bareEnd(rest)) : rest) };
  if (kind === 'adds') return { kept, clauses: rest ? [...clauses, rest] : clauses, at: clauses.length };
  // 「再添一句，是礼拜五上午」
  if (kind === 'said' && at === clauses.length)
    return { kept, clauses: [...clauses, words.edit('says', rest)?.[0] ?? rest], at };
  if (kind === 'said' && at !== undefined) return { kept, clauses: put((clauses[at] ?? '') + rest, at), at };
  return { clauses, kept };
}

/** 「不对，没人告诉我为嘛不给办」: that instead, unless it is one word of it, or a question. Asked what is wrong she need not say no first. */
function afterNo(
  words: AskingWords,
  manner: Manner,
  orders: Order[],
  { text, hers, mending }: Moment & { text: string },
): string | undefined {
  const others = orders.some(({ kind }) => !REFUSES.has(kind) && kind !== 'said' && kind !== 'done');
  const corrects = orders.some(({ kind }) => kind === 'wrong') || (mending && partsOf(hers).length === 1);
  if (!corrects || others || putRight(words, text, hers) || swapsOne(words, text, hers)) return undefined;
  const all = bareEnd(orders.map(({ kind, rest = '' }) => (kind === 'said' ? rest : '')).join(''));
  const enough = breadthOf(all) >= Math.max(SHORTEST_ANEW, breadthOf(hers) * SHARE_ANEW);
  const steers = clausesOf(all).map((one) => words.kind('complaining', one) ?? '');
  const asks = steers.some((one, n) => one && (n === 0 || one !== 'part')) || asksSomething(manner, all);
  return enough && !asks ? all : undefined;
}

/** One word of hers for another, whatever she says behind it. */
const swapsOne = (words: AskingWords, text: string, hers: string): boolean =>
  [text, clausesOf(text).slice(0, -1).join(', ')].some((one) =>
    hers.toLowerCase().includes(words.swap(one)?.from ?? '\n'),
  );

/** Where she says 前头, of two breaths the first is meant and not its first clause. */
function spokenOf(words: AskingWords, orders: Order[], hers: string): string[] {
  const breaths = hers.split(BREATH);
  const byPlace = orders.some(({ which = '' }) => words.edit('first', which) ?? words.edit('last', which));
  return byPlace && breaths.length > 1 ? breaths : partsOf(hers);
}
const BREATH = /\s+(?=\p{Script=Han})/u;
const partsOf = (words: string): string[] =>
  words.split(/(?<=[,，。;；])\s*|\s+(?=\p{Script=Han})/u).filter((one) => one.trim());
const bareEnd = (text: string): string => text.replace(END_MARK, '');
/** What she said in two breaths stands apart; where letters are written, behind a comma. */
const joined = (clauses: string[]): string =>
  bareEnd(
    clauses
      .map((one) => one.trim().replace(LAST_LETTER, '$1,'))
      .join(' ')
      .replace(MARKED_GAP, '$1'),
  );
const LAST_LETTER = /([a-z])$/iu;
const MARKED_GAP = /([，。；]) /gu;

/** The clause that she speaks of: by where it stands, or by a word of it. Minus one where there is none. */
function whichOf(words: AskingWords, clauses: string[], which: string): number {
  if (words.edit('first', which)) return 0;
  if (words.edit('last', which)) return clauses.length - 1;
  const named = clauses.findIndex((one) => which && one.includes(which));
  return named >= 0 ? named : clauses.findIndex((one) => pairsOf(which).some((pair) => one.includes(pair)));
}
/** 「骂人的」 is where it says 骂人. */
const pairsOf = (which: string): string[] =>
  [...which]
    .slice(1)
    .flatMap((char, n) => (HAN_PAIR.test(`${[...which][n]}${char}`) ? [`${[...which][n]}${char}`] : []));
const HAN_PAIR = /^\p{Script=Han}{2}$/u;

const wants = (meaning: Meaning, slots: Meaning['slots']): Meaning =>
  meant(meaning, 'complaint', slots, `_asking.yaml#editing.${slots.element}`);
