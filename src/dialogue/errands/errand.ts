/** What every errand is made of. An errand imports xstate and these types; what it does to the world is provided by the engine. */
import type { AnyStateMachine } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import type { Asking, Intent, Slots } from '../../understanding/meaning.ts';

/** Actions are returned as data: a machine names what is to be said, asked or done, the engine does it once. */
export interface Tell {
  phrase: string;
  values?: Values;
}
export interface Ask extends Tell {
  for: Asking;
  /** Read out as 第一, 第二, 第三; a choice is understood by its number or its words. */
  options?: Tell[];
  /** What a yes would bring about, for understanding. */
  offer?: string;
  /** Her own words answer it; where they are `optional`, whatever ends the subject is a no. They reach the errand as `GAVE.words`. */
  words?: 'wanted' | 'optional';
}
export interface Run {
  effect: string;
}
export interface Open {
  errand: string;
  intent: Intent;
  slots: Slots;
}

export type Act =
  | ({ type: 'say' } & Tell)
  | ({ type: 'ask' } & Ask)
  | ({ type: 'run' } & Run)
  | ({ type: 'open' } & Open);

/** What an errand begins with. */
export interface Start {
  residentId: string;
  intent: Intent;
  slots: Slots;
  /** Opened in the middle of another errand: answer and return. */
  aside: boolean;
  /** The sentence that opened it, for an errand that takes her words. */
  words?: string;
}

/** What a resident does to an errand in hand. */
export type Said =
  | { type: 'GAVE'; intent: Intent; slots: Slots; words?: string }
  | { type: 'YES' }
  | { type: 'NO' }
  | { type: 'CHOSE'; n: number }
  | { type: 'BACK' };

/** All that an errand remembers is here; `slots` is what survives a change of its machine. */
export interface Remembered {
  residentId: string;
  intent: Intent;
  slots: Slots;
  aside: boolean;
  /** What this errand found done elsewhere: the same thing, begun here and not finished, is not asked about again. */
  settled?: Settled;
}

export interface Settled {
  errand: string;
  item?: string;
}

export interface ErrandDefinition {
  machine: AnyStateMachine;
  /** Raised when a stored snapshot of the former machine can no longer be continued. */
  version: number;
  /** It is about what she says in her own words: the sentence that opens it is handed to it. Kept only until the effect that seals it. */
  takesWords?: true;
  /** Run after every turn while the errand lasts (keeps a held place), and once when it is dropped. */
  upkeep?: { eachTurn: string; whenDropped: string; needed: (context: unknown) => boolean };
}

/** The item of a 1-based choice; -1 is the last, 0 is none. */
export function chosen<T>(list: T[], n: number): T | undefined {
  return n > 0 ? list[n - 1] : n < 0 ? list[list.length + n] : undefined;
}

/** What every machine returns as data, by name. */
/** Of what whoever comes or rings is to know, these give way to one another. */
const OPPOSITE: Record<string, string> = { woman: 'man', man: 'woman' };
/** Without this one, and without what it excludes. */
export const wishesBeside = (wishes: string[], wish: string): string[] =>
  wishes.filter((one) => one && one !== wish && one !== OPPOSITE[wish]);

export const acts = {
  ask: (_: unknown, _params: Ask) => undefined,
  say: (_: unknown, _params: Tell) => undefined,
  run: (_: unknown, _params: Run) => undefined,
  open: (_: unknown, _params: Open) => undefined,
};

/** A mobile, a number with its area code, or eight digits of this city. */
const FULL_NUMBER = /^(1\d{10}|0\d{9,11}|\d{8})$/;
/** Digits too many for any. */
export const isLongNumber = (phone = ''): boolean => phone.length > MOST_DIGITS && !isFullNumber(phone);
const MOST_DIGITS = 11;
/** Whether it can be rung as it stands. */
export const isFullNumber = (phone: string | undefined): phone is string => FULL_NUMBER.test(phone ?? '');
