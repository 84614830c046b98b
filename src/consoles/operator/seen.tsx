import { dayOf, lengthWords, nearDayWords, timeOf } from '../rest/days.ts';
import type { Speaker } from '../rest/records.ts';
import { t } from '../words/operator.ts';

/** When it last answered, and whether that is now. */
export function Seen({ speaker, now }: { speaker: Speaker; now: Date }) {
  const { lastSeenAt } = speaker;
  if (!lastSeenAt) return <span className="seen">{speaker.online ? t.onlinePlain : t.neverConnected}</span>;
  const away = now.getTime() - Date.parse(lastSeenAt);
  const live = speaker.online;
  const near = away < 24 * 3600_000;
  const words = near
    ? t.ago(lengthWords(Math.max(away, 0)))
    : `${nearDayWords(dayOf(lastSeenAt), dayOf(now))} ${timeOf(lastSeenAt)}`;
  return (
    <span className="seen" data-live={live}>
      {live ? t.onlinePlain : words}
    </span>
  );
}
