import type { Language } from './render/language.ts';
import type { Part } from './template.ts';

/** Marks the words of our own text that engines misread; values are left as they came. */
export function withReadings(parts: Part[], readings: Language['readings']): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.kind === 'text') return split(part.text, readings);
    if (part.kind === 'strong' || part.kind === 'optional') return [{ ...part, of: withReadings(part.of, readings) }];
    return [part];
  });
}

function split(text: string, readings: Language['readings']): Part[] {
  const found = readings.find((reading) => text.includes(reading.text));
  if (!found) return text ? [{ kind: 'text', text }] : [];
  const at = text.indexOf(found.text);
  const rest = split(text.slice(at + found.text.length), readings);
  return [...split(text.slice(0, at), readings), { kind: 'reading', ...found }, ...rest];
}
