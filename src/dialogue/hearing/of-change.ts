/** What she asks of a life that has changed or is about to: what goes on once he is home again, where the post goes once she has moved, her address. Pure. */
import type { Meaning } from '../../understanding/meaning.ts';
import { isPassing } from '../passing.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import type { LifeWords } from './life-words.ts';
import { piecesOf } from './plain-words.ts';
import { type Listened, meant, type Sentence } from './sentence.ts';

const told = (phrase: string, meaning: Meaning, text: string): Listened => ({
  meaning,
  text,
  aside: { phrase: `conversation.${phrase}`, values: {} },
});

/** @param life what it tells beside that: it has happened, or is to come. @returns undefined where it asks no such thing */
export function ofChange(
  words: AskingWords,
  meaning: Meaning,
  { text, talk }: Sentence,
  life: LifeWords | undefined,
): Listened | undefined {
  if (meaning.intent === 'emergency' || talk.alarm || talk.asked?.words) return undefined;
  const asks = (kind: string) => words.says('changed', kind, text);
  if (asks('after'))
    return talk.asked?.offer === 'return' ? notYetBack(words, meaning, text) : told('lifeAfter', meaning, text);
  if (asks('post')) return told('movedPost', meaning, text);
  const { state } = talk.topic?.life ?? {};
  const moves = state === 'moved' || talk.last.some(({ phrase }) => MOVES.test(phrase));
  if (moves && asks('postShort')) return told(state === 'moved' ? 'movedPostNow' : 'movedPost', meaning, text);
  if (!isFree(talk)) return undefined;
  if (asks('card') || (moves && asks('cardShort'))) return ofCard(meaning, text);
  const about = asks('papers') ? 'moving' : !life && asks('address') ? 'address' : undefined;
  if (!about) return undefined;
  const rung = talk.topic?.life?.state === 'moved' && !talk.topic.life.alone;
  return {
    meaning: meant(meaning, 'smalltalk', { about: rung ? 'moving' : `${about}Alone` }, '_asking.yaml#changed'),
    text,
  };
}

const MOVES = /^conversation\.(?:lifeAhead_moved|movedPost|left_(?:address|moving|movedCard))$/;
/** 「搬了家，这卡还好使不好使」: that nobody here knows for sure, and it is asked about. */
const ofCard = (meaning: Meaning, text: string): Listened => ({
  meaning: meant(meaning, 'smalltalk', { about: 'movedCardAlone' }, '_asking.yaml#changed.card'),
  text,
});

/** Nothing is in hand to which an address belongs. */
const isFree = ({ frames }: Talk): boolean => frames.length === 0 || isPassing(frames.at(-1)?.machine);

/** 「没有，还在医院呢，我是问等出院以后」 to whether he is back. */
function notYetBack(words: AskingWords, meaning: Meaning, text: string): Listened {
  const beside = piecesOf(text).find((one) => words.says('changed', 'after', one));
  return { meaning: meant(meaning, 'no', {}, '_asking.yaml#changed.after'), text, ...(beside ? { beside } : {}) };
}
