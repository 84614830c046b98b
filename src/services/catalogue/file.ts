/** One YAML file of the catalogue: parsed, checked, and able to say on which line something stands. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { LineCounter, parseDocument } from 'yaml';

/** One file: what it says and where each part stands. */
export interface Read<T> {
  file: string;
  content: T;
  /** The line of a part, counted from 1; of the nearest outer part when it is not there. */
  lineOf(path: (string | number)[]): number;
}

/** Reads `root/path`; what is wrong with it is added to `problems`, and the content is then not to be used. */
export function readFact<S extends TSchema>(
  schema: S,
  root: string,
  path: string,
  problems: string[],
): Read<Static<S>> {
  const file = join(basename(root), path);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, path), 'utf8'), { lineCounter: lines });
  // One slip makes the parser stumble over all that follows: the first few errors say it.
  for (const error of [...document.errors, ...document.warnings].slice(0, 3)) {
    problems.push(`${file}:${error.linePos?.[0].line ?? 1} ${error.message.split('\n')[0]}`);
  }
  const content: unknown = document.errors.length === 0 ? document.toJS() : undefined;
  const lineOf = (path: (string | number)[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (document.errors.length === 0) {
    for (const { instancePath, message } of Value.Errors(schema, content)) {
      const parts = instancePath.split('/').slice(1);
      problems.push(`${file}:${lineOf(parts.map(asKey))} ${parts.join('.') || 'the file'} ${message}`);
    }
  }
  return { file, content: content as Static<S>, lineOf };
}

const asKey = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);
