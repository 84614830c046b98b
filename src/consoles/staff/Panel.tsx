import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** How many there are, beside the title. */
  count?: number | undefined;
  tone?: string | undefined;
  /** At the right of the head: what narrows or explains the rest. */
  side?: ReactNode;
  className?: string;
  /** A part of a page that keys lead to. */
  id?: string;
  children: ReactNode;
}

/** What stands together under one heading, which names it for whoever hears the page. */
export function Panel({ title, count, tone, side, className = 'panel', id, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={className} id={id} aria-labelledby={heading} tabIndex={id ? -1 : undefined}>
      <header className="panel-head">
        <h2 className="panel-title" id={heading}>
          {title}
        </h2>
        {count === undefined ? null : (
          <span className="panel-count" data-tone={tone}>
            {count}
          </span>
        )}
        {side ? <div className="panel-side">{side}</div> : null}
      </header>
      {children}
    </section>
  );
}
