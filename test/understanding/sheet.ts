/** Sheets of sentences: intent → what is said, and what must be understood. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Decision, Expecting, Meaning, Slots } from '../../src/understanding/meaning.ts';

export interface Case {
  say: string;
  /** The intent, or several that are right. */
  intents: string[];
  slots: Slots;
  decision?: Decision;
  expecting?: Expecting;
  now: Date;
}

interface Entry {
  say: string;
  intent?: string | string[];
  slots?: Slots;
  decision?: Decision;
  expecting?: Expecting;
  now?: string;
}

export const REFERENCE = '2026-11-23T09:30:00+08:00';

function caseOf(intent: string, entry: string | Entry, now: string): Case {
  const given = typeof entry === 'string' ? { say: entry } : entry;
  const intents = [given.intent ?? intent].flat().map((name) => name.replace(/\.$/, ''));
  return {
    say: given.say,
    intents,
    slots: Object.fromEntries(Object.entries(given.slots ?? {}).map(([slot, value]) => [slot, String(value)])),
    decision: given.decision,
    expecting: given.expecting,
    now: new Date(given.now ?? now),
  };
}

/** All cases of a sheet. A key ending in a dot groups cases that name their intent themselves. */
export function readSheet(path: string): Case[] {
  const sheet = parse(readFileSync(path, 'utf8')) as Record<string, (string | Entry)[]> & { now?: string };
  const { now = REFERENCE, ...intents } = sheet;
  return Object.entries(intents as Record<string, (string | Entry)[]>).flatMap(([intent, entries]) =>
    entries.map((entry) => caseOf(intent, entry, now as string)),
  );
}

/** Whether the slots are those expected, no more and no fewer; `wish` only tells the dialogue which answer to give. */
export function sameSlots(found: Slots, expected: Slots): boolean {
  const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
  if (!('wish' in expected)) keys.delete('wish');
  return [...keys].every((key) => found[key] === expected[key]);
}

export interface Verdict {
  intent: boolean;
  slots: boolean;
  decision: boolean;
}

/** How the meaning compares with the case. */
export function judge(found: Meaning, wanted: Case): Verdict {
  return {
    intent: wanted.intents.includes(found.intent),
    slots: sameSlots(found.slots, wanted.slots),
    decision: wanted.decision === undefined || wanted.decision === found.decision,
  };
}
