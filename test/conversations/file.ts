/** One conversation file: who is at home, what is said, what must hold, what stands in the database afterwards. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { HomeWish } from './stage.ts';

export interface Step {
  /** Exactly one of these is what happens. */
  say?: string;
  silence?: true;
  launch?: true;
  /** The platform says that the speaker is on another network. */
  elsewhere?: true;
  /** Minutes that pass. */
  minutes?: number;
  /** Phrase keys that must be among what is said, in this order. */
  hears?: string | string[];
  /** Phrase keys that must not be said. */
  not?: string | string[];
  /** Words that the answer must contain. */
  words?: string | string[];
  asks?: string;
  errand?: string | null;
  /** Slots of the errand in hand. */
  knows?: Record<string, string>;
  ends?: boolean;
}

export interface Conversation {
  name: string;
  folder: string;
  home: HomeWish;
  locale?: 'zh-CN' | 'en-US';
  steps: Step[];
  then?: {
    bookings?: Record<string, unknown>[];
    seats?: { held?: number; booked?: number };
    callbacks?: Record<string, unknown>[];
    deliveries?: Record<string, unknown>[];
    applications?: Record<string, unknown>[];
    cases?: Record<string, unknown>[];
    proxies?: Record<string, unknown>[];
    /** What she asked of her own data. */
    wishes?: Record<string, unknown>[];
    visits?: Record<string, unknown>[];
    ratings?: Record<string, unknown>[];
    /** With her words opened. */
    tickets?: Record<string, unknown>[];
    pace?: number;
  };
}

const root = fileURLToPath(new URL('.', import.meta.url));

/** All conversation files below this folder. */
export function conversations(): Conversation[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return files.sort().map((path) => {
    const [folder = '', file = ''] = path.split('/');
    return {
      ...parse(readFileSync(join(root, path), 'utf8')),
      folder,
      name: file.replace('.yaml', '').replaceAll('_', ' '),
    };
  });
}
