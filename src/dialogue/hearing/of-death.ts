/** After it was told that somebody died, lies in hospital or moved: when they ring, that they had better not yet, and what a death leaves to be done. Pure but for `read`. */
import type { Meaning, Slots } from '../../understanding/meaning.ts';
import type { Talk } from '../talk.ts';
import type { AskingWords } from './asking-words.ts';
import { names } from './plain-words.ts';
import { meant, type Sentence } from './sentence.ts';

/** Why it is asked of the call that was promised, whatever it names. */
export const THEY_COME = '_asking.yaml#asIs.theyCome';
/** Why it is of what a death leaves to be done, whatever it names. */
export const AFTER_DEATH = '_asking.yaml#hisPapers';

/** Her sentence, where it is one of these. */
export function ofDeath(words: AskingWords, meaning: Meaning, { text, talk, read }: Sentence): Meaning {
  if (talk.asked?.words || talk.alarm || meaning.intent === 'emergency') return meaning;
  const rung = isPromised(talk);
  if (rung && words.says('hisPapers', 'notYet', text))
    return meant(meaning, 'callback.request', { ...OF_LIFE_CALL, ...laterThan(text, read) }, THEY_COME);
  if (rung && isBookingOf(words, meaning, text, talk))
    return meant(meaning, 'smalltalk', { about: 'booked' }, AFTER_DEATH);
  const runs = asksWhetherItRuns(words, text, talk);
  if (runs) return meant(meaning, 'smalltalk', { about: runs }, AFTER_DEATH);
  const left = isLeftByDeath(words, meaning, text, talk);
  if (!left && rung && talk.frames.length === 0 && justTold(talk) && words.says('asIs', 'theyCome', text))
    return meant(meaning, 'callback.request', { ...OF_LIFE_CALL, about: 'when' }, THEY_COME);
  if (!left && !isOfHim(words, meaning, text, talk)) return meaning;
  const about = ['register', 'money'].find((kind) => words.says('hisPapers', kind, text)) ?? 'papers';
  return meant(meaning, 'smalltalk', { about: rung ? about : `${about}Alone` }, AFTER_DEATH);
}
const OF_LIFE_CALL: Slots = { reason: 'life' };

/** Whoever rings about it is still to ring. */
const isPromised = ({ topic, asked }: Talk): boolean =>
  topic?.life !== undefined && !topic.life.alone && asked?.for !== 'phone';

/** 「过了礼拜天再打」; without a day it is put off until the first days are over. */
function laterThan(text: string, read: Sentence['read']): Slots {
  const { date, time } = read(text, { errand: 'callback', asking: 'date' }).slots;
  const day: Slots = date ? { date } : { when: 'later' };
  return { about: 'move', ...day, ...(date && time ? { time } : {}) };
}

/** What was said last was of a life, of that call, or comforted her. */
const OF_LIFE = /^(?:conversation\.(?:life|smalltalk_)|agent\.callback)/;
const justTold = ({ last }: Talk): boolean => last.some(({ phrase }) => OF_LIFE.test(phrase));

/** What understanding takes it for where it knows no death. */
const OF_PAPERS = /^(?:guide\.|progress\.|policy\.|scam\.check|out_of_scope|smalltalk)/;
const isLeftByDeath = (words: AskingWords, { intent }: Meaning, text: string, { topic }: Talk): boolean =>
  words.says('hisPapers', 'surely', text) ||
  (topic?.life?.state === 'deceased' && OF_PAPERS.test(intent) && words.says('hisPapers', 'left', text));

/** 「他那个车卡还约着呢，甭去取了吧」 */
const isBookingOf = (words: AskingWords, { intent }: Meaning, text: string, { topic, frames }: Talk): boolean =>
  frames.length === 0 &&
  intent !== 'yes' &&
  (names(text, topic?.life?.called ?? '') || words.says('hisPapers', 'his', text)) &&
  words.says('hisPapers', 'booked', text);

/** 「他那证还往下办不办了」: what became of it with the life that has changed. A case outlives all of it; whether it still counts, the call tells. */
function asksWhetherItRuns(words: AskingWords, text: string, talk: Talk): string | undefined {
  const { state, called = '', alone, residentId } = talk.topic?.life ?? {};
  const short = justTold(talk) && words.says('hisPapers', 'runsShort', text);
  if (!state || !(short || words.says('hisPapers', 'runs', text))) return undefined;
  const mine = words.says('hisPapers', 'mine', text) && !names(text, called);
  if (mine && residentId !== talk.residentId) return undefined;
  if (state === 'hospital') return 'runs';
  const rung = state === 'moved' ? 'runsMoved' : 'papers';
  return alone ? (state === 'moved' ? 'movingAlone' : 'papersAlone') : rung;
}

/** Whatever of his she asks, by his name or right after it was told. */
function isOfHim(words: AskingWords, { intent }: Meaning, text: string, talk: Talk): boolean {
  const { called, state } = talk.topic?.life ?? {};
  if (!called || state !== 'deceased' || intent === 'smalltalk' || !OF_PAPERS.test(intent)) return false;
  if (names(text, called) || words.says('hisPapers', 'hisOwn', text)) return true;
  return justTold(talk) && words.says('hisPapers', 'his', text);
}
