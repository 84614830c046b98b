import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFields } from '../../src/store/fields.ts';
import { type KeyRing, openSecrets, parseKeyRing } from '../../src/store/keys.ts';

const indexKey = randomBytes(32);
const ring = (...ids: string[]): KeyRing => ({
  current: ids[0] ?? '',
  keys: new Map(ids.map((id) => [id, randomBytes(32)])),
});
const about = 'resident.phone:1';

describe.each(['aes', 'sm4'] as const)('a field sealed with %s', (cipher) => {
  const keys = ring('k1');
  const fields = createFields({ keys, indexKey, cipher });

  it('opens to what it was, and shows nothing of it', () => {
    const sealed = fields.seal('13800138000', about);
    expect(sealed).not.toContain('138');
    expect(fields.open(sealed, about)).toBe('13800138000');
    expect(fields.seal('13800138000', about)).not.toBe(sealed);
  });

  it('keeps every character, an empty value too', () => {
    for (const plain of ['', '王秀英', '🀄 \u0000 "\\', 'x'.repeat(10_000)]) {
      expect(fields.open(fields.seal(plain, about), about)).toBe(plain);
    }
  });

  it('does not open in another row or column', () => {
    const sealed = fields.seal('13800138000', about);
    expect(() => fields.open(sealed, 'resident.phone:2')).toThrow('seal broken');
    expect(() => fields.open(sealed, 'proxy.phone:1')).toThrow('seal broken');
  });

  it('does not open when any one character was changed or the end cut', () => {
    const sealed = fields.seal('13800138000', about);
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      expect(() => fields.open(changed, about), `character ${i}`).toThrow('seal broken');
      expect(() => fields.open(sealed.slice(0, i), about), `cut at ${i}`).toThrow('seal broken');
    }
  });

  it('opens after the keys were turned over, is told apart as old, and not without its key', () => {
    const sealed = fields.seal('13800138000', about);
    const turned = createFields({
      keys: { current: 'k2', keys: new Map([...ring('k2').keys, ...keys.keys]) },
      indexKey,
      cipher,
    });
    expect(turned.open(sealed, about)).toBe('13800138000');
    expect([turned.isCurrent(sealed), turned.isCurrent(turned.seal('x', about))]).toEqual([false, true]);
    expect(() => createFields({ keys: ring('k2'), indexKey, cipher }).open(sealed, about)).toThrow('seal broken');
  });

  it('opens where the other cipher is now the one that seals', () => {
    const other = createFields({ keys, indexKey, cipher: cipher === 'aes' ? 'sm4' : 'aes' });
    expect(other.open(fields.seal('both', about), about)).toBe('both');
  });
});

describe('the blind index', () => {
  const fields = createFields({ keys: ring('k1'), indexKey });

  it('is the same for the same number however it was written', () => {
    expect(fields.index('138 0013-8000')).toBe(fields.index('13800138000'));
    expect(fields.index('１３８００１３８０００')).toBe(fields.index('13800138000'));
    expect(fields.index('12010119450302001x')).toBe(fields.index('12010119450302001X'));
  });

  it('tells other numbers and other installations apart', () => {
    expect(fields.index('13800138001')).not.toBe(fields.index('13800138000'));
    const elsewhere = createFields({ keys: ring('k1'), indexKey: randomBytes(32) });
    expect(elsewhere.index('13800138000')).not.toBe(fields.index('13800138000'));
  });
});

describe('a key ring', () => {
  const good = randomBytes(32).toString('base64');

  it('seals with the first and opens with all', () => {
    const { current, keys } = parseKeyRing(`new:${good}, old:${good}`);
    expect([current, [...keys.keys()]]).toEqual(['new', ['new', 'old']]);
  });

  it.each(['', 'k1', `k1:${good.slice(4)}`, `k1:${good},k1:${good}`, `:${good}`, `k 1:${good}`])(
    'refuses %j',
    (text) => {
      expect(() => parseKeyRing(text)).toThrow();
    },
  );

  it('never says a key when it refuses one', () => {
    const secret = good.slice(4);
    expect(() => parseKeyRing(`k1:${secret}`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});

describe('the secrets of an installation', () => {
  const folder = () => mkdtemp(join(tmpdir(), 'jialiban-secrets-'));

  it('are made once, for the owner only, and read ever after, by several at once too', async () => {
    const dir = await folder();
    const made = await Promise.all(Array.from({ length: 8 }, () => openSecrets(join(dir, 'data'))));
    expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await stat(join(dir, 'data', 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(dir, 'data'))).toEqual(['secrets.json']);
    expect(parseKeyRing(made[0]?.fieldKeys ?? '').current).toBe('k1');
    await rm(dir, { recursive: true });
  });

  it('are never made anew over broken ones: what they sealed would be lost', async () => {
    const dir = await folder();
    const path = join(dir, 'secrets.json');
    await writeFile(path, '{"secretKeys":"k1:x"}');
    await chmod(path, 0o600);
    await expect(openSecrets(dir)).rejects.toThrow('secrets.json');
    expect(await readFile(path, 'utf8')).toBe('{"secretKeys":"k1:x"}');
    await rm(dir, { recursive: true });
  });
});
