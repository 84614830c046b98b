import { useEffect, useRef } from 'react';
import type { Entry } from './talk.ts';

/** What was said, both ways, newest at the bottom. Kept on this page only. */
export function Transcript({ entries }: { entries: Entry[] }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  if (entries.length === 0) return null;
  return (
    <section className="transcript" aria-labelledby="transcript">
      <h2 id="transcript">刚才说的</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ol ref={list} tabIndex={0} aria-labelledby="transcript">
        {entries.map(({ id, who, text }) => (
          <li key={id} data-who={who}>
            <span className="unseen">{who === 'her' ? '您：' : '音箱：'}</span>
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
