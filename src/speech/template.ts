/** The small language of locales/: `{value, formatter argument}`, `<pause/>`, `<pause 300/>`, `<strong>…</strong>`, `[optional]`, `\` before a literal bracket. */

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'pause'; ms: number }
  | { kind: 'strong'; of: Part[] }
  | { kind: 'optional'; of: Part[] }
  | { kind: 'reading'; text: string; alias: string; pinyin: string }
  | ValuePart;

export interface ValuePart {
  kind: 'value';
  name: string;
  formatter?: string;
  argument?: string;
  /** The text right before and right after, since a number is said otherwise before a measure word; `{formatter}` where a value follows. */
  before: string;
  after: string;
}

/** Between sentences, in milliseconds (600–800 is what older listeners were found to want). */
export const SENTENCE_PAUSE = 700;
const LONGEST_PAUSE = 10_000; // what DuerOS and Alexa accept

/** What is wrong with a template, and where in it. */
export class TemplateFault extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

interface Reader {
  source: string;
  at: number;
}

const VALUE = /\{\s*([A-Za-z][A-Za-z0-9]*)\s*(?:,\s*([A-Za-z]+)(?:\s+([^}]+?))?\s*)?\}/y;
const PAUSE = /<pause(?:\s+(\d+))?\s*\/>/y;
const TEXT = /(?:\\[{}[\]<>\\]|[^{}[\]<>\\])+/y;

/** Compiles one template. @throws TemplateFault on anything that is not of the language. */
export function compileTemplate(source: string): Part[] {
  const reader = { source, at: 0 };
  const parts = readParts(reader, '');
  return markNeighbours(parts);
}

function readParts(reader: Reader, closing: '' | ']' | '</strong>'): Part[] {
  const begun = reader.at;
  const parts: Part[] = [];
  while (reader.at < reader.source.length) {
    if (closing && reader.source.startsWith(closing, reader.at)) {
      reader.at += closing.length;
      return onePauseAtATime(parts);
    }
    parts.push(...readPart(reader));
  }
  if (closing) throw new TemplateFault(`"${closing}" is missing`, begun);
  return onePauseAtATime(parts);
}

function readPart(reader: Reader): Part[] {
  if (take(reader, '[')) return [{ kind: 'optional', of: nonEmpty(reader, ']') }];
  if (take(reader, '<strong>')) return [{ kind: 'strong', of: nonEmpty(reader, '</strong>') }];
  const pause = match(reader, PAUSE);
  if (pause) return [{ kind: 'pause', ms: pauseLength(pause[1], reader.at) }];
  const value = match(reader, VALUE);
  if (value)
    return [{ kind: 'value', name: value[1] ?? '', formatter: value[2], argument: value[3], before: '', after: '' }];
  const text = match(reader, TEXT);
  if (text) return withSentencePauses(text[0].replace(/\\(.)/gu, '$1'));
  throw new TemplateFault(`cannot read "${reader.source.slice(reader.at, reader.at + 12)}"`, reader.at);
}

function nonEmpty(reader: Reader, closing: ']' | '</strong>'): Part[] {
  const begun = reader.at;
  const of = readParts(reader, closing);
  if (of.length === 0) throw new TemplateFault('empty brackets', begun);
  if (closing === ']' && !of.some(holdsValue)) throw new TemplateFault('an optional part needs a value inside', begun);
  return of;
}

function holdsValue(part: Part): boolean {
  return part.kind === 'value' || (part.kind === 'strong' && part.of.some(holdsValue));
}

function pauseLength(written: string | undefined, offset: number): number {
  const ms = written === undefined ? SENTENCE_PAUSE : Number(written);
  if (ms < 1 || ms > LONGEST_PAUSE) throw new TemplateFault(`a pause is 1 to ${LONGEST_PAUSE} ms`, offset);
  return ms;
}

const SENTENCE_ENDS = /(?<=[。？！][」』”）]?)(?![」』”）])|(?<=[.?!]["”)]?) +(?=[A-Z“])|(?<=[.?!]["”)]?) +$/u;
const WHOLE_SENTENCE = /(?:[。？！][」』”）]?|[.?!]["”)]? +)$/u;

/** A breath after every sentence of our own words; text that comes in as a value gets none, so that it cannot shape the markup. */
function withSentencePauses(text: string): Part[] {
  const breath: Part = { kind: 'pause', ms: SENTENCE_PAUSE };
  const sentences = text.split(SENTENCE_ENDS).filter(Boolean);
  const spoken = sentences.flatMap((sentence, n): Part[] => {
    const said: Part = { kind: 'text', text: sentence };
    return n === 0 ? [said] : [breath, said];
  });
  return WHOLE_SENTENCE.test(text) ? [...spoken, breath] : spoken;
}

/** An author's own pause stands in place of the breath before it. */
function onePauseAtATime(parts: Part[]): Part[] {
  return parts.filter((part, n) => part.kind !== 'pause' || parts[n + 1]?.kind !== 'pause');
}

/** Brackets do not part neighbours: what stands last inside looks at what follows outside. */
function markNeighbours(parts: Part[], outside = { before: '', after: '' }): Part[] {
  return parts.map((part, n) => {
    const before = n === 0 ? outside.before : edge(parts[n - 1], -1);
    const after = n === parts.length - 1 ? outside.after : edge(parts[n + 1], 0);
    if (part.kind === 'strong' || part.kind === 'optional')
      return { ...part, of: markNeighbours(part.of, { before, after }) };
    return part.kind === 'value' ? { ...part, before, after } : part;
  });
}

function edge(part: Part | undefined, at: 0 | -1): string {
  if (part?.kind === 'value') return `{${part.formatter ?? ''}}`;
  if (part?.kind === 'strong' || part?.kind === 'optional') return edge(part.of.at(at), at);
  return part?.kind === 'text' ? part.text : '';
}

function take(reader: Reader, word: string): boolean {
  if (!reader.source.startsWith(word, reader.at)) return false;
  reader.at += word.length;
  return true;
}

function match(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  const sticky = new RegExp(pattern.source, pattern.flags);
  sticky.lastIndex = reader.at;
  const found = sticky.exec(reader.source);
  if (found) reader.at += found[0].length;
  return found;
}

/** Every value a template names, with its formatter; `required` where it stands outside all optional parts. */
export function valuesOf(parts: Part[], required = true): (ValuePart & { required: boolean })[] {
  return parts.flatMap((part) => {
    if (part.kind === 'value') return [{ ...part, required }];
    if (part.kind === 'strong') return valuesOf(part.of, required);
    return part.kind === 'optional' ? valuesOf(part.of, false) : [];
  });
}
