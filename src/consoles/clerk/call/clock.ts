/** `m:ss`, or `h:mm:ss` from an hour on. */
import { t } from '../../words/clerk.ts';

/** Time below nought, where two clocks differ, is nought. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The same in words, for who waits: 「2 分 10 秒」. */
export function waited(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? t.s(seconds) : t.minS(Math.floor(seconds / 60), seconds % 60);
}
