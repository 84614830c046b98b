/** No road of any errand leads to an effect below its level, nor to a sensitive word before she has said that nobody else listens. */
import { describe, expect, test } from 'vitest';
import { LEVELS, loadAssurance, reaches } from '../../src/dialogue/assurance.ts';
import { effectsByErrand } from '../../src/dialogue/effects/index.ts';
import { errands } from '../../src/dialogue/errands/index.ts';
import { Refusal } from '../../src/errors.ts';
import type { Services } from '../../src/services/index.ts';
import { INTENTS } from '../../src/understanding/meaning.ts';
import { SAMPLES } from './samples/index.ts';
import { SECRET } from './samples/sample.ts';
import { type Happening, type Kept, type Moment, walk } from './support/walk.ts';

const assurance = loadAssurance();

/** What an event teaches about who is speaking and who listens. Everybody begins as a known resident of the household (L1). */
function learn({ value }: Kept, event: Happening): string | undefined {
  if (event.type === 'PIN_RIGHT' || (event.type === 'ASSURED' && event.level === 'verified')) return 'digits';
  return event.type === 'YES' && value === 'askingPrivacy' ? 'alone' : undefined;
}

const speaks = ({ act }: Moment) => act.type === 'say' || act.type === 'ask';

/** As the engine does it: an effect that is refused ends the turn, so what lies behind it is no road. */
const walked = new Map<string, Moment[]>();
function roads(name: string): Moment[] {
  const known = walked.get(name) ?? walkAll(name);
  walked.set(name, known);
  return known;
}
function walkAll(name: string): Moment[] {
  const errand = errands[name];
  const sample = SAMPLES[name];
  if (!errand || !sample) throw new Error(`write a sample of what may befall ${name}`);
  return walk({ machine: errand.machine, ...sample, learn }).moments;
}

describe.each(Object.keys(errands))('%s', (name) => {
  test('runs nothing below its level, and names nothing sensitive before she agreed', () => {
    const moments = roads(name);
    const early = moments.filter(
      ({ act, known }) =>
        act.type === 'run' && !reaches(known.includes('digits') ? 'L2' : 'L1', assurance.ofEffect(name, act.effect)),
    );
    expect(early).toEqual([]);
    const leaked = moments.filter((one) => speaks(one) && JSON.stringify(one.act).includes(SECRET));
    expect(leaked.filter(({ known }) => !known.includes('alone'))).toEqual([]);
  }, 240_000);
});

test('the sample has something sensitive, and it is told in the end', () => {
  for (const name of ['progress', 'policy']) {
    const told = roads(name).filter((one) => speaks(one) && JSON.stringify(one.act).includes(SECRET));
    expect(told.length, name).toBeGreaterThan(0);
  }
});

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
