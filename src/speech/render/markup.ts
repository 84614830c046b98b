import { escapeXml } from '../safe-text.ts';

/** Markup that is already well formed. Only `element` and `text` make it. */
export type Markup = string & { readonly markup: unique symbol };

/** An element with escaped attributes. Element and attribute names are ours, never a value's. */
export function element(name: string, attributes: Record<string, string>, ...inside: Markup[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const head = `${name}${written.join('')}`;
  return (inside.length === 0 ? `<${head}/>` : `<${head}>${inside.join('')}</${name}>`) as Markup;
}

/** Words, escaped. */
export const text = (words: string): Markup => escapeXml(words) as Markup;

/** One after the other. */
export const together = (...parts: Markup[]): Markup => parts.join('') as Markup;
