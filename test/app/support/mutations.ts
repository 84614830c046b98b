/** An honest request, changed: members lost, doubled or of another kind, bytes flipped, cut off or put on. */
import fc from 'fast-check';

/** Where and how: numbers are taken modulo what there is. */
export interface Mutation {
  kind: 'lose' | 'replace' | 'nest' | 'poison' | 'flip' | 'cut' | 'put' | 'double';
  where: number;
  value: unknown;
  byte: number;
}

const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    1.5,
    '',
    ' ',
    [],
    {},
    [[]],
    [{}],
    'null',
    '[]',
    '{}',
    'NaN',
  ),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud800',
    '\ufeff',
    '😀'.repeat(50),
    '喂'.repeat(3000),
    '<speak>&',
    '../../etc',
    "'; drop table booking; --",
  ),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'yes', '对', '第一个', 'AMAZON.YesIntent', '9007199254740993'),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 4 }),
);

const KINDS: Mutation['kind'][] = [
  'lose',
  'replace',
  'replace',
  'replace',
  'nest',
  'poison',
  'flip',
  'flip',
  'cut',
  'put',
  'double',
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  where: fc.nat(1_000_000),
  value: ODD,
  byte: fc.integer({ min: 1, max: 255 }),
});
/** Between one and three changes, one upon the other. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

/** The bytes of the changed request. */
export function mutated(body: string, changes: Mutation[]): Buffer {
  return changes.reduce<Buffer>((bytes, change) => apply(bytes, change), Buffer.from(body));
}

function apply(bytes: Buffer, change: Mutation): Buffer {
  const { kind, where, byte } = change;
  if (kind === 'flip') return flipped(bytes, where, byte);
  if (kind === 'cut') return bytes.subarray(0, where % (bytes.length + 1));
  if (kind === 'put') return Buffer.concat([Buffer.from(byte % 2 ? '\ufeff' : '[', 'utf8'), bytes]);
  const json = parsed(bytes);
  return json === undefined ? flipped(bytes, where, byte) : Buffer.from(written(json, change));
}

function flipped(bytes: Buffer, where: number, byte: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = where % Math.max(1, copy.length);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ byte;
  return copy;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function written(json: unknown, { kind, where, value }: Mutation): string {
  const places = placesIn(json);
  const place = places[where % Math.max(1, places.length)];
  if (!place) return JSON.stringify(kind === 'replace' ? value : [json]);
  const [holder, name] = place;
  if (kind === 'lose') delete holder[name];
  if (kind === 'replace') holder[name] = value;
  if (kind === 'nest') holder[name] = deep(holder[name]);
  const text = JSON.stringify(json);
  // A name that no JSON of ours would write, and a member twice: what a parser makes of it is its own affair.
  if (kind === 'poison') return text.replace('{', '{"__proto__":{"type":"LaunchRequest"},');
  return kind === 'double' ? text.replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'},`) : text;
}

function deep(value: unknown): unknown {
  let made = value;
  for (let level = 0; level < 200; level += 1) made = level % 2 ? [made] : { a: made };
  return made;
}

type Holder = Record<string, unknown>;

/** Every member of every map and list. */
function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((name): [Holder, string][] => [[holder, name], ...placesIn(holder[name])]);
}
