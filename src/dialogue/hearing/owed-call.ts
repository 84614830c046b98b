/** A call that was promised and has not come. Pure but for `read`. */
import { type Ears, type Listened, meant, type Sentence } from './sentence.ts';

/** 「说早上打，咋到现在也没打来」: of that call she speaks, whatever is being settled, and wishes no other one. */
export function owedCall({ standing }: Ears, { text, talk, read }: Sentence): Listened | undefined {
  if (talk.alarm || talk.asked?.words || !standing.calls('owed', text)) return undefined;
  const settling = talk.frames.at(-1)?.machine === 'agent';
  const meaning = meant(read(text), 'callback.request', { about: 'when' }, '_standing.yaml#callback.when');
  return { meaning, text, ...(settling ? { instead: true } : {}) };
}
