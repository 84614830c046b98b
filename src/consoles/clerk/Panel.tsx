import type { ReactNode } from 'react';
import { Panel as Framed } from '../staff/Panel.tsx';
import { ListStates } from '../staff/states.tsx';
import type { Tone } from './words.ts';

interface PanelProps {
  id: string;
  title: string;
  count?: number;
  countTone?: Tone;
  side?: ReactNode;
  list: { isPending: boolean; error: Error | null; refetch: () => unknown };
  empty: boolean;
  emptyWords: string;
  emptyHint?: string;
  children: ReactNode;
}

/** One part of the desk, with its waiting, empty and error states. */
export function Panel({ id, count, countTone, list, empty, emptyWords, emptyHint, children, ...head }: PanelProps) {
  return (
    <Framed {...head} className="desk panel" id={`desk-${id}`} count={count} tone={countTone}>
      <ListStates of={list} empty={empty} words={emptyWords} hint={emptyHint} />
      {children}
    </Framed>
  );
}
