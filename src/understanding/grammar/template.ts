/** The small language of the intent files: `[optional] (this|that) <rule> {slot}`. */

export type Node =
  | { kind: 'word'; word: string }
  | { kind: 'slot'; slot: string }
  | { kind: 'all'; of: Node[] }
  | { kind: 'one'; of: Node[] };

export type Split = (literal: string) => string[];

export class TemplateError extends Error {
  override name = 'TemplateError';
}

interface Reader {
  text: string;
  at: number;
  split: Split;
  rule: (name: string) => Node;
}

/** An empty sequence: what an optional part may be. */
const NOTHING: Node = { kind: 'all', of: [] };

function enclosed(reader: Reader, close: string): string {
  const end = reader.text.indexOf(close, reader.at);
  if (end < 0) throw new TemplateError(`missing ${close} in: ${reader.text}`);
  const name = reader.text.slice(reader.at, end).trim();
  reader.at = end + 1;
  return name;
}

function group(reader: Reader, close: string): Node {
  const node = alternatives(reader, close);
  if (reader.text[reader.at] !== close) throw new TemplateError(`missing ${close} in: ${reader.text}`);
  reader.at += 1;
  return node;
}

function piece(reader: Reader): Node {
  const opener = reader.text[reader.at];
  reader.at += 1;
  if (opener === '(') return group(reader, ')');
  if (opener === '[') return { kind: 'one', of: [NOTHING, group(reader, ']')] };
  if (opener === '<') return reader.rule(enclosed(reader, '>'));
  return { kind: 'slot', slot: enclosed(reader, '}') };
}

function literal(reader: Reader): Node[] {
  const from = reader.at;
  while (reader.at < reader.text.length && !'()[]<>{}|'.includes(reader.text[reader.at] as string)) reader.at += 1;
  return reader.split(reader.text.slice(from, reader.at)).map((word) => ({ kind: 'word', word }));
}

function sequence(reader: Reader): Node {
  const of: Node[] = [];
  while (reader.at < reader.text.length) {
    const next = reader.text[reader.at] as string;
    if (next === '|' || next === ')' || next === ']') break;
    if ('([<{'.includes(next)) of.push(piece(reader));
    else if (next === '>' || next === '}') throw new TemplateError(`stray ${next} in: ${reader.text}`);
    else of.push(...literal(reader));
  }
  return of.length === 1 ? (of[0] as Node) : { kind: 'all', of };
}

function alternatives(reader: Reader, close: string): Node {
  const of = [sequence(reader)];
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    of.push(sequence(reader));
  }
  if (close === '' && reader.at < reader.text.length) throw new TemplateError(`stray bracket in: ${reader.text}`);
  return of.length === 1 ? (of[0] as Node) : { kind: 'one', of };
}

/**
 * Reads one template.
 * @throws TemplateError on unbalanced brackets; `rule` throws on a rule that is not defined
 */
export function parseTemplate(text: string, split: Split, rule: (name: string) => Node): Node {
  return alternatives({ text, at: 0, split, rule }, '');
}

/** Rules by name, read when first used. @throws TemplateError on an undefined rule or one that needs itself */
export function createRules(source: Record<string, string>, split: Split): (name: string) => Node {
  const done = new Map<string, Node>();
  const open = new Set<string>();
  const rule = (name: string): Node => {
    const known = done.get(name);
    if (known) return known;
    const text = source[name];
    if (text === undefined) throw new TemplateError(`undefined rule <${name}>`);
    if (open.has(name)) throw new TemplateError(`rule <${name}> needs itself`);
    open.add(name);
    const node = parseTemplate(text, split, rule);
    open.delete(name);
    done.set(name, node);
    return node;
  };
  return rule;
}

/** Whether the template can be said by saying nothing: such a template would match everything. */
export function isEmpty(node: Node): boolean {
  if (node.kind === 'word' || node.kind === 'slot') return false;
  return node.kind === 'all' ? node.of.every(isEmpty) : node.of.some(isEmpty);
}
