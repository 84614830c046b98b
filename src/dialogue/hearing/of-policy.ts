/** What she asks in the midst of a policy: its text answers, else the guide of its matter, else somebody who knows. Pure. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import { joined, sentencesOf } from '../errands/guide.breath.ts';
import { current, detailTold, type PolicyContext, type PolicyForHer } from '../errands/policy.facts.ts';
import { isPaper } from '../known-matters.ts';
import { besidePolicy } from '../matter-in-hand.ts';
import type { Talk } from '../talk.ts';
import { AS_INTENT, isOfItsOwn } from './asked-of-matter.ts';
import type { AskingWords } from './asking-words.ts';
import type { Manner } from './manner.ts';
import { asksSomething } from './of-text.ts';
import { piecesOf } from './plain-words.ts';
import { meant, type Sentence } from './sentence.ts';

/** What is asked of a policy as such: that stays with it. */
const OF_ITSELF = new Set(['why', 'noMore', 'enough', 'before', 'next', 'canI', 'discount']);

/** Her sentence as it is meant of the policy that is being told: of its text, of the matter it is about, or of what neither tells. */
export function ofPolicy(words: AskingWords, manner: Manner, meaning: Meaning, text: string, talk: Talk): Meaning {
  const frame = talk.frames.at(-1);
  const context = frame?.context as unknown as PolicyContext;
  const one = frame?.machine === 'policy' ? current(context) : undefined;
  const { item } = meaning.slots;
  if (one && item && item !== one.matter && manner.piece('policy', text) === 'canI')
    return meant(meaning, 'guide.eligibility', { item }, '_manner.yaml#pieces.policy.canI');
  if (!one || (item && item !== one.matter)) return meaning;
  if (words.kind('guide', text) === 'source') return ofIt(meaning, { element: 'source' });
  // Of what she was just told, though the policy is about something else.
  const beside = besidePolicy(talk);
  const toldOf = beside && beside !== one.matter ? beside : undefined;
  const remind = (toldOf ?? one.matter) && words.kind('guide', text) === 'remind';
  if (remind)
    return meant(
      meaning,
      'guide.lookup',
      { item: toldOf ?? one.matter ?? '', element: 'remind' },
      '_asking.yaml#guide.remind',
    );
  if (isOfItsOwn(meaning)) return meaning;
  if (one.matter && words.says('asIs', 'atHers', text))
    return meant(meaning, 'visit.request', { item: one.matter }, '_asking.yaml#asIs.atHers');
  // Its text says that one registers; how, the guide says.
  if (one.matter && words.says('asIs', 'registers', text))
    return meant(meaning, 'guide.lookup', { item: one.matter, element: 'steps' }, '_asking.yaml#asIs.registers');
  if (words.says('asIs', 'askForMe', text)) return ofIt(meaning, { element: 'askForMe' });
  const ofPlace = words.says('asIs', 'namesPlace', text) || words.says('asIs', 'opensThen', text);
  if (ofPlace && meaning.intent.startsWith('guide.')) return asItIs(meaning);
  const ofBeside = toldOf ? ofItsMatter(words, meaning, text, { ...one, matter: toldOf }, 'beside') : undefined;
  if (ofBeside) return ofBeside;
  if (detailTold(context) && words.says('asIs', 'details', text)) return ofIt(meaning, { element: 'all' });
  const piece = manner.piece('policy', text);
  if (piece === 'why' && one.matter && talk.last.some(({ phrase }) => /^guide\.(?:eligible|because)_/.test(phrase)))
    return meant(meaning, 'guide.lookup', { item: one.matter, element: 'reason' }, '_asking.yaml#guide.whyNotYet');
  if (OF_ITSELF.has(piece ?? '')) return meaning;
  const whole = !detailTold(context) && new Set([one.gist, one.body].flatMap(sentencesOf)).size <= SHORT;
  const part = whole ? undefined : ofItsText(words, meaning, text, one);
  return part ?? ofItsMatter(words, meaning, text, one, piece) ?? meaning;
}

const DOES = /^(?:pickup|visit|apply|callback)\./;
/** 「不是坐车，是八十岁那个」 in the midst of a policy or a guide: of that matter. */
export function ofTheOther(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const machine = talk.frames.at(-1)?.machine;
  const meantApply = talk.asked?.phrase === 'conversation.meant_apply_start';
  const open =
    machine === 'policy' || machine === 'guide' || (machine === undefined && (talk.asked === undefined || meantApply));
  const instead = open && !talk.asked?.words ? words.swap(text) : undefined;
  // 「给我约后天，不是后天，是大后天」: what she has done for her is plain, and only its day is put right.
  const does = meaning.decision === 'accept' && DOES.test(meaning.intent);
  if (!instead || does) return meaning;
  const { intent, slots } = read(words.byItsName(instead.to));
  if (!slots.item || slots.item === read(words.byItsName(instead.from)).slots.item) return meaning;
  const asked = intent.startsWith('guide.') ? intent : 'guide.lookup';
  return meant(meaning, meantApply ? 'apply.start' : asked, { item: slots.item }, '_asking.yaml#swap');
}

/** 「我没那个社保卡，你就给我办个老年卡吧」: what she has not is not what she wishes. */
export function ofWhatSheWishes(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { item } = meaning.slots;
  const clauses = piecesOf(text);
  if (clauses.length < 2 || talk.asked?.words) return meaning;
  const beside = besideWhatSheOwns(words, clauses, read);
  const asks = item && meaning.intent.startsWith('guide.');
  if (beside) return { ...(asks ? meaning : beside), slots: { ...meaning.slots, ...beside.slots }, why: OWNS };
  if (!item) return meaning;
  const told = (one: string) =>
    words.says('asIs', 'hasNot', one) ||
    words.says('asIs', 'owns', one) ||
    (isPaper(item) && words.says('asIs', 'atHand', one));
  const lacking = clauses.find((one) => told(one) && read(one).slots.item === item);
  const other = clauses
    .filter((one) => one !== lacking)
    .map((one) => read(one))
    .findLast(({ slots }) => slots.item && slots.item !== item);
  if (!lacking || !other) return meaning;
  // 「紫红证我还没有，高龄津贴我能领吗」: what she asks is asked of the other.
  const both = meaning.intent.startsWith('guide.') && other.intent.startsWith('guide.');
  return both ? { ...meaning, slots: { ...meaning.slots, item: other.slots.item ?? item } } : other;
}

/** 「有残疾证，护理的钱咋弄」: one wish, and not of what she has. */
function besideWhatSheOwns(words: AskingWords, clauses: string[], read: Sentence['read']): Meaning | undefined {
  const owned = clauses.filter((one) => words.says('asIs', 'owns', one) && read(one).slots.item);
  const had = owned.map((one) => read(one).slots.item);
  const wish = clauses
    .filter((one) => !owned.includes(one))
    .map((one) => read(words.byItsName(one)))
    .findLast(({ slots }) => slots.item && !had.includes(slots.item));
  return owned.length > 0 ? wish : undefined;
}
const OWNS = '_asking.yaml#asIs.owns';

/** What may be asked of a matter by what it is for, beside what it is. */
const OF_NICKNAME = new Set(['canI', 'whyNotYet', 'materials', 'conditions', 'amount', 'fee', 'discount']);
/** The name tells what is asked of it, too. */
const NAMES_QUESTION = /^guide\.(?:where|materials)$/;
/** What understanding takes such a question for. */
const MAY_BE_NAMED = /^(?:guide\.|policy\.|progress\.|out_of_scope|smalltalk|help)/;
const mayBeNamed = ({ intent, decision }: Meaning) =>
  MAY_BE_NAMED.test(intent) || (decision === 'ask' && intent !== 'emergency');

/** 「上哪儿吃去」, 「都说八十岁有钱领，能领吗」: a matter that she calls by what it is for, and by no name. */
export function ofItsNickname(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const machine = talk.frames.at(-1)?.machine;
  const free = machine === undefined || machine === 'guide';
  if (!free || talk.asked?.words || meaning.slots.item || isOfItsOwn(meaning)) return meaning;
  const named = words.byItsName(text);
  const asked = named !== text && mayBeNamed(meaning) ? read(named) : undefined;
  const item = asked?.slots.item;
  if (!item) return meaning;
  if (talk.last.some(({ phrase }) => phrase.startsWith('progress.')))
    return meant(meaning, 'progress.query', { item }, '_asking.yaml#nicknames');
  if (NAMES_QUESTION.test(asked.intent)) return meant(meaning, asked.intent, { item }, '_asking.yaml#nicknames');
  if (words.says('asIs', 'employee', text))
    return meant(meaning, 'guide.lookup', { item, element: 'forWhom' }, '_asking.yaml#asIs.employee');
  const kind = words.kind('guide', text) ?? '';
  const element: Slots = OF_NICKNAME.has(kind) && !AS_INTENT[kind] ? { element: kind } : {};
  const intent = OF_NICKNAME.has(kind) ? AS_INTENT[kind] : undefined;
  return meant(meaning, intent ?? 'guide.lookup', { item, ...element }, '_asking.yaml#nicknames');
}

/** 「困难补助，低保那样的」: of that which it is like. */
export function ofItsLike(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const named = talk.asked?.words ? undefined : words.like(text);
  if (!named || isOfItsOwn(meaning)) return meaning;
  const { item } = read(named).slots;
  if (!item || item === meaning.slots.item) return meaning;
  return meant(meaning, 'guide.lookup', { item }, '_asking.yaml#like');
}

/** 「那我能领嘛？我这岁数」 in the midst of a policy: a matter that no clause of hers names is a guess. */
export function unguessed(meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  const { item, ...slots } = meaning.slots;
  const clauses = piecesOf(text);
  const inPolicy = talk.frames.at(-1)?.machine === 'policy' && !talk.asked?.words;
  if (!inPolicy || !item || clauses.length < 2) return meaning;
  return clauses.some((one) => read(one).slots.item === item) ? meaning : { ...meaning, slots };
}

/** 「这站几点关门」: nothing of it is looked for in the text. */
const asItIs = (meaning: Meaning): Meaning => ({ ...meaning, decision: 'accept', confidence: 1 });

/** So short a text is told as a whole. */
const SHORT = 2;
const ofIt = (meaning: Meaning, slots: Slots): Meaning => meant(meaning, 'policy.news', slots, '_asking.yaml#ofText');

function ofItsText(
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { gist, body }: PolicyForHer,
): Meaning | undefined {
  const sentences = [...new Set([gist, body].flatMap(sentencesOf))];
  const told = words.answering(text, sentences);
  if (told.length === 0 || (meaning.decision === 'accept' && meaning.intent === 'yes')) return undefined;
  if (told.some((one) => words.says('asIs', 'finds', one))) return ofIt(meaning, { element: 'unwritten' });
  return ofIt(meaning, { element: 'part', part: joined(told) });
}

/** The guide knows the matter by its elements. */
function ofItsMatter(
  words: AskingWords,
  meaning: Meaning,
  text: string,
  { matter }: PolicyForHer,
  piece: string | undefined,
): Meaning | undefined {
  const ofGuide =
    meaning.intent.startsWith('guide.') && meaning.decision === 'accept' && Object.keys(meaning.slots).length > 0;
  const element = words.kind('guide', text);
  const ownPiece = piece !== 'beside' && (element === 'steps' || element === 'canI');
  if (matter && !ofGuide && element && !ownPiece) {
    const intent = AS_INTENT[element];
    const slots: Slots = intent ? { item: matter } : { item: matter, element };
    return meant(meaning, intent ?? 'guide.lookup', slots, `_asking.yaml#guide.${element}`);
  }
  if (piece || meaning.intent.startsWith('guide.')) return undefined;
  return asksSomething(words, meaning, text) ? ofIt(meaning, { element: 'unwritten' }) : undefined;
}
