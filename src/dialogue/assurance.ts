/** How sure we are of who is speaking, against what each intent and effect needs: declared in intents/catalogue.yaml, held to here alone. */
import { join } from 'node:path';
import { Refusal } from '../errors.ts';
import { findRoot, readYaml } from '../understanding/grammar/source.ts';
import type { Intent } from '../understanding/meaning.ts';

/** L0 public facts · L1 a resident of this household is known by name · L2 she said the agreed digits · L3 a clerk confirmed it. */
export const LEVELS = ['L0', 'L1', 'L2', 'L3'] as const;
export type Level = (typeof LEVELS)[number];

interface Declared {
  intents: Record<string, { level: Level }>;
  effects: Record<string, Level | Record<string, Level>>;
}

export interface Assurance {
  ofIntent(intent: Intent): Level;
  /** @throws Error for an effect that nobody declared: it is never run by accident */
  ofEffect(errand: string, effect: string): Level;
  /** @throws Refusal Forbidden when the level held is below */
  needs(wanted: Level, held: Level): void;
}

/** Whether this level is at least that one. */
export const reaches = (held: Level, wanted: Level): boolean => LEVELS.indexOf(held) >= LEVELS.indexOf(wanted);

/** Effects that every errand may name to find out who she is. */
const FOR_ALL = new Set(['assure']);

/** Reads the declarations below `root`, the folder that holds intents/. @throws Error naming what has no level */
export function loadAssurance(root = findRoot()): Assurance {
  const { intents, effects } = readYaml<Declared>(join(root, 'intents', 'catalogue.yaml'));
  const known = (level: Level | undefined, what: string): Level => {
    if (!level || !LEVELS.includes(level)) throw new Error(`intents/catalogue.yaml: ${what} has no level`);
    return level;
  };
  return {
    ofIntent: (intent) => known(intents[intent]?.level, intent),
    ofEffect(errand, effect) {
      if (FOR_ALL.has(effect)) return 'L0';
      const declared = effects[errand];
      return known(typeof declared === 'string' ? declared : declared?.[effect], `${errand}.${effect}`);
    },
    needs(wanted, held) {
      if (!reaches(held, wanted)) throw new Refusal('Forbidden');
    },
  };
}
