// npm test [-- files]: on a bare machine, all that CI runs, or the files named. `--faults` runs the fault experiments,
// `--brands`, `--questions`, `--fuzz`, `--utterances`, `--calls` and `--engines` the long forms of what runs in short with all tests.
import './node-version.mjs';
import { join } from 'node:path';
import { quietly, show } from './commands.mjs';
import { buildConsoles } from './consoles.mjs';
import { installPackages } from './packages.mjs';
import { FOR_TESTS, havePrograms } from './programs.mjs';
import { run, say } from './say.mjs';
import { ROOT } from './tree.mjs';

const bin = (file, ...args) => [join(ROOT, 'node_modules', file), ...args];
/** The compiler of version 7 takes a third of the time; `typescript` stays at 6 for what reads its interface (arrows between folders). One thread: the tests have the other. */
const TSC = ['typescript-7/bin/tsc', '--noEmit', '--singleThreaded'];
const VITEST = 'vitest/vitest.mjs';

/** What is checked besides the tests, each as a name and arguments for node. */
const CHECKS = [
  ['style', bin('@biomejs/biome/bin/biome', 'ci', '.')],
  ['types', bin(...TSC)],
  ['types of the pages', bin(...TSC, '-p', 'src/consoles')],
  ['arrows between folders', bin('dependency-cruiser/bin/dependency-cruise.mjs', 'src')],
];

async function passes(name, args, env = process.env) {
  const code = await show(process.execPath, args, { cwd: ROOT, env, stdout: 1 });
  if (code !== 0) say(`✗ ${name}`);
  return { name, passed: code === 0 };
}

/** One after the other beside the tests, which leave time to spare on both cores; what one says is shown only where it fails. */
async function checks() {
  const results = [];
  for (const [name, args] of CHECKS) {
    const { code, output } = await quietly(process.execPath, args, { cwd: ROOT, env: process.env });
    if (code !== 0) say(`${output}\n✗ ${name}`);
    results.push({ name, passed: code === 0 });
  }
  return results;
}

/** Every step runs, so that one look shows all that is wrong. */
async function everything() {
  const [checked, tested] = await Promise.all([checks(), passes('tests', bin(VITEST, 'run'))]);
  const results = [...checked, tested];
  const failed = results.filter((result) => !result.passed);
  console.log(
    `\n${results.length - failed.length} passed, ${failed.length} failed${failed.map(({ name }) => `\n  ✗ ${name}`).join('')}`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function faults(rest) {
  const env = { ...process.env, FAULTS: rest.includes('--long') ? 'long' : 'short' };
  const files = rest.filter((word) => word !== '--long');
  const { passed } = await passes(
    'faults',
    bin(VITEST, 'run', '--project', 'faults', '--no-file-parallelism', ...files),
    env,
  );
  return passed ? 0 : 1;
}

/** Every conversation at every brand; whatever is no answer at every question, and whatever is said around a sentence; a hundred thousand mutated requests; a thousand utterances; whatever may go wrong in a call; every service on PGlite too. Their short forms run with all other tests. */
const LONG_FORMS = {
  '--brands': { file: 'test/conversations/brands.test.ts', env: { BRANDS: 'all' } },
  '--questions': {
    file: ['test/conversations/every_question.test.ts', 'test/conversations/said_around.test.ts'],
    env: { QUESTIONS: 'all' },
  },
  '--utterances': { file: 'test/speech/hearing/memory.test.ts', env: { HEARING_UTTERANCES: '1000' } },
  '--fuzz': { file: 'test/app/mutated_requests.test.ts', env: { FUZZ: 'long' } },
  '--calls': { file: 'test/browser/calls.test.ts', env: { CALLS: 'long' } },
  '--engines': { file: ['test/services', 'test/jobs', 'test/api', 'test/connectors'], env: { ENGINES: 'all' } },
};

async function longForm({ file, env }) {
  return (await passes('tests', bin(VITEST, 'run', ...[file].flat()), { ...process.env, ...env })).passed ? 0 : 1;
}

run(async () => {
  const words = process.argv.slice(2);
  const named = words.filter((word) => word !== '--faults' && !(word in LONG_FORMS));
  await installPackages(ROOT);
  await havePrograms(FOR_TESTS, { anyway: named.length > 0 });
  await buildConsoles(ROOT);
  if (words.includes('--faults')) return faults(named);
  for (const word of words) if (word in LONG_FORMS) return longForm(LONG_FORMS[word]);
  if (named.length === 0) return everything();
  return (await passes('tests', bin(VITEST, 'run', ...named))).passed ? 0 : 1;
});
