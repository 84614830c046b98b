/** Whose booking it is, and who goes for it: read into the slots of booking. Pure. */
import type { Intent, Meaning, Slots } from '../../understanding/meaning.ts';
import { piecesOf } from './plain-words.ts';
import { ALWAYS_THEIRS, ofPickup, ofStanding, type Said } from './standing-said.ts';
import type { StandingWords } from './standing-words.ts';

/** 替老张取: another's document, and whose. */
export function forAnother(words: StandingWords, meaning: Meaning, forWhom: string): Meaning {
  const { item, date, time } = meaning.slots;
  const forSpouse = words.says('spouse', forWhom) ? 'yes' : '';
  const outsider = words.says('outsider', forWhom) ? 'yes' : '';
  const given = Object.entries({ item, date, time, forSpouse, outsider }).filter(([, value]) => value);
  const slots = { ...Object.fromEntries(given), forWhom, relation: words.atHome(forWhom) };
  return ofStanding(meaning, 'pickup.book', slots, 'booking.forOther');
}

const WHEN = ['item', 'date', 'time', 'direction', 'mode', 'place'] as const;
/** 「我跟老伴的一块儿去拿」, 「我俩都改礼拜五」: hers, and the other's at home on the same trip. */
export function coupleMeant(words: StandingWords, meaning: Meaning, { text, talk: { frames, asked, topic } }: Said) {
  const inHand = frames.at(-1);
  const about = meaning.intent.startsWith('pickup.');
  const talkedOf = ofPickup(topic?.done?.phrase) || words.says('collects', text);
  const open = inHand === undefined && (about || (meaning.decision !== 'accept' && talkedOf));
  const ofBooking = inHand?.machine === 'pickup' || open;
  if (!ofBooking || ALWAYS_THEIRS.has(meaning.intent) || asked?.for === 'name') return undefined;
  if (words.forWhom(text) || words.says('sendsKin', text) || !words.says('couple', text)) return undefined;
  // 「黄叔的也取消」: his alone.
  if (inHand === undefined && words.ofWhom(text)) return undefined;
  if (asked?.phrase === 'pickup.together') return ofStanding(meaning, 'yes', {}, 'booking.couple');
  const known = (inHand?.context.slots ?? {}) as Slots;
  if (known.couple && meaning.intent === 'yes') return undefined;
  const plain: Intent = about ? meaning.intent : 'pickup.book';
  const ends: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : plain;
  const intent = words.says('moves', text) ? 'pickup.change' : ends;
  const given = WHEN.flatMap((name) => (about && meaning.slots[name] ? [[name, meaning.slots[name]]] : []));
  return ofStanding(meaning, intent, { ...Object.fromEntries(given), couple: 'yes' }, 'booking.couple');
}

/** 「老黄取证的时间换到礼拜五」: his booking, and not hers. */
export function ofAnother(words: StandingWords, meaning: Meaning, forWhom: string, { text }: Said): Meaning {
  const own = meaning.intent.startsWith('pickup.') && meaning.intent !== 'pickup.book' ? meaning.intent : undefined;
  const changes: Intent = words.about('visit', text) === 'cancel' ? 'pickup.cancel' : 'pickup.query';
  const intent = own ?? (words.says('changes', text) ? 'pickup.change' : changes);
  const { date, time } = meaning.slots;
  const forSpouse = words.says('spouse', forWhom) || words.says('pronoun', forWhom) ? 'yes' : '';
  const given = Object.entries({ date, time, forSpouse, forWhom }).filter(([, value]) => value);
  return ofStanding(meaning, intent, Object.fromEntries(given) as Slots, 'booking.ofOther');
}

const OF_HERS = /^[是叫让我他她就那家]*/u;
/** 我闺女刘小梅: what she is, and her name. */
function kinAndName(clause: string, isKin: (name: string) => boolean): string[] {
  const bare = clause.replace(OF_HERS, '');
  const cut = [3, 2].find((at) => bare.length > at + 1 && isKin(bare.slice(0, at)));
  return cut ? [bare.slice(0, cut), bare.slice(cut)] : [clause];
}

/** 文刀刘: how the first character of another name is written. */
const SPELLED = 3;
const spells = (name = '', names: (string | undefined)[]): boolean =>
  name.length === SPELLED && names.some((other) => other !== name && other?.startsWith(name.slice(-1)));

/** 「叫王丽，哎不对，叫刘丽」: the last name is hers. */
const slipped = (words: StandingWords, clauses: string[]): boolean =>
  clauses.some((one) => words.says('takesBack', one));

const OF_HER_NAME = new Set(['pickup.readBackProxy', 'pickup.readBackCollector']);
/** 「名儿错了，是刘芳，不是刘方」: at the read-back she who collects is called otherwise. */
export function otherName(words: StandingWords, meaning: Meaning, { text, talk, isKin }: Said): Meaning | undefined {
  if (!OF_HER_NAME.has(talk.asked?.phrase ?? '') || meaning.intent === 'emergency') return undefined;
  const names = piecesOf(text).flatMap((one) => {
    const name = words.namedAnew(one);
    return name && !isKin(name) ? [name] : [];
  });
  const [name] = names;
  if (!name) return undefined;
  const relation = relationSaid(words, text, (talk.frames.at(-1)?.context.slots ?? {}) as Slots);
  return ofStanding(meaning, 'pickup.book', { name, ...(relation ? { relation } : {}) }, 'namedAnew');
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
  { text, talk: { asked, frames }, isKin }: Pick<Said, 'text' | 'talk' | 'isKin'>,
): Meaning {
  if (asked?.for !== 'name' || frames.at(-1)?.machine !== 'pickup') return meaning;
  const clauses = piecesOf(text);
  const apart = clauses.flatMap((one) => kinAndName(one, isKin));
  const names = apart.map((one) => words.bareName(one)).filter((one) => one && !isKin(one));
  const plainly = names.filter((one) => !spells(one, names));
  const name = (slipped(words, clauses) ? plainly.at(-1) : plainly[0]) ?? names[0];
  const relation = apart.map((one) => one.replace(/^[是我他她]+/u, '')).find(isKin);
  const plain = meaning.decision === 'accept' && meaning.slots.name && clauses.length === 1;
  if (!name || plain) return meaning;
  return ofStanding(meaning, 'pickup.book', { name, ...(relation ? { relation } : {}) }, 'bareName');
}

/** 我女儿王小红替我去: what she is to her, and her name where it is said. */
export function anotherCollects(words: StandingWords, meaning: Meaning, { text, isKin }: Said): Meaning {
  const { item, date, time, name: said = '', relation: known = '' } = meaning.slots;
  const kin = said.replace(/^我/u, '');
  const relation = known || (isKin(kin) ? kin : (words.kinSent(text) ?? ''));
  const name = words.nameBehind(relation, text) ?? (kin === relation ? '' : said);
  const both = words.says('both', text) ? 'yes' : '';
  const given = Object.entries({ item, date, time, relation, name, both }).filter(([, value]) => value);
  return ofStanding(meaning, 'pickup.book', { ...Object.fromEntries(given), mode: 'proxy' }, 'booking.proxy');
}
