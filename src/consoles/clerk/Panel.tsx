import type { ReactNode } from 'react';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
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
export function Panel({ id, title, count, countTone, side, list, empty, emptyWords, emptyHint, children }: PanelProps) {
  return (
    <section className="desk panel" id={`desk-${id}`} aria-labelledby={`title-${id}`} tabIndex={-1}>
      <header className="panel-head">
        <h2 className="panel-title" id={`title-${id}`}>
          {title}
        </h2>
        {count === undefined ? null : (
          <span className="panel-count" data-tone={countTone}>
            {count}
          </span>
        )}
        {side ? <div className="panel-side">{side}</div> : null}
      </header>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.isPending ? <ListWaiting /> : null}
      {!list.isPending && empty && !list.error ? <ListEmpty hint={emptyHint}>{emptyWords}</ListEmpty> : null}
      {children}
    </section>
  );
}
