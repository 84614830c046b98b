/** Whether her sentence tells that somebody died, is in hospital or moves, whatever else it may be. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { LifeWords } from './life-words.ts';
import type { Manner } from './manner.ts';
import { piecesOf } from './plain-words.ts';
import { asksSomething } from './question.ts';
import { type Listened, PLAIN, SAID_OF_LIFE, type Sentence, SURE } from './sentence.ts';

/** Questions about how a matter is done may tell of a death, too; they are answered first. */
const OF_GUIDE = /^(guide|policy|progress)\./;
/** What it tells of a life, where it does. In hospital since yesterday is no alarm any more. */
export function lifeIn(
  manner: Manner,
  text: string,
  { intent, slots, decision, confidence }: Meaning,
  talk: Talk,
): LifeWords | undefined {
  const ahead = stillAhead(manner, text, talk);
  if (ahead) return ahead;
  const found = manner.life(text);
  if (!found || manner.says('whatIf', text)) return undefined;
  if (intent === 'emergency')
    return found.state === 'hospital' && found.sure && found.how === 'told' ? found : undefined;
  const sure = slots.item ? SURE : PLAIN;
  // 「我老伴儿，走了，上礼拜的事」 is no farewell; 「老伴儿叫我呢，我走了」 is one.
  const farewell = intent === 'stop' && !found.self && LENGTHS.some((n) => manner.isKin(found.before.slice(-n)));
  const open = farewell || SAID_OF_LIFE.has(intent) || decision !== 'accept' || confidence < sure;
  const plain = found.sure || found.how === 'back';
  return open || (plain && !OF_GUIDE.test(intent)) ? found : undefined;
}

/** How many characters what somebody is to her may have. */
const LENGTHS = [2, 3, 4];

/** The same as a part of what was heard. */
export function lifeBeside(manner: Manner, text: string, heard: Meaning, talk: Talk): Pick<Listened, 'life'> {
  const life = lifeIn(manner, text, heard, talk);
  return life ? { life } : {};
}

/** 「不对，他没走」: what was told is not so. 「不对，还是打我手机吧」, 「不对，是昨儿走的」 put something else right. */
export function isMistaken(manner: Manner, text: string, { topic }: Talk): boolean {
  if (!topic?.life || !manner.says('mistaken', text)) return false;
  const rest = piecesOf(text)
    .filter((one) => !manner.again('plainly', one))
    .join('，');
  if (!rest || manner.says('mistaken', rest)) return true;
  return manner.life(rest)?.how !== 'told' && !manner.again('ofCall', rest);
}

const SHORTEST = 3;
/** 「老头子住院了，医药费能报不」: what she asks behind it. */
export function askedBehindLife(manner: Manner, { text, read }: Sentence): Pick<Listened, 'beside'> {
  const pieces = piecesOf(text);
  const at = pieces.findLastIndex((one) => manner.life(one) !== undefined);
  const rest = at < 0 ? '' : pieces.slice(at + 1).join('，');
  if (rest.length < SHORTEST || !asksSomething(manner, rest)) return {};
  // 「礼拜六搬我闺女那儿去，你们咋找我」: what nobody here knows is not asked by itself.
  const { intent, decision } = read(rest);
  return decision !== 'ask' && OF_GUIDE.test(intent) ? { beside: rest } : {};
}

const ASKED = /^conversation\.life_(moved|hospital)/;
/** 「还没呢，下月初八」 to 「您已经搬走了？」: it is to come. */
function stillAhead(manner: Manner, text: string, { asked }: Talk): LifeWords | undefined {
  const [, state] = ASKED.exec(asked?.phrase ?? '') ?? [];
  if (!state || !manner.again('notYetSo', text)) return undefined;
  const nobody = { before: '', spouse: false, pronoun: false, twice: false, kin: false, elder: false, self: false };
  return { ...nobody, state: state as LifeWords['state'], how: 'ahead', sure: true };
}
