import { type Formatters, ValueFault, words } from './formatters/formatter.ts';
import { speakable } from './safe-text.ts';
import type { SpeechNode, Values } from './speech.ts';
import type { Part, ValuePart } from './template.ts';

interface Filling {
  values: Values;
  formatters: Formatters;
  /** Official names by their Chinese: a value that is one is said in this language. */
  names: Readonly<Record<string, string>>;
}

type Present = string | number | string[];

/** A template with its values put in. @throws ValueFault for a value that is missing or not of its kind. */
export function fill(parts: Part[], filling: Filling): SpeechNode[] {
  return parts.flatMap((part): SpeechNode[] => {
    if (part.kind === 'value') return fillValue(part, filling);
    if (part.kind === 'strong') return [{ kind: 'strong', of: fill(part.of, filling) }];
    if (part.kind === 'optional')
      return part.of.every((inner) => present(inner, filling.values)) ? fill(part.of, filling) : [];
    return [part];
  });
}

/** Whether an optional part keeps this piece: an inner optional part answers for itself. */
function present(part: Part, values: Values): boolean {
  if (part.kind === 'value') return given(values, part.name) !== undefined;
  return part.kind === 'strong' ? part.of.every((inner) => present(inner, values)) : true;
}

/** Own properties only: a value called `constructor` is not there. */
function given(values: Values, name: string): Present | undefined {
  const value: unknown = Object.hasOwn(values, name) ? values[name] : undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

function fillValue(part: ValuePart, { values, formatters, names }: Filling): SpeechNode[] {
  const raw = given(values, part.name);
  if (raw === undefined) throw new ValueFault(`value "${part.name}" is missing`);
  const value = clean(raw, names);
  const formatter = formatters.get(
    part.formatter ?? (typeof value === 'number' ? 'number' : Array.isArray(value) ? 'list' : ''),
  );
  if (!formatter) return words(String(value));
  try {
    const today = given(values, 'today');
    return formatter({
      value,
      argument: part.argument,
      before: part.before,
      after: part.after,
      today: today === undefined ? undefined : String(today),
    });
  } catch (fault) {
    if (fault instanceof ValueFault) throw new ValueFault(`value "${part.name}" ${fault.message}`, { cause: fault });
    throw fault;
  }
}

function clean(value: Present, names: Filling['names']): Present {
  const named = (text: string) => (Object.hasOwn(names, text) ? (names[text] ?? text) : speakable(text));
  if (typeof value === 'string') return named(value);
  return Array.isArray(value) ? value.map(named) : value;
}
