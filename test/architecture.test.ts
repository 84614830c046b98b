/** What the tree promises (src/README.md): found by reading the files, so that a broken promise fails before a reader trips over it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ERRANDS } from '../src/understanding/meaning.ts';

const ROOT = resolve(import.meta.dirname, '..');
const src = (...path: string[]) => join(ROOT, 'src', ...path);

/** All files below a folder, relative to the root. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const sources = filesBelow(src()).filter((file) => /\.tsx?$/.test(file));
const server = sources.filter((file) => !file.startsWith('src/consoles/'));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** The code of a file without its comments, line for line. */
function codeOf(file: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return read(file)
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|\s)\/\/.*$/gm, blank);
}

/** Lines that match, as `file:line text`. */
function linesWith(files: string[], pattern: RegExp, text: (file: string) => string): string[] {
  return files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}
const codeWith = (files: string[], pattern: RegExp) => linesWith(files, pattern, codeOf);

describe('an errand is one word everywhere', () => {
  const pieces = (errand: string) => [
    `intents/zh-CN/${errand}.yaml`,
    `locales/zh-CN/${errand}.yaml`,
    `src/dialogue/errands/${errand}.ts`,
    `test/conversations/${errand}`,
  ];
  const standing = ERRANDS.filter((errand) => existsSync(src('dialogue', 'errands', `${errand}.ts`)));

  it.each(standing)('%s has what is said, what is answered, its machine and its conversations', (errand) => {
    expect(pieces(errand).filter((piece) => !existsSync(join(ROOT, piece)))).toEqual([]);
    expect(filesBelow(join(ROOT, 'test/conversations', errand)).some((file) => file.endsWith('.yaml'))).toBe(true);
  });

  it('has machines that start nothing: effects are data, and a restored machine runs nothing twice', () => {
    const machines = server.filter((file) => read(file).includes('createMachine('));
    expect(machines.length).toBeGreaterThan(0);
    expect(codeWith(machines, /\b(invoke|after|delay)\s*:|\b(spawn|spawnChild|sendTo|raise)\s*\(/)).toEqual([]);
  });

  it('is stepped by pure transitions: nothing runs a machine as an actor', () => {
    expect(codeWith(server, /\b(createActor|fromPromise|fromCallback|fromObservable)\s*\(/)).toEqual([]);
  });
});

describe('a newcomer finds her way', () => {
  it('by a README in every folder of src and test, and in those beside them', () => {
    const within = (parent: string) =>
      readdirSync(join(ROOT, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}`);
    const beside = ['src', 'test', 'scripts', 'deploy', 'bench', 'docs', 'catalogue', 'intents', 'locales'];
    const wanted = [...within('src'), ...within('test'), ...beside];
    expect(wanted.filter((folder) => !existsSync(join(ROOT, folder, 'README.md')))).toEqual([]);
  });

  it('by file names that say what is inside', () => {
    const vague = /^(utils?|helpers?|common|misc|manager|.*[-.](manager|helpers?|utils?)|stuff)\.(ts|tsx|mjs)$/i;
    const files = [...sources, ...filesBelow(join(ROOT, 'scripts')), ...filesBelow(join(ROOT, 'test'))];
    expect(files.filter((file) => vague.test(basename(file)))).toEqual([]);
  });

  const PLAIN = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

  const UNTOLD = /(?:^|(?<!\*\/)\n)export (?:async )?(?:default )?(?:function|const)/;

  /** Functions that leave the file, as `file:line name`, where no sentence stands above the first of their signatures. */
  function withoutSentence(file: string): string[] {
    const text = read(file);
    if (!UNTOLD.test(text)) return []; // nothing to look at more closely
    const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const source = ts.createSourceFile(file, text, PLAIN, false, kind);
    const seen = new Set<string>();
    return source.statements.flatMap((statement) => {
      const fresh = functionsLeaving(statement).filter((name) => !seen.has(name));
      for (const name of fresh) seen.add(name);
      const above = ts.getLeadingCommentRanges(text, statement.pos)?.at(-1);
      if (above && text.startsWith('/**', above.pos)) return [];
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart(source));
      return fresh.map((name) => `${file}:${line + 1} ${name}`);
    });
  }

  function functionsLeaving(statement: ts.Statement): string[] {
    const isExported = (node: ts.HasModifiers) =>
      node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (ts.isFunctionDeclaration(statement)) return isExported(statement) ? [statement.name?.text ?? 'default'] : [];
    if (!ts.isVariableStatement(statement) || !isExported(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && isFunction(initializer) && ts.isIdentifier(name) ? [name.text] : [],
    );
  }

  function isFunction(value: ts.Expression): boolean {
    if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value))
      return isFunction(value.expression);
    return ts.isArrowFunction(value) || ts.isFunctionExpression(value);
  }

  it('by a sentence above every function that leaves its file', () => {
    expect(sources.flatMap(withoutSentence)).toEqual([]);
  });

  /** Values that leave a file; a table leaves it for the migrations too. */
  function valuesLeaving(file: string): string[] {
    const leaving = /^export (?:async )?(?:function\*?|const|class) (\w+)\b(?! = pgTable)/gm;
    return [...read(file).matchAll(leaving)].map(([, name = '']) => name);
  }

  it('without a value that leaves its file and arrives nowhere', () => {
    const others = ['test', 'scripts', 'bench'].flatMap(filesBelow).filter((file) => /\.(ts|mjs)$/.test(file));
    const mentions = new Map<string, number>();
    for (const file of [...sources, ...others])
      for (const word of new Set(read(file).match(/\w+/g))) mentions.set(word, (mentions.get(word) ?? 0) + 1);
    const idle = (file: string) => valuesLeaving(file).filter((name) => (mentions.get(name) ?? 0) < 2);
    expect(sources.flatMap((file) => idle(file).map((name) => `${file} ${name}`))).toEqual([]);
  });

  it('without loose ends', () => {
    const code = [...sources, ...filesBelow(join(ROOT, 'test')).filter((file) => file.endsWith('.ts'))];
    const loose = new RegExp(['TO' + 'DO', 'FIX' + 'ME', `@ts-${'ignore'}`, `@ts-${'nocheck'}`].join('|'));
    expect(linesWith(code, loose, read)).toEqual([]);
  });
});

describe('what is said stands in data', () => {
  it('so no source of the server holds a Chinese sentence', () => {
    const speaking = server.filter((file) => !file.startsWith('src/tools/'));
    const sentence = /[\u4e00-\u9fff]{2}|\[[\u4e00-\u9fff]\]\[[\u4e00-\u9fff]\]/; // a word spelled out in classes is one too
    const NAME = /家里办|示例/g; // the service's own name, and the mark of sample data
    const SETS = /\[[^\]\n'"`]{2,}\]|'[\u4e00-\u9fff]+'\.includes\(/g; // single characters, as a class or a set, are no words
    const withoutSets = (file: string) => codeOf(file).replace(SETS, '[]').replace(NAME, '');
    expect(linesWith(speaking, sentence, withoutSets)).toEqual([]);
  });

  /** Top-level keys of a file of data. */
  const keysOf = (file: string, depth = '') =>
    [...read(file).matchAll(new RegExp(`^${depth}(\\w+):`, 'gm'))].map(([, key = '']) => key);

  it('and no phrase stands there that nothing names', () => {
    const code = server.map(read).join('\n');
    const asides = new Set(keysOf('intents/zh-CN/_asides.yaml', '  '));
    const openings = new Set(
      [...read('intents/zh-CN/_openings.yaml').matchAll(/tells: ([\w.]+)/g)].map(([, one]) => one),
    );
    const quoted = new Set([...code.matchAll(/['"`]([\w.]+)['"`]/g)].map(([, word]) => word));
    const isNamed = (group: string, key: string) => {
      const [stem = ''] = key.split('_');
      if (key === 'why' || key === 'help' || quoted.has(`${group}.${key}`)) return true;
      if (openings.has(`${group}.${key}`)) return true;
      if (key.startsWith('about_')) return asides.has(key.slice('about_'.length));
      const composed = (head: string) => code.includes(`\`${group}.${head}\${`);
      return composed(`${stem}_`) || (composed('') && (quoted.has(key) || quoted.has(stem)));
    };
    const files = filesBelow(join(ROOT, 'locales/zh-CN')).filter((file) => !basename(file).startsWith('_'));
    const idle = files.flatMap((file) => {
      const group = basename(file, '.yaml');
      return keysOf(file)
        .filter((key) => !isNamed(group, key))
        .map((key) => `${group}.${key}`);
    });
    expect(idle).toEqual([]);
  });

  it('and no refusal that nobody makes', () => {
    const elsewhere = server
      .filter((file) => file !== 'src/errors.ts')
      .map(read)
      .join('\n');
    const refusals = keysOf('src/errors.ts', '  ').filter((name) => /^[A-Z]/.test(name));
    expect(refusals.length).toBeGreaterThan(20);
    expect(refusals.filter((name) => !elsewhere.includes(`'${name}'`))).toEqual([]);
  });
});

describe('nothing outside is waited for without end', () => {
  /** Each client, and what its construction must name; the file that makes it may keep its deadlines in a table of its own. */
  const CLIENTS: [string, RegExp, RegExp][] = [
    ['ioredis', /new (Redis|Cluster)\(/, /commandTimeout|connectTimeout/],
    ['node-postgres', /new (pg\.)?(Pool|Client)\(/, /statement_timeout[\s\S]*|connectionTimeoutMillis/],
    ['fetch', /(?<![.\w])fetch\(/, /AbortSignal\.timeout|signal/],
    ['WebSocket', /new WebSocket\(/, /handshakeTimeout|AbortSignal|setTimeout/],
    ['a child process', /\b(spawn|execFile)\(/, /timeout|setTimeout|AbortSignal/],
  ];

  it.each(CLIENTS)('%s', (_, made, deadline) => {
    const careless = server.filter((file) => {
      const code = codeOf(file);
      return !file.startsWith('src/tools/') && made.test(code) && !deadline.test(code);
    });
    expect(careless).toEqual([]);
  });

  it('and clients of the stores are made in the store alone', () => {
    const elsewhere = server.filter((file) => !file.startsWith('src/store/'));
    expect(codeWith(elsewhere, /new (Redis|Cluster|Pool|PGlite)\(|from '(ioredis|pg|@electric-sql\/pglite)'/)).toEqual(
      [],
    );
  });
});
