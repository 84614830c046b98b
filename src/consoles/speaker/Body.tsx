import './body.css';

import type { Mood } from './talk.ts';

/** The speaker itself: cloth, a ring of light that shows what it is doing, and the lamp for messages. Decoration: the words beside it say the same. */
export function Body({ mood, lamp = false }: { mood: Mood; lamp?: boolean }) {
  return (
    <span className="body" data-mood={mood} aria-hidden="true">
      <span className="body-glow" />
      <span className="body-ring" />
      <span className="body-cloth">
        <svg viewBox="0 0 48 48" fill="none" aria-hidden="true">
          <path d="M10 24.5 24 12l14 12.5" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round" />
          <circle cx="24" cy="30" r="3" />
          <path
            d="M17.2 34.6a8.2 8.2 0 0 1 0-9.2M30.8 34.6a8.2 8.2 0 0 0 0-9.2"
            strokeWidth="2.4"
            strokeLinecap="round"
          />
        </svg>
      </span>
      {lamp ? <span className="body-lamp" /> : null}
    </span>
  );
}
