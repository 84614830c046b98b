/** The arrows of the tree: platforms → turn → understanding, dialogue, speech; dialogue, api, jobs → services → store, connectors. */

/** Files that everything may import: the clock, the catalogue of errors, ages, a call to somebody else's server; and what is only types. */
const SHARED = '^src/(clock|errors|ages|log|config|parent|outward)\\.ts$';
const CONTRACTS = '^src/(platforms/platform|understanding/meaning|speech/speech|calls/wire)\\.ts$';

/** Sums over samples, without Node and without state: a page hears by the same rule as the server. */
const HEARING_SUMS = '^src/speech/hearing/(endpoint|gate|spectrum|hearing)\\.ts$';

/** A folder may import itself, the shared files, the contracts and what is listed; packages and Node are judged by rules of their own. */
const only = (name, from, ...to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, SHARED, CONTRACTS, ...to] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'types may look at each other, running code may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-imports-the-process',
      comment: 'app.ts composes, server.ts runs, turn.ts is handed to platforms: none is imported from below',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/([^/]+|tools/.*)\\.ts$' },
      to: { path: '^src/(server|app)\\.ts$' },
    },
    only('platforms-know-no-rules', '^src/platforms/', '^src/turn\\.ts$'),
    {
      name: 'brands-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: { path: '^src/platforms/[^/]+/', pathNot: '^src/platforms/$1/' },
    },
    {
      name: 'understanding-and-turn-are-types-to-platforms',
      severity: 'error',
      from: { path: '^src/platforms/' },
      to: { path: '^src/(turn\\.ts|understanding/)', dependencyTypesNot: ['type-only'], pathNot: CONTRACTS },
    },
    {
      name: 'errands-are-pure',
      comment: 'a machine imports xstate, its own vocabulary and types; what it needs is provided',
      severity: 'error',
      from: { path: '^src/dialogue/errands/' },
      to: {
        pathNot: ['^src/dialogue/', '(^|/)node_modules/xstate/', SHARED, CONTRACTS],
        dependencyTypesNot: ['type-only'],
      },
    },
    only(
      'dialogue-uses-services',
      '^src/dialogue/',
      '^src/(understanding|speech|services)/',
      '^src/store/(once|audit)\\.ts$',
    ),
    {
      name: 'hearing-does-nothing',
      comment: 'what was meant is known before anything becomes of it',
      severity: 'error',
      from: { path: '^src/dialogue/hearing/' },
      to: {
        path: ['^src/dialogue/(?!hearing/)', '^src/(services|store)/'],
        pathNot: [
          '^src/dialogue/(errands/|(talk|passing|errand-of|matter-in-hand|known-matters|conversation\\.facts)\\.ts$)',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    only('understanding-stands-alone', '^src/understanding/'),
    only('speech-stands-alone', '^src/speech/'),
    only('services-use-store-and-connectors', '^src/services/', '^src/(store|connectors)/'),
    only('store-is-the-ground', '^src/store/'),
    only('connectors-stand-alone', '^src/connectors/', '^src/store/'),
    only('jobs-use-services', '^src/jobs/', '^src/(services|store|connectors)/'),
    only('api-uses-services', '^src/api/', '^src/(services|store|connectors|calls)/'),
    only('calls-signal-for-services', '^src/calls/', '^src/(services|store|speech)/', '^src/api/mask\\.ts$'),
    only('consoles-speak-rest', '^src/consoles/', HEARING_SUMS),
    {
      name: 'consoles-import-nothing-of-the-server',
      severity: 'error',
      from: { path: '^src/consoles/' },
      to: { path: ['^src/[^/]+\\.ts$', '^src/(?!consoles/)'], pathNot: ['^src/calls/wire\\.ts$', HEARING_SUMS] },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'dev-packages-stay-outside',
      comment: 'the server runs from an installation without dev dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/consoles/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(dist|coverage)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
