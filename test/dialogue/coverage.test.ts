/** All states, all transitions and both outcomes of every named guard, under the declared samples; what is missed is named. */
import { expect, test } from 'vitest';
import { machine as conversation } from '../../src/dialogue/conversation.ts';
import { errands } from '../../src/dialogue/errands/index.ts';
import { CONVERSATION } from './samples/conversation.ts';
import { SAMPLES } from './samples/index.ts';
import { type Coverage, coverageOf, coverageTold } from './support/coverage.ts';

/** Guards that can only ever answer one way under what the engine lets happen, and why. */
const ONE_WAY: Record<string, string> = {
  'guide: element false': 'what is no question about a guide never reaches it where this is asked',
};

function covered(): Coverage[] {
  const each = Object.entries(errands).map(([name, { machine }]) => {
    const sample = SAMPLES[name];
    if (!sample) throw new Error(`write a sample of what may befall ${name}`);
    return coverageOf(machine, sample);
  });
  return [coverageOf(conversation, CONVERSATION), ...each];
}

test('every state, every transition and every guard both ways', () => {
  const all = covered();
  const report = coverageTold(all);
  process.stdout.write(`${report}\n`);
  expect(
    all.flatMap(({ states }) => states.missed),
    report,
  ).toEqual([]);
  expect(
    all.flatMap(({ transitions }) => transitions.missed),
    report,
  ).toEqual([]);
  const oneWay = all.flatMap(({ machine, outcomes }) => outcomes.missed.map((one) => `${machine}: ${one}`));
  expect(
    oneWay.filter((one) => ONE_WAY[one] === undefined),
    report,
  ).toEqual([]);
}, 240_000);
