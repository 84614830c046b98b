/** What becomes of the notices that are due at one home: a pure decision. */
import { addDays, shanghaiDay, shanghaiInstant } from '../clock.ts';
import { AWAY } from '../services/notices/notices.ts';
import { quietUntil } from '../services/notices/quiet.ts';
import type { Bell, DueNotice, HomeDue, Standing } from './notices-due.ts';

/** A home hears so many chimes a day by itself, however much there is to tell. */
const CHIMES_A_DAY = 2;
const MORNING = '08:00';
const MINUTE = 60_000;
/** A speaker that comes back is told at once; this is for brands and for what was missed. */
const LOOK_AGAIN_MS = 10 * MINUTE;
const PAUSED_MS = MINUTE;
/** So long a speaker is waited for before a text message tells of what presses. */
const TEXT_AFTER_MS = 2 * 60 * MINUTE;

export interface Decided {
  /** Of no use any more. */
  over: DueNotice[];
  /** Told when she next opens the talk, never by a chime. */
  opening: DueNotice[];
  /** Looked at again at that time; `away`: nobody could be reached. */
  waits: { notice: DueNotice; until: Date; away?: true }[];
  /** All of it in one chime, at this speaker. */
  chime?: { bell: Bell; notices: DueNotice[] };
  /** A text message besides, or instead; at any hour, since it makes no sound of ours. */
  texts: DueNotice[];
}

export interface Circumstances {
  now: Date;
  standing: (subject: string) => Standing;
  /** Whether a chime can be sent to this speaker now. */
  reachable: (bell: Bell) => boolean;
  /** Brands that cannot begin by themselves. */
  mute: (brand: string) => boolean;
  /** A gateway for text messages is connected. */
  texts: boolean;
}

/** Each due notice ends in exactly one of the lists, and a text may come beside it. In quiet hours and after the day's two chimes it waits. */
export function decide(home: HomeDue, given: Circumstances): Decided {
  const { now } = given;
  const decided: Decided = { over: [], opening: [], waits: [], texts: [] };
  const due = home.notices.filter((one) => sorted(one, home, given, decided));
  const ready = given.texts ? due.filter((one) => spoken(one, home, now, decided)) : due;
  if (ready.length === 0) return decided;
  const wait = (until: Date, away?: true) => decided.waits.push(...ready.map((notice) => ({ notice, until, away })));
  const quiet = quietUntil(now, home.people);
  if (quiet) wait(quiet);
  else if (home.chimedToday >= CHIMES_A_DAY) wait(shanghaiInstant(addDays(shanghaiDay(now), 1), MORNING));
  else chime(home, given, decided, ready, () => wait(new Date(now.getTime() + LOOK_AGAIN_MS), true));
  return decided;
}

/** Puts aside what is not to be chimed for. @returns whether it is to be */
function sorted(one: DueNotice, { people }: HomeDue, { now, standing }: Circumstances, decided: Decided): boolean {
  const her = people.find(({ id }) => id === one.residentId);
  const stands = standing(one.subject);
  if (!her || one.expiresAt <= now || stands === 'over') decided.over.push(one);
  else if (stands === 'paused') decided.waits.push({ notice: one, until: new Date(now.getTime() + PAUSED_MS) });
  // A reminder was wished for when she booked.
  else if (her.channel === 'paper' || !(her.agreed || one.kind === 'reminder')) decided.opening.push(one);
  else return true;
  return false;
}

function chime(home: HomeDue, given: Circumstances, decided: Decided, ready: DueNotice[], away: () => void): void {
  const failed = new Set(ready.flatMap((one) => one.failed));
  const bells = home.bells.filter(({ brand }) => !failed.has(brand));
  const own = bells.find((bell) => bell.brand === 'speaker' && given.reachable(bell));
  const bell = own ?? bells.find((one) => one.brand !== 'speaker' && given.reachable(one));
  if (bell) decided.chime = { bell, notices: ready };
  else if (home.bells.every((one) => given.mute(one.brand) || failed.has(one.brand))) decided.opening.push(...ready);
  else away();
}

/**
 * Some should not be voice-first: they are sent a text message instead. And what presses must not depend on a speaker that
 * is switched off: after a while a text message goes besides. @returns whether a chime is wanted for it
 */
function spoken(one: DueNotice, { people }: HomeDue, now: Date, { texts }: Decided): boolean {
  const her = people.find(({ id }) => id === one.residentId);
  const written = (her?.channel === 'sms' || her?.channel === 'relative') && !one.failed.includes('sms');
  const waited = now.getTime() - one.createdAt.getTime() >= TEXT_AFTER_MS;
  const presses = one.kind === 'reminder' || one.kind === 'progress';
  const missed = presses && waited && one.channel === AWAY;
  if ((written || missed) && !one.textedAt) texts.push(one);
  return !written;
}
