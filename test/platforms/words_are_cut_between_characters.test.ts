import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut } from '../../src/platforms/envelope.ts';

const written = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

it('as much is kept as fits, counted as JSON writes it, and no character is halved', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(fc.constantFrom('\ud800', '\udfff', '"', '\\', '\b', '\n', '\u0001', '\u007f', '𠮷', '好', 'é', 'a'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 200 }), (whole, bytes) => {
      const kept = cut(whole, bytes);
      expect(whole.startsWith(kept)).toBe(true);
      expect(written(kept)).toBeLessThanOrEqual(bytes);
      const [next = ''] = whole.slice(kept.length);
      if (next) expect(written(kept) + written(next)).toBeGreaterThan(bytes);
      else expect(kept).toBe(whole);
    }),
  );
});

it('a whole text of 60,000 characters is cut at once', () => {
  expect(cut('长'.repeat(60_000), 24_000)).toBe('长'.repeat(8_000));
});
