import { type MouseEvent, useEffect, useRef } from 'react';
import { t } from '../words/operator.ts';
import { SECTIONS } from './sections.ts';

/** The sections as links: they open in a tab of their own if somebody wants that. Where they do not all fit, the one that is open is in sight. */
export function Sections({ path, onGo }: { path: string; onGo: (to: string) => void }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector(`[href="${path}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [path]);
  const follow = (event: MouseEvent<HTMLAnchorElement>, to: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onGo(to);
  };
  return (
    <nav ref={nav} className="sections" aria-label={t.speakersShort}>
      {SECTIONS.map(({ path: to, name }) => (
        <a key={to} href={to} aria-current={path === to ? 'page' : undefined} onClick={(event) => follow(event, to)}>
          {name}
        </a>
      ))}
    </nav>
  );
}
