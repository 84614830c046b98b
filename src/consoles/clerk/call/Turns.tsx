import type { Brief } from '../../../calls/wire.ts';
import { t } from '../../words/clerk.ts';

/** What she said to the speaker and what it answered, oldest first. Shown during the call only. */
export function Turns({ turns }: { turns: Brief['turns'] }) {
  if (turns.length === 0) return null;
  return (
    <ol className="turns" aria-label={t.whatSaidSpeaker}>
      {turns.map(({ heard, said }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns of one brief never move
        <li key={index}>
          {heard ? (
            <p className="turns-her">
              <span className="unseen">{t.sheSaid}</span>
              {heard}
            </p>
          ) : null}
          {said ? (
            <p className="turns-speaker">
              <span className="unseen">{t.speakerSaid}</span>
              {said}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
