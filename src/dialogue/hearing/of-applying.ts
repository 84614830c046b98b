/** What she says in the midst of an application, or right after hearing that she may have it: read into the slots of that errand. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import { clausesOf } from './plain-words.ts';
import { meant } from './sentence.ts';
import { digitRuns, isCard } from './spoken-digits.ts';
import type { OfApplying } from './standing-kinds.ts';
import type { StandingWords } from './standing-words.ts';

const accepted = (meaning: Meaning, slots: Slots, why: OfApplying): Meaning =>
  meant(meaning, 'apply.start', slots, `_standing.yaml#applying.${why}`);

/** Questions at which she may say how the papers come. */
const OF_PAPERS = new Set([
  'apply.howMaterials',
  'apply.readBackFirst',
  'apply.readBackPromise',
  'apply.readBackNoPromise',
  'apply.whichOfSecond',
  'apply.handIn',
]);
const OF_PHONE = new Set(['apply.confirmPhone', 'agent.readPhoneBack', 'apply.readBackFirst']);
/** All that she answered has been told back: what is wrong is named at any of these. */
const READ_BACK = /^apply\.(?:readBack|whichOf|handIn)/;
const WRONG = [
  ['wrongPhone', 'phone'],
  ['wrongMaterials', 'materials'],
  ['wrongPromise', 'promise'],
  ['wrongKind', 'kind'],
] as const;
const PAPERS = ['home', 'pickup', 'file'] as const;

/** Her sentence as it bears on an application. */
export function ofApplying(words: StandingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  if (meaning.intent === 'emergency') return meaning;
  const inHand = talk.frames.at(-1)?.machine;
  const other = forAnother(words, meaning, text, talk);
  if (other) return other;
  if (inHand === undefined && meaning.intent === 'apply.start') return ofDamaged(words, meaning, text);
  if (inHand === 'apply') return inMidst(words, meaning, text, talk);
  return inHand === 'guide' ? wantsIt(words, meaning, text, talk) : meaning;
}

/** What understanding takes such a sentence for. */
const MAY_RESUME = new Set<Intent>([
  'apply.start',
  'progress.query',
  'guide.lookup',
  'correction',
  'smalltalk',
  'out_of_scope',
]);
/** 「没填完的那个不要了」 sounds like a booking that is called off. */
const OF_BOOKING = /^pickup\.cancel$/;
const DROPS_DRAFT = '_standing.yaml#applying.dropsDraft';
/** 「前两天那个没弄完的，接着给我弄」: what she began another day, with no word of what it was. */
export function resumesDraft(words: StandingWords, meaning: Meaning, text: string, { frames, asked }: Talk): Meaning {
  const free = !asked?.words && (frames.length === 0 || isPassing(frames.at(-1)?.machine));
  const open = meaning.decision !== 'accept' || MAY_RESUME.has(meaning.intent);
  const begun = words.applies('halfDone', text) || words.applies('ofForm', text);
  if (!free || !(open || OF_BOOKING.test(meaning.intent)) || !begun || words.forSomebody(text)) return meaning;
  if (words.applies('dropsDraft', text)) return meant(meaning, 'apply.withdraw', {}, DROPS_DRAFT);
  if (!open || words.applies('leftForGood', text)) return meaning;
  const goesOn = words.applies('goesOnWith', text) || words.applies('theOtherDay', text);
  const resumes = goesOn || words.applies('ofForm', text);
  const { item } = meaning.slots;
  return resumes
    ? accepted(meaning, { draft: 'yes', ...(item && !isPaper(item) ? { item } : {}) }, 'halfDone')
    : meaning;
}

/** Nothing is answered yet but whose it is. */
const OF_WHOM = /^(?:apply\.start|no|yes|correction)$/;
const AT_ITS_START = new Set(['apply.whichKind', 'apply.resumeDraft', 'apply.whichMatter']);
/** 「老头子那个证填了一半」, 「我是要给老李办，不是给我办」: whose it is to be is settled before anything is answered. */
function forAnother(words: StandingWords, meaning: Meaning, text: string, { frames, asked }: Talk) {
  const name = frames.length === 0 || AT_ITS_START.has(asked?.phrase ?? '') ? words.forSomebody(text) : undefined;
  if (!name || (meaning.decision === 'accept' && !OF_WHOM.test(meaning.intent))) return undefined;
  const { item } = (frames.at(-1)?.context.slots ?? {}) as Slots;
  return accepted(meaning, { ...(item ? { item } : {}), ...meaning.slots, name }, 'forSomebody');
}

/** 「我要换老年乘车卡，卡折了」: it is not its age for which it is changed. */
function ofDamaged(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const damaged = words.applies('kindDamaged', text) && !words.applies('kindRenewal', text);
  return meaning.slots.kind === 'renewal' && damaged
    ? { ...meaning, slots: { ...meaning.slots, kind: 'damaged' } }
    : meaning;
}

/** 我不要上门收，我自己带: what she names only to refuse it is not her way. */
function papersIn(words: StandingWords, text: string): (typeof PAPERS)[number] | undefined {
  if (!words.applies('notHome', text)) return PAPERS.find((one) => words.applies(one, text));
  return words.applies('file', text) ? 'file' : 'pickup';
}

/** 我那户口本在我大儿子家呢: a paper that is spoken of is no other matter, and whoever has it is not applied for. */
function withoutPaper(meaning: Meaning): Meaning {
  const { item, name, ...slots } = meaning.slots;
  if (!item || !isPaper(item)) return meaning;
  const bare = Object.keys(slots).length === 0 && meaning.intent !== 'yes' && meaning.intent !== 'no';
  return { ...meaning, slots, ...(bare ? { intent: 'out_of_scope', decision: 'ask' } : {}) };
}

/** 「那个电话是我老头子的」: whose telephone it is, and nobody to apply for. */
function withoutOwner(words: StandingWords, meaning: Meaning, text: string): Meaning {
  if (!meaning.slots.name || words.forSomebody(text)) return meaning;
  const { name: _, ...slots } = meaning.slots;
  return { ...meaning, slots };
}

function inMidst(words: StandingWords, read: Meaning, text: string, { asked }: Talk): Meaning {
  const at = asked?.phrase ?? '';
  const meaning = OF_PHONE.has(at) ? withoutOwner(words, withoutPaper(read), text) : withoutPaper(read);
  if (asked?.for === 'kind') return kindMeant(words, meaning, text);
  // 「卡找着了，就是折了，刷不响了」: it is not lost, and of no use all the same.
  if (words.applies('worn', text) && !SETTLED_KIND.has(at)) return accepted(meaning, { kind: 'damaged' }, 'worn');
  const papers = OF_PAPERS.has(at) ? papersIn(words, text) : undefined;
  // 「上门……还是我自己带去吧」: what she says of herself counts, and not the choice that she only repeats.
  if (papers && (meaning.intent !== 'select.number' || words.applies('notHome', text)))
    return accepted(meaning, { materials: papers }, papers);
  if (at === 'apply.promise' && words.applies('means', text)) return accepted(meaning, { explain: 'promise' }, 'means');
  // 「我腿脚不好，你们来拿吧」 to it: how the papers come, after all.
  if (PROMISE.has(at) && words.applies('home', text) && !words.applies('notHome', text))
    return accepted(meaning, { materials: 'home' }, 'home');
  if (PROMISE.has(at)) return atPromise(words, meaning, text);
  // 「不办了，就这个」 to the offer of another: what was handed in stands.
  if (at === 'apply.partner' && (meaning.intent === 'cancel' || words.applies('givesUp', text)))
    return meant(meaning, 'no', {}, GIVES_UP);
  const over = words.applies('givesUp', text) && !SETTLED.has(asked?.offer ?? '');
  if (over) return meant(meaning, 'cancel', {}, GIVES_UP);
  const ofKind = OF_KIND.has(at) || words.applies('wrongKind', text);
  const kind = ofKind ? otherKind(words, text, asked?.values?.kind) : undefined;
  if (kind) return accepted(meaning, { kind }, 'wrongKind');
  if (at === 'apply.readBackNoPromise' && clausesOf(text).some((one) => words.applies('promisesAfterAll', one)))
    return accepted(meaning, { reopen: 'promise' }, 'promisesAfterAll');
  const wrong = READ_BACK.test(at) ? WRONG.find(([word]) => words.applies(word, text)) : undefined;
  const other = wrong?.[1] === 'phone' ? (meaning.slots.phone ?? longRun(meaning, text)) : undefined;
  // Of its end alone no number can be made: it is asked for.
  if (other && other.length < SHORTEST_PHONE) return accepted(meaning, { reopen: 'phone' }, 'wrongPhone');
  if (other) return accepted(meaning, { phone: other }, 'otherPhone');
  if (wrong && meaning.intent !== 'yes') return accepted(meaning, { reopen: wrong[1] }, wrong[0]);
  // A number of ten digits is her telephone with one left out, and no case's.
  const number = OF_PHONE.has(at) ? (meaning.slots.case_no ?? longRun(meaning, text)) : undefined;
  if (number) return accepted(meaning, { phone: number }, 'otherPhone');
  if (at === 'apply.forAnother') return forHerself(words, meaning, text);
  const notThisOne = at === 'apply.confirmPhone' && clausesOf(text).some((one) => isNotHers(words, one));
  if (meaning.intent === 'yes' || !(notThisOne || words.applies('otherPhone', text))) return meaning;
  const { phone } = meaning.slots;
  // Asked about the one that is known: the other is asked for, and not the same again.
  if (!phone && at === 'apply.confirmPhone') return { ...accepted(meaning, {}, 'otherPhone'), intent: 'no' };
  return accepted(meaning, phone ? { phone } : { reopen: 'phone' }, 'otherPhone');
}

const isNotHers = (words: StandingWords, clause: string): boolean =>
  words.applies('notMine', clause) || words.applies('wrongPhone', clause);

/** It is over, or being ended. */
const SETTLED_KIND = new Set(['apply.reallyWithdraw', 'apply.partner', 'apply.waitsForHer']);
/** Here the same words are an answer. */
const SETTLED = new Set(['cancel', 'promise']);
const OF_KIND = new Set(['apply.readBackFirst', 'apply.whichOfFirst']);
const GIVES_UP = '_standing.yaml#applying.givesUp';

/** 「对……头一回？我这是丢了补的」: another kind than was read back, said of herself and not only echoed. */
function otherKind(words: StandingWords, text: string, readBack: unknown): string | undefined {
  const clauses = text.split(/(?<=[\p{P}])/u).filter((one) => !/[？?]$/u.test(one.trim()));
  const own = clauses.filter((one) => !words.calls('ofNumber', one));
  const named = own.flatMap((one) => BY_WORDS.filter(([word]) => words.applies(word, one)).map(([, kind]) => kind));
  return named.find((kind) => kind !== readBack);
}

const PROMISE = new Set(['apply.promise', 'apply.promiseMeans']);
/** 「我保证。户口本在我大儿子家呢」: where her papers lie is no other matter, and nobody else's application. */
function atPromise(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const said = (intent: 'yes' | 'no', why: OfApplying): Meaning => ({ ...accepted(meaning, {}, why), intent });
  if (words.applies('promisesNot', text)) return said('no', 'promisesNot');
  return words.applies('promises', text) ? said('yes', 'promises') : meaning;
}

const BY_WORDS = [
  ['kindLost', 'lost'],
  ['kindDamaged', 'damaged'],
  ['kindRenewal', 'renewal'],
  ['kindFirst', 'first'],
] as const;
/** 「绿的」, 「让我孙子给洗衣机洗了」 to 「头一回办，还是换，还是补」. */
function kindMeant(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const { item, kind } = meaning.slots;
  const found = kind ?? BY_WORDS.find(([word]) => words.applies(word, text))?.[1];
  if (!found || meaning.intent === 'cancel' || meaning.intent === 'stop') return meaning;
  return accepted(meaning, { kind: found, ...(item ? { item } : {}) }, 'wrongKind');
}

/** Whatever else it may look like: so many digits are a telephone where one is asked about. */
const SHORTEST_PHONE = 7;
const longRun = ({ slots }: Meaning, text: string): string | undefined =>
  slots.phone ? undefined : digitRuns(text).find((run) => run.length >= SHORTEST_PHONE && !isCard(run));

/** A number, or that it is for herself, is no word about somebody else. */
function forHerself(words: StandingWords, meaning: Meaning, text: string): Meaning {
  const { phone, kind } = meaning.slots;
  if (!phone && !words.applies('forHerself', text) && !words.applies('otherPhone', text)) return meaning;
  const given = { ...(phone ? { phone } : {}), ...(kind ? { kind } : {}) };
  return accepted(meaning, { forHerself: 'yes', ...given }, 'forHerself');
}

const KINDS = [
  ['replaces', { kind: 'lost' }],
  ['renews', { kind: 'renewal' }],
  ['doIt', {}],
] as const;

/** 「您能办」, and she says 「办吧」: of the matter that is talked of. */
function wantsIt(words: StandingWords, meaning: Meaning, text: string, talk: Talk): Meaning {
  const { item } = (talk.frames.at(-1)?.context.slots ?? {}) as Slots;
  const found = KINDS.find(([word]) => words.applies(word, text));
  // It was just offered, and of which kind is known.
  if (found && talk.asked?.offer === 'apply') return { ...meaning, intent: 'yes', slots: {}, decision: 'accept' };
  return item && found ? accepted(meaning, { item, ...found[1] }, found[0]) : meaning;
}
