/** What is on the page: a pure fold of what happened, so that every picture of the page can be had from a list of events. */
import type { Answer, Notice, ServerFrame } from './frames.ts';
import type { LinkState } from './line.ts';

export type Mood = 'resting' | 'listening' | 'thinking' | 'speaking' | 'away';

export interface Entry {
  id: string;
  who: 'her' | 'speaker';
  text: string;
}

export interface Talk {
  link: LinkState;
  mood: Exclude<Mood, 'away'>;
  answer: Answer | undefined;
  /** How far the answer has been spoken, 0 to 1. */
  share: number;
  transcript: Entry[];
  notices: Notice[];
  trouble: string | undefined;
  /** What is heard of her just now. */
  hearing: string;
  /** `held`: while she presses. `open`: until she taps again. */
  microphone: 'off' | 'held' | 'open';
}

export const quiet: Talk = {
  link: 'connecting',
  mood: 'resting',
  answer: undefined,
  share: 0,
  transcript: [],
  notices: [],
  trouble: undefined,
  hearing: '',
  microphone: 'off',
};

export type Happened =
  | { type: 'link'; link: LinkState }
  | { type: 'asked'; id: string; text?: string }
  | { type: 'microphone'; mode: Talk['microphone'] }
  | { type: 'heard'; frame: ServerFrame }
  | { type: 'progress'; share: number }
  | { type: 'played'; id: string }
  | { type: 'hushed' }
  | { type: 'noticesTaken' }
  | { type: 'trouble'; text: string };

export type Tell = (event: Happened) => void;

const KEPT = 60;

/** The next picture; the transcript keeps the last sixty entries. */
export function fold(talk: Talk, event: Happened): Talk {
  switch (event.type) {
    case 'link':
      return { ...talk, link: event.link };
    case 'asked':
      return {
        ...talk,
        mood: 'thinking',
        trouble: undefined,
        hearing: '',
        transcript: withEntry(talk, event.id, 'her', talk.hearing || event.text),
      };
    case 'microphone':
      return withMicrophone(talk, event.mode);
    case 'heard':
      return hear(talk, event.frame);
    case 'progress':
      return { ...talk, share: event.share };
    case 'played':
      return talk.answer?.id === event.id ? { ...talk, share: 1, mood: afterwards(talk.answer) } : talk;
    case 'hushed':
      return { ...talk, share: 1, mood: talk.answer ? afterwards(talk.answer) : 'resting' };
    case 'noticesTaken':
      return { ...talk, notices: [] };
    case 'trouble':
      return { ...talk, mood: talk.mood === 'speaking' ? talk.mood : 'resting', trouble: event.text };
  }
}

function hear(talk: Talk, frame: ServerFrame): Talk {
  switch (frame.type) {
    case 'reply':
      return hearAnswer(talk, frame);
    case 'notice':
      return talk.notices.some(({ id }) => id === frame.id) ? talk : { ...talk, notices: [...talk.notices, frame] };
    case 'heard':
      return hearHer(talk, frame);
    case 'hush':
      return talk.answer?.id === frame.id ? { ...talk, mood: 'listening' } : talk;
    case 'resume':
      return talk.answer?.id === frame.id ? { ...talk, mood: 'speaking', hearing: '' } : talk;
    case 'error':
      return { ...talk, mood: 'resting', hearing: '', trouble: frame.text };
    default:
      return talk;
  }
}

/** What is still heard of a sentence after she let go of the key belongs to that sentence, and not to her next one. */
function hearHer(talk: Talk, { id, text }: { id: string; text: string }): Talk {
  const own = `her:${id}`;
  if (!talk.transcript.some((entry) => entry.id === own)) return { ...talk, hearing: text };
  return { ...talk, transcript: talk.transcript.map((entry) => (entry.id === own ? { ...entry, text } : entry)) };
}

function withMicrophone(talk: Talk, microphone: Talk['microphone']): Talk {
  if (microphone !== 'off') return { ...talk, microphone, mood: 'listening', trouble: undefined };
  return { ...talk, microphone, hearing: '', mood: talk.mood === 'listening' ? 'resting' : talk.mood };
}

function hearAnswer(talk: Talk, answer: Answer): Talk {
  if (talk.answer?.id === answer.id) return talk; // the same answer to a question sent twice
  if (answer.text === '') return talk.mood === 'speaking' ? talk : { ...talk, mood: afterwards(answer) }; // acknowledged without a word: what was said stays
  return {
    ...talk,
    answer,
    share: 0,
    mood: 'speaking',
    transcript: withEntry(talk, answer.id, 'speaker', answer.text),
  };
}

function afterwards(answer: Answer): Talk['mood'] {
  return answer.listen && !answer.end ? 'listening' : 'resting';
}

function withEntry({ transcript }: Talk, id: string, who: Entry['who'], text: string | undefined): Entry[] {
  return text === undefined ? transcript : [...transcript, { id: `${who}:${id}`, who, text }].slice(-KEPT);
}

/** The state in words, for the page and for screen readers. */
export function moodWords({ link, mood }: Pick<Talk, 'link' | 'mood'>, inCall = false): string {
  if (link === 'connecting') return '正在接通';
  if (link === 'lost') return '断了，正在重新接';
  if (link === 'replaced') return '这个音箱在别处打开了';
  if (link === 'refused') return '接不上这个音箱';
  if (link === 'closed') return '已经关上';
  if (inCall && (mood === 'resting' || mood === 'listening')) return '有电话';
  return { resting: '歇着呢，按一下叫醒', listening: '您说，我听着呢', thinking: '正在想', speaking: '正在说' }[mood];
}
