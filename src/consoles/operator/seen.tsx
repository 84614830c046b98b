import { dayOf, lengthWords, nearDayWords, timeOf } from '../rest/days.ts';
import type { Speaker } from '../rest/records.ts';

/** When it last answered, and whether that is now. */
export function Seen({ speaker, now }: { speaker: Speaker; now: Date }) {
  const { lastSeenAt } = speaker;
  if (!lastSeenAt) return <span className="seen">{speaker.online ? '在线' : '还没连过'}</span>;
  const away = now.getTime() - Date.parse(lastSeenAt);
  const live = speaker.online;
  const near = away < 24 * 3600_000;
  const words = near
    ? `${lengthWords(Math.max(away, 0))}前`
    : `${nearDayWords(dayOf(lastSeenAt), dayOf(now))} ${timeOf(lastSeenAt)}`;
  return (
    <span className="seen" data-live={live}>
      {live ? '在线' : words}
    </span>
  );
}
