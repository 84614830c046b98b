import type { ReactNode } from 'react';

/** A code in words and colour. */
export function State({
  of,
  code,
  words,
}: {
  of: Record<string, { words: string; tone: string }>;
  code: string;
  words?: string;
}) {
  return (
    <span className="chip" data-tone={of[code]?.tone}>
      {words ?? of[code]?.words ?? code}
    </span>
  );
}

/** Names and what stands behind them. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {of.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
