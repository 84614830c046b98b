import { expect, it } from 'vitest';
import { fold, quiet, type Talk } from '../../src/consoles/speaker/talk.ts';

const heard = (id: string, text: string) => ({ type: 'heard' as const, frame: { type: 'heard' as const, id, text } });

it('what is heard after she let go belongs to the sentence that she said, and not to her next one', () => {
  const held: Talk = fold({ ...quiet, link: 'open' }, heard('a', '老年证'));
  const asked = fold(held, { type: 'asked', id: 'a', text: '（说了一段话）' });
  const late = fold(asked, heard('a', '老年证怎么办'));
  expect(late.transcript).toEqual([{ id: 'her:a', who: 'her', text: '老年证怎么办' }]);
  const next = fold(late, { type: 'asked', id: 'b', text: '好' });
  expect(next.transcript.at(-1)).toMatchObject({ id: 'her:b', text: '好' });
});
