/** A small strict reader of XML: gives the tags in order of opening, and the text. Throws on anything that is not well formed. */
export function readXml(source: string): { tags: string[]; text: string } {
  const open: string[] = [];
  const tags: string[] = [];
  let text = '';
  let roots = 0;
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const found = token.exec(source);
    if (!found) throw new Error(`not XML at ${at}: ${source.slice(at, at + 30)}`);
    const [, closing, name = '', attributes = '', empty, words] = found;
    if (words !== undefined) {
      if (open.length === 0) throw new Error('text outside the root');
      text += unescaped(words);
    } else if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      for (const [, value = ''] of attributes.matchAll(/="([^"]*)"/g)) unescaped(value);
      if (open.length === 0) roots += 1;
      tags.push(name);
      if (!empty) open.push(name);
    }
  }
  if (open.length > 0 || roots !== 1) throw new Error('not one closed root');
  return { tags, text };
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function unescaped(words: string): string {
  if (ILLEGAL.test(words)) throw new Error('a character that XML 1.0 forbids');
  if (/&(?!amp;|lt;|gt;|quot;|apos;)/.test(words)) throw new Error('a bare ampersand');
  return words.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? '');
}
