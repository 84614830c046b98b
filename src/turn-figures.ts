/** What a finished turn adds to the figures of the service: errands begun, finished and left, turns missed and mended. */
import type { Seen } from './turn.ts';

export interface Figure {
  kind: 'begun' | 'finished' | 'left' | 'turn';
  name: string;
}

/** Names of errands and of four kinds of turn; nothing of who spoke or what was said. */
export function figuresOf({ said, before, next, meaning, reply }: Seen): Figure[] {
  if (said.kind === 'event' || said.kind === 'end') return [];
  return [...errandsOf(before.frames, next.talk.frames, reply.phrase), ...turnsOf({ before, next, meaning })];
}

type Frames = Seen['before']['frames'];

function errandsOf(before: Frames, after: Frames, phrase: string): Figure[] {
  const begun = after.slice(before.length).map(({ machine }): Figure => ({ kind: 'begun', name: machine }));
  const gone = before
    .slice(after.length)
    .map(({ machine }): Figure => ({ kind: endOf(machine, phrase), name: machine }));
  const atOnce = errandIn(phrase);
  const short = atOnce && before.length === 0 && after.length === 0;
  if (!short) return [...begun, ...gone];
  return [
    { kind: 'begun', name: atOnce },
    { kind: 'finished', name: atOnce },
  ];
}

/** An errand ends with words of its own, or it was left. */
const endOf = (machine: string, phrase: string): 'finished' | 'left' =>
  phrase.startsWith(`${machine}.`) ? 'finished' : 'left';

const BESIDE = new Set(['conversation', 'identity']);

function errandIn(phrase: string): string | undefined {
  const [errand] = phrase.split('.');
  return errand && !BESIDE.has(errand) ? errand : undefined;
}

const missesOf = ({ conversation }: Seen['before']) => Number(conversation.context.misses ?? 0);

function turnsOf({ before, next }: Pick<Seen, 'before' | 'next' | 'meaning'>): Figure[] {
  const [was, is] = [missesOf(before), missesOf(next.talk)];
  const turns = ['all', ...(is > was ? ['missed'] : [])];
  const retry = was === 1 ? ['retried', ...(is === 0 ? ['mended'] : [])] : [];
  return [...turns, ...retry].map((name) => ({ kind: 'turn', name }));
}
