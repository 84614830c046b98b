/** What of a turn may be shown to the clerk who takes the next call: no digits, no code word, none of her own words that are sealed elsewhere. */
import type { RecentTurn } from './store/recent-turns.ts';
import type { Seen } from './turn.ts';

/** Five in a row, in whatever writing, may be a number of hers. */
const DIGITS = /(?:[0-9０-９零〇一二三四五六七八九幺两][\s，,-]*){5,}/g;
const LONGEST = 120;
const OF_CALLS = new Set(['agent', 'rate']);

/** Undefined where there is nothing to show: silence, or the machine's own occasions. */
export function recentTurnOf({ said, before, meaning, next, reply }: Seen): RecentTurn | undefined {
  if (said.kind !== 'words' && said.kind !== 'launch') return undefined;
  const { frames, asked } = before;
  const [then, now] = [businessIn(frames), businessIn(next.talk.frames)];
  const hers = asked?.for === 'pin' || asked?.words !== undefined || meaning?.intent === 'complaint';
  return {
    heard: hers ? '' : masked(said.text ?? ''),
    said: masked(reply.text),
    phrase: reply.phrase,
    ...(now ? { errand: errandOf(now) } : then ? { errand: { ...errandOf(then), over: true } } : {}),
  };
}

const masked = (text: string) => text.slice(0, LONGEST).replace(DIGITS, '＊');

type Frame = Seen['before']['frames'][number];

/** What she came for: reaching a person, or rating one, is none of it. */
const businessIn = (frames: Frame[]): Frame | undefined => frames.findLast(({ machine }) => !OF_CALLS.has(machine));

function errandOf({ machine, context }: Frame) {
  const slots = Object.entries((context.slots ?? {}) as Record<string, unknown>);
  const shown = slots.filter(([, value]) => typeof value === 'string' && value !== '');
  return { name: machine, slots: Object.fromEntries(shown.map(([k, v]) => [k, masked(String(v))])) };
}
