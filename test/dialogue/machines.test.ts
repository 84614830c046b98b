import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { loadAssurance, reaches } from '../../src/dialogue/assurance.ts';
import { machine as conversation } from '../../src/dialogue/conversation.ts';
import { assuranceEffects } from '../../src/dialogue/effects/assurance.ts';
import { effectsByErrand } from '../../src/dialogue/effects/index.ts';
import type { Act, Tell } from '../../src/dialogue/errands/errand.ts';
import { errands } from '../../src/dialogue/errands/index.ts';
import { BINDING, bindingOf } from '../../src/dialogue/hearing/binding.ts';
import type { Services } from '../../src/services/index.ts';
import { createSpeech } from '../../src/speech/index.ts';
import { INTENTS } from '../../src/understanding/meaning.ts';
import { CONVERSATION } from './samples/conversation.ts';
import { SAMPLES } from './samples/index.ts';
import { SECRET } from './samples/sample.ts';
import { type Coverage, coverageTold, walkCovered } from './support/coverage.ts';
import { type Agreed, type Happening, type Kept, type Moment, stranded, type Walk } from './support/walk.ts';

const LOCALES = ['zh-CN', 'en-US'] as const;
const speech = createSpeech();
const assurance = loadAssurance();
const root = fileURLToPath(new URL('../../src/', import.meta.url));

/** Whatever an act would have spoken, its choices included. */
const told = (acts: Act[]): Tell[] =>
  acts.flatMap((act) => {
    if (act.type === 'ask' && act.options)
      return [...act.options, { ...act, values: { ...act.values, options: ['一', '二'] } }];
    return act.type === 'say' || act.type === 'ask' ? [act] : [];
  });
const effects = (acts: Act[]) => [...new Set(acts.flatMap((act) => (act.type === 'run' ? [act.effect] : [])))].sort();

/** Phrases that cannot be spoken with the values that the machine gives them, in words for whoever broke it. */
function unspeakable(acts: Act[]): string[] {
  const faults = new Set<string>();
  for (const { phrase, values } of told(acts)) {
    for (const locale of LOCALES) {
      try {
        speech.render([{ phrase, values }], { locale, pace: 190 }, 'plain');
      } catch (fault) {
        faults.add(`${locale}: ${(fault as Error).message}`);
      }
    }
  }
  return [...faults];
}

/** What comes back from JSON as it went in: no date, no set, no infinity. A member that is undefined is as good as absent. */
function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => one !== undefined && isJson(one));
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return ['string', 'boolean', 'object'].includes(typeof value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((one) => one === undefined || isJson(one));
}

const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)];
function waiting(machine: AnyStateMachine): string[] {
  const passing = (node: AnyStateNode) => node.always?.some((one) => one.guard === undefined);
  return nodesOf(machine.root)
    .filter((node) => node.type !== 'compound' && !passing(node))
    .map((node) => node.key);
}

/** Names of audited acts and of messages that look like phrases. */
const NOT_SPOKEN = new Set(['pickup.reminder', 'guide.told', 'guide.ticked', 'visit.assign', 'visit.done']);
/** What staff do there is audited under names of its own, and never spoken. */
const AT_DESKS = /^services\/.*\/(desk|.*-desk|control|helping)\.ts$/;
/** For what cannot be unless something is missing that never is. */
const FALLBACKS = new Set(['policy.forEveryone']);

/** An errand and its parts: `pickup.ts`, `pickup.times.ts`. */
function filesOf(folder: string, name: string): string[] {
  const own = (file: string) => file === `${name}.ts` || (file.startsWith(`${name}.`) && file.endsWith('.ts'));
  return readdirSync(join(root, folder))
    .filter(own)
    .map((file) => join(folder, file));
}

/** Names of phrases as they stand in the source, 'errand.phrase'. */
function phrasesIn(file: string, files = Object.keys(errands)): string[] {
  const heads = [...files, 'conversation', 'identity'].join('|');
  const names = readFileSync(join(root, file), 'utf8').matchAll(new RegExp(`'((?:${heads})\\.[A-Za-z_]+)'`, 'g'));
  const intents = new Set<string>(INTENTS);
  return [...new Set([...names].map(([, name = '']) => name))].filter(
    (name) => !intents.has(name) && !NOT_SPOKEN.has(name),
  );
}

/** Guards that can only ever answer one way under what the engine lets happen, and why. */
const ONE_WAY: Record<string, string> = {
  'guide: element false': 'what is no question about a guide never reaches it where this is asked',
};

function isCovered(coverage: Coverage): void {
  const report = coverageTold(coverage);
  process.stdout.write(`${report}\n`);
  expect(coverage.states.missed, report).toEqual([]);
  expect(coverage.transitions.missed, report).toEqual([]);
  const oneWay = coverage.outcomes.missed.map((one) => `${coverage.machine}: ${one}`);
  expect(
    oneWay.filter((one) => ONE_WAY[one] === undefined),
    report,
  ).toEqual([]);
}

const invokesNothing = (machine: AnyStateMachine) => {
  for (const node of nodesOf(machine.root)) {
    expect(node.invoke, node.id).toEqual([]);
    expect(node.after, node.id).toEqual([]);
  }
};

/** What an event teaches about who is speaking and who listens. Everybody begins as a known resident of the household (L1). */
function learn({ value }: Kept, event: Happening): string | undefined {
  if (event.type === 'PIN_RIGHT' || (event.type === 'ASSURED' && event.level === 'verified')) return 'digits';
  return event.type === 'YES' && value === 'askingPrivacy' ? 'alone' : undefined;
}

/** Effects that only look, or note what is still read back: after any other a yes has done something. */
const UNDOES_NOTHING = new Set([
  ...['look', 'check', 'consider', 'soonest', 'fetch', 'offer', 'further', 'hold', 'release', 'sort'],
  ...['keep', 'prefer', 'mark', 'told', 'tick'],
]);
/** Offers whose yes may be said as she likes, though it does something, and why. */
const SAID_LOOSELY: Record<string, string> = {
  callback: 'somebody rings, and hears from her what she wants',
  phone: 'the number was read to her, and who rings hears from her what she wants',
  call: 'the call rings, and is left by a word',
  privacy: 'she says by it that nobody else listens; what follows only tells',
  rate: 'it is her own mark, asked of her by name, and taken back by a word',
  life: 'it is answered in the words of the question, and undone by a word',
  return: 'it is answered in the words of the question, and undone by a word',
};
const ofOffer = ({ to }: Agreed) => to.offer ?? (/phone/i.test(to.phrase) ? 'phone' : '');
const didSomething = ({ acts }: Agreed) =>
  (acts as { type: string; effect?: string }[]).some(
    ({ type, effect = '' }) =>
      type === 'stopFor' || type === 'resumeFor' || (type === 'run' && !UNDOES_NOTHING.has(effect)),
  );
/** Questions that are agreed to by the way while something is done, beyond what is known to be harmless. */
const agreedByTheWay = ({ agreed }: Walk): string[] => {
  const loose = agreed.filter((one) => one.to.for === 'yesno' && didSomething(one) && !bindingOf(one.to).clear);
  const open = loose.filter((one) => !BINDING[one.to.offer ?? ''] && !SAID_LOOSELY[ofOffer(one)]);
  return [...new Set(open.map((one) => `${ofOffer(one)}: ${one.to.phrase}`))];
};

/** Offers that were found to bind in any of the walks. */
const bound = new Set<string>();

const speaks = ({ act }: Moment) => act.type === 'say' || act.type === 'ask';
/** Their samples have something sensitive, which is told in the end. */
const TELLS_SECRETS = new Set(['progress', 'policy']);

describe.each(Object.keys(errands))('%s', (name) => {
  const errand = errands[name];
  const sample = SAMPLES[name];
  if (!errand || !sample) throw new Error(`write a sample of what may befall ${name}`);
  let seen: Walk;
  let coverage: Coverage;
  beforeAll(() => {
    ({ seen, coverage } = walkCovered(errand.machine, sample, learn));
  }, 240_000);

  test('is covered: every state, every transition and every guard both ways', () => isCovered(coverage));

  test('runs nothing below its level, and names nothing sensitive before she agreed', () => {
    const early = seen.moments.filter(
      ({ act, known }) =>
        act.type === 'run' && !reaches(known.includes('digits') ? 'L2' : 'L1', assurance.ofEffect(name, act.effect)),
    );
    expect(early).toEqual([]);
    const sensitive = seen.moments.filter((one) => speaks(one) && JSON.stringify(one.act).includes(SECRET));
    expect(sensitive.filter(({ known }) => !known.includes('alone'))).toEqual([]);
    if (TELLS_SECRETS.has(name)) expect(sensitive.length).toBeGreaterThan(0);
  });

  test('is agreed to plainly wherever a yes does something', () => {
    expect(agreedByTheWay(seen)).toEqual([]);
    for (const { to } of seen.agreed) if (bindingOf(to).clear || bindingOf(to).whole) bound.add(to.offer ?? '');
  });

  test('leads to an end from wherever she is', () => {
    const lost = stranded(seen, ({ done }) => done).map(({ value, context }) => ({ value, context }));
    expect(lost).toEqual([]);
  });

  test('is walked whole: every state in which it can rest and every phrase of its source', () => {
    const rested = [...seen.stops.values()].map(({ value }) => value);
    expect(waiting(errand.machine).filter((state) => !rested.includes(state))).toEqual([]);
    const spoken = new Set(told(seen.acts).map(({ phrase }) => phrase));
    const never = filesOf('dialogue/errands', name)
      .flatMap((file) => phrasesIn(file))
      .filter((phrase) => !spoken.has(phrase) && !FALLBACKS.has(phrase));
    expect(never).toEqual([]);
  });

  test('names only phrases that can be spoken with its values in every language', () => {
    expect(unspeakable(seen.acts)).toEqual([]);
    for (const locale of LOCALES) expect(speech.has(locale, `${name}.why`), locale).toBe(true);
  });

  test('asks only what can be helped with', () => {
    const asked = new Set(seen.acts.flatMap((act) => (act.type === 'ask' && act.for !== 'nothing' ? [act.for] : [])));
    for (const locale of LOCALES) {
      expect(
        [...asked].filter((kind) => !speech.has(locale, `conversation.help_${kind}`)),
        locale,
      ).toEqual([]);
    }
  });

  test('wants only effects that there are, and all of them', () => {
    const { eachTurn, whenDropped } = errand.upkeep ?? {};
    const known = Object.keys(effectsByErrand({} as Services)[name] ?? {}).sort();
    const shared = Object.keys(assuranceEffects());
    const upkeep = [eachTurn, whenDropped].filter((one) => one !== undefined);
    const wanted = [...effects(seen.acts), ...upkeep].filter((one) => !shared.includes(one));
    expect([...new Set(wanted)].sort()).toEqual(known);
  });

  test('calls nothing and waits for no clock by itself', () => invokesNothing(errand.machine));

  test('is the same after a night as JSON', () => {
    expect([...seen.stops.values()].filter(({ value, context }) => !isJson([value, context]))).toEqual([]);
  });
});

describe('the conversation around them', () => {
  let seen: Walk;
  let coverage: Coverage;
  beforeAll(() => {
    ({ seen, coverage } = walkCovered(conversation, CONVERSATION));
  });

  test('is covered: every state, every transition and every guard both ways', () => isCovered(coverage));

  test('is agreed to plainly wherever a yes does something', () => {
    expect(agreedByTheWay(seen)).toEqual([]);
    for (const { to } of seen.agreed) if (bindingOf(to).clear || bindingOf(to).whole) bound.add(to.offer ?? '');
  });

  test('comes back to attending from wherever it is', () => {
    expect(stranded(seen, ({ value }) => value === 'attending')).toEqual([]);
  });

  test('is walked whole', () => {
    const rested = [...seen.stops.values()].map(({ value }) => value);
    expect(waiting(conversation).filter((state) => !rested.includes(state))).toEqual([]);
    const spoken = new Set(told(seen.acts).map(({ phrase }) => phrase));
    const named = filesOf('dialogue', 'conversation').flatMap((file) => phrasesIn(file));
    expect(named.filter((phrase) => !spoken.has(phrase))).toEqual([]);
  });

  test('names only phrases that can be spoken in every language', () => {
    expect(unspeakable(seen.acts)).toEqual([]);
  });

  test('wants only what the engine does for it', () => {
    expect(effects(seen.acts)).toEqual(['address', 'alarm', 'alert', 'callLog', 'greet', 'now']);
  });

  test('calls nothing and waits for no clock by itself', () => invokesNothing(conversation));

  test('is the same after a night as JSON', () => {
    expect([...seen.stops.values()].filter(({ value, context }) => !isJson([value, context]))).toEqual([]);
  });
});

test('a yes has to be plain to nothing that is offered nowhere', () => {
  expect(Object.keys(BINDING).filter((offer) => !bound.has(offer))).toEqual([]);
});

test('every phrase that any source names stands in every language', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const speaking = files.filter((file) => !file.startsWith('consoles/') && !AT_DESKS.test(file));
  const named = speaking.flatMap((file) => phrasesIn(file));
  expect(named.length).toBeGreaterThan(100);
  for (const locale of LOCALES)
    expect(
      named.filter((phrase) => !speech.has(locale, phrase)),
      locale,
    ).toEqual([]);
});
