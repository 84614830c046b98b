/** The language contract: what understanding is given and what it gives back. Names here are public. */
import type { Locale } from '../platforms/platform.ts';

export type Decision = 'accept' | 'confirm' | 'ask';

export const INTENTS = [
  'launch',
  'policy.news',
  'guide.lookup',
  'guide.materials',
  'guide.where',
  'guide.when',
  'guide.fee',
  'guide.eligibility',
  'guide.who',
  'progress.query',
  'pickup.book',
  'pickup.change',
  'pickup.cancel',
  'pickup.query',
  'apply.start',
  'apply.withdraw',
  'agent.call',
  'callback.request',
  'visit.request',
  'rate',
  'complaint',
  'repeat',
  'slower',
  'faster',
  'louder',
  'softer',
  'help',
  'back',
  'cancel',
  'stop',
  'wait',
  'why',
  'yes',
  'no',
  'correction',
  'select.number',
  'emergency',
  'scam.check',
  'push.optout',
  'privacy.erase',
  'privacy.who',
  'smalltalk',
  'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];

export const ASKINGS = [
  'item',
  'date',
  'time',
  'phone',
  'name',
  'yesno',
  'choice',
  'rating',
  'direction',
  'mode',
  'place',
  'kind',
  'identity',
  'case_no',
  'nothing',
  'resident',
  'pin',
  'consent',
  'checklist',
] as const;
export type Asking = (typeof ASKINGS)[number];

export const ERRANDS = [
  'policy',
  'guide',
  'progress',
  'pickup',
  'apply',
  'agent',
  'visit',
  'rate',
  'complaint',
] as const;

/** item, date, time, phone, name, ordinal, rating, case_no, case_no_tail, direction, mode, place, kind: each a string; ordinal is digits, -1 for the last. */
export type Slots = Record<string, string>;

/** What the dialogue waits for: it re-weights the reading, it never blinds it. */
export interface Expecting {
  errand?: string;
  asking?: Asking;
  item?: string;
  offer?: string;
  value?: string;
  options?: string[];
  booking?: { date: string; time: string };
}

export interface Heard {
  text: string;
  now: Date;
  locale: Locale;
  expecting?: Expecting;
}

export interface Meaning {
  intent: Intent;
  slots: Slots;
  decision: Decision;
  /** 0 to 1. */
  confidence: number;
  /** The template or the evidence, in one line. Never the resident's words. */
  why: string;
}

/** Reads one sentence. Never throws; cuts at 500 characters; linear in the input. */
export type Read = (heard: Heard) => Meaning;
