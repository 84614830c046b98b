/** Whose booking it is, and who goes for it: read into the slots of booking. Pure. */

import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { isPaper } from '../known-matters.ts';
import type { Talk } from '../talk.ts';
import { clausesOf, piecesOf } from './plain-words.ts';
import { FOR_THE_DAY } from './sentence.ts';
import { ALWAYS_THEIRS, ofPickup, ofStanding, type Said, whenOf } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';
import { nameAtHome, whoGoes } from './who-goes.ts';

/** 替老张取: another's document, and whose. */
export function forAnother(words: StandingWords, meaning: Meaning, forWhom: string, said: Said): Meaning {
  const { date, time } = meaning.slots;
  const item = documentSaid(meaning);
  const forSpouse = words.says('spouse', forWhom) || isPartner(words, forWhom, said) ? 'yes' : '';
  const outsider = words.says('outsider', forWhom) ? 'yes' : '';
  const given = Object.entries({ item, date, time, forSpouse, outsider }).filter(([, value]) => value);
  const slots = { ...Object.fromEntries(given), forWhom, relation: words.atHome(forWhom) };
  return ofStanding(meaning, 'pickup.book', slots, 'booking.forOther');
}

/** 「我老伴儿杨示例信的卡，我替他拿」: he is the one who is named in the same sentence. */
function isPartner(words: StandingWords, forWhom: string, { text, names }: Said): boolean {
  const near = words.says('spouse', text) || nameAtHome(names, text) !== undefined;
  return near && words.says('pronoun', forWhom) && !words.says('outsider', text);
}

/** Who of those at home was booked along just now. */
const bookedAlong = ({ last }: Talk): string | undefined =>
  last.find(({ phrase }) => phrase === 'pickup.bookedBoth')?.values?.called as string | undefined;

/** 「我替老头子取，要带他身份证吗」: a paper that is carried along is not what is collected. */
const documentSaid = ({ slots: { item } }: Meaning): string | undefined => (item && isPaper(item) ? undefined : item);

const WHEN = ['item', 'date', 'time', 'direction', 'mode', 'place'] as const;
/** 「我跟老伴的一块儿去拿」, 「我俩都改礼拜五」: hers, and the other's at home on the same trip. */
export function coupleMeant(words: StandingWords, meaning: Meaning, said: Said) {
  const { text, talk } = said;
  const { frames, asked, topic } = talk;
  const inHand = frames.at(-1);
  const about = meaning.intent.startsWith('pickup.');
  const talkedOf = ofPickup(topic?.done?.phrase) || words.says('collects', text);
  const open = inHand === undefined && (about || (meaning.decision !== 'accept' && talkedOf));
  const ofBooking = inHand?.machine === 'pickup' || open;
  if (!ofBooking || ALWAYS_THEIRS.has(meaning.intent) || asked?.for === 'name') return undefined;
  const known = (inHand?.context.slots ?? {}) as Slots;
  const alone = inHand !== undefined && known.couple !== undefined && words.says('inHisStead', text);
  if (words.forWhom(text) || words.says('sendsKin', text) || !(alone || words.says('couple', text))) return undefined;
  // 「黄叔的也取消」: his alone.
  if (inHand === undefined && words.ofWhom(text)) return undefined;
  // Both are booked, each for himself: she means that she goes in his stead, too.
  const other = inHand === undefined && words.says('inHisStead', text) ? bookedAlong(talk) : undefined;
  if (other) return forAnother(words, meaning, other, said);
  if (asked?.phrase === 'pickup.together') return ofStanding(meaning, 'yes', {}, 'booking.couple');
  if (known.couple && meaning.intent === 'yes') return undefined;
  const plain: Intent = about ? meaning.intent : 'pickup.book';
  const ends: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : plain;
  const intent = words.says('moves', text) ? 'pickup.change' : ends;
  // 「老赵的乘车卡，也放那柜子里」: his is another than hers.
  const mayGive = WHEN.filter((name) => about && !(name === 'item' && known.item));
  const given = mayGive.flatMap((name) => (meaning.slots[name] ? [[name, meaning.slots[name]]] : []));
  // 「他不去，我一个人拿俩」 while it is being booked.
  if (alone) given.push(['stead', 'yes']);
  if (intent === 'pickup.book') given.push(['kin', words.atHome(text)]);
  return ofStanding(meaning, intent, { ...Object.fromEntries(given), couple: 'yes' }, 'booking.couple');
}

/** 「老黄取证的时间换到礼拜五」: his booking, and not hers. */
export function ofAnother(words: StandingWords, meaning: Meaning, forWhom: string, { text }: Said): Meaning {
  const own = meaning.intent.startsWith('pickup.') && meaning.intent !== 'pickup.book' ? meaning.intent : undefined;
  const changes: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : 'pickup.query';
  const mode = words.says('posts', text) ? 'courier' : words.says('intoLocker', text) ? 'locker' : undefined;
  const intent = mode ? 'pickup.change' : (own ?? (words.says('changes', text) ? 'pickup.change' : changes));
  const { date, time } = mode ? {} : meaning.slots;
  const forSpouse = words.says('spouse', forWhom) || words.says('pronoun', forWhom) ? 'yes' : '';
  const given = Object.entries({ date, time, mode, forSpouse, forWhom }).filter(([, value]) => value);
  return ofStanding(meaning, intent, Object.fromEntries(given) as Slots, 'booking.ofOther');
}

const OF_HER_NAME = new Set(['pickup.readBackProxy', 'pickup.readBackCollector']);
/** 「名儿错了，是刘芳，不是刘方」: at the read-back she who collects is called otherwise; before it, another goes than was named. */
export function otherName(words: StandingWords, meaning: Meaning, said: Said): Meaning | undefined {
  const { asked, frames } = said.talk;
  if (meaning.intent === 'emergency' || asked?.words || frames.at(-1)?.machine !== 'pickup') return undefined;
  const known = (frames.at(-1)?.context.slots ?? {}) as Slots;
  if (known.direction === 'hand_in' || asked?.for === 'name') return undefined;
  if (!OF_HER_NAME.has(asked?.phrase ?? '')) return sentInstead(words, meaning, said, known);
  const names = piecesOf(said.text).flatMap((one) => {
    const name = words.namedAnew(one);
    return name && !said.isKin(name) ? [name] : [];
  });
  const who = whoGoes(words, said);
  const relation = who.relation ?? relationSaid(words, said.text, known);
  const name = names.find((one) => one.startsWith(who.name ?? one)) ?? who.name;
  const misnamed = !name && known.name && piecesOf(said.text).some((one) => words.says('misnamed', one));
  if (misnamed) return ofStanding(meaning, 'pickup.book', { name: '' }, 'misnamed');
  if (name ? name === known.name : !who.relation || who.relation === known.relation) return undefined;
  // Whoever is only said to be another of hers has no name yet.
  return ofStanding(meaning, 'pickup.book', { name: name ?? '', ...(relation ? { relation } : {}) }, 'namedAnew');
}

/** 「不是建国去，是我闺女刘秀英」, 「姓刘，刘建国」 of 建国, while a day is chosen. */
function sentInstead(words: StandingWords, meaning: Meaning, said: Said, { name: before = '', mode }: Slots) {
  const { name, relation, instead } = whoGoes(words, said);
  const corrected = name?.endsWith(before) || words.says('wholeName', said.text);
  const fuller = before.length > 0 && name !== before && corrected;
  const unnamed = mode === 'proxy' && (!before || words.kinWhoGoes(before) !== undefined);
  if (!name || !(fuller || unnamed || (relation && instead))) return undefined;
  const when = whenOf(said.read(said.text, FOR_THE_DAY).slots);
  const slots = { ...when, mode: 'proxy', name, ...(relation ? { relation } : {}) };
  return ofStanding(meaning, 'pickup.book', slots, 'booking.proxy');
}

/** 「还是他媳妇儿去吧」: by him who was to go before; 「还是我闺女去」: by herself. */
function relationSaid(words: StandingWords, text: string, { relation }: Slots): string | undefined {
  const ofHim = words.kinOfHim(text);
  return ofHim && relation ? `${relation}${ofHim}` : words.kinSent(text);
}

/** An answer to who it is that understanding knows no name in. */
export function withBareName(
  words: StandingWords,
  meaning: Meaning,
  said: Pick<Said, 'text' | 'talk' | 'isKin' | 'read' | 'names'>,
): Meaning {
  const { asked, frames } = said.talk;
  if (asked?.for !== 'name' || frames.at(-1)?.machine !== 'pickup') return meaning;
  const whole = meaning.decision === 'accept' && meaning.slots.name && piecesOf(said.text).length === 1;
  const plain = whole && !nameAtHome(said.names, said.text);
  const { name, relation } = plain ? {} : whoGoes(words, said);
  return name ? ofStanding(meaning, 'pickup.book', { name, ...(relation ? { relation } : {}) }, 'bareName') : meaning;
}

/** 大孙子 is no 大孙: the name is part of what somebody is to her. */
function overlaps(text: string, name: string, relation: string): boolean {
  const [at, of] = [text.indexOf(name), text.indexOf(relation)];
  return name !== '' && relation !== '' && at < of && of < at + name.length;
}

/** 「让我闺女去，她叫刘敏，礼拜五上午」: the day of a clause of its own; of one that says who is busy it is none. */
function whenTheyGo(words: StandingWords, { slots }: Meaning, { text, read, asks }: Said): Slots {
  if (slots.date || slots.time || asks) return slots;
  const free = clausesOf(text).filter((one) => !words.isBusy(one));
  return Object.assign({}, ...free.map((one) => whenOf(read(one, FOR_THE_DAY).slots))) as Slots;
}

/** 我女儿王小红替我去: what she is to her, and her name where it is said. */
export function anotherCollects(words: StandingWords, meaning: Meaning, said: Said): Meaning {
  const { text, isKin } = said;
  const { name: heard = '', relation: known = '' } = meaning.slots;
  const { date, time } = whenTheyGo(words, meaning, said);
  const item = documentSaid(meaning);
  const who = whoGoes(words, said);
  const kin = heard.replace(/^我/u, '');
  const relation = who.relation || words.kinSent(text) || known || (isKin(kin) ? kin : '');
  const name =
    who.name ?? words.nameBehind(relation, text) ?? (isKin(kin) || overlaps(text, heard, relation) ? '' : heard);
  const both = meaning.slots.both || (words.says('both', text) ? 'yes' : '');
  const given = Object.entries({ item, date, time, relation, name, both }).filter(([, value]) => value);
  return ofStanding(meaning, 'pickup.book', { ...Object.fromEntries(given), mode: 'proxy' }, 'booking.proxy');
}
