/** Reading JSON that another company wrote: odd shapes are normal here, and none of them may throw. */

// A string literal, or an integer too long for a double. Strings are matched so that digits inside them are left alone.
const LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;

/**
 * Parses a body as it arrived: a byte order mark is skipped, and integers beyond 2^53 become strings, since ids are
 * compared, never counted. Every brand sends an object; a number or a list is nobody's request, even where it is signed.
 * @throws SyntaxError when it is not a JSON object
 */
export function parseForeign(raw: Buffer): unknown {
  const text = raw.toString('utf8').replace(/^\uFEFF/, '');
  const parsed: unknown = JSON.parse(/\d{16}/.test(text) ? text.replace(LONG_INTEGER, quoteIfUnsafe) : text);
  if (!isMap(parsed)) throw new SyntaxError('a request is an object');
  return parsed;
}

function quoteIfUnsafe(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}

/** The value at a path of own members, or undefined. An array where a map is expected (`[]` of PHP) has no members. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (here, name) => (isMap(here) && Object.hasOwn(here, name) ? here[name] : undefined),
    value,
  );
}

/** The text at a path: strings as they are, numbers written out, anything else (and the empty string) undefined. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number' && Number.isFinite(found)) return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The list at a path; anything that is not one is empty. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The members of the map at a path; none where it is `[]`, null or missing. */
export function entriesAt(value: unknown, ...path: string[]): [string, unknown][] {
  const found = at(value, ...path);
  return isMap(found) ? Object.entries(found) : [];
}

/** A slot's value may itself be JSON in a string (`{"value":"1","unit":"…"}`): its most telling member is what was said. */
export function slotText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  if (!/^\s*[{[]/.test(value)) return value;
  const inner = tryParse(value);
  return textAt(inner, 'origin') ?? textAt(inner, 'norm') ?? textAt(inner, 'value') ?? textAt(inner, 'name') ?? value;
}

/** Parses JSON in a string, undefined when it is none. */
export function tryParse(text: string): unknown {
  try {
    return parseForeign(Buffer.from(text));
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
