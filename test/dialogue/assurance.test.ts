/** The levels that intents and effects declare. That no road of any errand leads below them is walked in machines.test.ts. */
import { expect, test } from 'vitest';
import { LEVELS, loadAssurance } from '../../src/dialogue/assurance.ts';
import { effectsByErrand } from '../../src/dialogue/effects/index.ts';
import { Refusal } from '../../src/errors.ts';
import type { Services } from '../../src/services/index.ts';
import { INTENTS } from '../../src/understanding/meaning.ts';

const assurance = loadAssurance();

test('every intent and every effect declares its level', () => {
  for (const intent of INTENTS) expect(LEVELS).toContain(assurance.ofIntent(intent));
  for (const [errand, effects] of Object.entries(effectsByErrand({} as Services))) {
    for (const effect of Object.keys(effects)) expect(LEVELS).toContain(assurance.ofEffect(errand, effect));
  }
  expect(() => assurance.ofEffect('apply', 'giveAway')).toThrow(/no level/);
});

test('below its level nothing is done', () => {
  expect(() => assurance.needs(assurance.ofEffect('apply', 'submit'), 'L1')).toThrow(Refusal);
  expect(() => assurance.needs(assurance.ofEffect('apply', 'submit'), 'L2')).not.toThrow();
  expect(() => assurance.needs('L3', 'L2')).toThrow(Refusal);
});
